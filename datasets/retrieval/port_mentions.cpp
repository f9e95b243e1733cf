// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/port_mentions.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace rtlgen::datasets {
namespace {

template <std::size_t N>
bool among(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::ranges::find(words, word) != words.end();
}

/// The text of up to `kReach` words from `at` to the end of the clause.
std::string clause_from(const std::vector<SpecToken>& tokens, std::size_t at) {
    constexpr std::size_t kReach = 12;
    std::string text;
    for (std::size_t k = at; k < tokens.size() && k < at + kReach; ++k) {
        if (tokens[k].norm == "." || tokens[k].norm == ":") break;
        text += tokens[k].raw + " ";
    }
    return text + ". ";
}

/// "x is the reset", "x shall be an asynchronous reset", "x, the reset,".
bool says_what_it_is(const std::vector<SpecToken>& tokens, std::size_t name, std::size_t& at) {
    constexpr std::array<std::string_view, 3> kModal = {"shall", "must", "should"};
    constexpr std::array<std::string_view, 6> kBeing = {"is", "be", "are", "show", "carry", "give"};
    constexpr std::array<std::string_view, 3> kArticle = {"the", "a", "an"};
    at = name + 1;
    auto norm = [&](std::size_t k) {
        return k < tokens.size() ? std::string_view(tokens[k].norm) : std::string_view();
    };
    if (norm(at) == "input" || norm(at) == "output" || norm(at) == "pin") ++at;
    if (among(norm(at), kModal)) ++at;
    if (among(norm(at), kBeing)) {
        ++at;
        const bool flag = norm(at) == "1" && (norm(at + 1) == "if" || norm(at + 1) == "when" ||
                                              norm(at + 1) == "exactly");
        return flag || among(norm(at), kArticle) || norm(at).starts_with("async") ||
               norm(at).starts_with("sync") || norm(at) == "active";
    }
    return norm(at) == "," && among(norm(at + 1), kArticle) && norm(at + 2) != "output" &&
           norm(at + 2) != "input";
}

/// "reset is x", "the reset input x": what the words before a name call it; may be empty.
std::string called_before(const std::vector<SpecToken>& tokens, std::size_t name) {
    constexpr std::array<std::string_view, 7> kCalled = {"reset", "clock",  "enable", "clear",
                                                         "input", "output", "signal"};
    const std::size_t end = name > 0 && tokens[name - 1].norm == "is" ? name - 1 : name;
    std::size_t begin = end;
    while (begin > 0 && among(tokens[begin - 1].norm, kCalled) &&
           tokens[begin - 1].line == tokens[name].line) {
        --begin;
    }
    if (begin == end) return "";
    std::string called;
    for (std::size_t k = begin; k < end; ++k) called += tokens[k].raw + " ";
    return called + ". ";
}

}  // namespace

void describe_by_mentions(const std::vector<SpecToken>& tokens, std::vector<SpecPort>& ports) {
    for (SpecPort& port : ports) {
        for (std::size_t k = 0; k < tokens.size(); ++k) {
            if (!tokens[k].is_word || tokens[k].raw != port.name) continue;
            std::size_t at = 0;
            if (says_what_it_is(tokens, k, at)) port.mentions += clause_from(tokens, at);
            port.mentions += called_before(tokens, k);
        }
    }
}

}  // namespace rtlgen::datasets
