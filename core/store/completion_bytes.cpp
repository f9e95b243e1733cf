// SPDX-License-Identifier: Apache-2.0
#include "core/store/completion_bytes.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/store/source_set_json.h"

namespace rtlgen::store {
namespace {

using nlohmann::ordered_json;

template <class T>
void put(ordered_json& object, const char* key, const std::optional<T>& value) {
    if (value) object[key] = *value;
}

template <class T>
void take(const ordered_json& object, const char* key, std::optional<T>& value) {
    if (const auto found = object.find(key); found != object.end()) value = found->get<T>();
}

/// Texts by their keys, for both directions.
constexpr std::array<std::pair<const char*, std::string llm::Completion::*>, 7> kTexts = {{
    {"text", &llm::Completion::text},
    {"reasoning", &llm::Completion::reasoning},
    {"model", &llm::Completion::model},
    {"sent", &llm::Completion::sent},
    {"endpoint", &llm::Completion::endpoint},
    {"raw", &llm::Completion::raw},
    {"logprobs", &llm::Completion::logprobs},
}};

Origin origin_from(std::string_view name) {
    constexpr std::array kOrigins = {Origin::Person, Origin::Library};
    const auto found = std::ranges::find_if(
        kOrigins, [name](const Origin origin) { return to_string(origin) == name; });
    return found == kOrigins.end() ? Origin::Model : *found;
}

}  // namespace

std::string completion_to_bytes(const llm::Completion& completion) {
    ordered_json object = ordered_json::object();
    for (const auto& [key, member] : kTexts) object[key] = completion.*member;
    object["finish_reason"] = to_string(completion.finish_reason);
    put(object, "prompt_tokens", completion.usage.prompt_tokens);
    put(object, "completion_tokens", completion.usage.completion_tokens);
    object["latency_us"] = completion.latency.count();
    object["bytes_sent"] = completion.bytes_sent;
    put(object, "cost_usd", completion.cost_usd);
    object["from_cache"] = completion.from_cache;
    object["origin"] = to_string(completion.origin);
    if (completion.testbench) object["testbench"] = source_set_to_json(*completion.testbench);
    std::string bytes;
    ordered_json::to_cbor(object, bytes);
    return bytes;
}

llm::Completion completion_from_bytes(std::string_view bytes) {
    const ordered_json object = ordered_json::from_cbor(bytes.begin(), bytes.end());
    llm::Completion completion;
    for (const auto& [key, member] : kTexts) completion.*member = object.at(key);
    completion.finish_reason =
        llm::finish_reason_from(object.at("finish_reason").get<std::string>());
    take(object, "prompt_tokens", completion.usage.prompt_tokens);
    take(object, "completion_tokens", completion.usage.completion_tokens);
    completion.latency = std::chrono::microseconds(object.at("latency_us").get<std::int64_t>());
    completion.bytes_sent = object.at("bytes_sent");
    take(object, "cost_usd", completion.cost_usd);
    completion.from_cache = object.at("from_cache");
    completion.origin = origin_from(object.at("origin").get<std::string>());
    if (const auto bench = object.find("testbench"); bench != object.end()) {
        completion.testbench = source_set_from_json(*bench);
    }
    return completion;
}

}  // namespace rtlgen::store
