// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/vocabulary.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "datasets/retrieval/context_sentences.h"

namespace rtlgen::datasets {
namespace {

/// Prose is letters alone; names have other characters.
bool is_prose(const SpecToken& token) {
    return token.is_word && !token.number && !token.quoted && token.raw.size() >= 3 &&
           std::ranges::all_of(
               token.raw, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

/// Words of Verilog stand in any specification with a module header.
bool is_keyword(std::string_view word) {
    constexpr std::array<std::string_view, 17> kKeywords = {
        "module",  "endmodule", "input",  "output",     "inout",  "wire",
        "reg",     "logic",     "signed", "assign",     "always", "posedge",
        "negedge", "parameter", "begin",  "localparam", "verilog"};
    return std::ranges::find(kKeywords, word) != kKeywords.end();
}

std::set<std::string> names_in(const SpecInterface& interface) {
    std::set<std::string> names = {to_lower(interface.module_name)};
    for (const SpecPort& port : interface.ports) names.insert(to_lower(port.name));
    for (const Parameter& parameter : interface.parameters) names.insert(to_lower(parameter.name));
    return names;
}

/// Calls `function` with each distinct word and whether it stands in sentences about the
/// surroundings alone.
template <class Function>
void for_each_word(const ReadSpec& spec, Function function) {
    const std::set<std::string> names = names_in(spec.interface);
    const std::vector<bool> context = context_words(spec);
    std::set<std::string> seen;
    for (const bool wanted : {false, true}) {
        for (std::size_t k = 0; k < spec.words.size(); ++k) {
            const SpecToken& token = spec.words[k];
            if (context[k] != wanted || !is_prose(token)) continue;
            if (names.contains(to_lower(token.raw))) continue;
            if (seen.insert(stem_of(token.raw)).second) function(token, wanted);
        }
    }
}

}  // namespace

std::string stem_of(std::string_view word) {
    constexpr std::array<std::string_view, 6> kEndings = {"ation", "ing", "ed", "ly", "al", "e"};
    std::string lower = to_lower(word);
    auto strip = [&](std::string_view ending) {
        if (!lower.ends_with(ending) || lower.size() < ending.size() + 3) return false;
        lower.erase(lower.size() - ending.size());
        return true;
    };
    strip("s");
    for (const std::string_view ending : kEndings) {
        if (strip(ending)) break;
    }
    return lower.substr(0, 6);
}

void Vocabulary::learn(std::string_view text) {
    for (const SpecToken& token : tokenize_spec(text)) {
        // Quoting is how lists of phrases are written.
        if (!token.is_word) continue;
        for (const std::string_view part : split(token.raw, '_')) stems_.insert(stem_of(part));
    }
}

UnknownWords Vocabulary::unknown_words(const ReadSpec& spec) const {
    UnknownWords unknown;
    for_each_word(spec, [&](const SpecToken& token, bool in_context) {
        if (is_keyword(token.raw) || stems_.contains(stem_of(token.raw))) return;
        (in_context ? unknown.of_context : unknown.of_behaviour).push_back(to_lower(token.raw));
    });
    return unknown;
}

std::size_t Vocabulary::count_words(const ReadSpec& spec) {
    std::size_t count = 0;
    for_each_word(spec, [&](const SpecToken&, bool) { ++count; });
    return count;
}

}  // namespace rtlgen::datasets
