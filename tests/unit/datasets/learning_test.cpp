// SPDX-License-Identifier: Apache-2.0
// What the library learns from examples: labels from words, the parts of an example, widths beside
// names, typographic characters.
#include "datasets/retrieval/design_examples.h"
#include "tests/unit/datasets/library_fixture.h"

using namespace rtlgen;
using namespace rtlgen::datasets;

TEST_CASE("a label is told from the words that its samples have") {
    const WordModel model({{{"red", "round"}, "apple"},
                           {{"red", "sweet"}, "apple"},
                           {{"yellow", "long"}, "banana"},
                           {{"yellow", "sweet"}, "banana"}});
    const auto logs = model.log_probabilities({"yellow", "unknown"});
    REQUIRE(logs.size() == 2);
    CHECK(logs.at("banana") > logs.at("apple"));
    CHECK(WordModel().log_probabilities({"red"}).empty());
}

TEST_CASE("an example says its roles, values and traits") {
    const auto example = parse_example(
        "x.md",
        "<!-- roles: clk=ck q=v; values: WIDTH=8; traits: async reset_low; module: ticks "
        "-->\nA counter.\n");
    REQUIRE(example);
    CHECK(example->ports.at("q") == "v");
    CHECK(example->values.at("WIDTH") == 8);
    CHECK(example->traits.contains("reset_low"));
    CHECK(example->module == "ticks");
    CHECK(example->text == "\nA counter.\n");
    const auto wrong = parse_example("x.md", "A counter.\n");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == ErrorCode::Config);
}

TEST_CASE("a width beside a name wins over what was read") {
    auto width_of = [](const std::string& text, const std::string& name) {
        std::vector<SpecPort> ports(2);
        ports[0].name = "code";
        ports[1].name = "step";
        ports[0].width = 1;
        widths_near_names(tokenize_spec(text), ports);
        return *(ports[0].name == name ? ports[0] : ports[1]).width;
    };
    CHECK(width_of("output `code`, four bits", "code") == 4);
    CHECK(width_of("the 6-bit output `code`", "code") == 6);
    CHECK(width_of("- `code` output 5\n", "code") == 5);
    CHECK(width_of("`code` and `step` (inputs, 8 bits each)", "code") == 8);
    CHECK(width_of("`code` = 9 bits later", "code") == 1);
    CHECK(width_of("`code`, one bit per client", "code") == 1);
    CHECK(width_of("the byte `code`", "code") == 8);
}

TEST_CASE("a width in the words behind a name is its width, that of the next port isn't") {
    auto width_of = [](const std::string& text) {
        std::vector<SpecPort> ports(2);
        ports[0].name = "code";
        ports[1].name = "step";
        widths_near_names(tokenize_spec(text), ports);
        return ports[0].width;
    };
    CHECK(width_of("`code`, which is eight bits wide (`[7:0]`)") == 8);
    CHECK(width_of("`code` is an output with the range `[5:0]`") == 6);
    CHECK_FALSE(width_of("(input code, input [7:0] step)"));
    CHECK(width_of("in [2:0] code\nout [7:0] step") == 3);
    CHECK_FALSE(width_of("`code` and `step`, which has 8 bits"));
}

TEST_CASE("a range beside a name is its width where none was read, and a slice is narrower") {
    auto width_of = [](const std::string& text) {
        std::vector<SpecPort> ports(1);
        ports[0].name = "code";
        widths_near_names(tokenize_spec(text), ports);
        return ports[0].width;
    };
    CHECK(width_of("code[7:0] goes out; code[6:0] moves") == 8);
    CHECK(width_of("`input [3:0] code`") == 4);
    CHECK_FALSE(width_of("code[3] is the top bit"));
}

TEST_CASE("typographic characters are read as ASCII writes them") {
    CHECK(in_ascii("a \xE2\x80\x94 b \xE2\x89\xA5 c, \xE2\x80\x9Cq\xE2\x80\x9D") ==
          "a  -  b >= c, \"q\"");
}

TEST_CASE("a denied kind of reset is the other one") {
    const Library library = test::open_library();
    const auto answer = test::answer_of(
        library,
        "An 8-bit up counter `c`: inputs `clk`, `rst`, `en`; output `q` (8 bits). At posedge "
        "`clk`: "
        "with `rst` at 1 `q` is 0; else with `en` at 1 `q` goes up by one. The reset is not "
        "asynchronous.");
    CHECK(answer.code.find("or posedge rst") == std::string::npos);
}

