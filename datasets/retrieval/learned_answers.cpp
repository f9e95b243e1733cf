// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/learned_answers.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "datasets/retrieval/design_examples.h"

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
    std::map<std::int64_t, double> sums;
    if (design.learned == nullptr) return sums;
    for (std::size_t k = 0; k < spec.words.size(); ++k) {
        const auto& number = spec.words[k].number;
        if (!number || *number < parameter.min || *number > parameter.max) continue;
        const auto logs = design.learned->numbers.log_probabilities(number_features(spec.words, k));
        const auto found = logs.find(parameter.name);
        if (found != logs.end()) sums[*number] += std::exp(found->second);
    }
    return sums;
}

}  // namespace

void correct_by_examples(const DesignMetadata& design, const ReadSpec& spec, const SpecPort& reset,
                         ResetStyle& style) {
    const std::vector<std::string> features = reset_features(spec.words, reset.name);
    choose(design.learned->reset_kind.log_probabilities(features), LearnedDesign::kAsynchronous,
           ResetKind::Asynchronous, ResetKind::Synchronous, style.kind);
    choose(design.learned->reset_level.log_probabilities(features), LearnedDesign::kLow,
           Polarity::Low, Polarity::High, style.polarity);
}

std::optional<std::int64_t> learned_value(const DesignMetadata& design, const ReadSpec& spec,
                                          const DesignParameter& parameter) {
    constexpr double kEnough = 0.5;  // of a probability
    constexpr double kSurely = 0.8;  // where another parameter may say it
    std::optional<std::int64_t> best;
    double highest = parameter.must_be_said ? kEnough : kSurely;
    for (const auto& [number, sum] : learned_values(design, spec, parameter)) {
        if (sum <= highest) continue;
        highest = sum;
        best = number;
    }
    return best;
}

std::int64_t rather_learned(const DesignMetadata& design, const ReadSpec& spec,
                            const DesignParameter& parameter, std::int64_t said) {
    constexpr double kFarMore = 3;
    if (!parameter.must_be_said) return said;
    const auto better = learned_value(design, spec, parameter);
    if (!better) return said;
    const auto sums = learned_values(design, spec, parameter);
    const auto own = sums.find(said);
    const double mine = own == sums.end() ? 0 : own->second;
    return sums.at(*better) > std::max(1.0, kFarMore * mine) ? *better : said;
}

}  // namespace rtlgen::datasets
