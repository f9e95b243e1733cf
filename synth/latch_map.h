// SPDX-License-Identifier: Apache-2.0
// Latches as cells of a library: a map for Yosys's techmap, since dfflibmap maps none in older
// versions.
#pragma once

#include <string>

#include "synth/liberty.h"

namespace rtlgen::synth {

/// Modules that put the smallest plain latch of `library` in the place of Yosys's `$_DLATCH_P_` and
/// `$_DLATCH_N_`, with an inverter where its enable is the other way round; empty where the library
/// has none. Of cells with one area the first by name is taken.
[[nodiscard]] std::string latch_map(const Liberty& library);

}  // namespace rtlgen::synth
