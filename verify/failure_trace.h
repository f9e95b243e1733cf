// SPDX-License-Identifier: Apache-2.0
// The evidence of a mismatch: the failing simulation once more with a dump, read around the first
// wrong sample, and the cone of the wrong output.
#pragma once

#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/domain/failure_trace.h"
#include "verify/cone.h"
#include "verify/judge.h"
#include "verify/simulate.h"

namespace rtlgen::verify {

/// Rows before the mismatch, and columns.
inline constexpr std::size_t kTraceRows = 8;
inline constexpr std::size_t kTraceSignals = 24;
/// The largest dump that a run with one may write.
inline constexpr Bytes kLargestDump = mebibytes(32);

/// What is known before the dump is read.
struct MismatchFacts {
    Mismatch mismatch;      ///< as the testbench told it
    std::string line;       ///< what it printed
    std::string time_unit;  ///< of the testbench's timescale, such as "1ns"; empty: not known
};

/// Where in a dump the values stand.
struct DumpPlace {
    std::string instance;            ///< the design's, in the testbench
    std::string reference_instance;  ///< the reference's; empty where it has none
    std::string bench;               ///< the testbench's module
};

/// Reads a dump around the mismatch. `ports`: of the design's top; `cone`: of the wrong output.
/// Rows are at the clock's rising edges, before what changes by them, without a clock at each
/// change of an input; the last one is at the mismatch. Where the testbench tells no time, the
/// first change of a counter of errors in it does. Pure; Error InvalidArgument where it is no dump.
Result<FailureTrace> read_failure(std::string_view dump, const DumpPlace& place,
                                  const ModuleHeader& ports, const Cone& cone,
                                  const MismatchFacts& facts);

/// The port that the testbench's words are about: the mismatch's signal, whatever its direction,
/// else the first word of its line that is an output's name; empty where there is none.
[[nodiscard]] std::string failing_output(const ModuleHeader& ports, const MismatchFacts& facts);

/// `set`'s text with a dump of `instance` added at the end of the module `bench`, under `file` or,
/// where the testbench names a dump itself, into that. Lines keep their numbers.
[[nodiscard]] SourceSet with_dump(SourceSet set, const DumpPlace& place, const std::string& file);

struct TraceRequest {
    const SimulateRequest& simulation;
    const Check& check;  ///< simulate, with its mismatch and the tool that saw it
};

/// Runs the failing simulation again in the jail, with a dump, on the simulator that saw it fail,
/// and reads the cone. What can't be had is said in the trace. Errors: Interrupted alone.
Result<FailureTrace> trace_failure(const TraceRequest& request, const JudgeTools& tools,
                                   const std::stop_token& stop);

}  // namespace rtlgen::verify
