// SPDX-License-Identifier: Apache-2.0
// `rtlgen synth` from its command line to its exit code, with the real Yosys.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"
#include "tests/environment.h"
#include "tests/schema.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;
using Json = nlohmann::ordered_json;

namespace {

struct Printed {
    int code = 0;
    Json json;
    std::string err;
};

std::string fixture() { return RTLGEN_SOURCE_DIR "/tests/fixtures/synth/cells.lib"; }

Printed synth(const std::string& text, const std::vector<std::string>& more = {}) {
    const TempFolder folder = TempFolder::create().value();
    REQUIRE(write_file_atomic(folder.path() / "d.sv", text));
    std::vector<std::string> arguments = {"synth", "--json", (folder.path() / "d.sv").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = run_rtlgen(arguments);
    INFO(ran.out << ran.err);
    return {ran.code, Json::parse(ran.out), ran.err};
}

bool has_yosys() { return std::filesystem::exists("/usr/bin/yosys"); }

constexpr const char* kFifo = R"(module fifo(input clk, rst_n, wr, rd, input [7:0] din,
    output reg [7:0] dout, output empty);
  reg [7:0] mem [0:15];
  reg [3:0] wp, rp;
  always @(posedge clk or negedge rst_n)
    if (!rst_n) begin wp <= 0; rp <= 0; end
    else begin if (wr) wp <= wp + 4'd1; if (rd) rp <= rp + 4'd1; end
  always @(posedge clk) begin
    if (wr) mem[wp] <= din;
    if (rd) dout <= mem[rp];
  end
  assign empty = wp == rp;
endmodule
)";

constexpr const char* kCounter =
    "module top(input clk, rst_n, output reg [7:0] q);\n"
    "  always @(posedge clk or negedge rst_n) if (!rst_n) q <= 0; else q <= q + 8'd1;\n"
    "endmodule\n";

/// The tools of this machine, then the distribution's alone.
const char* const kToolsets[] = {"", "none"};

}  // namespace

TEST_CASE("registers with enables and asynchronous resets are counted in bits, memories apart") {
    if (!has_yosys()) SKIP_VISIBLY("yosys is not installed");
    for (const char* toolset : kToolsets) {
        std::optional<ScopedVariable> choice;
        if (*toolset != 0) choice.emplace("RTLGEN_TOOLSET", toolset);
        INFO("toolset " << toolset);
        const Printed printed = synth(kFifo);
        CHECK(printed.code == 0);
        CHECK(printed.json["schema"] == "rtlgen.synth.v1");
        CHECK(printed.json["outcome"] == "synthesized");
        const Json& ppa = printed.json["ppa"];
        CHECK(ppa["registers"]["bits"] == 16);
        CHECK(ppa["flip_flops"]["bits"] == 16 + 128);
        CHECK(ppa["memories"]["count"] == 1);
        CHECK(ppa["memories"]["bits"] == 128);
        CHECK(ppa["memories"]["list"][0]["name"] == "mem");
        CHECK(ppa["memories"]["list"][0]["became"] == "cells");
        CHECK(ppa["latches"]["bits"] == 0);
        CHECK(ppa["logic_depth"]["value"] >= 4);
        CHECK(ppa["area"].is_null());
        CHECK(ppa["library"].is_null());
        std::int64_t sum = 0;
        for (const auto& [type, count] : ppa["cells"]["by_type"].items()) {
            sum += count.get<std::int64_t>();
        }
        CHECK(ppa["cells"]["total"] == sum);
    }
}

TEST_CASE("a large memory stays one, in no count of cells") {
    if (!has_yosys()) SKIP_VISIBLY("yosys is not installed");
    const Printed printed = synth(
        "module top(input clk, we, input [11:0] a, input [7:0] d, output [7:0] q);\n"
        "  reg [7:0] ram [0:4095];\n  assign q = ram[a];\n"
        "  always @(posedge clk) if (we) ram[a] <= d;\nendmodule\n");
    CHECK(printed.code == 0);
    const Json& ppa = printed.json["ppa"];
    CHECK(ppa["memories"]["bits"] == 32768);
    CHECK(ppa["memories"]["list"][0]["became"] == "memory");
    CHECK(ppa["flip_flops"]["bits"] == 0);
    CHECK(ppa["cells"]["total"] == 0);
}

