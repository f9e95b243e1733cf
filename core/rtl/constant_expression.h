// SPDX-License-Identifier: Apache-2.0
// Values of constant integer expressions over known names (IEEE 1800-2017, clause 11), as they
// stand in ranges and parameters.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/rtl/lexer.h"

namespace rtlgen::rtl {

/// Where names are looked for: here, in the imported packages, in the scopes around.
struct ConstantScope {
    using Values = std::map<std::string, std::int64_t, std::less<>>;
    using Macros = std::map<std::string, std::string, std::less<>>;

    Values values;
    std::vector<std::string> imports;        ///< packages whose names are visible
    const Values* package_values = nullptr;  ///< by pkg::NAME
    const Macros* macros = nullptr;          ///< as in ActiveText
    const ConstantScope* outer = nullptr;

    /// NAME or pkg::NAME. Looks at a bounded number of scopes and imports.
    [[nodiscard]] std::optional<std::int64_t> find(std::string_view name) const;
};

/// A Number token without x, z, fraction or unit, up to 63 bits.
[[nodiscard]] std::optional<std::int64_t> integer_value(std::string_view number);

/// Values are computed in 64 bits, signed. None where a name is unknown, a construct is beyond
/// numbers, names, operators, ?: and $clog2, or the value overflows. Bounded time and depth.
[[nodiscard]] std::optional<std::int64_t> evaluate(std::span<const Token> expression,
                                                   const ConstantScope& scope);

}  // namespace rtlgen::rtl
