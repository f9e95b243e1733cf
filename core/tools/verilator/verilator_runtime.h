// SPDX-License-Identifier: Apache-2.0
// Verilator's runtime for generated C++: a precompiled header and the objects that every program
// links, built once for a Verilator and a compiler, then only read.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/cache_folder.h"
#include "core/base/cache_lock.h"
#include "core/base/result.h"
#include "core/base/temp_folder.h"
#include "core/process/runner.h"
#include "core/tools/toolset.h"

namespace rtlgen::tools::verilator {

/// Whether the program can write waveforms (VCD).
enum class Trace { Off, Vcd };

/// What a runtime is made of and for.
struct Runtime {
    const Tool& verilator;
    const Tool& cxx;
    Trace trace = Trace::Off;
};

/// Flags that generated code and precompiled header must have in common.
[[nodiscard]] std::vector<std::string> compile_flags(const Runtime& runtime);

/// Names within the runtime's folder.
inline constexpr std::string_view kHeader = "runtime.h";
[[nodiscard]] std::vector<std::string> runtime_objects(const Tool& tool, Trace trace);

/// The job that makes the header and the objects; its outputs are they. Looks at which sources the
/// Verilator has.
[[nodiscard]] process::JobSpec plan_runtime(const Runtime& runtime);

/// A runtime that stays where it is for the object's life.
struct RuntimeInUse {
    std::filesystem::path folder;
    CacheLock lock;                         ///< shared with other users
    std::shared_ptr<TempFolder> temporary;  ///< where no cache can be written
};

/// The runtime of the cache, built first where it isn't there: a minute of CPU at most, under a
/// lock, so that it is done once; then the cache is brought under its size. Where there is no cache
/// or it can't be written, a runtime is built apart. Errors: ToolFailed (the compiler refused), Io,
/// Interrupted, those of the runner.
Result<RuntimeInUse> ensure_runtime(const Runtime& runtime, const CacheFolder& cache,
                                    process::Runner& runner, std::stop_token stop);

}  // namespace rtlgen::tools::verilator
