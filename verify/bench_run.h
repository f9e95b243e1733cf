// SPDX-License-Identifier: Apache-2.0
// What one run of a testbench on one simulator says about the design: pure, no process.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "core/domain/verdict.h"
#include "core/tools/simulator.h"

namespace rtlgen::verify {

/// What the sources tell before anything runs.
struct BenchFacts {
    std::set<std::string, std::less<>> bench_files;  ///< paths of testbench and reference
    bool bench_can_fail = false;     ///< the testbench has $error, $fatal or an assertion
    bool design_can_finish = false;  ///< the design has $finish, $stop, $fatal or $exit
    std::string
        two_way_port;  ///< inout in a Candidate, an input in a bench's module of these ports
    bool may_drive_inputs = true;  ///< false: a Candidate, whose inputs the reference may share
    std::string design_verdict;    ///< "FILE:LINE" where the design has the text of a verdict line
    std::string dump_file;  ///< what the testbench's $dumpfile names in the work folder; or empty
    bool dumps_elsewhere = false;  ///< it names a place outside of the work folder
    std::string top;               ///< the testbench's module
};

/// How far a run got, in rising certainty about the design.
enum class RunStage {
    Refused,    ///< the simulator does not compile it
    Broke,      ///< the simulator crashed
    Undecided,  ///< it ran and there is no verdict
    Watchdog,   ///< nothing mismatched, and the testbench says that it did not come to its end
    Decided,    ///< pass or fail
};

struct BenchRun {
    RunStage stage = RunStage::Undecided;
    Check check;                         ///< simulate
    std::vector<Finding> unknown_tasks;  ///< that keep a compiled program from running
    Evidence evidence;
};

/// Reads a simulation's result. The reasons for no verdict: class timeout, resource_limit,
/// no_progress (nothing compared, or the design itself ended the run), unjudged (no verdict line,
/// or one that the design prints). A Candidate that drives its own inputs fails (forbidden): they
/// are nets of the testbench, from which the reference has its values too.
[[nodiscard]] BenchRun read_bench_run(const tools::SimulationResult& result,
                                      const BenchFacts& facts);

/// Fills in expected, got and cycle of a mismatch from the run's value change dump, by the names
/// that VerilogEval's testbenches dump (`SIGNAL_ref`, `SIGNAL_dut`, `clk`).
void add_dumped_values(Mismatch& mismatch, std::string_view dump);

}  // namespace rtlgen::verify