TEST_CASE("operations in running text are a table too") {
    const Library library = test::open_library();
    const auto answer = test::answer_of(
        library,
        "Combinational ALU `u` with 8-bit inputs `a`, `b`, a 3-bit input `op`, an 8-bit output `y` "
        "and an output `zero`. With `op` at 0 it adds both, at 1 it takes `b` away from `a`. 2, 3 "
        "and 4 are the bit-by-bit AND, OR and XOR. `zero` is 1 if `y` is 0.");
    REQUIRE(answer.adaptation.table.size() == 5);
    CHECK(answer.adaptation.table[1].operation == "sub");
    CHECK(answer.adaptation.table[4].operation == "xor");
}

TEST_CASE("a numbered list of operations is a table") {
    const Library library = test::open_library();
    const auto answer = test::answer_of(
        library,
        "Arithmetic unit `au`, combinational.\n\n    input [7:0] a\n    input [7:0] b\n    input "
        "[1:0] f\n    output [7:0] y\n    output z\n\n0. `a` plus `b`\n1. `a` minus `b`\n2. "
        "bitwise conjunction (AND) of the operands\n3. bitwise disjunction (OR) of the operands\n\n"
        "`z` is 1 if and only if `y` is zero.\n");
    REQUIRE(answer.adaptation.table.size() == 4);
    CHECK(answer.adaptation.table[0].operation == "add");
    CHECK(answer.adaptation.table[3].operation == "or");
}

TEST_CASE("a code that no row explains makes it no match") {
    const Library library = test::open_library();
    const std::string unit =
        "Combinational ALU `u`: inputs `a`, `b` (8 bits each) and `op` (2 bits), output `y` (8 "
        "bits). With `op` = 00 the result is the sum of `a` and `b`, with `op` = 01 the difference "
        "`a` minus `b`.";
    CHECK(library.answer({unit, "", ""}));
    CHECK_FALSE(
        library.answer({unit + " 10 and 11 are, in this order, what we had before.", "", ""}));
}

TEST_CASE("a table that leaves most codes open makes it no match") {
    const Library library = test::open_library();
    const auto answer = library.answer(
        {"Combinational ALU `u`: inputs `a`, `b` (8 bits each) and `op` (3 bits), output `y` (8 "
         "bits).\n- 0 adds the operands, 1 subtracts `b` from `a`.\n- 2, 3 and 4 are the "
         "bitwise AND, OR and exclusive OR of the operands.\n- 5 is a comparison.\n",
         "", ""});
    CHECK_FALSE(answer);
}

TEST_CASE("operands that are less, and moves towards an end, are read in their direction") {
    const Library library = test::open_library();
    const auto answer = test::answer_of(
        library,
        "Combinational ALU `u`: inputs `a`, `b` (8 bits each) and `op` (2 bits), output `y` (8 "
        "bits).\n| `op` | `y` |\n|---|---|\n| 0 | sum of `a` and `b` |\n| 1 | `a` less `b`, modulo "
        "256 |\n| 2 | `a` moved towards the MSB by `b` places, zeros fill in from the right |\n| 3 "
        "| "
        "`a` moved towards the LSB by `b` places, zeros fill in from the left |\n");
    REQUIRE(answer.adaptation.table.size() == 4);
    CHECK(answer.adaptation.table[1].operation == "sub");
    CHECK(answer.adaptation.table[2].operation == "sll");
    CHECK(answer.adaptation.table[3].operation == "srl");
}

TEST_CASE("Gray codes in hexadecimal are the codes, others are refused") {
    const Library library = test::open_library();
    const std::string header =
        "```verilog\nmodule gray_counter (\n  input wire clk,\n  input wire rst, // synchronous; 1 "
        "-> 0\n  input wire en,\n  output reg [3:0] gray\n);\n```\nGray code counter: ";
    CHECK(library.answer({header + "0 1 3 2 6 7 5 4 C D F E A B 9 8 and back to 0", "", ""}));
    CHECK_FALSE(library.answer({header + "0 1 3 2 6 7 4 5 C D F E A B 9 8", "", ""}));
    const std::string table = "0: 0000, 1: 0001, 2: 0011, 3: 0010, 4: 0110 ... 14: 1001, 15: ";
    CHECK(library.answer({header + table + "1000.", "", ""}));
    CHECK_FALSE(library.answer({header + table + "1010.", "", ""}));
    CHECK_FALSE(library.answer({header + "0: 0000, 1: 0001, 2: 0010, 3: 0011", "", ""}));
}

TEST_CASE("a text that begins with a mark and the name of the operation input is read") {
    const Library library = test::open_library();
    const auto answer =
        library.answer({"= op\nALU with inputs `a`, `b`, `op`, output `y`.", "", ""});
    CHECK_FALSE(answer);
}
