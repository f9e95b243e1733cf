// SPDX-License-Identifier: Apache-2.0
#include "verify/lint.h"

#include <set>
#include <tuple>
#include <utility>

#include "verify/waiver.h"

namespace rtlgen::verify {
namespace {

/// Without notes, and each once: a file that many others need is read with each of them.
std::vector<Finding> warnings_once(const std::vector<Finding>& warnings) {
    const auto key = [](const Finding& f) {
        return std::tie(f.severity, f.rule, f.file, f.line, f.column, f.message);
    };
    const auto before = [&](const Finding* a, const Finding* b) { return key(*a) < key(*b); };
    std::set<const Finding*, decltype(before)> seen(before);
    std::vector<Finding> once;
    for (const Finding& finding : warnings) {
        if (finding.severity != Severity::Note && seen.insert(&finding).second) {
            once.push_back(finding);
        }
    }
    return once;
}

}  // namespace

Result<LintResult> judge_lint(const LintRequest& request) {
    TRY_ASSIGN(const std::vector<Waiver> waivers,
               parse_waivers(request.waiver_text, request.waiver_name));
    LintResult result;
    std::size_t waived = 0;
    for (Finding& finding : warnings_once(request.warnings)) {
        if (is_waived(finding, waivers)) {
            ++waived;
        } else {
            result.findings.push_back(std::move(finding));
        }
    }
    std::size_t known = 0;
    if (request.baseline_json) {
        TRY_ASSIGN(const std::vector<Finding> baseline,
                   parse_baseline(*request.baseline_json, "--baseline"));
        const std::size_t before = result.findings.size();
        result.findings = new_findings(result.findings, baseline);
        known = before - result.findings.size();
    }
    Check& check = result.check;
    check.name = "lint";
    check.detail = {{"findings", std::to_string(result.findings.size())},
                    {"waived", std::to_string(waived)},
                    {"in_baseline", std::to_string(known)}};
    check.outcome = result.findings.empty() ? Outcome::Pass : Outcome::Fail;
    if (!result.findings.empty()) {
        check.verdict_class = VerdictClass::Lint;
        check.reason = format_finding(result.findings.front());
    }
    return result;
}

}  // namespace rtlgen::verify
