// SPDX-License-Identifier: Apache-2.0
// What was learned, as bytes and back.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "datasets/retrieval/learned_library.h"

namespace rtlgen::datasets {
namespace {

using nlohmann::json;

constexpr double kUnit = 4096;  ///< of a weight

json weights_to_json(const std::vector<double>& weights) {
    std::vector<std::uint8_t> bytes;
    bytes.reserve(weights.size() * 2);
    for (const double weight : weights) {
        const auto scaled =
            static_cast<std::int16_t>(std::clamp(std::round(weight * kUnit), -32768.0, 32767.0));
        const auto bits = std::bit_cast<std::uint16_t>(scaled);
        bytes.push_back(static_cast<std::uint8_t>(bits & 0xFF));
        bytes.push_back(static_cast<std::uint8_t>(bits >> 8));
    }
    return json::binary(std::move(bytes));
}

std::vector<double> weights_of(const json& value) {
    const json::binary_t& bytes = value.get_binary();
    std::vector<double> weights;
    weights.reserve(bytes.size() / 2);
    for (std::size_t k = 0; k + 1 < bytes.size(); k += 2) {
        const auto bits = static_cast<std::uint16_t>(bytes[k] | (bytes[k + 1] << 8));
        weights.push_back(std::bit_cast<std::int16_t>(bits) / kUnit);
    }
    return weights;
}

json to_json(const WordModel& model) {
    const WordModel::Parameters parameters = model.parameters();
    return {{"labels", parameters.labels},
            {"features", join(parameters.features, "\n")},
            {"weights", weights_to_json(parameters.weights)}};
}

WordModel model_of(const json& value) {
    WordModel::Parameters parameters;
    parameters.labels = value.at("labels").get<std::vector<std::string>>();
    const auto& features = value.at("features").get_ref<const std::string&>();
    if (!features.empty()) {
        for (const std::string_view one : split(features, '\n')) {
            parameters.features.emplace_back(one);
        }
    }
    parameters.weights = weights_of(value.at("weights"));
    return WordModel(std::move(parameters));
}

json to_json(const CommonLearning& common) {
    return {{"texts", common.frequencies.texts()},
            {"ports", common.frequencies.ports()},
            {"number_sense", to_json(common.number_sense)},
            {"reset_kind", to_json(common.reset_kind)},
            {"reset_level", to_json(common.reset_level)}};
}

std::shared_ptr<const CommonLearning> common_of(const json& value) {
    auto common = std::make_shared<CommonLearning>();
    common->frequencies = WordFrequencies(value.at("texts").get<std::map<std::string, int>>(),
                                          value.at("ports").get<std::map<std::string, int>>());
    common->number_sense = model_of(value.at("number_sense"));
    common->reset_kind = model_of(value.at("reset_kind"));
    common->reset_level = model_of(value.at("reset_level"));
    return common;
}

LearnedLibrary library_of(const json& value) {
    LearnedLibrary learned;
    learned.topics = model_of(value.at("topics"));
    learned.harmless = value.at("harmless").get<std::set<std::string>>();
    const auto common = common_of(value.at("common"));
    for (const auto& [name, design] : value.at("designs").items()) {
        learned.designs[name] = std::make_shared<LearnedDesign>(
            LearnedDesign{PortTagger(model_of(design.at("tagger")),
                                     design.at("presence").get<std::map<std::string, double>>()),
                          model_of(design.at("roles")), model_of(design.at("numbers")),
                          model_of(design.at("operations")), common});
    }
    for (const auto& [name, words] : value.at("words").items()) {
        learned.words[name] = {words.at("stems").get<std::set<std::string>>(),
                               words.at("harmless").get<std::set<std::string>>()};
    }
    return learned;
}

}  // namespace

std::string to_bytes(const LearnedLibrary& learned) {
    json value = {{"topics", to_json(learned.topics)},
                  {"harmless", learned.harmless},
                  {"common", json::object()},
                  {"words", json::object()},
                  {"designs", json::object()}};
    for (const auto& [name, design] : learned.designs) {
        value["common"] = to_json(*design->common);
        value["designs"][name] = {{"tagger", to_json(design->tagger.model())},
                                  {"presence", design->tagger.presence()},
                                  {"roles", to_json(design->roles)},
                                  {"numbers", to_json(design->numbers)},
                                  {"operations", to_json(design->operations)}};
    }
    for (const auto& [name, words] : learned.words) {
        value["words"][name] = {{"stems", words.stems}, {"harmless", words.harmless}};
    }
    const std::vector<std::uint8_t> bytes = json::to_cbor(value);
    return {bytes.begin(), bytes.end()};
}

Result<LearnedLibrary> learned_from_bytes(std::string_view bytes) {
    try {
        return library_of(json::from_cbor(bytes.begin(), bytes.end()));
    } catch (const json::exception& error) {
        return fail(ErrorCode::Config, std::string("no learned library: ") + error.what());
    }
}

}  // namespace rtlgen::datasets
