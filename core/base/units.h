// SPDX-License-Identifier: Apache-2.0
// Quantities whose unit is in the type.
#pragma once

#include <compare>
#include <cstdint>

namespace rtlgen {

/// A number of bytes.
struct Bytes {
    std::uint64_t count = 0;
    auto operator<=>(const Bytes&) const = default;
};

constexpr Bytes kibibytes(std::uint64_t n) { return {n << 10U}; }
constexpr Bytes mebibytes(std::uint64_t n) { return {n << 20U}; }
constexpr Bytes gibibytes(std::uint64_t n) { return {n << 30U}; }

/// Silicon area in the unit of the Liberty file, which is square micrometres in all that we know.
struct AreaUm2 {
    double value = 0;
    auto operator<=>(const AreaUm2&) const = default;
};

/// A delay in nanoseconds.
struct DelayNs {
    double value = 0;
    auto operator<=>(const DelayNs&) const = default;
};

/// Power in milliwatts.
struct PowerMw {
    double value = 0;
    auto operator<=>(const PowerMw&) const = default;
};

}  // namespace rtlgen