TEST_CASE("with a library the area is the sum of its cells, and the library is named by hash") {
    if (!has_yosys()) SKIP_VISIBLY("yosys is not installed");
    for (const char* toolset : kToolsets) {
        std::optional<ScopedVariable> choice;
        if (*toolset != 0) choice.emplace("RTLGEN_TOOLSET", toolset);
        INFO("toolset " << toolset);
        const Printed printed = synth(kCounter, {"--liberty", fixture()});
        REQUIRE(printed.code == 0);
        const Json& ppa = printed.json["ppa"];
        const std::map<std::string, double> areas = {{"INV", 1},  {"BUF", 1.5}, {"NAND2", 2},
                                                     {"NOR2", 2}, {"DFF", 6},   {"DFFR", 7}};
        double area = 0;
        for (const auto& [type, count] : ppa["cells"]["by_type"].items()) {
            area += areas.at(type) * count.get<double>();
        }
        CHECK(ppa["area"]["value"] == area);
        CHECK(ppa["area"]["cells_without_area"].empty());
        CHECK(ppa["cells"]["by_type"]["DFFR"] == 8);
        CHECK(ppa["registers"]["bits"] == 8);
        CHECK(ppa["logic_depth"]["value"] >= 3);
        CHECK(ppa["library"]["name"] == "fixture");
        CHECK(ppa["library"]["sha256"].get<std::string>().size() == 64);
    }
}

TEST_CASE("a latch is counted, named and placed, and has no area where the library has none") {
    if (!has_yosys()) SKIP_VISIBLY("yosys is not installed");
    const std::string latch =
        "module top(input en, input [3:0] d, output reg [3:0] q);\n"
        "  always @* if (en) q = d;\nendmodule\n";
    const Printed printed = synth(latch, {"--liberty", fixture()});
    CHECK(printed.code == 0);
    const Json& ppa = printed.json["ppa"];
    CHECK(ppa["latches"]["bits"] == 4);
    CHECK(ppa["latches"]["signals"][0]["signal"] == "q");
    CHECK_FALSE(ppa["area"]["cells_without_area"].empty());
    CHECK(printed.json["findings"][0]["rule"] == "synth/latch");
    CHECK(printed.json["findings"][0]["line"] == 2);
}

TEST_CASE("a loop, a missing module and a syntax error are the design's fault, with their place") {
    if (!has_yosys()) SKIP_VISIBLY("yosys is not installed");
    const std::pair<const char*, int> wanted[] = {
        {"module top(input a, output y);\n  wire m = ~(a & y);\n  assign y = ~m;\nendmodule\n", 0},
        {"module top(input a, output y);\n  missing u(a, y);\nendmodule\n", 2},
        {"module top(input a, output y);\n  assign y = a & ;\nendmodule\n", 2},
    };
    for (const char* toolset : kToolsets) {
        std::optional<ScopedVariable> choice;
        if (*toolset != 0) choice.emplace("RTLGEN_TOOLSET", toolset);
        for (const auto& [text, line] : wanted) {
            INFO(text << " toolset " << toolset);
            const Printed printed = synth(text);
            CHECK(printed.code == 1);
            CHECK(printed.json["outcome"] == "not_synthesizable");
            REQUIRE_FALSE(printed.json["findings"].empty());
            CHECK(printed.json["findings"][0]["severity"] == "error");
            if (line != 0 && *toolset == 0) CHECK(printed.json["findings"][0]["line"] == line);
        }
    }
}

TEST_CASE("a black box is listed with its instances and never counted") {
    if (!has_yosys()) SKIP_VISIBLY("yosys is not installed");
    const Printed printed = synth(
        "(* blackbox *) module pad(input a, output y); endmodule\n"
        "module top(input a, input b, output y);\n  wire t; pad u(.a(a), .y(t));\n"
        "  assign y = t ^ b;\nendmodule\n",
        {"--top", "top"});
    CHECK(printed.code == 0);
    CHECK(printed.json["ppa"]["black_boxes"][0]["module"] == "pad");
    CHECK(printed.json["ppa"]["black_boxes"][0]["instances"] == Json::array({"u"}));
    CHECK(printed.json["ppa"]["cells"]["total"] == 1);
}

