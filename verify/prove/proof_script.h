// SPDX-License-Identifier: Apache-2.0
// The script by which Yosys compares two designs, and the names of what it leaves. Pure.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/tools/yosys.h"
#include "verify/prove/proof_engine.h"

namespace rtlgen::verify {

/// Files of a run, in the order in which they are written: how far it came is told by which of them
/// are there, never by what was printed.
namespace proof_files {
inline constexpr std::string_view kReferenceRead = "reference.read.il";  ///< read, all modules
inline constexpr std::string_view kReference = "reference.il";  ///< flat, without processes
inline constexpr std::string_view kDesignRead = "design.read.il";
inline constexpr std::string_view kDesign = "design.il";
inline constexpr std::string_view kMiter = "miter.il";         ///< what `sat` is given
inline constexpr std::string_view kPossible = "possible.txt";  ///< the miter can run at all
inline constexpr std::string_view kProven = "proven.txt";
inline constexpr std::string_view kCounterexample = "counterexample.vcd";
inline constexpr std::string_view kLog = "proof.log";  ///< of the proof alone
}  // namespace proof_files

struct ProofQuestion {
    tools::YosysReader reference_reader = tools::YosysReader::Verilog;
    tools::YosysReader design_reader = tools::YosysReader::Verilog;
    TimeModel model = TimeModel::Cycles;
    /// Bounded: the base case alone, for budget.bounded_steps.
    enum class Kind { Induction, Bounded } kind = Kind::Induction;
};

/// Reads the reference, which designs may share. Errors as those of tools::add_reading.
Result<tools::YosysRun> plan_reference(const SourceSet& reference, tools::YosysReader reader,
                                       const ProofBudget& budget);

/// Goes on with a design. Its YosysResult is ok where the question is answered with yes and every
/// output of the reference can become known. Errors as those of tools::add_reading.
Result<tools::YosysRun> plan_design(const SourceSet& design, const ProofQuestion& question,
                                    const ProofBudget& budget);

/// The model that a reference's text lets expect: only a guess, which the netlists decide.
[[nodiscard]] TimeModel expected_model(const SourceSet& reference);

/// The inputs of each step of the counterexample that `sat` dumped as VCD.
[[nodiscard]] std::vector<InputValues> parse_counterexample(std::string_view vcd);

}  // namespace rtlgen::verify
