// SPDX-License-Identifier: Apache-2.0
// A reader of value change dumps (VCD: IEEE 1364-2005, clause 18), for the values around a failure.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace rtlgen::verify {

/// One dumped variable and its changes in time order.
struct Wave {
    std::string scope;  ///< dotted: "tb.dut"
    std::string name;   ///< without its range
    int width = 1;
    std::vector<std::pair<std::uint64_t, std::string>> changes;  ///< binary digits, x, z; MSB first

    /// Its value just before or at `time`; empty where it had none yet.
    enum class Side { Before, At };
    [[nodiscard]] std::string value(std::uint64_t time, Side side) const;
};

struct Waveform {
    std::string timescale;  ///< as written: "1ps"
    std::vector<Wave> waves;

    /// The first wave of that name, in the outermost scope that has it.
    [[nodiscard]] const Wave* find(std::string_view name) const;
};

/// Reads a dump that may be cut anywhere; what stands after `until` is not read.
/// Only variables that `wanted` takes (by name) are kept. Errors: InvalidArgument where it is no
/// VCD at all.
Result<Waveform> read_vcd(std::string_view text, std::uint64_t until,
                          const std::function<bool(std::string_view name)>& wanted);

/// Binary digits as a Verilog literal: "8'h3f", "4'b1x0z", "1'b0".
[[nodiscard]] std::string verilog_literal(std::string_view digits, int width);

}  // namespace rtlgen::verify
