// SPDX-License-Identifier: Apache-2.0
// Readings that let a specification in other words than the library's be understood: labels,
// number words, gaps in phrases, sentences about the surroundings, ports by what is said of them.
#include "datasets/retrieval/context_sentences.h"
#include "datasets/retrieval/port_mentions.h"
#include "datasets/retrieval/spec_labels.h"
#include "tests/unit/datasets/library_fixture.h"

using namespace rtlgen;
using namespace rtlgen::datasets;

namespace {

std::string nobody(std::string_view) { return ""; }

bool finds(const char* phrase, const char* text) {
    return Phrase(phrase).find(words_of(tokenize_spec(text)), nobody).has_value();
}

}  // namespace

TEST_CASE("outlines, lettered items and references to them are no part of a specification") {
    CHECK(without_labels("R2. Ports:\nR2.1 `a`\nR2.2 `b`, as R2.1\n") ==
          "-  Ports:\n- `a`\n- `b`, as this\n");
    CHECK(without_labels("a) `x`\nb) `y`\n") == "-  `x`\n-  `y`\n");
    const std::string text = without_labels("1. Count.\n2. Hold, unlike item 1.\n");
    CHECK(text.find('1') == std::string::npos);
}

TEST_CASE("number words of two parts are one number") {
    const auto tokens = tokenize_spec("sixty-four by twenty three");
    REQUIRE(tokens.size() == 3);
    CHECK(tokens[0].number == 64);
    CHECK(tokens[2].number == 23);
}

TEST_CASE("a gap in a phrase spans a few words of one sentence") {
    CHECK(finds("compare* ~ before", "Compare it with the value before."));
    CHECK_FALSE(finds("compare* ~ before", "Compare it. The value before counts."));
    const auto hit =
        Phrase("# % bit word").find(words_of(tokenize_spec("four 32-bit words")), nobody);
    REQUIRE(hit);
    CHECK(hit->value == 4);
}

TEST_CASE("a sentence that names no port is about the surroundings") {
    const ReadSpec spec = read_spec(
        {"Module `m`: input `clk`, output `q`. It drives a display. q_x counts, `q` is shown.", "",
         ""});
    const auto context = context_words(spec);
    for (std::size_t k = 0; k < spec.words.size(); ++k) {
        if (spec.words[k].norm == "display") CHECK(context[k]);
        if (spec.words[k].norm == "shown") CHECK_FALSE(context[k]);
    }
}

TEST_CASE("what text says of a port is found wherever it stands") {
    std::vector<SpecPort> ports(1);
    ports[0].name = "halt";
    describe_by_mentions(tokenize_spec("Inputs: halt. halt is the asynchronous reset."), ports);
    CHECK(ports[0].mentions.find("reset") != std::string::npos);
}

TEST_CASE("directions behind a list of quoted names are read") {
    const auto ports =
        ports_of_prose(tokenize_spec("`a` and `b` (4 bits) are inputs, `y` is an output."), "m");
    REQUIRE(ports.size() >= 2);
    CHECK(ports[0].direction == PortDirection::Input);
    CHECK(ports[1].direction == PortDirection::Input);
    CHECK(ports[1].width == 4);
}

TEST_CASE("a word that says what a port is is no port beside it") {
    const Library library = test::open_library();
    const auto answer = test::answer_of(
        library,
        "    name:     serial_out8\n    kind:     synthesizable Verilog module\n    function: UART "
        "transmitter, 8N1\n    bit time: 16 periods of clk\n\n    inputs:\n      clk          "
        "clock, "
        "rising edge\n      arst_n       reset, active low, asynchronous\n      go           "
        "request "
        "to send\n      char_in[7:0] the character\n    outputs:\n      txd          serial line\n "
        "     "
        "active       1 during a frame, else 0\n\n    rules:\n      start:  at a rising edge of "
        "clk "
        "with go = 1 and active = 0 char_in is taken.\n      reset:  arst_n = 0 makes txd = 1 and "
        "active = 0 at once.\n");
    CHECK(answer.adaptation.port("rst")->name == "arst_n");
}
