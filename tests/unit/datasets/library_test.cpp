// SPDX-License-Identifier: Apache-2.0
#include "datasets/library.h"

#include <algorithm>
#include <fstream>

#include "core/base/temp_folder.h"
#include "core/rtl/lexer.h"
#include "core/rtl/module_header.h"
#include "tests/unit/datasets/library_fixture.h"

using namespace rtlgen;
using namespace rtlgen::datasets;

namespace {

const std::vector<std::string> kDesigns = {"alu",
                                           "counter",
                                           "edge_detector",
                                           "gray_counter",
                                           "round_robin_arbiter",
                                           "shift_register",
                                           "sync_fifo",
                                           "uart_tx"};

bool says(const LibraryAnswer& answer, const std::string& text) {
    return answer.code.find(text) != std::string::npos;
}

const std::string kCounter =
    "Write an up counter named `c`.\n- input clk\n- input rst\n- output q (8 bits)\n";

}  // namespace

TEST_CASE(
    "the designs that examples teach are built in, and each design has a licence and a latency") {
    const Library library = test::open_library();
    const std::vector<std::string> names = library.names();
    CHECK(std::ranges::includes(names, kDesigns));
    for (const std::string& name : library.names()) {
        CAPTURE(name);
        CHECK(library.metadata(name)->licence == "Apache-2.0");
        CHECK_FALSE(library.metadata(name)->latency.empty());
    }
}

TEST_CASE("each design's own specification is answered by it without an assumption") {
    const Library library = test::open_library();
    for (const std::string& name : library.names()) {
        CAPTURE(name);
        const auto spec = library.spec(name);
        REQUIRE(spec);
        const LibraryAnswer answer = test::answer_of(library, *spec);
        CHECK(answer.design == name);
        CHECK(answer.top == name);
        CHECK(answer.testbench_top == name + "_tb");
        CHECK(std::ranges::none_of(answer.notes, [](const std::string& note) {
            return note.find("assumed") != std::string::npos;
        }));
    }
}

TEST_CASE("the reset's kind and level are those of the specification") {
    const Library library = test::open_library();
    CHECK(says(test::answer_of(library, kCounter + "A synchronous active-high reset to 0."),
               "always @(posedge clk) begin\n        if (rst)"));
    CHECK(says(test::answer_of(library, kCounter + "An asynchronous reset to 0, active high."),
               "always @(posedge clk or posedge rst) begin\n        if (rst)"));
    CHECK(says(test::answer_of(library, kCounter + "rst is an active-low asynchronous reset."),
               "always @(posedge clk or negedge rst) begin\n        if (!rst)"));
    const std::string low_by_name = replace_all(kCounter, "input rst", "input rst_n");
    CHECK(says(test::answer_of(library, low_by_name + "The reset is synchronous."),
               "always @(posedge clk) begin\n        if (!rst_n)"));
}

TEST_CASE("a reset's name decides its kind only where words don't say it") {
    const Library library = test::open_library();
    const std::string named = replace_all(kCounter, "input rst", "input aresetn");
    CHECK(says(test::answer_of(library, named + "aresetn is a synchronous, active-low reset."),
               "always @(posedge clk) begin\n        if (!aresetn)"));
    CHECK(says(test::answer_of(library, named + "The reset is synchronous and active low."),
               "always @(posedge clk) begin\n        if (!aresetn)"));
    CHECK(says(test::answer_of(library, named + "When aresetn is low q is 0."),
               "always @(posedge clk or negedge aresetn) begin"));
    CHECK(
        says(test::answer_of(library, named + "aresetn is asynchronous; all else is synchronous."),
             "always @(posedge clk or negedge aresetn) begin"));
}

TEST_CASE("what is said of another signal isn't said of the reset") {
    const Library library = test::open_library();
    const std::string text =
        "A synchronous FIFO `f` with a depth of 8 and asynchronous, active-low reset.\n- input "
        "clk\n"
        "- input rst\n- input wr_en\n- input [7:0] din\n- input rd_en\n- output [7:0] dout\n"
        "- output full\n- output empty\n";
    const LibraryAnswer answer = test::answer_of(library, text);
    CHECK(answer.adaptation.has("async"));
    CHECK(answer.adaptation.has("reset_low"));
}

