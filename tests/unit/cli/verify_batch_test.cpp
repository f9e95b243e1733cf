// SPDX-License-Identifier: Apache-2.0
// `verify --batch` with real tools: what it answers is what `verify` says of each design alone.
#include <algorithm>
#include <filesystem>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/base/text.h"
#include "tests/schema.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::string_view kReference =
    "module good(input clk, input rst, input [3:0] a, output reg [3:0] q);\n"
    "  always @(posedge clk) if (rst) q <= 0; else q <= q + a;\nendmodule\n";

std::string counter(const std::string& body, const std::string& ports = "input [3:0] a") {
    return "module top(input clk, input rst, " + ports + ", output reg [3:0] q);\n" + body +
           "\nendmodule\n";
}

/// Designs that end in every way that costs no time.
std::vector<std::string> designs() {
    return {
        counter("always @(posedge clk) if (rst) q <= 0; else q <= q + a;"),
        counter("always @(posedge clk) if (rst) q <= 0; else q <= q - a;"),
        counter("always @(posedge clk) if (rst) q <= 0 else q <= q + a;"),
        counter("always @(posedge clk) q <= q + a;", "input [3:0] a, input b"),
        counter("always @(posedge clk) q <= q + b;", "input [3:0] b"),
        counter("always @(posedge clk) if (rst) q <= 0; else q <= q + missing;"),
        counter("initial $finish;"),
        counter("other u();"),
        "module wrong; endmodule\n",
        "I can't do that.\n",
        "",
    };
}

struct Place {
    TempFolder folder = TempFolder::create().value();
    std::string put(const std::string& name, std::string_view text) const {
        REQUIRE(write_file_atomic(folder.path() / name, text));
        return (folder.path() / name).string();
    }
};

std::vector<Json> answers(const Ran& ran) {
    std::vector<Json> lines;
    INFO(ran.out << ran.err);
    for (const std::string_view line : split_lines(ran.out)) lines.push_back(Json::parse(line));
    return lines;
}

Json check_named(const Json& verdict, const std::string& name) {
    for (const Json& check : verdict.at("checks")) {
        if (check.at("name") == name) return check;
    }
    return nullptr;
}

/// What doesn't depend on who else was judged.
Json essence(const Json& verdict) {
    Json kept;
    for (const char* key : {"verdict", "class", "grade", "assurance", "evidence", "judge"}) {
        kept[key] = verdict.at(key);
    }
    kept["gate"] = check_named(verdict, "gate");
    kept["simulate"] = check_named(verdict, "simulate");
    const Json compile = check_named(verdict, "compile");
    kept["compile"] = compile.is_null() ? compile : compile.at("outcome");
    return kept;
}

bool has_tools() {
    return std::filesystem::exists("/usr/bin/iverilog") &&
           std::filesystem::exists("/usr/bin/yosys");
}
#define NEED_ICARUS_AND_YOSYS() \
    if (!has_tools()) SKIP_VISIBLY("iverilog or yosys is not installed")

}  // namespace

TEST_CASE("a batch gives each design the verdict that it has alone") {
    NEED_ICARUS_AND_YOSYS();
    const Place place;
    const std::string reference = place.put("ref.sv", kReference);
    std::string lines;
    for (const std::string& design : designs()) {
        lines += Json{{"id", lines.size()}, {"candidate", design}, {"top", "top"}}.dump() + "\n";
    }
    const std::string input = place.put("lines.jsonl", lines);
    const std::vector<Json> batch =
        answers(run_rtlgen({"verify", "--batch", input, "--reference", reference}));
    REQUIRE(batch.size() == designs().size());
    std::size_t passed = 0;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        // In a batch of its own, and by `verify`, which asks all front ends.
        const Json line = {{"id", 1}, {"candidate", designs()[i]}, {"top", "top"}};
        const std::string one = place.put("one.jsonl", line.dump());
        const std::vector<Json> alone =
            answers(run_rtlgen({"verify", "--batch", one, "--reference", reference}));
        REQUIRE(alone.size() == 1);
        CHECK(essence(alone[0]) == essence(batch[i]));
        if (batch[i]["verdict"] == "pass") ++passed;
        if (trim(designs()[i]).empty()) continue;  // verify takes no empty file
        const std::string file = place.put("candidate.sv", designs()[i]);
        const Ran ran = run_rtlgen({"verify", "--json", "--trust", "candidate", "--reference",
                                    reference, "--top", "top", file});
        if (ran.code == 2) continue;  // nor a top that isn't there
        const Json verdict = Json::parse(ran.out);
        INFO(designs()[i] << verdict.dump(1) << batch[i].dump(1));
        CHECK(verdict["verdict"] == batch[i]["verdict"]);
        CHECK(verdict["class"] == batch[i]["class"]);
        CHECK(essence(verdict)["evidence"] == essence(batch[i])["evidence"]);
        CHECK(essence(verdict)["simulate"] == essence(batch[i])["simulate"]);
    }
    CHECK(passed == 1);
}

TEST_CASE("a batch says which front ends it did not ask") {
    NEED_ICARUS_AND_YOSYS();
    const Place place;
    const std::string reference = place.put("ref.sv", kReference);
    const Json line = {{"id", 1}, {"candidate", designs()[0]}, {"top", "top"}};
    const std::string input = place.put("lines.jsonl", line.dump());
    const Json quick =
        answers(run_rtlgen({"verify", "--batch", input, "--reference", reference})).at(0);
    CHECK(check_named(quick, "compile")["detail"]["icarus"] == "compiles it for its run");
    CHECK(check_named(quick, "compile")["detail"]["yosys-verilog"] == "not asked");
    CHECK(check_named(quick, "lint")["outcome"] == "skipped");
    CHECK(check_named(quick, "lint")["reason"] == "not asked");
    const Json full = answers(run_rtlgen({"verify", "--batch", input, "--reference", reference,
                                          "--require", "lint"}))
                          .at(0);
    CHECK(check_named(full, "compile")["detail"]["yosys-verilog"] == "reads it");
    CHECK(check_named(full, "lint")["outcome"] != "skipped");
}

