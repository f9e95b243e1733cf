// SPDX-License-Identifier: Apache-2.0
// Design, reference and testbench as one SourceSet to simulate, and what their texts tell.
#pragma once

#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/domain/problem.h"
#include "verify/bench_run.h"

namespace rtlgen::verify {

struct BenchInputs {
    const SourceSet& design;
    Trust trust = Trust::Candidate;
    const SourceSet& testbench;
    const SourceSet* reference = nullptr;  ///< used where the testbench instantiates it
};

struct BenchSources {
    SourceSet sources;  ///< top: the testbench's module
    BenchFacts facts;
    std::vector<process::InputFile> data_files;  ///< files beside the testbench that texts name
};

/// Order: a person's design keeps its place before the testbench; a Candidate comes last, so that
/// its macros and directives reach nothing else, and is read from memory alone.
/// Errors: BadBench where the testbench has no top, or several (the message names them).
Result<BenchSources> assemble_bench(const BenchInputs& inputs);

/// The reference under the design's name: its modules are renamed, its top to `design_top`. What
/// the testbench says of it is what a right design can reach.
[[nodiscard]] SourceSet reference_as_design(const SourceSet& reference,
                                            const std::string& design_top);

/// The name under which the testbench instantiates the design: `design_top` where it does, else the
/// one module that neither it nor the reference defines; `design_top` where that isn't clear.
[[nodiscard]] std::string module_under_test(const SourceSet& testbench, const SourceSet& reference,
                                            const std::string& design_top);

/// Modules that a set defines.
[[nodiscard]] std::set<std::string, std::less<>> module_names(const SourceSet& set);

}  // namespace rtlgen::verify
