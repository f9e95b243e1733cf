// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/operation_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "datasets/retrieval/learned_answers.h"
#include "datasets/retrieval/operation_meaning.h"
#include "datasets/retrieval/operation_phrases.h"

namespace rtlgen::datasets {
namespace {

/// "`left` shifted left": the word without quotes is no operand where others of its kind have them.
bool is_direction(std::span<const SpecToken> tokens, std::size_t at) {
    const SpecToken& token = tokens[at];
    if (token.quoted || (token.norm != "left" && token.norm != "right")) return false;
    return std::ranges::any_of(tokens, [&](const SpecToken& other) {
        return other.quoted && (other.norm == "left" || other.norm == "right");
    });
}

/// What stands for an operand in prose: "the left operand", "first word".
std::vector<SpecToken> with_operands(const RuleContext& context,
                                     std::span<const SpecToken> tokens) {
    constexpr std::array<std::string_view, 4> kFirst = {"left", "first", "a", "1st"};
    constexpr std::array<std::string_view, 4> kSecond = {"right", "second", "b", "2nd"};
    constexpr std::array<std::string_view, 5> kThing = {"operand", "word", "argument", "value",
                                                        "input"};
    auto among = [](std::string_view word, std::span<const std::string_view> words) {
        return std::ranges::find(words, word) != words.end();
    };
    auto named = [](const std::string& name) {
        return SpecToken{name, to_lower(name), std::nullopt, true, true, 0};
    };
    std::vector<SpecToken> out;
    for (std::size_t k = 0; k < tokens.size(); ++k) {
        const std::string_view next =
            k + 1 < tokens.size() ? std::string_view(tokens[k + 1].norm) : std::string_view();
        const bool first = among(tokens[k].norm, kFirst) && among(next, kThing);
        const bool second = among(tokens[k].norm, kSecond) && among(next, kThing);
        if (first || second) {
            out.push_back(named(context.role(first ? "a" : "b")));
            ++k;
        } else {
            out.push_back(tokens[k]);
            if (is_direction(tokens, k)) out.back().raw = "to the " + tokens[k].raw;
        }
    }
    return out;
}

}  // namespace

const Operation* operation_of(const RuleContext& context, std::span<const SpecToken> tokens) {
    const std::vector<SpecToken> plain = with_operands(context, tokens);
    const auto& operations = context.design.operations;
    const Operation* described = operation_by_phrases(context, plain);
    const std::string name = rather_learned_operation(
        context, plain,
        described != nullptr ? described->name : operation_by_meaning(context, plain));
    const auto found =
        std::ranges::find_if(operations, [&](const Operation& one) { return one.name == name; });
    return found == operations.end() ? nullptr : &*found;
}

}  // namespace rtlgen::datasets
