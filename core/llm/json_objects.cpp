// SPDX-License-Identifier: Apache-2.0
#include "core/llm/json_objects.h"

#include <fmt/format.h>

namespace rtlgen::llm {

using nlohmann::ordered_json;

Result<ordered_json> object_of(const char* name, const std::string& text) {
    ordered_json object = ordered_json::parse(text, nullptr, false);
    if (!object.is_object()) {
        return fail(ErrorCode::InvalidArgument, fmt::format("{} is no JSON object", name));
    }
    return object;
}

Status join_extra_body(ordered_json& body, const std::string& text) {
    if (text.empty()) return {};
    TRY_ASSIGN(const ordered_json extra, object_of("the extra body", text));
    for (const auto& [key, value] : extra.items()) {
        if (value.is_null()) {
            body.erase(key);
        } else {
            body[key] = value;
        }
    }
    return {};
}

}  // namespace rtlgen::llm
