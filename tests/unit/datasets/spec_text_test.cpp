// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/phrase.h"
#include "datasets/retrieval/role_mapping.h"
#include "tests/catch.h"

using namespace rtlgen::datasets;

namespace {

std::vector<std::string> norms(const std::string& text) {
    std::vector<std::string> found;
    for (const SpecToken& token : words_of(tokenize_spec(text))) found.push_back(token.norm);
    return found;
}

std::optional<PhraseHit> find(const std::string& pattern, const std::string& text) {
    const auto words = words_of(tokenize_spec(text));
    return Phrase(pattern).find(words, [](std::string_view role) {
        return role == "clk" ? std::string("core_clk") : std::string();
    });
}

}  // namespace

TEST_CASE("words are folded, numbers are read from digits, words and Verilog literals") {
    CHECK(norms("Eight Counters, 16-bit; 4'b1010") ==
          std::vector<std::string>{"8", "counter", "16", "bit", ".", "10"});
    CHECK(norms("8N1 and 100MHz") == std::vector<std::string>{"8n1", "and", "100", "mhz"});
    CHECK(norms("0b0110 0x1F 0b2") == std::vector<std::string>{"6", "31", "0b2"});
    CHECK(norms("entries bus address status") ==
          std::vector<std::string>{"entry", "bus", "address", "status"});
}

TEST_CASE("a new list item and an empty line end a sentence, a wrapped line doesn't") {
    CHECK(norms("one\ntwo") == std::vector<std::string>{"1", "2"});
    CHECK(norms("one\n- two") == std::vector<std::string>{"1", ".", "2"});
    CHECK(norms("one\n\ntwo") == std::vector<std::string>{"1", ".", "2"});
    CHECK(norms("reset\n(synchronous)") == std::vector<std::string>{"reset", "synchronous"});
    CHECK(norms("reset\n(1) load") == std::vector<std::string>{"reset", ".", "1", "load"});
}

TEST_CASE("names in backticks are marked, fences are not") {
    const auto tokens = tokenize_spec("the `q` of\n```\nq\n```");
    CHECK(tokens[1].quoted);
    CHECK_FALSE(tokens[2].quoted);
    CHECK_FALSE(tokens[4].quoted);
}

TEST_CASE("a phrase finds its words in a row, with alternatives, prefixes and numbers") {
    CHECK(find("depth of #", "a depth of 64 words")->value == 64);
    CHECK(find("# mhz*1000000", "clock is 50 MHz")->value == 50'000'000);
    CHECK(find("8n1:8", "in 8N1 format")->value == 8);
    CHECK(find("up|down counter", "a Down counters"));
    CHECK(find("saturat*", "it saturates"));
    CHECK(find("edge of {clk}", "rising edge of core_clk"));
    CHECK_FALSE(find("depth of #", "depth of. 64"));
    CHECK_FALSE(find("depth of #", "depth of many"));
    CHECK_FALSE(find("a b", "a"));
}

TEST_CASE("numbers too large for a scale don't overflow") {
    CHECK(find("# mhz*1000000", "9223372036854775807 MHz")->value > 0);
    CHECK_FALSE(find("# mhz", "99999999999999999999 MHz"));
}

TEST_CASE("mentions of clock edges are taken out of what is searched for edges") {
    const auto words =
        words_of(tokenize_spec("on each rising edge of the clock, a rising edge of d"));
    const auto kept = without_clock_edges(words, "clk");
    REQUIRE(kept.size() == words.size());
    const Phrase edge("rising edge");
    const auto hit = edge.find(kept, [](std::string_view) { return std::string(); });
    REQUIRE(hit);
    CHECK(hit->begin == 8);
}
