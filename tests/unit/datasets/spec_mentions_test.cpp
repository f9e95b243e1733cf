// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/datasets/library_fixture.h"

using namespace rtlgen;
using namespace rtlgen::datasets;

namespace {

/// The mentioned names, each with its width where one is said.
std::string mentions(const std::string& text, MentionKind kind) {
    const MentionHints hints{"m", [](const std::string& name) {
                                 return name == "we" || name == "full" || name == "reset";
                             }};
    std::string names;
    for (const SpecPort& port : ports_of_mentions(tokenize_spec(text), hints, kind)) {
        names += (names.empty() ? "" : " ") + port.name;
        if (port.width) names += "[" + std::to_string(*port.width) + "]";
    }
    return names;
}

}  // namespace

TEST_CASE("terse lists give their names, an arrow leads to the outputs") {
    const std::string text = "Arbiter `m`: clk, rst (sync), req[3:0] -> grant[3:0], registered.";
    CHECK(mentions(text, MentionKind::Certain) == "clk rst req[4] grant[4]");
    const auto ports = ports_of_mentions(
        tokenize_spec(text), {"m", [](const std::string&) { return false; }}, MentionKind::Certain);
    REQUIRE(ports.size() == 4);
    CHECK(ports[2].direction == PortDirection::Input);
    CHECK(ports[3].direction == PortDirection::Output);
}

TEST_CASE("words of English are names where they are used like one") {
    const std::string text = "The writer raises we when full is low. We need it. The full story.";
    CHECK(mentions(text, MentionKind::Any) == "we full");
    CHECK(mentions(text, MentionKind::Certain).empty());
    CHECK(mentions("It drives a 16-bit value called total.", MentionKind::Any) == "total[16]");
}

TEST_CASE("a state is no signal") {
    const std::string text = "The line is high when full, and low when reset.";
    CHECK(mentions(text, MentionKind::Any).empty());
}

TEST_CASE("a signal's name that no port accounts for makes it say no match") {
    const Library library = test::open_library();
    const std::string text =
        "An up counter `c` with a synchronous reset.\n- input clk\n- input rst\n- output q (8 "
        "bits)\n";
    CHECK(library.answer({text, "", ""}));
    const auto answer = library.answer({text + "\nIt is next to some_unit.", "", ""});
    REQUIRE_FALSE(answer);
    CHECK(answer.error().message.find("some_unit") != std::string::npos);
}

TEST_CASE("what is zero after reset says nothing of the reset's level") {
    const Library library = test::open_library();
    const auto answer = test::answer_of(
        library,
        "An up counter `c`.\n- input clk\n- input arst: asynchronous reset, active high\n"
        "- output q (8 bits)\n\nAfter reset `q` is zero.");
    CHECK(answer.adaptation.has("async"));
    CHECK_FALSE(answer.adaptation.has("reset_low"));
}
