// SPDX-License-Identifier: Apache-2.0
// What a failing simulation looked like around its first mismatch: values of the signals that
// matter for some cycles before it, and the source lines that drive the wrong output.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rtlgen {

enum class SignalRole { Input, Output, Register };
std::string_view to_string(SignalRole role);

/// A column of the table.
struct TracedSignal {
    std::string name;  ///< below the design's top, dotted: "tx.shift_value"
    SignalRole role = SignalRole::Input;
    int width = 1;
    bool operator==(const TracedSignal&) const = default;
};

/// A row: the values at one time, as Verilog literals, a column each; "-" where none is known.
struct TraceRow {
    std::uint64_t time = 0;             ///< in units of the dump's timescale
    std::optional<std::int64_t> cycle;  ///< clock edges up to then
    std::vector<std::string> values;
    bool operator==(const TraceRow&) const = default;
};

/// A line of the design that gives the wrong output, or a register in its cone, its value.
struct DrivingLine {
    std::string file;
    int line = 0;        ///< from 1
    std::string drives;  ///< the signal
    bool operator==(const DrivingLine&) const = default;
};

/// All of it is told by programs that ran the design: no more to be trusted than the design.
struct FailureTrace {
    std::string signal;                 ///< the first wrong output; empty where it isn't known
    std::string time;                   ///< with its unit: "95 ps"
    std::optional<std::int64_t> cycle;  ///< clock edges up to then
    std::string clock;                  ///< the clock that counts them; empty: none
    std::string expected;
    std::string got;
    std::vector<TracedSignal> signals;
    std::vector<TraceRow> rows;        ///< in time order, the last at the mismatch
    std::vector<DrivingLine> drivers;  ///< nearest to the output first
    std::string values_from;           ///< the tool whose dump gave the rows, or why there are none
    std::string drivers_from;  ///< "yosys 0.23 (read_verilog)", "the lexer", or why there are none
    bool operator==(const FailureTrace&) const = default;
};

}  // namespace rtlgen
