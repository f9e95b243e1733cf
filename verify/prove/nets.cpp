// SPDX-License-Identifier: Apache-2.0
#include "verify/prove/nets.h"

#include <algorithm>
#include <array>

namespace rtlgen::verify {
namespace {

constexpr std::array<std::string_view, 9> kBitwise = {"$not", "$buf",  "$pos", "$and",  "$or",
                                                      "$xor", "$xnor", "$mux", "$bwmux"};
constexpr std::array<std::string_view, 38> kWordwise = {
    "$neg",       "$reduce_and", "$reduce_or", "$reduce_xor", "$reduce_xnor", "$reduce_bool",
    "$logic_not", "$logic_and",  "$logic_or",  "$shl",        "$shr",         "$sshl",
    "$sshr",      "$shift",      "$shiftx",    "$lt",         "$le",          "$eq",
    "$ne",        "$eqx",        "$nex",       "$ge",         "$gt",          "$add",
    "$sub",       "$mul",        "$div",       "$mod",        "$divfloor",    "$modfloor",
    "$pow",       "$pmux",       "$bmux",      "$demux",      "$bweqx",       "$slice",
    "$concat",    "$lut"};
constexpr std::array<std::string_view, 10> kRegisters = {
    "$ff", "$dff", "$dffe", "$adff", "$adffe", "$sdff", "$sdffe", "$sdffce", "$aldff", "$aldffe"};
constexpr std::array<std::string_view, 2> kRegistersWithSet = {"$dffsr", "$dffsre"};
constexpr std::array<std::string_view, 4> kLatches = {"$dlatch", "$adlatch", "$dlatchsr", "$sr"};

bool holds(const auto& list, std::string_view type) {
    return std::ranges::find(list, type) != std::ranges::end(list);
}

}  // namespace

CellFamily family_of(std::string_view cell_type) {
    if (holds(kBitwise, cell_type)) return CellFamily::Bitwise;
    if (holds(kWordwise, cell_type)) return CellFamily::Wordwise;
    if (holds(kRegisters, cell_type) || holds(kRegistersWithSet, cell_type)) {
        return CellFamily::Register;
    }
    return holds(kLatches, cell_type) ? CellFamily::Latch : CellFamily::Unknown;
}

bool is_output_pin(std::string_view pin) { return pin == "\\Y" || pin == "\\Q"; }

Nets::Nets(const RtlilModule& module)
    : module_(module),
      from_(static_cast<std::size_t>(module.bits)),
      drivers_(from_.size()),
      inputs_(from_.size()),
      is_driven_(from_.size(), 0) {
    for (std::size_t i = 0; i < from_.size(); ++i) from_[i] = static_cast<RtlilBit>(i);
    for (std::size_t w = 0; w < module.wires.size(); ++w) {
        const RtlilWire& wire = module.wires[w];
        if (!wire.is_input) continue;
        for (std::size_t i = 0; i < wire.bits.size(); ++i) {
            inputs_[static_cast<std::size_t>(wire.bits[i])] = {static_cast<int>(w),
                                                               static_cast<int>(i), false};
            claim(wire.bits[i]);
        }
    }
    for (const RtlilConnection& connection : module.connections) {
        for (std::size_t i = 0; i < connection.driven.size(); ++i) {
            drive(connection.driven[i], connection.driver[i]);
        }
    }
    for (std::size_t c = 0; c < module.cells.size(); ++c) {
        for (const auto& [pin, signal] : module.cells[c].pins) {
            if (!is_output_pin(pin)) continue;
            for (std::size_t i = 0; i < signal.size(); ++i) {
                drive(signal[i], Pin{static_cast<int>(c), static_cast<int>(i)});
            }
        }
    }
}

void Nets::claim(RtlilBit bit) {
    if (bit < 0) {
        contested_ = contested_.value_or(bit);
        return;
    }
    char& driven = is_driven_[static_cast<std::size_t>(bit)];
    if (driven != 0) contested_ = contested_.value_or(bit);
    driven = 1;
}

void Nets::drive(RtlilBit bit, RtlilBit from) {
    claim(bit);
    if (bit >= 0) from_[static_cast<std::size_t>(bit)] = from;
}

void Nets::drive(RtlilBit bit, Pin pin) {
    claim(bit);
    if (bit >= 0) drivers_[static_cast<std::size_t>(bit)] = pin;
}

RtlilBit Nets::source(RtlilBit bit) const {
    // Connections may run in a ring, which nothing drives: any bit of it is its source then.
    for (int steps = 0; bit >= 0 && steps < module_.bits; ++steps) {
        const RtlilBit next = from_[static_cast<std::size_t>(bit)];
        if (next == bit) break;
        bit = next;
    }
    return bit;
}

Nets::Pin Nets::driver(RtlilBit source) const {
    return source < 0 ? Pin{} : drivers_[static_cast<std::size_t>(source)];
}

std::optional<Nets::InputBit> Nets::input_behind(RtlilBit bit) const {
    constexpr int kMostInverters = 64;
    bool inverted = false;
    for (int steps = 0; steps < kMostInverters; ++steps) {
        const RtlilBit from = source(bit);
        if (from < 0) return std::nullopt;
        if (InputBit input = inputs_[static_cast<std::size_t>(from)]; input.wire >= 0) {
            input.inverted = inverted;
            return input;
        }
        const Pin pin = driver(from);
        if (pin.cell < 0) return std::nullopt;
        const RtlilCell& cell = module_.cells[static_cast<std::size_t>(pin.cell)];
        const bool inverts = cell.type == "$not" || (cell.type == "$logic_not" && pin.index == 0);
        if (!inverts && cell.type != "$buf" && cell.type != "$pos") return std::nullopt;
        const auto input = cell.pins.find("\\A");
        if (input == cell.pins.end()) return std::nullopt;
        const auto index = static_cast<std::size_t>(pin.index);
        if (index >= input->second.size()) return std::nullopt;
        if (cell.type == "$logic_not" && input->second.size() != 1) return std::nullopt;
        bit = input->second[index];
        inverted = inverted != inverts;
    }
    return std::nullopt;
}

}  // namespace rtlgen::verify
