// SPDX-License-Identifier: Apache-2.0
#include "synth/latch_map.h"

#include <algorithm>

namespace rtlgen::synth {
namespace {

/// Whether a name can stand in Verilog as it is: a library's text is no text of ours.
bool is_plain_name(const std::string& name) {
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    return !name.empty() && is_letter(name.front()) && std::ranges::all_of(name, [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9');
    });
}

bool is_usable(const LibertyCell& cell) {
    return cell.latch && is_plain_name(cell.name) && is_plain_name(cell.latch->enable) &&
           is_plain_name(cell.latch->data) && is_plain_name(cell.latch->output);
}

std::string module_for(const LibertyCell& cell, bool enabled_by_low) {
    const LatchPins& pins = *cell.latch;
    const bool invert = enabled_by_low != pins.enabled_by_low;
    std::string text = "module \\$_DLATCH_";
    text += enabled_by_low ? "N_" : "P_";
    text += " (input E, D, output Q);\n";
    if (invert) text += "  wire enable;\n  \\$_NOT_ inverter (.A(E), .Y(enable));\n";
    return text + "  " + cell.name + " _TECHMAP_REPLACE_ (." + pins.enable +
           (invert ? "(enable)" : "(E)") + ", ." + pins.data + "(D), ." + pins.output +
           "(Q));\nendmodule\n";
}

}  // namespace

std::string latch_map(const Liberty& library) {
    const LibertyCell* smallest = nullptr;
    for (const auto& [name, cell] : library.cells) {
        if (is_usable(cell) && (smallest == nullptr || cell.area < smallest->area)) {
            smallest = &cell;
        }
    }
    if (smallest == nullptr) return {};
    return module_for(*smallest, false) + module_for(*smallest, true);
}

}  // namespace rtlgen::synth
