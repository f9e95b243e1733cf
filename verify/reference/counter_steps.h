// SPDX-License-Identifier: Apache-2.0
// How far the counters of a design count, told from its netlist: so long must a stimulus let them
// run for what happens at their end to be seen.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <vector>

namespace rtlgen::verify {

/// More steps than that are given as that.
inline constexpr std::uint32_t kMostSteps = 65'536;

/// Of each register that one is added to or taken from: the largest constant that it is compared
/// with, and one more; 2^width where there is none. Each number once, sorted. Pure.
/// `module`: a flat one as `write_json` gives it; throws nlohmann's exceptions where it is none.
std::vector<std::uint32_t> counter_steps(const nlohmann::ordered_json& module);

}  // namespace rtlgen::verify
