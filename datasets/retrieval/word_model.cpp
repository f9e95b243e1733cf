// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/word_model.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace rtlgen::datasets {

WordModel::WordModel(const std::vector<WordSample>& samples) {
    std::vector<std::vector<std::size_t>> rows;
    std::vector<std::size_t> wanted;
    for (const WordSample& sample : samples) {
        auto label = std::ranges::find(labels_, sample.label);
        if (label == labels_.end()) label = labels_.insert(labels_.end(), sample.label);
        wanted.push_back(static_cast<std::size_t>(label - labels_.begin()));
        std::vector<std::size_t> ids;
        for (const std::string& feature : sample.features) {
            ids.push_back(ids_.emplace(feature, ids_.size()).first->second);
        }
        rows.push_back(std::move(ids));
    }
    weights_.assign(ids_.size() * labels_.size(), 0.0);
    constexpr int kEpochs = 30;
    constexpr double kDecay = 0.997;
    for (int epoch = 0; epoch < kEpochs; ++epoch) {
        const double rate = 0.1 / (1.0 + 0.1 * epoch);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const std::vector<double> now = distribution(rows[row]);
            for (std::size_t r = 0; r < labels_.size(); ++r) {
                const double step = rate * ((r == wanted[row] ? 1.0 : 0.0) - std::exp(now[r]));
                for (const std::size_t id : rows[row]) weights_[id * labels_.size() + r] += step;
            }
        }
        for (double& weight : weights_) weight *= kDecay;
    }
}

WordModel::WordModel(Parameters parameters)
    : labels_(std::move(parameters.labels)), weights_(std::move(parameters.weights)) {
    for (std::string& feature : parameters.features) ids_.emplace(std::move(feature), ids_.size());
    weights_.resize(ids_.size() * labels_.size(), 0.0);
}

WordModel::Parameters WordModel::parameters() const {
    Parameters parameters{labels_, std::vector<std::string>(ids_.size()), weights_};
    for (const auto& [feature, id] : ids_) parameters.features[id] = feature;
    return parameters;
}

std::vector<double> WordModel::distribution(const std::vector<std::size_t>& ids) const {
    std::vector<double> scores(labels_.size(), 0.0);
    for (const std::size_t id : ids) {
        for (std::size_t r = 0; r < labels_.size(); ++r)
            scores[r] += weights_[id * labels_.size() + r];
    }
    const double highest = *std::ranges::max_element(scores);
    double sum = 0;
    for (const double score : scores) sum += std::exp(score - highest);
    for (double& score : scores) score -= highest + std::log(sum);
    return scores;
}

std::map<std::string, double, std::less<>> WordModel::log_probabilities(
    const std::vector<std::string>& features) const {
    std::map<std::string, double, std::less<>> result;
    if (labels_.empty()) return result;
    std::vector<std::size_t> ids;
    for (const std::string& feature : features) {
        const auto known = ids_.find(feature);
        if (known != ids_.end()) ids.push_back(known->second);
    }
    const std::vector<double> scores = distribution(ids);
    for (std::size_t r = 0; r < labels_.size(); ++r) result.emplace(labels_[r], scores[r]);
    return result;
}

}  // namespace rtlgen::datasets
