// SPDX-License-Identifier: Apache-2.0
// JSON of a server that may be anything.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace rtlgen::llm {

/// A discarded value where it is no JSON; invalid UTF-8 is replaced. Values beyond half a million
/// are left out: a body of nothing but small ones would need many times its size.
[[nodiscard]] nlohmann::ordered_json parse_bounded(std::string_view text);

}  // namespace rtlgen::llm
