// SPDX-License-Identifier: Apache-2.0
// A SynthReport as `rtlgen.synth.v1` (docs/schema/synth.v1.json).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "synth/synthesize.h"

namespace rtlgen::synth {

/// Keys in the order of the schema; equal reports give equal bytes but for `volatile`, which holds
/// `seconds`. Invalid UTF-8 is replaced.
[[nodiscard]] nlohmann::ordered_json to_json(const SynthReport& report, double seconds);

}  // namespace rtlgen::synth
