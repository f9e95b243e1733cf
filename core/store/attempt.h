// SPDX-License-Identifier: Apache-2.0
// One row of a Run: prompt -> completion -> Candidate -> Verdict, and what each of them came from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/verdict.h"
#include "core/llm/backend.h"

namespace rtlgen::store {

/// How far an Attempt has come.
enum class AttemptState {
    Asked,     ///< the prompt is written, no answer yet
    Answered,  ///< the answer is written, no verdict yet
    Judged,    ///< the verdict is written
    Failed,    ///< no answer or no verdict could be had; `error` says why
};
std::string_view to_string(AttemptState state);

struct Attempt {
    int sample = 1;  ///< from 1
    int turn = 0;    ///< 0: the first answer; k: the k-th repair
    AttemptState state = AttemptState::Asked;
    std::string template_name;    ///< such as "generate.md"
    std::string template_sha256;  ///< of the template's bytes
    std::vector<llm::Message> prompt;
    llm::Sampling sampling;
    std::string request_sha256;  ///< llm::request_hash
    std::optional<llm::Completion> completion;
    std::string candidate_code;  ///< as taken out of the answer; empty: there was none
    std::optional<Verdict> verdict;
    std::optional<Error> error;
    // Wall-clock times in milliseconds since 1970 (UTC); 0: not yet.
    std::int64_t asked_at = 0;
    std::int64_t answered_at = 0;
    std::int64_t judged_at = 0;
    bool operator==(const Attempt&) const = default;

    /// "s01.t0": the folder of this Attempt's files in the Run.
    [[nodiscard]] std::string folder_name() const;
};

}  // namespace rtlgen::store
