// SPDX-License-Identifier: Apache-2.0
// Mutants of a reference on trial: first its testbench says, on Icarus and without the judge,
// which of them differ; then each of these is judged against the reference alone.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/mutants/code_mutants.h"
#include "tests/mutants/subjects.h"
#include "verify/judge.h"

namespace rtlgen::test {

/// One mutant that differs and isn't failed.
struct Survivor {
    std::string subject;
    CodeMutant mutant;
    std::string said;  ///< the check's class and reason
};

struct TrialCounts {
    int references = 0;
    std::vector<std::string> skipped;  ///< references that pass no testbench, with what was said
    int mutants = 0;
    int not_compiled = 0;  ///< by Icarus
    int same = 0;          ///< the testbench sees no difference: not judged
    int wordless = 0;      ///< it hangs or ends early: not judged
    int different = 0;     ///< judged: fails, passes and unknown
    int fails = 0;
    std::map<std::string, int> fails_by;      ///< by the verdict's class
    std::map<std::string, int> by_operation;  ///< those that differ
    std::vector<Survivor> passes;
    std::vector<Survivor> unknown;
    std::vector<std::string> errors;  ///< of the machine or of a reference
    double bench_seconds = 0;         ///< CPU time of all processes
    double judge_seconds = 0;
};

/// Adds what becomes of at most `most` mutants of `subject`.
void try_mutants(const Subject& subject, std::size_t most, const verify::JudgeTools& tools,
                 TrialCounts& counts);

/// A text for people.
[[nodiscard]] std::string report(const TrialCounts& counts);

}  // namespace rtlgen::test
