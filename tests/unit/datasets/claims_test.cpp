// SPDX-License-Identifier: Apache-2.0
// Specifications that ask for something else than the design does are refused, in whatever words.
#include "datasets/retrieval/claims.h"

#include <toml++/toml.h>
#include <iostream>

#include "datasets/retrieval/clauses.h"
#include "tests/unit/datasets/library_fixture.h"

using namespace rtlgen;
using namespace rtlgen::datasets;

namespace {

/// The lines of each paragraph joined by spaces; list items stay apart.
std::string with_joined_lines(std::string text) {
    for (std::size_t k = 1; k + 1 < text.size(); ++k) {
        const bool apart = text[k - 1] == '\n' || text[k + 1] == '\n' || text[k + 1] == '-';
        if (text[k] == '\n' && !apart) text[k] = ' ';
    }
    return text;
}

struct Change {
    std::string design;
    std::string said;  ///< what the text says instead
    std::string text;
};

std::vector<Change> changes(const Library& library, const std::string& file) {
    const toml::table table =
        toml::parse(test::text_of(test::data_folder("contradictions") / file));
    std::vector<Change> all;
    for (const toml::node& node : *table["change"].as_array()) {
        const toml::table& row = *node.as_table();
        const std::string design = row["design"].value_or(std::string());
        const std::string from = row["from"].value_or(std::string());
        const std::string spec = with_joined_lines(*library.spec(design));
        const std::size_t at = spec.find(from);
        CAPTURE(design, from);
        REQUIRE(at != std::string::npos);
        for (const toml::node& to : *row["to"].as_array()) {
            std::string text = spec;
            const std::string said = to.value_or(std::string());
            all.push_back({design, said, text.replace(at, from.size(), said)});
        }
    }
    return all;
}

std::string words_of_clause(const Clause& clause) {
    std::string text;
    for (const SpecToken& token : clause) text += (text.empty() ? "" : " ") + token.norm;
    return text;
}

std::vector<std::string> clause_texts(const std::string& text) {
    std::vector<std::string> texts;
    for (const Clause& clause : clauses_of(tokenize_spec(text)))
        texts.push_back(words_of_clause(clause));
    return texts;
}

/// The error of a claim with these lines on "`tx` idles low"; empty: none.
std::string refusal(const std::string& claim, const std::string& text) {
    const auto claims = parse_claims("x", {"[[claim]]\nsays = 's'\n" + claim, "", "low = '0|low'"});
    INFO((claims ? std::string() : claims.error().text()));
    REQUIRE(claims);
    Adaptation adaptation;
    adaptation.design = "d";
    adaptation.ports = {{"tx", "tx", Polarity::High, "", 1},
                        {"zero", "flag", Polarity::High, "", 1}};
    adaptation.flags = {"has_tx", "has_flag"};
    adaptation.values = {{"LAST", 9}, {"WIDTH", 4}};
    const Status status = check_claims(*claims, read_spec({text, "", ""}), adaptation);
    return status ? std::string() : status.error().message;
}

}  // namespace

TEST_CASE("a specification that contradicts its design is refused, with its words") {
    const Library library = test::open_library();
    for (const Change& change : changes(library, "known.toml")) {
        CAPTURE(change.design, change.said);
        const auto answer = library.answer({change.text, "", ""});
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == ErrorCode::NotFound);
    }
}

TEST_CASE("contradictions in words that nobody prepared for are mostly refused") {
    const Library library = test::open_library();
    int refused = 0;
    int all = 0;
    for (const Change& change : changes(library, "held_out.toml")) {
        ++all;
        if (library.answer({change.text, "", ""})) {
            std::cout << "answered: " << change.design << ": " << change.said << "\n";
        } else {
            ++refused;
        }
    }
    std::cout << refused << " of " << all << " unseen contradictions are refused\n";
    CHECK(refused * 100 >= all * 90);
}

