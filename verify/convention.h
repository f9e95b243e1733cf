// SPDX-License-Identifier: Apache-2.0
// How a testbench tells its verdict in what it prints, and what a run's transcript says by that.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/verdict.h"

namespace rtlgen::verify {

/// What a convention makes of a transcript.
enum class BenchOutcome {
    Pass,
    Fail,
    NoSamples,   ///< it says that nothing was compared
    Incomplete,  ///< it says that it didn't come to its end (a watchdog, a plan that isn't met)
};

struct BenchVerdict {
    BenchOutcome outcome = BenchOutcome::Incomplete;
    std::uint64_t samples = 0;  ///< comparisons that it tells of; 0 where it doesn't say
    std::string line;           ///< the line that decided
    std::optional<Mismatch> first_mismatch;
    bool operator==(const BenchVerdict&) const = default;
};

/// What is known of the run beside its lines.
struct RunFacts {
    bool reports_errors = false;  ///< an $error, $fatal or failed assertion was printed
    bool bench_can_fail = false;  ///< the testbench's source has $error, $fatal or assert
    bool bench_finished = false;  ///< a $finish in the testbench's own files ended the run
};

/// One way of telling: a row of conventions().
struct Convention {
    std::string_view name;  ///< as it stands in evidence.convention
    /// Nothing where the transcript doesn't speak this convention.
    std::optional<BenchVerdict> (*read)(std::span<const std::string_view> lines,
                                        const RunFacts& facts);
};

/// verilog-eval, rtllm, tap, pass-fail, exit-code: in the order in which the first that applies
/// names the evidence.
std::span<const Convention> conventions();

struct BenchReading {
    std::optional<std::string> convention;  ///< none: no verdict line of any kind
    BenchVerdict verdict;
    bool operator==(const BenchReading&) const = default;
};

/// Reads all of a run's standard output. The first convention that applies gives the verdict; a
/// failure that any other one sees, or a reported error, turns a pass into a fail: a pass needs all
/// to agree. Deterministic; any bytes are fine.
[[nodiscard]] BenchReading read_transcript(std::string_view out, const RunFacts& facts);

/// The conventions in their order with the words that they go by, for the judge's policy hash.
[[nodiscard]] std::string convention_policy();

/// Whether `text`, a string literal of a design, prints what a convention would take for a verdict.
[[nodiscard]] bool looks_like_verdict(std::string_view text);

}  // namespace rtlgen::verify
