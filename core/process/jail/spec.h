// SPDX-License-Identifier: Apache-2.0
// The job as the helper sees it: pointers into the mapped memory file (jail/wire.h has the layout).
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "core/process/jail/wire.h"

namespace rtlgen::jail {

/// Bytes with a NUL behind them.
struct Text {
    const char* data = nullptr;
    std::size_t size = 0;
};

/// A list on the heap that lives as long as the helper.
template <class T>
struct List {
    T* data = nullptr;
    std::size_t size = 0;
    T* begin() const { return data; }
    T* end() const { return data + size; }
};

struct StepLimits {
    std::uint64_t wall_ms, cpu_s, memory, output, file, disk, processes;
};

struct StepSpec {
    bool go_on = false;
    StepLimits limits{};
    char** argv = nullptr;  ///< NULL at the end, as execve wants it
    char** env = nullptr;
};

struct InputSpec {
    Text path;
    bool executable = false;
    Text bytes;
};

struct OutputSpec {
    Text path;
    std::uint64_t cap = 0;
};

struct Spec {
    Mode mode = Mode::Namespaces;
    std::uint64_t parent_pid = 0;
    std::uint64_t drop_uid = 0;
    std::uint64_t drop_gid = 0;
    std::uint64_t base_tasks = 0;  ///< tasks that RLIMIT_NPROC counts and that are not the job's
    Text work, tmp, seccomp;
    List<Text> readable;
    List<InputSpec> inputs;
    List<OutputSpec> outputs;
    List<StepSpec> steps;
};

/// Maps kSpecFd and reads it; ends the helper where it is malformed.
Spec load_spec();

}  // namespace rtlgen::jail
