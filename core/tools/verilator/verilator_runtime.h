// SPDX-License-Identifier: Apache-2.0
// Verilator's runtime for generated C++: a precompiled header and the objects that every program
// links, built once for a Verilator and a compiler, then only read.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/process/runner.h"
#include "core/tools/toolset.h"

namespace rtlgen::tools::verilator {

/// Whether the program can write waveforms (VCD).
enum class Trace { Off, Vcd };

/// Flags that generated code and precompiled header must have in common.
[[nodiscard]] std::vector<std::string> compile_flags(const Tool& tool, Trace trace);

/// What a runtime is made of and for.
struct Runtime {
    const Tool& verilator;
    const Tool& cxx;
    Trace trace = Trace::Off;
};

/// Names within the runtime's folder.
inline constexpr std::string_view kHeader = "runtime.h";
[[nodiscard]] std::vector<std::string> runtime_objects(const Tool& tool, Trace trace);

/// The job that makes the header and the objects; its outputs are they. Looks at which sources the
/// Verilator has.
[[nodiscard]] process::JobSpec plan_runtime(const Runtime& runtime);

/// The folder with the runtime under `cache_dir`, built first where it isn't there: a minute of CPU
/// at most, under a lock, so that it is done once. Errors: ToolFailed (the compiler refused), Io,
/// those of the runner.
Result<std::filesystem::path> ensure_runtime(const Runtime& runtime,
                                             const std::filesystem::path& cache_dir,
                                             process::Runner& runner, std::stop_token stop);

}  // namespace rtlgen::tools::verilator
