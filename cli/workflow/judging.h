// SPDX-License-Identifier: Apache-2.0
// From an answer to what is judged, and with what: the same for a new answer and for one of a Run
// that is judged again.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/domain/problem.h"
#include "core/store/attempt.h"
#include "verify/judge.h"

namespace rtlgen::workflow {

/// What judges every candidate of a Run.
struct JudgeInputs {
    Problem problem;
    verify::JudgeRequest request;  ///< its candidate, testbench and reference are filled in
};

/// Takes the design out of the answer into `attempt.candidate_code`. A Verdict where the answer has
/// none, none where there is something to judge.
/// `base_code`: what an answer that is an edit applies to; empty: no such answer is one.
[[nodiscard]] std::optional<Verdict> take_candidate(store::Attempt& attempt, const Spec& spec,
                                                    std::string_view base_code = {});

/// For an Attempt with an answer and a candidate.
[[nodiscard]] verify::JudgeRequest judge_request_of(const Problem& problem,
                                                    const verify::JudgeRequest& common,
                                                    const store::Attempt& attempt);

/// JSON with the texts of all that judges: kept in a Run, so that it can be judged again.
[[nodiscard]] std::string judge_inputs_to_json(const Problem& problem,
                                               const verify::JudgeRequest& request);
/// The inverse. Error Unreadable where the text is no such JSON.
Result<JudgeInputs> judge_inputs_from_json(const std::string& text);

}  // namespace rtlgen::workflow
