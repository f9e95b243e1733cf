// SPDX-License-Identifier: Apache-2.0
// Labels told from words, learned from examples by multinomial logistic regression (Berger, Della
// Pietra, Della Pietra: A Maximum Entropy Approach to Natural Language Processing, 1996).
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace rtlgen::datasets {

/// What a label is learned from: features that are there, without order.
struct WordSample {
    std::vector<std::string> features;
    std::string label;
};

/// Probabilities of labels. Training is deterministic; 100 samples of 60 features take some
/// milliseconds.
class WordModel {
public:
    WordModel() = default;
    explicit WordModel(const std::vector<WordSample>& samples);

    /// All that a trained model is: feature f's weight for label k stands at f * labels + k.
    struct Parameters {
        std::vector<std::string> labels;
        std::vector<std::string> features;
        std::vector<double> weights;
    };
    explicit WordModel(Parameters parameters);
    [[nodiscard]] Parameters parameters() const;

    /// The natural logarithm of each label's probability; empty for a model without samples.
    [[nodiscard]] std::map<std::string, double, std::less<>> log_probabilities(
        const std::vector<std::string>& features) const;

private:
    [[nodiscard]] std::vector<double> distribution(const std::vector<std::size_t>& ids) const;

    std::vector<std::string> labels_;
    std::unordered_map<std::string, std::size_t> ids_;
    std::vector<double> weights_;  ///< of feature f for label k: f * labels + k
};

}  // namespace rtlgen::datasets
