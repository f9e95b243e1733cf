// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/edit_judging.h"

#include <algorithm>
#include <set>

#include "cli/workflow/edit_refusal.h"
#include "core/rtl/edit_blocks.h"
#include "verify/bench_sources.h"

namespace rtlgen::workflow {
namespace {

/// The design with these texts; the tools read a changed one from memory.
SourceSet with_files(const SourceSet& design, const std::vector<SourceFile>& files) {
    SourceSet set = design;
    for (std::size_t i = 0; i < set.files.size(); ++i) {
        SourceFile& file = set.files[i];
        if (file.text == files[i].text) continue;
        const std::filesystem::path folder = file.host_path.parent_path();
        const bool known = std::ranges::find(set.include_dirs, folder) != set.include_dirs.end();
        // What it includes from beside it is found still.
        const bool includes = file.text.find("`include") != std::string::npos;
        if (includes && !folder.empty() && !known) set.include_dirs.push_back(folder);
        file.text = files[i].text;
        file.host_path.clear();
    }
    return set;
}

}  // namespace

Verdict edit_refusal(VerdictClass verdict_class, std::string reason,
                     std::vector<Finding> findings) {
    Verdict verdict;
    verdict.outcome = Outcome::Fail;
    verdict.verdict_class = verdict_class;
    verdict.candidate.origin = Origin::Model;
    Check check;
    check.name = "gate";
    check.outcome = Outcome::Fail;
    check.verdict_class = verdict_class;
    check.reason = std::move(reason);
    verdict.checks.push_back(std::move(check));
    verdict.findings = std::move(findings);
    return verdict;
}

Result<Verdict> judge_files(const EditRequest& request, const std::vector<SourceFile>& files,
                            Origin origin, const JudgeFunction& judge,
                            const std::stop_token& stop) {
    verify::JudgeRequest judged = request.judge;
    judged.candidate = with_files(request.design, files);
    judged.origin = origin;
    judged.trust = Trust::Own;
    judged.trace = verify::JudgeRequest::Trace::Yes;
    return judge(judged, stop);
}

Result<Verdict> judge_change(const EditRequest& request, const std::vector<SourceFile>& files,
                             const JudgeFunction& judge, const std::stop_token& stop) {
    const SourceSet after = with_files(request.design, files);
    if (request.ports == PortLock::Locked) {
        const std::string changed = changed_interface(request.design, after);
        if (!changed.empty()) {
            return edit_refusal(VerdictClass::Interface,
                                "the ports of `" + request.design.top + "` are locked: " + changed,
                                {});
        }
    }
    std::set<std::string, std::less<>> reserved;
    if (request.judge.testbench) reserved = verify::module_names(*request.judge.testbench);
    std::vector<Finding> refused = new_refusals(request.design, after, reserved);
    if (!refused.empty()) {
        std::string reason = format_finding(refused.front());
        return edit_refusal(VerdictClass::Forbidden, std::move(reason), std::move(refused));
    }
    return judge_files(request, files, Origin::Model, judge, stop);
}

Result<Verdict> judge_edit_again(const EditRequest& request, const store::Attempt& attempt,
                                 const JudgeFunction& judge, const std::stop_token& stop) {
    const rtl::EditedFiles edited = rtl::apply_edits(request.design.files, attempt.candidate_code);
    if (!edited.problems.empty() || edited.edits == 0) {
        return fail(ErrorCode::Unreadable,
                    "the change doesn't fit the design" +
                        (edited.problems.empty() ? "" : ": " + edited.problems.front()),
                    attempt.folder_name());
    }
    TRY_ASSIGN(Verdict verdict, judge_change(request, edited.files, judge, stop));
    if (attempt.completion) verdict.candidate.origin = attempt.completion->origin;
    return verdict;
}

}  // namespace rtlgen::workflow