TEST_CASE("equal candidates are judged once, and parameters tell them apart") {
    NEED_ICARUS_AND_YOSYS();
    const Place place;
    const std::string reference = place.put("ref.sv", kReference);
    std::string lines;
    for (int id = 0; id < 3; ++id) {
        const std::string design = designs()[1] + (id == 2 ? "// a comment\n" : "");
        lines += Json{{"id", id}, {"candidate", design}}.dump() + "\n";
    }
    const Ran ran = run_rtlgen(
        {"verify", "--batch", place.put("lines.jsonl", lines), "--reference", reference});
    const std::vector<Json> batch = answers(ran);
    REQUIRE(batch.size() == 3);
    const auto cached = std::ranges::count_if(
        batch, [](const Json& verdict) { return verdict["volatile"]["cached"] == true; });
    CHECK(cached == 2);
    CHECK(essence(batch[0]) == essence(batch[2]));
    CHECK(batch[0]["candidate"]["sha256"] != batch[2]["candidate"]["sha256"]);
    CHECK(ran.err.find("3 lines: 0 pass, 3 fail, 0 unknown, 2 of an equal candidate") !=
          std::string::npos);
    CHECK(ran.code == 1);
}

TEST_CASE("lines and answers of a batch keep their schemas") {
    NEED_VALIDATOR();
    NEED_ICARUS_AND_YOSYS();
    const Place place;
    place.put("ref.sv", kReference);
    const auto line_schema = read_schema("batch_line.v1");
    const std::vector<std::string> good = {
        R"({"problem": {"id": "p", "reference": {"paths": [")" +
            (place.folder.path() / "ref.sv").string() + R"("], "top": "good"}, "top": "top"}})",
        Json{{"id", 1}, {"candidate", designs()[0]}, {"problem", "p"}}.dump(),
        Json{{"id", "b"},
             {"candidate", {{"files", {{"a.sv", designs()[1]}}}, {"defines", {{"X", nullptr}}}}},
             {"reference", kReference},
             {"seed", 3},
             {"timeout", 20},
             {"deadline", 50.5}}
            .dump(),
        Json{{"id", 2}, {"completion", "no"}, {"parameters", {{"W", 8}}}}.dump(),
    };
    const std::vector<std::string> bad = {R"({"id": 3})",
                                          R"({"id": 4, "candidate": "", "completion": ""})",
                                          R"({"id": 5.5, "candidate": ""})",
                                          R"({"id": 6, "candidate": "", "x": 1})",
                                          R"({"id": 7, "candidate": {"text": "", "paths": ["a"]}})",
                                          R"({"id": 8, "candidate": "", "timeout": 0})",
                                          R"({"id": 9, "candidate": {"paths": ["-"]}})",
                                          R"({"candidate": ""})"};
    std::string lines;
    for (const std::string& line : good) {
        INFO(line);
        CHECK(schema_violations(line_schema, nlohmann::json::parse(line)) == "");
        lines += line + "\n";
    }
    for (const std::string& line : bad) {
        CHECK_FALSE(schema_violations(line_schema, nlohmann::json::parse(line)).empty());
        lines += line + "\n";
    }
    const Ran ran = run_rtlgen({"verify", "--batch", place.put("lines.jsonl", lines + "no\n")});
    const std::vector<Json> batch = answers(ran);
    REQUIRE(batch.size() == good.size() + bad.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const nlohmann::json answer = nlohmann::json::parse(batch[i].dump());
        const bool judged = i < good.size() - 1;
        INFO(answer.dump(1));
        CHECK(schema_violations(read_schema("batch_answer.v1"), answer).empty());
        CHECK(schema_violations(read_schema(judged ? "verdict.v1" : "error.v1"), answer).empty());
    }
    CHECK(ran.code == 2);
}

TEST_CASE("options that are about one design, or need a batch, are told") {
    const Place place;
    const std::string input = place.put("lines.jsonl", "");
    const auto refusal = [](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "verify");
        const Ran ran = run_rtlgen(arguments);
        CHECK(ran.code == 2);
        CHECK(ran.out.empty());
        return ran.err;
    };
    CHECK(refusal({"--batch", input, "a.sv"}).find("--batch takes designs from its lines") !=
          std::string::npos);
    CHECK(refusal({"--batch", input, "+incdir+x"}).find("--batch takes designs from its lines") !=
          std::string::npos);
    CHECK(refusal({"--batch", input, "--junit", place.folder.path() / "j"})
              .find("--junit has no meaning with --batch") != std::string::npos);
    CHECK(refusal({"--batch", input, "--each-file"}).find("--each-file has no meaning") !=
          std::string::npos);
    CHECK(refusal({"--problems", input, "a.sv"}).find("--problems needs --batch") !=
          std::string::npos);
    CHECK(refusal({"--deadline", "3", "a.sv"}).find("--deadline needs --batch") !=
          std::string::npos);
    CHECK(refusal({"--batch", place.folder.path() / "none"}).find("no such file") !=
          std::string::npos);
    const std::string problems = place.put("problems.jsonl", "{\"id\": \"a\"}\n{\"idd\": 1}\n");
    CHECK(refusal({"--batch", input, "--problems", problems}).find("problems.jsonl:2: a problem") !=
          std::string::npos);
}
