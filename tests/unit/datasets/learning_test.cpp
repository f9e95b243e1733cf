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
        "<!-- roles: clk=ck q=v; values: WIDTH=8; traits: async reset_low -->\nA counter.\n");
    REQUIRE(example);
    CHECK(example->ports.at("q") == "v");
    CHECK(example->values.at("WIDTH") == 8);
    CHECK(example->traits.contains("reset_low"));
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

TEST_CASE("a text that begins with a mark and the name of the operation input is read") {
    const Library library = test::open_library();
    const auto answer =
        library.answer({"= op\nALU with inputs `a`, `b`, `op`, output `y`.", "", ""});
    CHECK_FALSE(answer);
}
