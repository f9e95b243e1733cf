// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/design_options.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace rtlgen::datasets {
namespace {

/// Marks the words of sentences that speak of the reset.
std::vector<bool> reset_words(const std::vector<SpecToken>& words, const std::string& reset) {
    std::vector<bool> marked(words.size(), false);
    auto sentence = words.begin();
    while (sentence != words.end()) {
        const auto end = std::find_if(sentence, words.end(),
                                      [](const SpecToken& word) { return word.norm == "."; });
        const bool said = std::any_of(sentence, end, [&](const SpecToken& word) {
            return word.norm.starts_with("reset") || to_lower(word.raw) == reset;
        });
        const auto at = marked.begin() + (sentence - words.begin());
        std::fill(at, at + (end - sentence), said);
        sentence = end == words.end() ? end : std::next(end);
    }
    return marked;
}

/// What is denied, "no downward direction", is not asked for; what a reset does at once says
/// nothing of when outputs change.
bool asks_for(const RuleContext& context, const Adaptation& adaptation, const DesignOption& option,
              const OptionValue& value) {
    constexpr std::array<std::string_view, 3> kTimed = {"output", "grant", "read"};
    if (option.name == "direction") {
        return first_asserted(value.phrases, context.words, context.role) != nullptr;
    }
    if (std::ranges::find(kTimed, option.name) == kTimed.end()) {
        return first_found(value.phrases, context.words, context.role) != nullptr;
    }
    const AdaptedPort* reset = adaptation.port("rst");
    const std::string name = reset == nullptr ? "reset" : to_lower(reset->name);
    return first_asserted(value.phrases, context.words, context.role,
                          reset_words(context.words, name)) != nullptr;
}

/// The value that is said; null: none. Beside another one the default is said of something else,
/// or denied, where examples can tell: they are of the default.
Result<const OptionValue*> said_value(const RuleContext& context, const Adaptation& adaptation,
                                      const DesignOption& option) {
    const bool has_examples = context.design.learned != nullptr;
    const OptionValue* chosen = nullptr;
    for (const OptionValue& value : option.values) {
        if (!asks_for(context, adaptation, option, value)) continue;
        if (chosen == nullptr) {
            chosen = &value;
            continue;
        }
        const bool is_default = value.name == option.default_value;
        if (!has_examples || (!is_default && chosen->name != option.default_value)) {
            return fail(ErrorCode::NotFound, "it speaks of both " + chosen->name + " and " +
                                                 value.name + " (" + option.name + ")");
        }
        if (is_default) chosen = &value;
    }
    return chosen;
}

}  // namespace

Status choose_options(const RuleContext& context, Adaptation& adaptation) {
    for (const DesignOption& option : context.design.options) {
        if (!option.role.empty() && !adaptation.has("has_" + option.role)) continue;
        if (!option.not_role.empty() && adaptation.has("has_" + option.not_role)) continue;
        TRY_ASSIGN(const OptionValue* chosen, said_value(context, adaptation, option));
        if (chosen == nullptr) {
            chosen = &*std::ranges::find(option.values, option.default_value, &OptionValue::name);
            if (chosen->refuse.empty()) {
                adaptation.notes.push_back(option.name + ": " + chosen->name + " is assumed");
            }
        }
        if (!chosen->refuse.empty()) return fail(ErrorCode::NotFound, chosen->refuse);
        for (const auto& [name, number] : chosen->values) adaptation.values[name] = number;
        adaptation.numbers.insert(chosen->numbers.begin(), chosen->numbers.end());
        adaptation.flags.insert(chosen->flags.begin(), chosen->flags.end());
    }
    return {};
}

}  // namespace rtlgen::datasets