TEST_CASE("a library that is missing, empty, broken or without flip-flops is usage, not a result") {
    if (!has_yosys()) SKIP_VISIBLY("yosys is not installed");
    const TempFolder folder = TempFolder::create().value();
    const std::string empty = (folder.path() / "empty.lib").string();
    const std::string broken = (folder.path() / "broken.lib").string();
    const std::string gates = (folder.path() / "gates.lib").string();
    REQUIRE(write_file_atomic(empty, ""));
    REQUIRE(write_file_atomic(broken, "library(x) {\n cell(A) {\n"));
    std::string text = read_file(fixture()).value();
    text = text.substr(0, text.find("  cell (DFF)")) + "}\n";
    REQUIRE(write_file_atomic(gates, text));
    for (const std::string& path : {std::string("/no/such.lib"), empty, broken, gates}) {
        INFO(path);
        const Printed printed = synth(kCounter, {"--liberty", path});
        CHECK(printed.code == 2);
        CHECK(printed.json["schema"] == "rtlgen.error.v1");
    }
    CHECK(contains(synth(kCounter, {"--liberty", gates}).err, "no flip-flop"));
}

TEST_CASE("a top that isn't there and two tops are usage") {
    const std::string two = "module a; endmodule\nmodule b; endmodule\n";
    CHECK(synth(two).code == 2);
    CHECK(synth(two, {"--top", "c"}).code == 2);
}

TEST_CASE("the same design gives the same bytes but for what is volatile") {
    if (!has_yosys()) SKIP_VISIBLY("yosys is not installed");
    const TempFolder folder = TempFolder::create().value();
    const std::string path = (folder.path() / "d.sv").string();
    REQUIRE(write_file_atomic(path, kFifo));
    std::vector<std::string> texts;
    for (int i = 0; i < 2; ++i) {
        const Ran ran = run_rtlgen({"synth", "--json", path});
        CHECK(ran.code == 0);
        Json json = Json::parse(ran.out);
        json.erase("volatile");
        texts.push_back(json.dump());
    }
    CHECK(texts[0] == texts[1]);
}

TEST_CASE("without Yosys nothing is said of the design") {
    const TempFolder empty = TempFolder::create().value();
    const ScopedVariable path("PATH", empty.path().string());
    const ScopedVariable toolset("RTLGEN_TOOLSET", "none");
    const Printed printed = synth(kCounter);
    CHECK(printed.code == 3);
    CHECK(printed.json["outcome"] == "tool_error");
    CHECK(printed.json["ppa"].is_null());
}

TEST_CASE("a case statement that a reader makes a table of is no memory") {
    if (!has_yosys()) SKIP_VISIBLY("yosys is not installed");
    std::string text = "module top(input [3:0] a, output reg [7:0] y);\n  always @* case (a)\n";
    for (int i = 0; i < 16; ++i) {
        text += "    4'd" + std::to_string(i) + ": y = 8'd" + std::to_string(i * 37 % 256) + ";\n";
    }
    const Printed printed = synth(text + "  endcase\nendmodule\n");
    CHECK(printed.code == 0);
    CHECK(printed.json["ppa"]["memories"]["count"] == 0);
    CHECK(printed.json["ppa"]["cells"]["total"] > 0);
}

TEST_CASE("the JSON of every outcome is valid by its schema") {
    NEED_VALIDATOR();
    if (!has_yosys()) SKIP_VISIBLY("yosys is not installed");
    const nlohmann::json schema = read_schema("synth.v1");
    const std::pair<std::string, std::vector<std::string>> runs[] = {
        {kFifo, {}},
        {kCounter, {"--liberty", fixture()}},
        {"module top(input en, d, output reg q); always @* if (en) q = d; endmodule\n", {}},
        {"module top(input a, output y); wire m = ~(a & y); assign y = ~m; endmodule\n", {}},
        {"module top(input a, output y); missing u(a, y); endmodule\n", {}},
    };
    for (const auto& [text, more] : runs) {
        INFO(text);
        const Printed printed = synth(text, more);
        CHECK(schema_violations(schema, nlohmann::json::parse(printed.json.dump())) == "");
    }
}