TEST_CASE("the specifications of the designs, with their lines joined, are answered") {
    const Library library = test::open_library();
    for (const std::string& name : library.names()) {
        const auto answer = library.answer({with_joined_lines(*library.spec(name)), "", ""});
        CAPTURE(name, (answer ? std::string() : answer.error().text()));
        CHECK(answer);
    }
}

TEST_CASE("a clause has its condition, wherever that stands, and no ranges") {
    CHECK(clause_texts("While idle, tx is high, busy is low. q[7:0] holds, but d moves") ==
          std::vector<std::string>{"while idle tx is high", "busy is low", "q hold", "but d move"});
    CHECK(clause_texts("a start bit (0), which is low, and a stop bit") ==
          std::vector<std::string>{"a start bit 0 which is low", "and a stop bit"});
}

TEST_CASE("a claim is contradicted by a clause about it that says so, unless denied") {
    const std::string idle =
        "about = [['idle*'], ['{tx}|line']]\nagainst = ['@low']\nunless = ['high']\n";
    CHECK(refusal(idle, "The line idles low.") ==
          "it says \"The line idles low\", but in the library's d s");
    CHECK(refusal(idle, "tx is 0 when idle.") != "");
    CHECK(refusal(idle, "The line is never low when idle.") == "");
    CHECK(refusal(idle, "The line idles high, not low.") == "");
    CHECK(refusal(idle, "The line is low in a start bit. It is idle.") == "");
    CHECK(refusal("scope = 'sentence'\n" + idle, "The line, low by now, idles.") != "");
}

TEST_CASE("a number contradicts a claim where it isn't one of the claim's") {
    const std::string wrap = "against = ['after % comes #']\nnumbers = ['0', 'LAST', 'ONES']\n";
    CHECK(refusal(wrap, "After 9 comes 1.") != "");
    CHECK(refusal(wrap, "After 9 comes 0.") == "");
    CHECK(refusal(wrap, "After 0 comes 9.") == "");
    CHECK(refusal(wrap, "After 0 comes 15.") == "");
}

TEST_CASE("claims are heard only with their port and flags") {
    const std::string claim = "against = ['is low']\n";
    CHECK(refusal("role = 'tx'\n" + claim, "It is low.") != "");
    CHECK(refusal("role = 'busy'\n" + claim, "It is low.") == "");
    CHECK(refusal("flag = 'has_tx'\n" + claim, "It is low.") != "");
    CHECK(refusal("flag = 'is_comb'\n" + claim, "It is low.") == "");
    CHECK(refusal("not_flag = 'has_tx'\n" + claim, "It is low.") == "");
}

TEST_CASE("operators between ports are words, and a port called zero is no number") {
    CHECK(refusal("against = ['{tx} minus {flag}']\n", "Give tx - zero.") != "");
    CHECK(refusal("against = ['{tx} ornot {flag}']\n", "Give tx | ~zero.") != "");
    CHECK(refusal("against = ['is 0']\n", "It is zero.") == "");
}

TEST_CASE("claims without words, or with words that nobody gave, are errors of the library") {
    for (const char* text : {"[[claim]]\nsays = 's'\n", "[[claim]]\nagainst = ['x']\n",
                             "[[claim]]\nsays = 's'\nagainst = ['@nothing']\n", "[[claim"}) {
        const auto claims = parse_claims("d/claims.toml", {text, "", ""});
        REQUIRE_FALSE(claims);
        CHECK(claims.error().code == ErrorCode::Config);
    }
}

TEST_CASE("each alternative of a phrase may be a prefix, and only digits scale a number") {
    const RoleName nobody = [](std::string_view) { return std::string(); };
    const auto found = [&](const char* phrase, const char* text) {
        return Phrase(phrase).find(words_of(tokenize_spec(text)), nobody);
    };
    CHECK(found("idle*|rest", "it idled"));
    CHECK(found("idle*|rest", "at rest"));
    CHECK(found("hold*|keep*|move", "they move"));
    CHECK(found("# khz*1000", "9 kHz")->value == 9000);
}
