// SPDX-License-Identifier: Apache-2.0
// What a server says where it doesn't answer what was asked.
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/llm/http.h"

namespace rtlgen::llm {

/// The message of a JSON error object in any of its usual shapes, in one line; empty where there is
/// none.
[[nodiscard]] std::string error_message(const std::string& body);

/// What a response of a status other than 200 says, in one line. key_hint: where a key comes from.
[[nodiscard]] Error error_of_response(const HttpResponse& response, const std::string& key_hint);

/// Whether the account's quota is spent: no later try will help.
[[nodiscard]] bool is_quota_spent(const HttpResponse& response);

}  // namespace rtlgen::llm
