// SPDX-License-Identifier: Apache-2.0
// Yosys's own text of a design (`write_rtlil`), as far as it says what drives what. write_json
// names each net once, so that two drivers that were joined to one net can't be told any more; here
// each connection stands by itself.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/domain/source_set.h"

namespace rtlgen::verify {

/// A bit of a module: not negative, a wire's; else a constant.
using RtlilBit = int;
inline constexpr RtlilBit kZero = -1;
inline constexpr RtlilBit kOne = -2;
inline constexpr RtlilBit kUnknown = -3;        ///< x
inline constexpr RtlilBit kHighImpedance = -4;  ///< z
inline constexpr RtlilBit kDontCare = -5;       ///< - and m, which patterns hold

/// The lowest bit first.
using RtlilSignal = std::vector<RtlilBit>;

struct RtlilWire {
    std::string name;  ///< as Yosys writes it: `\name`, or `$name` where it was made up
    RtlilSignal bits;
    bool is_input = false;
    bool is_output = false;  ///< an inout port is both
    RtlilSignal initial;     ///< constants; empty: none
};

struct RtlilCell {
    std::string type;  ///< `$dff`, or `\name` of a module
    std::string name;
    std::map<std::string, std::string> parameters;  ///< `\WIDTH`, and its value as written
    std::map<std::string, RtlilSignal> pins;        ///< `\D`

    /// Whether a parameter of one bit is 1.
    [[nodiscard]] bool is_one(const std::string& parameter) const;
};

struct RtlilConnection {
    RtlilSignal driven;
    RtlilSignal driver;  ///< as wide
};

struct RtlilModule {
    std::string name;
    std::vector<RtlilWire> wires;
    std::vector<RtlilCell> cells;
    std::vector<RtlilConnection> connections;
    int bits = 0;  ///< how many wires have together
    bool has_processes = false;

    /// Ports in the order of their names, which are written without the backslash.
    [[nodiscard]] std::vector<Port> ports() const;
};

/// Every module of the text. Error ToolFailed: it is no such text, or is cut.
Result<std::vector<RtlilModule>> parse_rtlil(std::string_view text);

}  // namespace rtlgen::verify
