// SPDX-License-Identifier: Apache-2.0
// Which netlists a proof by Yosys's `sat` speaks the truth about, and which model of time it needs.
//
// `sat` takes a netlist for equations. Two drivers of one net, or a loop without a register, are
// equations that may have no solution, and of nothing everything can be proven; a candidate's
// author could write them on purpose. It also takes one step for one active edge of every register,
// whatever clocks it. So steps are clock cycles only where one edge of one clock moves everything;
// where asynchronous resets come between edges, each edge must be free to come or not; and else
// steps are samples of all inputs, with edges found between two of them (`clk2fflogic`).
#pragma once

#include <set>
#include <string>
#include <vector>

#include "verify/prove/rtlil.h"

namespace rtlgen::verify {

/// What one step of a proof is.
enum class TimeModel {
    None,     ///< nothing: there is no register, and outputs are functions of inputs
    Cycles,   ///< one active edge of the only clock, at which inputs keep still
    Events,   ///< inputs change, asynchronous ones among them; then an active edge may follow
    Samples,  ///< any change of inputs, clocks among them
};
std::string_view to_string(TimeModel model);

struct ClockEdge {
    std::string input;  ///< of one bit, or `name[3]`
    bool falling = false;
    auto operator<=>(const ClockEdge&) const = default;
};

/// What a flat netlist has that keeps time.
struct TimeFacts {
    bool has_state = false;
    bool has_latches = false;
    bool has_asynchronous_pins = false;  ///< of registers
    std::set<ClockEdge> clocks;
    std::set<std::string> read_clocks;  ///< clocks that are read as data too
    bool operator==(const TimeFacts&) const = default;
};

/// Empty, or which net of a module that was just read has two sources: a connection to what is a
/// constant, an input, or connected already. Later passes join such nets, and nobody sees it then.
[[nodiscard]] std::string find_joined_drivers(const RtlilModule& module);

/// Empty, or why nothing can be proven of a flat netlist without processes: two drivers, cells that
/// are no hardware or unknown (instances, formal cells, memories), high impedance, inout ports,
/// clocks made of logic.
[[nodiscard]] std::string find_obstacle(const RtlilModule& flat);

/// Of a netlist without an obstacle.
[[nodiscard]] TimeFacts time_facts(const RtlilModule& flat);

/// The model in which both sides can be compared.
[[nodiscard]] TimeModel model_for(const TimeFacts& reference, const TimeFacts& design);

/// Empty, or why the equations that a proof stands on may have no solution: an obstacle as above, a
/// loop without a register, a register with two initial values. `miter` is what `sat` is given.
[[nodiscard]] std::string find_contradiction(const RtlilModule& miter);

}  // namespace rtlgen::verify
