// SPDX-License-Identifier: Apache-2.0
#include "verify/prove/soundness.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "verify/prove/loops.h"
#include "verify/prove/nets.h"

namespace rtlgen::verify {
namespace {

/// `name[3]`, for messages.
std::string name_of(const RtlilModule& module, RtlilBit bit) {
    if (bit < 0) return "a constant";
    for (const RtlilWire& wire : module.wires) {
        if (wire.bits.empty() || bit < wire.bits.front() || bit > wire.bits.back()) continue;
        std::string name = wire.name.starts_with('\\') ? wire.name.substr(1) : wire.name;
        name = escape_for_terminal(name);
        return wire.bits.size() == 1 ? name : fmt::format("{}[{}]", name, bit - wire.bits.front());
    }
    return "a net";
}

std::string input_name(const RtlilModule& module, const Nets::InputBit& input) {
    return name_of(module, module.wires[static_cast<std::size_t>(input.wire)]
                               .bits[static_cast<std::size_t>(input.index)]);
}

bool is_clock_pin(std::string_view pin) { return pin == "\\CLK"; }

bool is_asynchronous(const RtlilCell& cell) {
    static constexpr std::array<const char*, 4> kPins = {"\\ARST", "\\ALOAD", "\\SET", "\\CLR"};
    return std::ranges::any_of(kPins, [&](const char* pin) { return cell.pins.contains(pin); });
}

/// A cell type that no proof can be asked about, or a pin that carries z.
std::string cell_obstacle(const RtlilCell& cell) {
    const CellFamily family = family_of(cell.type);
    // $ff has a clock that no simulator has.
    if (family == CellFamily::Unknown || cell.type == "$ff") {
        return "it has a cell that no proof knows: " + escape_for_terminal(cell.type);
    }
    for (const auto& [pin, signal] : cell.pins) {
        if (std::ranges::find(signal, kHighImpedance) != signal.end()) {
            return "it drives high impedance (z), which a proof takes for 0";
        }
    }
    return "";
}

std::string clock_obstacle(const RtlilModule& module, const Nets& nets, const RtlilCell& cell) {
    const auto clock = cell.pins.find("\\CLK");
    if (clock == cell.pins.end()) return "";
    for (const RtlilBit bit : clock->second) {
        if (!nets.input_behind(bit)) {
            return "a register's clock is no input but made of logic: " + name_of(module, bit);
        }
    }
    return "";
}

std::string initial_conflict(const RtlilModule& module, const Nets& nets) {
    std::map<RtlilBit, RtlilBit> values;
    for (const RtlilWire& wire : module.wires) {
        for (std::size_t i = 0; i < wire.initial.size() && i < wire.bits.size(); ++i) {
            if (wire.initial[i] != kZero && wire.initial[i] != kOne) continue;
            const auto [value, fresh] = values.emplace(nets.source(wire.bits[i]), wire.initial[i]);
            if (!fresh && value->second != wire.initial[i]) {
                return "a register has two initial values: " + name_of(module, wire.bits[i]);
            }
        }
    }
    return "";
}

}  // namespace

std::string_view to_string(TimeModel model) {
    switch (model) {
        case TimeModel::None: return "none";
        case TimeModel::Cycles: return "cycles";
        case TimeModel::Events: return "events";
        case TimeModel::Samples: return "samples";
    }
    return "none";
}

std::string find_joined_drivers(const RtlilModule& module) {
    RtlilModule connections = module;
    connections.cells.clear();  // what an instance drives isn't known before it is flat
    const auto contested = Nets(connections).contested();
    if (!contested) return "";
    return fmt::format("{} has two drivers", name_of(module, *contested));
}

std::string find_obstacle(const RtlilModule& flat) {
    if (flat.has_processes) return "Yosys leaves a process of it as it is";
    for (const RtlilWire& wire : flat.wires) {
        if (wire.is_input && wire.is_output) {
            return "it has an inout port: " + escape_for_terminal(wire.name.substr(1));
        }
    }
    for (const RtlilCell& cell : flat.cells) {
        if (std::string text = cell_obstacle(cell); !text.empty()) return text;
    }
    for (const RtlilConnection& connection : flat.connections) {
        if (std::ranges::find(connection.driver, kHighImpedance) != connection.driver.end()) {
            return "it drives high impedance (z), which a proof takes for 0";
        }
    }
    const Nets nets(flat);
    if (const auto contested = nets.contested()) {
        return fmt::format("{} has two drivers", name_of(flat, *contested));
    }
    for (const RtlilCell& cell : flat.cells) {
        if (std::string text = clock_obstacle(flat, nets, cell); !text.empty()) return text;
    }
    return "";
}

TimeFacts time_facts(const RtlilModule& flat) {
    TimeFacts facts;
    const Nets nets(flat);
    for (const RtlilCell& cell : flat.cells) {
        const CellFamily family = family_of(cell.type);
        if (family != CellFamily::Register && family != CellFamily::Latch) continue;
        facts.has_state = true;
        facts.has_latches |= family == CellFamily::Latch;
        facts.has_asynchronous_pins |= is_asynchronous(cell);
        const auto clock = cell.pins.find("\\CLK");
        if (clock == cell.pins.end()) continue;
        for (const RtlilBit bit : clock->second) {
            const auto input = nets.input_behind(bit);
            if (!input) continue;
            const bool rises = cell.is_one("\\CLK_POLARITY") != input->inverted;
            facts.clocks.insert({input_name(flat, *input), !rises});
        }
    }
    const auto read = [&](RtlilBit bit) {
        const auto input = nets.input_behind(bit);
        if (!input) return;
        const std::string name = input_name(flat, *input);
        const bool is_clock = std::ranges::any_of(
            facts.clocks, [&](const ClockEdge& edge) { return edge.input == name; });
        if (is_clock) facts.read_clocks.insert(name);
    };
    for (const RtlilCell& cell : flat.cells) {
        const bool passes_on = cell.type == "$not" || cell.type == "$buf" || cell.type == "$pos" ||
                               cell.type == "$logic_not";
        if (passes_on) continue;  // what reads its output is looked at
        for (const auto& [pin, signal] : cell.pins) {
            if (is_clock_pin(pin) || is_output_pin(pin)) continue;
            std::ranges::for_each(signal, read);
        }
    }
    for (const RtlilWire& wire : flat.wires) {
        if (wire.is_output) std::ranges::for_each(wire.bits, read);
    }
    return facts;
}

TimeModel model_for(const TimeFacts& reference, const TimeFacts& design) {
    if (!reference.has_state && !design.has_state) return TimeModel::None;
    std::set<ClockEdge> clocks = reference.clocks;
    clocks.insert(design.clocks.begin(), design.clocks.end());
    // A side without registers of its own may read what clocks the other.
    const bool one_edge = clocks.size() == 1 && reference.has_state && design.has_state &&
                          reference.read_clocks.empty() && design.read_clocks.empty();
    if (!one_edge || reference.has_latches || design.has_latches) return TimeModel::Samples;
    const bool asynchronous = reference.has_asynchronous_pins || design.has_asynchronous_pins;
    return asynchronous ? TimeModel::Events : TimeModel::Cycles;
}

std::string find_contradiction(const RtlilModule& miter) {
    if (miter.has_processes) return "Yosys leaves a process of it as it is";
    for (const RtlilCell& cell : miter.cells) {
        const CellFamily family = family_of(cell.type);
        if (family == CellFamily::Unknown || family == CellFamily::Latch || is_asynchronous(cell)) {
            return "it has a cell that no proof knows: " + escape_for_terminal(cell.type);
        }
    }
    const Nets nets(miter);
    if (const auto contested = nets.contested()) {
        return fmt::format("{} has two drivers", name_of(miter, *contested));
    }
    if (const auto looped = find_loop(nets)) {
        return fmt::format("{} feeds itself without a register", name_of(miter, *looped));
    }
    return initial_conflict(miter, nets);
}

}  // namespace rtlgen::verify
