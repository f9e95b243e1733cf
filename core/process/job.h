// SPDX-License-Identifier: Apache-2.0
// What a job is: a few programs run one after the other in one jail, bytes in and bytes out.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/units.h"

namespace rtlgen::process {

/// What stands between a job and the machine, weakest first (docs/SECURITY.md).
enum class IsolationLevel { S0, S1, S2, S3 };
std::string_view to_string(IsolationLevel level);
/// "none", "landlock+seccomp", "bubblewrap", "bubblewrap+cgroup".
std::string_view mechanism(IsolationLevel level);

/// A regular file put into the jail's work folder before the first step.
struct InputFile {
    std::string path;  ///< relative to the work folder; its folders are made
    std::string bytes;
    bool executable = false;
};

/// A file or folder of the host, readable at `inside` (the same path by default). At S1, which has
/// no mount namespace, `inside` must equal `host`.
struct ReadOnlyBind {
    std::filesystem::path host;
    std::filesystem::path inside;
};

/// A regular file read out of the work folder after the last step; links are refused.
struct OutputFile {
    std::string path;
    Bytes cap = mebibytes(64);
};

struct Limits {
    std::chrono::milliseconds wall{30'000};  ///< of one step
    std::chrono::seconds cpu{30};            ///< of each process
    Bytes memory = gibibytes(4);  ///< address space of each process, and resident sum of all
    Bytes output = mebibytes(4);  ///< standard output and error, each, of one step
    Bytes file = mebibytes(256);  ///< the largest file
    Bytes disk = mebibytes(512);  ///< the work folder in all
    int processes = 64;           ///< and threads
};

/// One program. Its folder is the jail's work folder, its standard input is empty.
struct Step {
    std::vector<std::string>
        argv;  ///< argv[0]: an absolute path, or one relative to the work folder
    std::vector<std::pair<std::string, std::string>>
        env;                       ///< beside LC_ALL=C, TZ=UTC, PATH, HOME, TMPDIR
    std::optional<Limits> limits;  ///< instead of the job's
    /// Run the next step even though this one failed.
    enum class OnFailure { Stop, Continue } on_failure = OnFailure::Stop;
};

struct JobSpec {
    std::string name;  ///< for logs: "icarus-compile"
    std::vector<Step> steps;
    std::vector<InputFile> inputs;
    std::vector<ReadOnlyBind> binds;  ///< beside /usr and what it needs
    std::vector<OutputFile> outputs;
    Limits limits;
};

/// How a step came to its end. MemoryLimit is also a failing step whose last words on standard
/// error are an allocator's that it got no more memory.
enum class StepEnd {
    NotRun,
    Exited,
    Signaled,
    WallLimit,
    CpuLimit,
    MemoryLimit,
    OutputLimit,
    DiskLimit,
    ProcessLimit
};
std::string_view to_string(StepEnd end);

struct StepResult {
    StepEnd end = StepEnd::NotRun;
    int exit_code = -1;  ///< where Exited
    int signal = 0;      ///< where Signaled
    std::string out;     ///< standard output, cut at the limit
    std::string err;
    std::chrono::microseconds wall{0};
    std::chrono::microseconds cpu{0};
    Bytes peak_memory;  ///< of its largest process

    [[nodiscard]] bool ok() const { return end == StepEnd::Exited && exit_code == 0; }
    /// Ended by a limit on time, memory, output, disk or processes.
    [[nodiscard]] bool hit_limit() const { return end >= StepEnd::WallLimit; }
};

struct JobResult {
    std::vector<StepResult> steps;               ///< as many as the spec has
    std::map<std::string, std::string> outputs;  ///< those that were there, by path
    std::vector<std::string> refused_outputs;    ///< too large, no regular file
    IsolationLevel level = IsolationLevel::S0;

    [[nodiscard]] bool ok() const;
};

}  // namespace rtlgen::process
