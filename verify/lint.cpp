// SPDX-License-Identifier: Apache-2.0
#include "verify/lint.h"

#include <algorithm>

#include "verify/waiver.h"

namespace rtlgen::verify {

Result<LintResult> judge_lint(const LintRequest& request) {
    TRY_ASSIGN(const std::vector<Waiver> waivers, parse_waivers(request.waiver_text, "--waiver"));
    LintResult result;
    std::ranges::copy_if(
        request.warnings, std::back_inserter(result.findings), [&](const Finding& finding) {
            return finding.severity != Severity::Note && !is_waived(finding, waivers);
        });
    const std::size_t waived = request.warnings.size() - result.findings.size();
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
