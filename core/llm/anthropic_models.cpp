// SPDX-License-Identifier: Apache-2.0
#include "core/llm/anthropic_models.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "core/base/text.h"

namespace rtlgen::llm {
namespace {

/// 4.5 is 405.
constexpr int kMajor = 100;

struct Generation {
    int since;  ///< the first version of it
    AnthropicModel model;
};
constexpr Generation kGenerations[] = {
    {0, {Thinking::None, SamplingUse::All, 4096}},
    {3 * kMajor + 5, {Thinking::None, SamplingUse::All, 8192}},
    {3 * kMajor + 7, {Thinking::Budget, SamplingUse::All, 32'000}},
    {4 * kMajor + 1, {Thinking::Budget, SamplingUse::TemperatureOrTopP, 32'000}},
    {4 * kMajor + 6, {Thinking::Adaptive, SamplingUse::TemperatureOrTopP, 32'000}},
    {4 * kMajor + 7, {Thinking::Adaptive, SamplingUse::None, 32'000}},
};
constexpr AnthropicModel kNewest = kGenerations[std::size(kGenerations) - 1].model;

/// The first number of one or two digits, and the one right behind it: dates are longer.
std::optional<int> version_in(std::string_view name) {
    std::string dashed(name);
    std::ranges::replace_if(dashed, [](char c) { return c == '.' || c == '@' || c == ':'; }, '-');
    std::optional<std::int64_t> major;
    for (const std::string_view part : split(dashed, '-')) {
        const auto number = part.size() <= 2 ? parse_int(part) : std::nullopt;
        if (major) return static_cast<int>(*major * kMajor + number.value_or(0));
        if (number && *number >= 0) major = number;
    }
    if (!major) return std::nullopt;
    return static_cast<int>(*major * kMajor);
}

}  // namespace

AnthropicModel anthropic_model(std::string_view name) {
    constexpr std::string_view kClaude = "claude";
    const std::string lower = to_lower(name);
    const std::size_t at = lower.find(kClaude);
    if (at == std::string::npos) return {};
    const auto version = version_in(std::string_view(lower).substr(at + kClaude.size()));
    if (!version) return kNewest;
    AnthropicModel found = kGenerations[0].model;
    for (const Generation& generation : kGenerations) {
        if (*version >= generation.since) found = generation.model;
    }
    return found;
}

}  // namespace rtlgen::llm
