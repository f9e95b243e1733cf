// SPDX-License-Identifier: Apache-2.0
// The parts of an Attempt that the database holds as JSON.
#pragma once

#include <string>
#include <vector>

#include "core/llm/backend.h"

namespace rtlgen::store {

[[nodiscard]] std::string prompt_to_json(const std::vector<llm::Message>& prompt);
/// Throws nlohmann::json::exception where the text is no such JSON.
[[nodiscard]] std::vector<llm::Message> prompt_from_json(const std::string& text);

}  // namespace rtlgen::store
