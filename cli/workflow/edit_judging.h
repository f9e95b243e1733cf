// SPDX-License-Identifier: Apache-2.0
// The judgement on a changed design: refusals first, then the judge.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "cli/workflow/edit.h"

namespace rtlgen::workflow {

using JudgeFunction = std::function<Result<Verdict>(const verify::JudgeRequest&, std::stop_token)>;

/// A verdict of the gate.
[[nodiscard]] Verdict edit_refusal(VerdictClass verdict_class, std::string reason,
                                   std::vector<Finding> findings);

/// The design with these texts, which has to be the request's files in order.
Result<Verdict> judge_files(const EditRequest& request, const std::vector<SourceFile>& files,
                            Origin origin, const JudgeFunction& judge, const std::stop_token& stop);

/// As judge_files, for a change by a model: refused where it does what a change may not do.
Result<Verdict> judge_change(const EditRequest& request, const std::vector<SourceFile>& files,
                             const JudgeFunction& judge, const std::stop_token& stop);

}  // namespace rtlgen::workflow
