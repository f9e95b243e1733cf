// SPDX-License-Identifier: Apache-2.0
// One direct child of rtlgen: started with nothing inherited but named files, waited for, never
// lost.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace rtlgen::process {

struct ChildFiles {
    int spec = -1;    ///< becomes jail::kSpecFd
    int result = -1;  ///< becomes jail::kResultFd
    int said = -1;    ///< becomes standard output and error
};

/// A started process; killed and reaped at the end of the object's life at the latest.
class ChildProcess {
public:
    /// argv[0] is a path. Empty environment, empty standard input, own process group, default
    /// signals, no other file. Error ToolMissing or Io.
    static Result<ChildProcess> start(const std::vector<std::string>& argv,
                                      const ChildFiles& files);
    ~ChildProcess();
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// Waits for its end; kills it where that takes longer than `patience`. Returns its wait
    /// status.
    int finish(std::chrono::milliseconds patience);

private:
    explicit ChildProcess(pid_t pid) : pid_(pid) {}
    pid_t pid_ = -1;
    int status_ = 0;
};

}  // namespace rtlgen::process
