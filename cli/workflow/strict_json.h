// SPDX-License-Identifier: Apache-2.0
// JSON that somebody sends us a line of: what is doubtful in it is an error, not a guess.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace rtlgen::workflow {

/// An object, its keys in order. Errors InvalidArgument, in one line without the text itself: no
/// UTF-8, a NUL byte, no JSON, no object, a key that stands there twice, more than kMostLevels
/// levels or kMostValues values.
Result<nlohmann::ordered_json> parse_strict(std::string_view text);
inline constexpr int kMostLevels = 8;
inline constexpr std::size_t kMostValues = 100'000;

/// Error InvalidArgument, with the nearest key, where `object` has one that isn't in `known`.
/// what: "the line", for the message.
Status check_keys(const nlohmann::ordered_json& object, std::span<const std::string_view> known,
                  std::string_view what);

/// A name out of such a text for a message: short, in one line.
[[nodiscard]] std::string shown_name(std::string_view name);

}  // namespace rtlgen::workflow
