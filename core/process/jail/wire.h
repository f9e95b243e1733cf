// SPDX-License-Identifier: Apache-2.0
// What rtlgen and its helper rtlgen-jail say to one another: one job in a memory file, frames back
// over one pipe.
#pragma once

#include <cstdint>

namespace rtlgen::jail {

inline constexpr int kSpecFd = 3;    ///< the job, a memory file
inline constexpr int kResultFd = 4;  ///< the frames, a pipe; the reader's end closed means: stop
inline constexpr std::uint64_t kSpecMagic = 0x31626f6a6c677472ULL;  ///< "rtlgjob1"
inline constexpr std::uint64_t kEndMagic = 0x646e656c67747230ULL;   ///< in the End frame
inline constexpr const char* kHelperInJail = "/rtlgen-jail";
/// The work folder where the jail has a mount namespace: a name that no user's folder has.
inline constexpr const char* kWorkInJail = "/rtlgen-work";

/// How the helper was started.
enum class Mode : std::uint64_t {
    Namespaces,  ///< as process 1 of a fresh PID namespace, in bubblewrap's mount namespace
    Landlock,    ///< on the bare host: it makes the walls itself
    Bare,        ///< on the bare host, limits alone
};

/// The job is this, in order; u64 is 8 bytes little-endian, str is u64 length, bytes, NUL:
///   u64 magic, mode, parent pid, drop_uid, drop_gid (0: keep), base_tasks
///   str work, str tmp, str seccomp program
///   u64 n, n * str                     paths that Landlock lets steps read
///   u64 n, n * (str path, u64 executable, str bytes)                        inputs
///   u64 n, n * (str path, u64 cap)                                          outputs
///   u64 n, n * (u64 go_on, 7 * u64 limits, u64 argc, str..., u64 envc, str...)   steps
/// Limits, in order: wall ms, cpu s, memory, output, file, disk, processes.

enum class FrameType : std::uint32_t {
    Out = 1,        ///< index: step; payload: bytes of standard output
    Err,            ///< index: step; payload: bytes of standard error
    StepEnd,        ///< index: step; payload: StepEndFrame
    OutputData,     ///< index: output; payload: the next bytes of the file
    OutputRefused,  ///< index: output
    Fatal,          ///< index: errno; payload: what the helper could not do
    End,            ///< payload: kEndMagic; without it there is no result
};

struct FrameHeader {
    std::uint32_t type;
    std::uint32_t index;
    std::uint64_t length;
};

/// The numbers of process::StepEnd.
enum class End : std::uint32_t {
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

struct StepEndFrame {
    End end;
    std::int32_t exit_code;
    std::int32_t signal;
    std::int32_t exec_errno;  ///< not 0: argv[0] could not be executed
    std::uint64_t wall_us;
    std::uint64_t cpu_us;
    std::uint64_t peak_bytes;
};

}  // namespace rtlgen::jail
