// SPDX-License-Identifier: Apache-2.0
#include "core/tools/read_outcome.h"

namespace rtlgen::tools {

std::string step_log(const process::StepResult& step) {
    std::string log = step.out;
    if (!log.empty() && !log.ends_with('\n')) log += '\n';
    return log + step.err;
}

ReadResult read_outcome(const Tool& tool, std::string command, const process::JobResult& result) {
    ReadResult read;
    read.tool = tool.id();
    read.command = std::move(command);
    read.accepted = !result.steps.empty();
    for (const process::StepResult& step : result.steps) {
        read.log += step_log(step);
        if (!step.ok()) read.accepted = false;
        if (step.end == process::StepEnd::NotRun) continue;
        read.end = step.end;
        if (step.end == process::StepEnd::Signaled) read.crashed = true;
    }
    return read;
}

}  // namespace rtlgen::tools
