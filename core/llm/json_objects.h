// SPDX-License-Identifier: Apache-2.0
// JSON objects that a user writes, joined to a request's body.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/base/result.h"

namespace rtlgen::llm {

/// name: for the message. Error InvalidArgument: no JSON object.
Result<nlohmann::ordered_json> object_of(const char* name, const std::string& text);

/// Keys of the object win over those of `body`; null takes a key away. An empty text is none.
Status join_extra_body(nlohmann::ordered_json& body, const std::string& text);

}  // namespace rtlgen::llm
