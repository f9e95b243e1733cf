// SPDX-License-Identifier: Apache-2.0
// A line of a batch: a design and what judges it, as JSON (docs/schema/batch_line.v1.json).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/base/result.h"
#include "core/domain/problem.h"
#include "core/domain/verdict.h"
#include "verify/judge.h"

namespace rtlgen::workflow {

/// What judges, and what a candidate is judged under, for many lines.
struct BatchProblem {
    Problem problem;
    std::vector<NameValue> parameters;  ///< of the candidate's top
    std::vector<NameValue> defines;
    bool operator==(const BatchProblem&) const = default;
};

/// What a line doesn't say.
struct BatchDefaults {
    verify::JudgeRequest judge;  ///< its candidate, testbench and reference are filled in
    BatchProblem problem;        ///< of lines that name none
    /// For the whole of a line; none: kDeadlineFactor times its limit of one simulation.
    std::optional<std::chrono::milliseconds> deadline;
};
inline constexpr int kDeadlineFactor = 10;

/// A line that can be judged.
struct BatchItem {
    verify::JudgeRequest request;
    std::optional<Verdict> verdict;  ///< an answer without a design: there is nothing to judge
    std::chrono::milliseconds deadline{0};
};

/// What a line came to.
struct BatchRead {
    nlohmann::ordered_json id;  ///< a string or a whole number; null: not known
    /// None: the line gives a Problem alone. Errors: InvalidArgument; those of the loader.
    Result<std::optional<BatchItem>> item;
};

/// Reads files of this machine as one design, its top undetected.
using LoadFiles = std::function<Result<SourceSet>(const std::vector<std::string>& paths)>;

/// Reads the lines of one batch in order: remembers its Problems, and which ids there were.
class BatchLines {
public:
    BatchLines(BatchDefaults defaults, LoadFiles load)
        : defaults_(std::move(defaults)), load_(std::move(load)) {}

    [[nodiscard]] BatchRead read(std::string_view text);

    /// A Problem alone, with its id: a line of `--problems`. Error InvalidArgument.
    Status add_problem(std::string_view text);

private:
    Result<BatchProblem> problem_from(const nlohmann::ordered_json& object, BatchProblem base);
    Status keep(const std::string& id, BatchProblem problem);
    Result<BatchProblem> problem_of(const nlohmann::ordered_json& line);
    Result<SourceSet> source_from(const nlohmann::ordered_json& value, const std::string& key);
    Result<std::optional<BatchItem>> item_of(const nlohmann::ordered_json& line);
    Status take_candidate(BatchItem& item, const nlohmann::ordered_json& line,
                          const BatchProblem& problem);

    BatchDefaults defaults_;
    LoadFiles load_;
    std::map<std::string, BatchProblem, std::less<>> problems_;
    std::unordered_set<std::uint64_t> ids_;  ///< their hashes
};

}  // namespace rtlgen::workflow
