// SPDX-License-Identifier: Apache-2.0
// A whole Completion as bytes (CBOR, RFC 8949) and back: text that isn't UTF-8 stays as it is.
#pragma once

#include <string>
#include <string_view>

#include "core/llm/backend.h"

namespace rtlgen::store {

[[nodiscard]] std::string completion_to_bytes(const llm::Completion& completion);
/// Throws nlohmann::json::exception where the bytes are no such Completion.
[[nodiscard]] llm::Completion completion_from_bytes(std::string_view bytes);

}  // namespace rtlgen::store
