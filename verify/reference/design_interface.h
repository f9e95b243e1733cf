// SPDX-License-Identifier: Apache-2.0
// What a design is driven by and watched at: its ports by what they are for, told from a netlist of
// Yosys, not from names alone.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/domain/source_set.h"
#include "core/process/runner.h"
#include "core/tools/toolset.h"

namespace rtlgen::verify {

enum class ResetKind { Synchronous, Asynchronous };

struct ResetInput {
    std::string name;
    bool active_low = false;
    ResetKind kind = ResetKind::Synchronous;
    bool operator==(const ResetInput&) const = default;
};

/// A constant that the design compares with, as bits, the highest first.
using ConstantBits = std::string;

struct DesignInterface {
    std::string top;
    std::vector<Port> inputs;  ///< in the netlist's order, clocks and resets among them
    std::vector<Port> outputs;
    std::vector<std::string> clocks;  ///< inputs of one bit that clock a register
    std::vector<ResetInput> resets;
    std::vector<std::string> enables;          ///< inputs of one bit that open a latch
    bool has_state = false;                    ///< registers, latches or memories
    int widest_register = 0;                   ///< in bits
    std::optional<int> state_bits;             ///< of all registers; none: other state, not known
    std::vector<ConstantBits> constants;       ///< each once, sorted
    std::vector<std::uint32_t> counter_steps;  ///< see counter_steps.h
    /// Why it can't be driven from outside: inout ports, clocks made of logic; empty: it can.
    std::vector<std::string> obstacles;
    bool operator==(const DesignInterface&) const = default;

    [[nodiscard]] int input_bits() const;
    [[nodiscard]] int output_bits() const;
};

/// From a flat netlist as `write_json` gives it after `opt_dff`. Pure.
/// Error ToolFailed where the text is no such netlist.
Result<DesignInterface> parse_interface(std::string_view netlist);

/// Yosys in the jail, each of its readers in turn. Errors: NotFound (none reads the design), those
/// of the runner.
Result<DesignInterface> analyse_interface(const SourceSet& design, const tools::Toolset& toolset,
                                          process::Runner& runner, const std::stop_token& stop);

}  // namespace rtlgen::verify