TEST_CASE(
    "full_case makes no latch, as an attribute or a comment, and where slang reads it is told") {
    if (!has_yosys()) SKIP_VISIBLY("yosys is not installed");
    const auto text = [](const std::string& before, const std::string& after,
                         const std::string& item = "") {
        return "module top(input [1:0] s, input a, b, output reg y);\n" + item +
               "  always @* begin\n    " + before + " case (s) " + after +
               "\n      2'd0: y = a;\n      2'd1: y = b;\n    endcase\n  end\nendmodule\n";
    };
    for (const char* toolset : kToolsets) {
        std::optional<ScopedVariable> choice;
        if (*toolset != 0) choice.emplace("RTLGEN_TOOLSET", toolset);
        INFO("toolset " << toolset);
        const auto bits = [](const Printed& printed) {
            return printed.json["ppa"]["latches"]["bits"].get<int>();
        };
        CHECK(bits(synth(text("(* full_case, parallel_case *)", ""))) == 0);
        CHECK(bits(synth(text("", "// synopsys full_case parallel_case"))) == 0);
        CHECK(bits(synth(text("", ""))) == 1);
    }
    const Printed by_slang = synth(text("(* full_case *)", "",
                                        "  typedef struct packed { logic [0:0] u, v; } pair;\n"
                                        "  pair p; assign p = pair'{u: a, v: b};\n"));
    REQUIRE(by_slang.code == 0);
    const Json& tools = by_slang.json["tools"];
    if (tools.back()["reader"] != "read_slang") SKIP_VISIBLY("no Yosys with read_slang is here");
    CHECK(by_slang.json["findings"].back()["rule"] == "synth/full-case");
}

TEST_CASE("a library's latch takes latches of both polarities, and has an area") {
    if (!has_yosys()) SKIP_VISIBLY("yosys is not installed");
    const TempFolder folder = TempFolder::create().value();
    std::string library = read_file(fixture()).value();
    library.resize(library.rfind('}'));
    library +=
        "  cell (LATN) { area : 5; latch (IQ, IQN) { enable : \"G'\"; data_in : \"D\"; }\n"
        "    pin (G) { direction : input; } pin (D) { direction : input; }\n"
        "    pin (Q) { direction : output; function : \"IQ\"; } }\n}\n";
    const std::string path = (folder.path() / "l.lib").string();
    REQUIRE(write_file_atomic(path, library));
    for (const char* toolset : kToolsets) {
        std::optional<ScopedVariable> choice;
        if (*toolset != 0) choice.emplace("RTLGEN_TOOLSET", toolset);
        INFO("toolset " << toolset);
        const Printed printed = synth(
            "module top(input en, input [1:0] d, output reg [1:0] q, output reg p);\n"
            "  always @* if (en) q = d;\n  always @* if (!en) p = d[0];\nendmodule\n",
            {"--liberty", path});
        REQUIRE(printed.code == 0);
        const Json& ppa = printed.json["ppa"];
        CHECK(ppa["latches"]["bits"] == 3);
        CHECK(ppa["cells"]["by_type"]["LATN"] == 3);
        CHECK(ppa["area"]["cells_without_area"].empty());
        CHECK(ppa["area"]["value"].get<double>() >= 15);
        CHECK(schema_violations(read_schema("synth.v1"),
                                nlohmann::json::parse(printed.json.dump())) == "");
    }
}