TEST_CASE("an interface that is given is the answer's interface to the letter") {
    const Library library = test::open_library();
    const std::string header =
        "module my_fifo #(parameter DW = 24, parameter ENTRIES = 6) (\n    input clock,\n"
        "    input nrst,\n    input push,\n    input [DW-1:0] idata,\n    input pop,\n"
        "    output [DW-1:0] odata,\n    output full,\n    output empty\n);";
    const auto answer =
        library.answer({"A FIFO with registered read and a synchronous reset.", header, ""});
    INFO((answer ? std::string() : answer.error().text()));
    REQUIRE(answer);
    const auto wanted = rtl::interface_from_text(header);
    const auto got = rtl::interface_from_text(answer->code);
    REQUIRE((wanted && got));
    CHECK(got->ports == wanted->ports);
    CHECK(got->parameters == wanted->parameters);
    CHECK(got->name == "my_fifo");
}

TEST_CASE("without an interface the module has parameters, with one it has those of it alone") {
    const Library library = test::open_library();
    CHECK(says(test::answer_of(
                   library, "A 12-bit up counter with enable and a synchronous active-high reset."),
               "parameter WIDTH = 12"));
    CHECK(says(test::answer_of(library, kCounter + "Synchronous reset."), "localparam WIDTH = 8;"));
}

TEST_CASE("a port that is called like a signal of the design makes that one give way") {
    const Library library = test::open_library();
    const LibraryAnswer answer =
        test::answer_of(library,
                        "An up counter `c` with a synchronous reset.\n- input clk\n- input rst\n- "
                        "input next_value\n"
                        "  (count enable)\n- output count_value (8 bits)\n");
    CHECK(says(answer, "output wire [7:0] count_value"));
    CHECK(says(answer, "reg [WIDTH-1:0] count_value_int;"));
}

TEST_CASE("the wanted top renames module and testbench") {
    const Library library = test::open_library();
    const auto answer = library.answer({kCounter + "Synchronous reset.", "", "top_level"});
    REQUIRE(answer);
    CHECK(answer->top == "top_level");
    CHECK(says(*answer, "module top_level"));
    CHECK(answer->testbench.find("top_level ") != std::string::npos);
    CHECK(answer->testbench_top == "top_level_tb");
}

TEST_CASE("what the library hasn't is no match, with the reason") {
    const Library library = test::open_library();
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(test::data_folder("no_match"))) {
        CAPTURE(entry.path().filename().string());
        const auto answer = library.answer({test::text_of(entry.path()), "", ""});
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == ErrorCode::NotFound);
        CHECK(answer.error().message.starts_with("no match: "));
        ++files;
    }
    CHECK(files >= 15);
}

TEST_CASE("a port, parameter or width that doesn't fit is no match and named") {
    const Library library = test::open_library();
    auto reason = [&](const std::string& text) {
        const auto answer = library.answer({text, "", ""});
        return answer ? "answered" : answer.error().message;
    };
    CHECK(reason(kCounter + "- input mystery (3 bits)\n").find("mystery") != std::string::npos);
    CHECK(
        reason(
            "An up counter.\nmodule c #(parameter ODD = 3) (input clk, input rst, output [7:0] q);")
            .find("ODD") != std::string::npos);
    CHECK(reason("A FIFO of 16 words with a fill level.\n- input clk\n- input rst\n- input push\n- "
                 "input [7:0] din\n"
                 "- input pop\n- output [7:0] dout\n- output full\n- output empty\n- output [2:0] "
                 "level\n")
              .find("level has 3 bits") != std::string::npos);
    CHECK(reason(replace_all(kCounter, "- input rst\n", "")).find("no reset") != std::string::npos);
    CHECK(reason("An up counter that counts from 0 to 300, named `c`.\n- input clk\n- input rst\n- "
                 "output [7:0] q\n")
              .find("300") != std::string::npos);
}

TEST_CASE("words that Verilog keeps are no names of ports") {
    const Library library = test::open_library();
    const auto answer = library.answer({kCounter + "Synchronous reset.", "", "always"});
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == ErrorCode::NotFound);
}

