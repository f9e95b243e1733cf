// SPDX-License-Identifier: Apache-2.0
// Numbers as testbenches print them, held against the digits of a dump.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rtlgen::verify {

/// Whether `printed` ("8'h3f", "3f", "63", "00111111", "xX") may stand for the binary digits
/// `digits` (0, 1, x, z; MSB first), in any of the bases that a testbench prints without saying so.
[[nodiscard]] bool may_denote(std::string_view printed, std::string_view digits);

/// The number that `text` begins with: 95 of "95 ps". None where it begins with none.
[[nodiscard]] std::optional<std::uint64_t> leading_number(std::string_view text);

/// "10ns" in femtoseconds. None where it is no timescale of IEEE 1364.
[[nodiscard]] std::optional<std::uint64_t> femtoseconds(std::string_view timescale);

/// `time` in units of `timescale`: "950 ns" of 95 and "10ns", "95" where the scale isn't known.
[[nodiscard]] std::string time_text(std::uint64_t time, std::string_view timescale);

}  // namespace rtlgen::verify
