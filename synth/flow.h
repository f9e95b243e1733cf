// SPDX-License-Identifier: Apache-2.0
// The synthesis flow as a Yosys script, and what its files say.
#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/domain/source_set.h"
#include "core/process/job.h"
#include "core/tools/yosys.h"
#include "synth/liberty.h"
#include "synth/ppa.h"

namespace rtlgen::synth {

/// A cell library as a flow takes it.
struct Library {
    std::string path;  ///< as the user gave it
    std::string text;
    Liberty cells;
};

/// Reads and checks the file. Errors: NotFound, Unreadable, those of parse_liberty.
Result<Library> load_library(const std::string& path, const std::stop_token& stop = {});

/// A memory whose words, rounded up to a power of two, take at most these bits becomes flip-flops.
inline constexpr std::int64_t kLargestMappedMemory = 16'384;

/// What a design is brought to, and how.
struct FlowTarget {
    const Library* library = nullptr;
    std::optional<DelayNs> clock_period;  ///< abc sizes and buffers for it; needs a library
};

/// The run that reads `design` with `reader` under its top, brings it to gates of two inputs,
/// multiplexers, inverters and flip-flops, or to cells of the library, and writes what
/// measure_flow() reads. Pure. Errors as of add_reading.
Result<tools::YosysRun> plan_flow(const SourceSet& design, tools::YosysReader reader,
                                  const FlowTarget& target, const process::Limits& limits);

/// Numbers of a run that came to its end. Pure. Error ToolFailed where a file that the script
/// writes isn't there or isn't as expected.
Result<Ppa> measure_flow(const tools::YosysResult& result, const Library* library);

}  // namespace rtlgen::synth
