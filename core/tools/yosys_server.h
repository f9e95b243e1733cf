// SPDX-License-Identifier: Apache-2.0
// Many questions to Yosys that begin alike: what they share is read once, and each goes on in a
// child of its own (yosys_driver/fork_server.h), all of it in one jail. A child that crashes, hits
// a limit or is taken over by what it reads costs its own answer and no other.
#pragma once

#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/tools/yosys.h"

namespace rtlgen::tools {

struct YosysBatch {
    YosysRun base;                ///< what all share; its name is the job's
    std::vector<YosysRun> items;  ///< each with limits of its own; none names a file of the base
};

/// Whether this tool reads the base once; else each item is a process that reads it again.
[[nodiscard]] bool serves_batches(const Tool& tool);

/// The results of the items in their order, each with the outputs of the base as well. Where the
/// base doesn't come to its end, each result is the base's. Errors are the machine's: those of
/// run_yosys.
Result<std::vector<YosysResult>> run_yosys_batch(const Tool& tool, const YosysBatch& batch,
                                                 process::Runner& runner,
                                                 const std::stop_token& stop);

/// The same by one process an item, whatever the tool can.
Result<std::vector<YosysResult>> run_yosys_one_by_one(const Tool& tool, const YosysBatch& batch,
                                                      process::Runner& runner,
                                                      const std::stop_token& stop);

/// What a server answered, as one job's result each, the base first. Pure. Error ToolFailed where
/// the text is no such answer.
Result<std::vector<process::JobResult>> parse_answers(std::string_view bytes);

}  // namespace rtlgen::tools
