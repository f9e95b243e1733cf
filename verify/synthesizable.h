// SPDX-License-Identifier: Apache-2.0
// The synthesizable check: Yosys turns the design into cells, without latches or loops.
#pragma once

#include <stop_token>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/domain/verdict.h"
#include "core/tools/toolset.h"
#include "core/tools/yosys/yosys_stat.h"

namespace rtlgen::verify {

struct SynthesizableResult {
    Check check;
    std::vector<Finding> findings;
};

/// Fails, class not_synthesizable, where no reader of Yosys brings the design to cells, where its
/// `check` pass warns (combinational loops, several drivers, undriven wires), or where a latch is
/// left; the check's detail has the counts. Without Yosys: ToolError.
Result<SynthesizableResult> check_synthesizable(const SourceSet& design,
                                                const tools::Toolset& toolset,
                                                process::Runner& runner,
                                                const std::stop_token& stop);

/// Latch cells, word-wide ones and gates, each counted once.
[[nodiscard]] std::int64_t count_latches(const tools::YosysStat& stat);

}  // namespace rtlgen::verify
