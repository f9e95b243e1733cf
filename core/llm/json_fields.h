// SPDX-License-Identifier: Apache-2.0
// Fields of a server's JSON that may be missing or of another type.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace rtlgen::llm {

/// Empty where it is no string.
inline std::string string_at(const nlohmann::ordered_json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// None where it is no whole number.
inline std::optional<std::int64_t> count_at(const nlohmann::ordered_json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer()) return std::nullopt;
    return found->get<std::int64_t>();
}

}  // namespace rtlgen::llm
