// SPDX-License-Identifier: Apache-2.0
// The synthesizable check: Yosys turns the design into cells, without latches or loops.
#pragma once

#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/domain/verdict.h"
#include "core/tools/toolset.h"
#include "core/tools/yosys/yosys_stat.h"

namespace rtlgen::verify {

struct SynthesizableRequest {
    const SourceSet& design;
    const std::set<std::string>& readers;  ///< names of tools that read the design, as "verilator"
};

struct SynthesizableResult {
    Check check;
    std::vector<Finding> findings;
    bool read = false;  ///< a reader brought it to cells
};

/// Fails, class not_synthesizable, where no reader of any Yosys brings the design to cells, where
/// its `check` pass tells of a combinational loop or several drivers, or where a latch is left; the
/// check's detail has the counts. Unknown at a limit, and where read_verilog alone was tried and
/// another tool reads what it does not. ToolError without Yosys, and where it breaks on a control
/// design too; where it does not, two crashes are the design's fault.
Result<SynthesizableResult> check_synthesizable(const SynthesizableRequest& request,
                                                const tools::Toolset& toolset,
                                                process::Runner& runner,
                                                const std::stop_token& stop);

/// Latch cells, word-wide ones and gates, each counted once.
[[nodiscard]] std::int64_t count_latches(const tools::YosysStat& stat);

}  // namespace rtlgen::verify
