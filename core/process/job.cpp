// SPDX-License-Identifier: Apache-2.0
// Names of levels and ends.
#include "core/process/job.h"

#include <algorithm>
#include <array>

namespace rtlgen::process {

std::string_view to_string(IsolationLevel level) {
    constexpr std::array<std::string_view, 4> kNames = {"S0", "S1", "S2", "S3"};
    return kNames.at(static_cast<std::size_t>(level));
}

std::string_view mechanism(IsolationLevel level) {
    constexpr std::array<std::string_view, 4> kNames = {"none", "landlock+seccomp", "bubblewrap",
                                                        "bubblewrap+cgroup"};
    return kNames.at(static_cast<std::size_t>(level));
}

std::string_view to_string(StepEnd end) {
    constexpr std::array<std::string_view, 9> kNames = {
        "not_run",      "exited",       "signaled",   "wall_limit",   "cpu_limit",
        "memory_limit", "output_limit", "disk_limit", "process_limit"};
    return kNames.at(static_cast<std::size_t>(end));
}

bool JobResult::ok() const {
    return std::all_of(steps.begin(), steps.end(), [](const StepResult& s) { return s.ok(); });
}

}  // namespace rtlgen::process