TEST_CASE("a clock period is used and told with a library that has delays, and refused without") {
    if (!has_yosys()) SKIP_VISIBLY("yosys is not installed");
    CHECK(synth(kCounter, {"--clock-period", "2"}).code == 2);
    const Printed without = synth(kCounter, {"--clock-period", "2", "--liberty", fixture()});
    CHECK(without.code == 2);
    CHECK(without.json["message"].get<std::string>().find("delays") != std::string::npos);
    // The fixture with one delay for all.
    std::string library = read_file(fixture()).value();
    const std::string table = "(t) { values (\"0.1, 0.2\", \"0.2, 0.3\"); } ";
    const std::string pin = "direction : output;";
    for (std::size_t at = library.find(pin); at != std::string::npos; at = library.find(pin, at)) {
        const bool is_state = library.find("\"IQ\"", at) < library.find('}', at);
        const bool is_single = library.rfind("pin (B)", at) == std::string::npos ||
                               library.rfind("pin (B)", at) < library.rfind("cell (", at);
        std::string timing = " timing () { related_pin : \"A\"; timing_sense : negative_unate; ";
        if (is_state) timing = " timing () { related_pin : \"C\"; timing_type : rising_edge; ";
        for (const char* name : {"cell_rise", "rise_transition", "cell_fall", "fall_transition"}) {
            timing += name + table;
        }
        timing += "}";
        if (!is_state && !is_single) {
            std::string second = timing;
            second.replace(second.find("\"A\""), 3, "\"B\"");
            timing += second;
        }
        at += pin.size();
        library.insert(at, timing);
    }
    library.insert(library.find("time_unit"),
                   "lu_table_template (t) { variable_1 : input_net_transition; variable_2 : "
                   "total_output_net_capacitance; index_1 (\"0.1, 1\"); index_2 (\"0.1, 1\"); }\n"
                   "  capacitive_load_unit (1, pf);\n  ");
    const TempFolder folder = TempFolder::create().value();
    const std::string path = (folder.path() / "l.lib").string();
    REQUIRE(write_file_atomic(path, library));
    for (const char* toolset : kToolsets) {
        std::optional<ScopedVariable> choice;
        if (*toolset != 0) choice.emplace("RTLGEN_TOOLSET", toolset);
        INFO("toolset " << toolset);
        const Printed printed = synth(kCounter, {"--liberty", path, "--clock-period", "2.5"});
        REQUIRE(printed.code == 0);
        CHECK(printed.json["clock_period"]["value"] == 2.5);
        CHECK(printed.json["ppa"]["registers"]["bits"] == 8);
        CHECK(schema_violations(read_schema("synth.v1"),
                                nlohmann::json::parse(printed.json.dump())) == "");
    }
}

TEST_CASE("what this Yosys is too old to read is inconclusive where another tool reads it") {
    if (!has_yosys()) SKIP_VISIBLY("yosys is not installed");
    if (!std::filesystem::exists("/usr/bin/verilator_bin")) SKIP_VISIBLY("verilator is needed");
    const ScopedVariable toolset("RTLGEN_TOOLSET", "none");
    const std::string text =
        "module top(input a, b, output y);\n  typedef struct packed { logic [0:0] u, v; } pair;\n"
        "  pair p; assign p = pair'{u: a, v: b};\n  assign y = ^p;\nendmodule\n";
    const Printed printed = synth(text);
    CHECK(printed.code == 4);
    CHECK(printed.json["outcome"] == "not_read");
    CHECK(printed.json["reason"].get<std::string>().find("install.sh") != std::string::npos);
    // No tool reads this one: the design is to blame, and is told so once.
    const std::string broken = "module top(input a, output y)\n  assign y = a;\nendmodule\n";
    CHECK(synth(broken).code == 1);
    const TempFolder folder = TempFolder::create().value();
    const std::string path = (folder.path() / "d.sv").string();
    REQUIRE(write_file_atomic(path, broken));
    const Ran ran = run_rtlgen({"synth", path});
    INFO(ran.out);
    const std::size_t first = ran.out.find("syntax error");
    REQUIRE(first != std::string::npos);
    CHECK(ran.out.find("syntax error", first + 1) == std::string::npos);
    NEED_VALIDATOR();
    CHECK(schema_violations(read_schema("synth.v1"), nlohmann::json::parse(printed.json.dump())) ==
          "");
}
