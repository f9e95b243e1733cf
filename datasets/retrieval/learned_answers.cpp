// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/learned_answers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/base/text.h"
#include "datasets/retrieval/design_examples.h"
#include "datasets/retrieval/operation_readers.h"

namespace rtlgen::datasets {
namespace {

/// `first` or `other`, whose label is likely enough; what was chosen stays where none is.
template <class Value>
void choose(const std::map<std::string, double, std::less<>>& logs, std::string_view first_label,
            Value first, Value other, std::optional<Value>& chosen) {
    constexpr double kNearlySure = -0.05;
    constexpr double kLikely = -0.35;
    const double least = chosen ? kNearlySure : kLikely;
    for (const auto& [label, log] : logs) {
        if (log >= least) chosen = label == first_label ? first : other;
    }
}

/// Numbers of the text with what examples say for each, all mentions together.
std::map<std::int64_t, double> learned_values(const DesignMetadata& design, const ReadSpec& spec,
                                              const DesignParameter& parameter) {
    constexpr std::int64_t kLeast = 2;  // examples teach of no smaller ones
    std::map<std::int64_t, double> sums;
    if (design.learned == nullptr) return sums;
    for (std::size_t k = 0; k < spec.words.size(); ++k) {
        const auto& number = spec.words[k].number;
        if (!number || *number < kLeast || *number < parameter.min || *number > parameter.max) {
            continue;
        }
        const auto logs = design.learned->numbers.log_probabilities(number_features(spec.words, k));
        const auto found = logs.find(parameter.name);
        if (found != logs.end()) sums[*number] += std::exp(found->second);
    }
    return sums;
}

/// "if", "where"
bool says_when(const SpecToken& token) {
    constexpr auto kWords = std::to_array<std::string_view>(
        {"if", "when", "where", "wherever", "whenever", "unless", "iff"});
    return std::ranges::find(kWords, token.norm) != kWords.end();
}

/// Whether the operands stand as `operation` has them: its only one is the first, a difference, a
/// shift and a comparison name the first one first.
bool operands_fit(std::string_view operation, const RuleContext& context,
                  std::span<const SpecToken> tokens) {
    constexpr auto kOfFirst = std::to_array<std::string_view>({"not", "inc", "dec", "pass_a"});
    constexpr auto kOrdered =
        std::to_array<std::string_view>({"sub", "sll", "srl", "sra", "slt", "sltu"});
    if (operation.starts_with("slt") && denies_comparison(context, tokens)) return false;
    // A rule for each bit is either understood as a whole or not at all.
    constexpr auto kBitwise =
        std::to_array<std::string_view>({"and", "or", "xor", "nand", "nor", "xnor"});
    const bool bitwise = std::ranges::find(kBitwise, operation) != kBitwise.end();
    if (bitwise && std::ranges::any_of(tokens, says_when)) return false;
    const auto at = [&](const std::string& name) {
        return std::ranges::find_if(
            tokens, [&](const SpecToken& token) { return to_lower(token.raw) == name; });
    };
    const auto a = at(context.role("a"));
    const auto b = at(context.role("b"));
    if (b == tokens.end()) return true;
    if (std::ranges::find(kOfFirst, operation) != kOfFirst.end()) return a < b;
    if (std::ranges::find(kOrdered, operation) == kOrdered.end()) return true;
    const bool from =
        std::ranges::any_of(tokens, [](const SpecToken& token) { return token.norm == "from"; });
    return a == tokens.end() || (a < b) != (from && operation == "sub");
}

}  // namespace

void correct_by_examples(const DesignMetadata& design, const ReadSpec& spec, const SpecPort& reset,
                         ResetStyle& style) {
    const std::vector<std::string> features = reset_features(spec.words, reset.name);
    choose(design.learned->common->reset_kind.log_probabilities(features),
           LearnedDesign::kAsynchronous, ResetKind::Asynchronous, ResetKind::Synchronous,
           style.kind);
    choose(design.learned->common->reset_level.log_probabilities(features), LearnedDesign::kLow,
           Polarity::Low, Polarity::High, style.polarity);
}

std::optional<std::int64_t> learned_value(const DesignMetadata& design, const ReadSpec& spec,
                                          const DesignParameter& parameter, Need need) {
    constexpr double kHint = 0.1;
    constexpr double kEnough = 0.5;  // of a probability
    constexpr double kSurely = 0.8;  // where another parameter may say it
    std::optional<std::int64_t> best;
    double highest = parameter.must_be_said ? kEnough : kSurely;
    if (need == Need::AnyHint) highest = kHint;
    for (const auto& [number, sum] : learned_values(design, spec, parameter)) {
        if (sum <= highest) continue;
        highest = sum;
        best = number;
    }
    return best;
}

std::int64_t rather_learned(const DesignMetadata& design, const ReadSpec& spec,
                            const DesignParameter& parameter, std::int64_t said) {
    constexpr double kFarMore = 2;
    constexpr double kSure = 0.9;
    const auto better = learned_value(design, spec, parameter);
    if (!better) return said;
    const auto sums = learned_values(design, spec, parameter);
    const auto own = sums.find(said);
    const double mine = own == sums.end() ? 0 : own->second;
    return sums.at(*better) > std::max(kSure, kFarMore * mine) ? *better : said;
}

std::string rather_learned_operation(const RuleContext& context, std::span<const SpecToken> tokens,
                                     const std::string& said) {
    constexpr double kLikely = -0.8;
    constexpr double kUnlikely = -3;
    if (context.design.learned == nullptr) return said;
    const auto logs = context.design.learned->operations.log_probabilities(
        operation_features(tokens, context.role("a"), context.role("b")));
    const auto known = logs.find(said);
    if (!said.empty() && (known == logs.end() || known->second > kUnlikely)) return said;
    for (const auto& [label, log] : logs) {
        if (log > kLikely && operands_fit(label, context, tokens) &&
            label != LearnedDesign::kNoOperation)
            return label;
    }
    return "";
}

}  // namespace rtlgen::datasets
