// SPDX-License-Identifier: Apache-2.0
// A driver that applies a stimulus to a design and prints its outputs, what it printed, and the
// comparison of two such traces. The comparison is outside of both processes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/domain/verdict.h"
#include "verify/reference/stimulus.h"

namespace rtlgen::verify {

/// Simulated time between two rows, and before the first one.
inline constexpr int kRowTime = 10;

struct Driver {
    std::string text;  ///< Verilog; its top is `top`
    std::string top;
    std::string rows;   ///< for the file kRowsFile beside the run
    std::string token;  ///< begins each line that the driver prints
};
inline constexpr std::string_view kRowsFile = "rtlgen_rows.mem";

/// The module that a driver drives, and the parameters that it sets there.
struct DrivenDesign {
    std::string top;
    std::vector<NameValue> parameters;
};

/// `secret`: what the names in the driver and the token are made of; as hard to guess as it is.
[[nodiscard]] Driver make_driver(const DesignInterface& interface, const DrivenDesign& design,
                                 std::span<const InputRow> rows, std::uint64_t secret);

/// The outputs after each row where they changed: all outputs' bits, the first output's highest bit
/// first, as '0', '1', 'x', 'z'.
struct Trace {
    struct Change {
        std::uint32_t row = 0;
        std::string bits;
        bool operator==(const Change&) const = default;
    };
    std::vector<Change> changes;
    std::size_t rows = 0;
    bool complete = false;  ///< the end mark came, after all rows
    bool operator==(const Trace&) const = default;
};

/// Lines without the token are nobody's word. Error ToolFailed: lines with it that no driver prints
/// (out of order, of another width, after the end).
Result<Trace> parse_trace(std::string_view printed, const Driver& driver, std::size_t rows,
                          int output_bits);

/// Why two traces differ, as far as it may matter whose fault it is.
enum class Difference {
    None,
    Value,        ///< a known bit where the reference has another one
    UnknownOnly,  ///< nothing but x or z where the reference knows the value
};

struct TraceComparison {
    Difference difference = Difference::None;
    std::optional<Mismatch> first;   ///< the first row that differs; of Value where there is one
    std::uint64_t compared = 0;      ///< rows in which the reference knows a bit
    std::uint64_t mismatches = 0;    ///< rows that differ
    bool before_first_edge = false;  ///< all of them before a clock has moved
    std::vector<std::string> constant_outputs;  ///< of the reference, that never changed
};

/// x in the reference is anything; z there is z. Both traces are complete.
[[nodiscard]] TraceComparison compare_traces(const Trace& reference, const Trace& candidate,
                                             const DesignInterface& interface,
                                             const Stimulus& stimulus);

/// Two runs of one design that differ in nothing but the initial values of its registers: what they
/// don't agree upon is x. Both are complete and have as many rows.
[[nodiscard]] Trace what_is_known(const Trace& one, const Trace& other);

/// The first stage after which the reference, whose trace is of all of them, shows nothing new: no
/// output bit that moves to a value for the first time, and few new values of all outputs together
/// (where there are so many that they are data, they don't count).
[[nodiscard]] std::size_t rows_that_suffice(const Trace& reference, const Stimulus& stimulus);

}  // namespace rtlgen::verify
