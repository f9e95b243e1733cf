// SPDX-License-Identifier: Apache-2.0
// JUnit XML in the shape that Jenkins, GitLab and GitHub's readers share.
#include <fmt/format.h>

#include <algorithm>

#include "cli/report/report.h"
#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

/// Text for XML 1.0: marks escaped, characters that it forbids replaced.
std::string xml(std::string_view bytes) {
    std::string text;
    for (const char c : to_valid_utf8(bytes)) {
        switch (c) {
            case '&': text += "&amp;"; break;
            case '<': text += "&lt;"; break;
            case '>': text += "&gt;"; break;
            case '"': text += "&quot;"; break;
            case '\n':
            case '\t': text += c; break;
            default: text += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
        }
    }
    return text;
}

std::string case_body(const Check& check) {
    const std::string attributes =
        fmt::format(R"(type="{}" message="{}")", to_string(check.verdict_class), xml(check.reason));
    switch (check.outcome) {
        case Outcome::Fail: return "<failure " + attributes + "/>";
        case Outcome::Unknown:
        case Outcome::ToolError: return "<error " + attributes + "/>";
        case Outcome::Skipped: return "<skipped/>";
        case Outcome::Pass: return "";
    }
    return "";
}

}  // namespace

std::string to_junit(const Verdict& verdict) {
    // The verdict is a case of its own: a check that fails without being required fails nothing.
    Check whole;
    whole.name = "verdict";
    whole.outcome = verdict.outcome;
    whole.verdict_class = verdict.verdict_class;
    const auto reason = std::ranges::find_if(verdict.checks, [&](const Check& check) {
        return check.outcome == verdict.outcome && !check.reason.empty();
    });
    if (reason != verdict.checks.end()) whole.reason = reason->name + ": " + reason->reason;
    const bool fails = whole.outcome == Outcome::Fail;
    const bool errors = whole.outcome == Outcome::Unknown || whole.outcome == Outcome::ToolError;
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    out +=
        fmt::format(R"(<testsuite name="rtlgen" tests="1" failures="{}" errors="{}" time="{:.3f}">)"
                    "\n",
                    fails ? 1 : 0, errors ? 1 : 0, verdict.seconds);
    out += fmt::format(R"(  <testcase classname="rtlgen.{}" name="verdict" time="{:.3f}">{})",
                       xml(verdict.candidate.top), verdict.seconds, case_body(whole));
    out += "<system-out>";
    for (const Check& check : verdict.checks) {
        out += xml(fmt::format("{}: {} {}\n", check.name, to_string(check.outcome), check.reason));
    }
    for (const Finding& finding : verdict.findings) out += xml(format_finding(finding)) + "\n";
    return out + "</system-out></testcase>\n</testsuite>\n";
}

}  // namespace rtlgen::cli
