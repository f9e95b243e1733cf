// SPDX-License-Identifier: Apache-2.0
// The answer to "is this design right, and how sure are we": `rtlgen.verdict.v1`.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/failure_trace.h"
#include "core/domain/finding.h"
#include "core/domain/source_set.h"

namespace rtlgen {

enum class Outcome { Pass, Fail, Unknown, ToolError, Skipped };
enum class Grade { None, Tested, Bounded, Proven };  ///< in rising strength
enum class Assurance { Static, Testbench, Reference };
enum class Origin { Person, Model, Library };

/// Why a verdict is no plain pass: a closed list.
enum class VerdictClass {
    None,
    Syntax,
    Elaboration,
    Interface,
    Forbidden,
    Mismatch,
    NoProgress,
    Timeout,
    ResourceLimit,
    XDependence,
    Race,
    Lint,
    NotSynthesizable,
    Disagreement,
    Unjudged,
    NoCode,
    Truncated,
    Refused,
    Other,
};

std::string_view to_string(Outcome outcome);
std::string_view to_string(Grade grade);
std::string_view to_string(Assurance assurance);
std::string_view to_string(Origin origin);
std::string_view to_string(VerdictClass verdict_class);

/// The names above in the order of their enumerators.
namespace verdict_names {
std::span<const std::string_view> outcomes();
std::span<const std::string_view> grades();
std::span<const std::string_view> assurances();
std::span<const std::string_view> origins();
std::span<const std::string_view> classes();
}  // namespace verdict_names

/// A program as probed: `{"name":"icarus","version":"11.0"}`.
struct ToolId {
    std::string name;
    std::string version;
    bool operator==(const ToolId&) const = default;
};

/// The first sample on which design and expectation differ.
struct Mismatch {
    std::string time;  ///< with its unit where one was printed, such as "95 ps"
    std::optional<std::int64_t> cycle;
    std::string signal;
    std::string expected;  ///< empty where the testbench doesn't say
    std::string got;
    std::optional<std::uint64_t> mismatches;  ///< in all
    std::optional<std::uint64_t> samples;
    bool operator==(const Mismatch&) const = default;
};

/// One step of judging. `name`: gate, compile, lint, simulate, prove, synthesizable, site:NAME.
struct Check {
    std::string name;
    Outcome outcome = Outcome::Skipped;
    VerdictClass verdict_class = VerdictClass::None;  ///< the class that it would give the verdict
    std::string reason;                               ///< one line
    std::optional<ToolId> tool;
    std::vector<std::pair<std::string, std::string>> detail;  ///< ordered key and text
    std::optional<Mismatch> mismatch;
    bool operator==(const Check&) const = default;
};

/// Inputs under which a design differs from its reference, found by a proof and replayed.
struct Counterexample {
    std::string model;                ///< what a step is: "none", "cycles", "events", "samples"
    std::vector<std::string> inputs;  ///< ports
    std::vector<std::vector<std::string>> steps;  ///< values of the inputs in their order: 4'b0101
    Mismatch mismatch;
    bool operator==(const Counterexample&) const = default;
};

/// Which front end reads one file of a list, with what the file needs of the others.
struct FileReading {
    struct Tool {
        std::string front_end;
        bool reads = false;
        std::string reason;  ///< why it doesn't; empty where it does
        bool operator==(const Tool&) const = default;
    };
    std::string file;
    std::string top;  ///< what it was read under; empty: no single module
    std::vector<Tool> tools;
    bool operator==(const FileReading&) const = default;
};

struct Evidence {
    std::optional<std::uint64_t> depth_cycles;
    std::uint64_t samples = 0;
    std::string seed;
    std::optional<std::string> convention;  ///< how the testbench told its verdict
    std::vector<std::string> assumptions;
    std::vector<std::string> blackboxes;
    bool operator==(const Evidence&) const = default;
};

struct FileHash {
    std::string path;
    std::string sha256;
    bool operator==(const FileHash&) const = default;
};

struct CandidateId {
    Origin origin = Origin::Person;
    std::string top;
    std::string sha256;
    std::vector<FileHash> files;
    std::vector<NameValue> parameters;
    bool operator==(const CandidateId&) const = default;
};

struct Verdict {
    Outcome outcome = Outcome::Unknown;  ///< never Skipped
    VerdictClass verdict_class = VerdictClass::Unjudged;
    Grade grade = Grade::None;
    Assurance assurance = Assurance::Static;
    Evidence evidence;
    CandidateId candidate;
    std::vector<Check> checks;
    std::vector<Finding> findings;
    std::vector<FileReading> reading;  ///< of a judgement file by file; else empty
    /// Of a mismatch in simulation, where the judge was asked for it.
    std::optional<FailureTrace> failure_trace;
    std::optional<Counterexample> counterexample;
    std::string judge_version;
    std::string policy;               ///< "sha256:..." of the gate's lists, conventions and stimuli
    std::string isolation_level;      ///< "S2", "S1", "S0"
    std::string isolation_mechanism;  ///< "bubblewrap", "landlock+seccomp", "none"
    // What may differ between equal runs:
    std::optional<std::string> work_dir;
    double seconds = 0;
    bool cached = false;
    bool operator==(const Verdict&) const = default;
};

/// `rtlgen.verdict.v1`, keys in the order of the schema; invalid UTF-8 is replaced.
[[nodiscard]] nlohmann::ordered_json to_json(const Verdict& verdict);
/// The inverse, unknown keys ignored. Throws nlohmann::json::exception where keys are missing.
[[nodiscard]] Verdict verdict_from_json(const nlohmann::ordered_json& json);

/// 0 pass, 1 fail, 3 tool error, 4 inconclusive.
[[nodiscard]] int exit_code(const Verdict& verdict);

}  // namespace rtlgen
