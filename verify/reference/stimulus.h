// SPDX-License-Identifier: Apache-2.0
// Stimuli made outside of the design's process: rows of input values, applied one after the other.
//
// A clock is an input like any other, but changes in rows of its own: data never moves on an edge,
// and is sampled before and after it. Of each clock cycle there are four rows: idle with new data,
// active, active with data that may be new, idle.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "verify/reference/design_interface.h"

namespace rtlgen::verify {

/// All inputs at one moment, the first input's highest bit first: '0' and '1'.
using InputRow = std::string;

struct Stimulus {
    std::vector<InputRow> rows;
    /// How many clock cycles (vectors, where there is no clock) have begun with each row.
    std::vector<std::uint32_t> cycles;
    /// Where stages end: a check may stop at any of them.
    std::vector<std::size_t> stages;
    std::size_t fewest_stages = 1;  ///< but not before so many of them
};

struct StimulusRequest {
    const DesignInterface& interface;
    std::uint64_t seed = 0;
    std::size_t vectors = 2'000;  ///< of the first stage; each further one doubles the whole
    int stages = 3;
};

/// Names this way of making stimuli, for the judge's policy hash.
inline constexpr std::string_view kStimulusPolicy = "rtlgen.stimulus.v4";

/// The last stage of a clocked design holds its inputs for so long that counters roll over; before
/// it comes one of slow inputs where counters are deep. In the others short counters come to their
/// end in episodes as long as these.
/// Random, corners, biased bits, holds and runs, one-hot and walking patterns, constants that the
/// design compares with; resets at the begin of episodes and within them; few inputs without a
/// clock exhaustively. The same request gives the same rows.
/// Error InvalidArgument: the interface has obstacles.
Result<Stimulus> make_stimulus(const StimulusRequest& request);

}  // namespace rtlgen::verify
