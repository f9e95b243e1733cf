// SPDX-License-Identifier: Apache-2.0
// What a server says where it doesn't answer what was asked.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/llm/http.h"

namespace rtlgen::llm {

/// The message of a JSON error object in any of its usual shapes, in one line; empty where there is
/// none.
[[nodiscard]] std::string error_message(const std::string& body);

/// The error that stands in an answer of status 200, whole or an event of a stream; none where
/// there is none. Code Network where another try may go better (the server is overloaded), Budget
/// where the quota is spent, else Model.
[[nodiscard]] std::optional<Error> error_in_answer(const nlohmann::ordered_json& json);

/// What a response of a status other than 200 says, in one line. key_hint: where a key comes from.
[[nodiscard]] Error error_of_response(const HttpResponse& response, const std::string& key_hint);

/// Whether the account's quota is spent: no later try will help.
[[nodiscard]] bool is_quota_spent(const HttpResponse& response);

}  // namespace rtlgen::llm
