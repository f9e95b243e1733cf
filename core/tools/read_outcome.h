// SPDX-License-Identifier: Apache-2.0
// What every front end's parse starts from: the end of the job's steps and all that they said.
#pragma once

#include "core/tools/front_end.h"

namespace rtlgen::tools {

/// `accepted` where every step ended with 0; `crashed` where one died by a signal; `end` of the
/// last step that ran; `log` standard output and error of all steps, in order.
[[nodiscard]] ReadResult read_outcome(const Tool& tool, std::string command,
                                      const process::JobResult& result);

/// Output and error of one step, output first.
[[nodiscard]] std::string step_log(const process::StepResult& step);

}  // namespace rtlgen::tools
