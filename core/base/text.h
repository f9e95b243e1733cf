// SPDX-License-Identifier: Apache-2.0
// Small functions over strings that the standard library lacks.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/units.h"

namespace rtlgen {

[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
/// Lines without their `\n` or `\r\n`; a last empty line is left out.
[[nodiscard]] std::vector<std::string_view> split_lines(std::string_view text);
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);
[[nodiscard]] std::string replace_all(std::string text, std::string_view from, std::string_view to);
[[nodiscard]] std::string to_lower(std::string_view text);
/// The whole of `text` as a number in base 10; none where anything else stands in it.
[[nodiscard]] std::optional<std::int64_t> parse_int(std::string_view text);
[[nodiscard]] std::optional<double> parse_double(std::string_view text);

/// "2G", "500M", "64K", "1.5T", "100": powers of 1024; a "B" or "iB" may follow. None where it is
/// no size.
[[nodiscard]] std::optional<Bytes> parse_bytes(std::string_view text);
/// "1.5 GiB", "0 B".
[[nodiscard]] std::string format_bytes(Bytes bytes);
/// "30d", "12h", "15m", "90s". None where it is no duration.
[[nodiscard]] std::optional<std::chrono::seconds> parse_duration(std::string_view text);

[[nodiscard]] bool is_valid_utf8(std::string_view text);
/// Valid UTF-8 with every bad byte replaced by U+FFFD: what may go into JSON.
[[nodiscard]] std::string to_valid_utf8(std::string_view bytes);
/// For a terminal: control characters but `\n` and `\t`, and bad UTF-8, as `\xNN`.
[[nodiscard]] std::string escape_for_terminal(std::string_view bytes);

/// True for `[A-Za-z_][A-Za-z0-9_$]*`: the names that may become an argument of a tool.
[[nodiscard]] bool is_simple_identifier(std::string_view name);

}  // namespace rtlgen
