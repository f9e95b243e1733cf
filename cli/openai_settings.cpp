// SPDX-License-Identifier: Apache-2.0
#include "cli/openai_settings.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/model_options.h"
#include "cli/option_values.h"
#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

/// One of a few words.
template <class T>
Result<T> choice_of(const config::Setting<std::string>& setting, const char* name,
                    const Choices<T>& choices) {
    std::vector<std::string> words;
    for (const auto& [word, value] : choices) {
        if (word == setting.value) return value;
        words.push_back(word);
    }
    return fail(
        ErrorCode::InvalidArgument,
        fmt::format("{} is '{}'; it is one of {}", name, setting.value, fmt::join(words, ", ")),
        setting.where);
}

}  // namespace

Result<llm::OpenAiOptions> openai_options(const config::OpenAiConfig& config) {
    llm::OpenAiOptions options;
    const Choices<llm::OpenAiApi> apis = {{"chat", llm::OpenAiApi::Chat},
                                          {"completions", llm::OpenAiApi::Completions}};
    const Choices<llm::KeyHeader> key_headers = {{"authorization", llm::KeyHeader::Bearer},
                                                 {"api-key", llm::KeyHeader::ApiKey}};
    const Choices<llm::LengthKey> length_keys = {
        {"max_tokens", llm::LengthKey::MaxTokens},
        {"max_completion_tokens", llm::LengthKey::MaxCompletionTokens}};
    TRY_ASSIGN(options.format.api, choice_of(config.api, "models.openai.api", apis));
    TRY_ASSIGN(options.key_header,
               choice_of(config.key_header, "models.openai.key_header", key_headers));
    TRY_ASSIGN(options.format.length_key,
               choice_of(config.length_key, "models.openai.length_key", length_keys));
    options.format.delivery = config.stream.value ? llm::Delivery::Stream : llm::Delivery::Whole;
    TRY_ASSIGN(options.samples_at_once,
               count_within(config.samples_at_once, "samples_at_once", 1, kMostConcurrency));
    TRY_ASSIGN(options.max_concurrency,
               count_within(config.max_concurrency, "max_concurrency", 1, kMostConcurrency));
    options.api_version = config.api_version.value;
    options.ca_file = config.ca_file.value.string();
    options.proxy = config.proxy.value;
    for (const auto& [header, value] : config.headers.value) {
        TRY(llm::check_header(header, value, "models.openai", config.headers.where));
        options.headers.emplace_back(header, config::Secret(value));
    }
    return options;
}

std::string openai_asked_by(const config::OpenAiConfig& config) {
    const config::OpenAiConfig usual;
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    const auto add = [&json](const char* name, const auto& setting, const auto& usual_setting) {
        if (setting.value != usual_setting.value) json[name] = setting.value;
    };
    add("api", config.api, usual.api);
    add("samples_at_once", config.samples_at_once, usual.samples_at_once);
    add("length_key", config.length_key, usual.length_key);
    if (!config.api_version.value.empty()) {
        json["api_version"] = to_valid_utf8(config.api_version.value);
    }
    return json.empty() ? "" : json.dump();
}

}  // namespace rtlgen::cli