TEST_CASE("answers are the same every time, and any bytes are borne") {
    const Library library = test::open_library();
    const std::string text = kCounter + "Synchronous reset.";
    CHECK(test::answer_of(library, text).code == test::answer_of(library, text).code);
    std::string bytes = "counter ";
    for (int k = 0; k < 4096; ++k) bytes += static_cast<char>(k * 37 % 256);
    CHECK_FALSE(library.answer({bytes, bytes, ""}));
    CHECK_FALSE(library.answer({std::string(200'000, '`') + "\"'*NEAR(", "", ""}));
}

TEST_CASE("a folder's files come before the built-in ones") {
    auto folder = TempFolder::create();
    REQUIRE(folder);
    std::filesystem::create_directories(folder->path() / "counter");
    std::ofstream(folder->path() / "counter/design.sv.mustache")
        << "// of the house\nmodule <%top%>;\nendmodule\n";
    auto library = Library::open(folder->path());
    REQUIRE(library);
    CHECK(says(test::answer_of(*library, kCounter + "Synchronous reset."), "// of the house"));
    std::ofstream(folder->path() / "counter/design.sv.mustache") << "<%nobody%>\n";
    auto broken = Library::open(folder->path());
    REQUIRE(broken);
    const auto answer = broken->answer({kCounter + "Synchronous reset.", "", ""});
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == ErrorCode::Config);
    std::ofstream(folder->path() / "counter/metadata.toml") << "title = [\n";
    CHECK(Library::open(folder->path()).error().code == ErrorCode::Config);
}

namespace {

std::string uart_at(const std::string& clock, const std::string& baud) {
    return "A UART transmitter `u2`, 8N1, clock " + clock + ", " + baud +
           " baud. Synchronous reset, active high.\n- input clk\n- input rst\n- input start\n"
           "- input [7:0] data\n- output tx\n- output busy\n";
}

}  // namespace

TEST_CASE("clocks of a UART's bit are rounded to the nearest number, and the error is said") {
    const Library library = test::open_library();
    const LibraryAnswer up = test::answer_of(library, uart_at("10 MHz", "921600"));
    CHECK(up.testbench.find("CLOCKS_PER_BIT = 11;") != std::string::npos);
    CHECK(std::ranges::find(up.notes, "11 clocks per bit make the line 1.4 % too slow") !=
          up.notes.end());
    const LibraryAnswer down = test::answer_of(library, uart_at("50 MHz", "115200"));
    CHECK(down.testbench.find("CLOCKS_PER_BIT = 434;") != std::string::npos);
    const auto far = library.answer({uart_at("3 MHz", "921600"), "", ""});
    REQUIRE_FALSE(far);
    CHECK(far.error().code == ErrorCode::NotFound);
    CHECK(far.error().message.find("8.5 % too fast") != std::string::npos);
}

TEST_CASE("no word of IEEE 1800 becomes the name of a port") {
    const Library library = test::open_library();
    for (const char* word :
         {"string", "var", "xor", "xnor", "ref", "union", "struct", "table", "package", "program",
          "interface", "tri", "wire", "always_comb", "until_with", "global", "supply0", "soft"}) {
        CAPTURE(word);
        REQUIRE(rtl::is_keyword(word));
        const auto answer = library.answer(
            {"An 8-bit up counter `c7`. Synchronous reset.\n- input clk\n- input rst\n- input en\n"
             "- output [7:0] " +
                 std::string(word) + "\n",
             "", ""});
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == ErrorCode::NotFound);
    }
}

TEST_CASE("a wrap that no simulation reaches is said to be untested") {
    const Library library = test::open_library();
    const auto notes = [&](const std::string& width) {
        return join(test::answer_of(library, "A " + width +
                                                 "-bit up counter `c8`. Synchronous reset.\n"
                                                 "- input clk\n- input rst\n- output [" +
                                                 std::to_string(*parse_int(width) - 1) + ":0] q\n")
                        .notes,
                    "\n");
    };
    CHECK(notes("40").find("doesn't reach the wrap") != std::string::npos);
    CHECK(notes("16").find("doesn't reach the wrap") == std::string::npos);
}
