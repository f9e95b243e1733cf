// SPDX-License-Identifier: Apache-2.0
#include "core/tools/yosys/yosys_cells.h"

#include <algorithm>
#include <array>

namespace rtlgen::tools {
namespace {

struct KindPrefix {
    std::string_view prefix;
    YosysCellKind kind;
};

/// The first row that fits counts.
constexpr std::array kPrefixes = {
    KindPrefix{"$paramod", YosysCellKind::Module},
    KindPrefix{"$dff", YosysCellKind::FlipFlop},
    KindPrefix{"$adff", YosysCellKind::FlipFlop},
    KindPrefix{"$aldff", YosysCellKind::FlipFlop},
    KindPrefix{"$sdff", YosysCellKind::FlipFlop},
    KindPrefix{"$_DFF", YosysCellKind::FlipFlop},
    KindPrefix{"$_ALDFF", YosysCellKind::FlipFlop},
    KindPrefix{"$_SDFF", YosysCellKind::FlipFlop},
    KindPrefix{"$_FF_", YosysCellKind::FlipFlop},
    KindPrefix{"$dlatch", YosysCellKind::Latch},
    KindPrefix{"$adlatch", YosysCellKind::Latch},
    KindPrefix{"$_DLATCH", YosysCellKind::Latch},
    KindPrefix{"$_SR_", YosysCellKind::Latch},
    KindPrefix{"$mem", YosysCellKind::Memory},
    KindPrefix{"$assert", YosysCellKind::NoHardware},
    KindPrefix{"$assume", YosysCellKind::NoHardware},
    KindPrefix{"$cover", YosysCellKind::NoHardware},
    KindPrefix{"$specify", YosysCellKind::NoHardware},
};

constexpr std::array<std::string_view, 6> kNoHardware = {"$print", "$check", "$scopeinfo",
                                                         "$live",  "$fair",  "$specrule"};

}  // namespace

YosysCellKind yosys_cell_kind(std::string_view type) {
    if (!type.starts_with('$')) return YosysCellKind::Module;
    if (type == "$ff") return YosysCellKind::FlipFlop;
    if (type == "$sr") return YosysCellKind::Latch;
    if (std::ranges::find(kNoHardware, type) != kNoHardware.end()) return YosysCellKind::NoHardware;
    const auto row = std::ranges::find_if(
        kPrefixes, [type](const KindPrefix& known) { return type.starts_with(known.prefix); });
    return row == kPrefixes.end() ? YosysCellKind::Combinational : row->kind;
}

}  // namespace rtlgen::tools
