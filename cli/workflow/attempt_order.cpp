// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/attempt_order.h"

#include <algorithm>
#include <limits>

#include "core/base/text.h"

namespace rtlgen::workflow {
namespace {

enum Stage { kNoAnswer, kNoCode, kForbidden, kNoCompile, kCompiles };

int outcome_rank(Outcome outcome) {
    switch (outcome) {
        case Outcome::Pass: return 4;
        case Outcome::Unknown: return 3;
        case Outcome::Fail: return 2;
        default: return 1;
    }
}

int stage_of(const Verdict& verdict) {
    const auto passed = [&](std::string_view name) {
        return std::ranges::any_of(verdict.checks, [&](const Check& check) {
            return check.name == name && check.outcome == Outcome::Pass;
        });
    };
    if (passed("compile")) return kCompiles;
    switch (verdict.verdict_class) {
        case VerdictClass::NoCode:
        case VerdictClass::Truncated:
        case VerdictClass::Refused: return kNoCode;
        case VerdictClass::Forbidden: return kForbidden;
        default: return kNoCompile;
    }
}

std::int64_t errors_of(const Verdict& verdict) {
    return std::ranges::count(verdict.findings, Severity::Error, &Finding::severity);
}

/// The time of the first mismatch as a number; 0 where there is none.
std::uint64_t first_wrong_time(const Verdict& verdict) {
    for (const Check& check : verdict.checks) {
        if (!check.mismatch) continue;
        const std::string& time = check.mismatch->time;
        const auto number =
            parse_int(std::string_view(time).substr(0, time.find_first_not_of("0123456789")));
        if (number && *number > 0) return static_cast<std::uint64_t>(*number);
    }
    return 0;
}

}  // namespace

std::optional<std::uint64_t> mismatches_of(const Verdict& verdict) {
    for (const Check& check : verdict.checks) {
        if (check.mismatch && check.mismatch->mismatches) return check.mismatch->mismatches;
    }
    return std::nullopt;
}

Quality quality_of(const store::Attempt& attempt) {
    Quality quality;
    if (!attempt.verdict) return quality;
    const Verdict& verdict = *attempt.verdict;
    quality.outcome = outcome_rank(verdict.outcome);
    quality.grade = static_cast<int>(verdict.grade);
    quality.stage = stage_of(verdict);
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    const bool simulates = std::ranges::any_of(verdict.checks, [](const Check& check) {
        return check.name == "simulate" && check.outcome == Outcome::Pass;
    });
    // What simulates right and only isn't clean is nearer than any mismatch.
    const auto mismatches = simulates ? std::optional<std::uint64_t>(0) : mismatches_of(verdict);
    quality.right = -(mismatches ? static_cast<std::int64_t>(*mismatches) : kMost);
    quality.clean = -errors_of(verdict);
    if (!mismatches) quality.held = first_wrong_time(verdict);
    return quality;
}

bool is_better(const store::Attempt& a, const store::Attempt& b) {
    const Quality of_a = quality_of(a);
    const Quality of_b = quality_of(b);
    return of_a == of_b ? a.turn < b.turn : of_a > of_b;
}

std::string summary_of(const store::Attempt& attempt) {
    if (!attempt.verdict) {
        return "no verdict" + (attempt.error ? ": " + attempt.error->text() : std::string());
    }
    const Verdict& verdict = *attempt.verdict;
    std::string text(verdict.outcome == Outcome::Pass ? "pass" : to_string(verdict.verdict_class));
    for (const Check& check : verdict.checks) {
        if (!check.mismatch) continue;
        const Mismatch& wrong = *check.mismatch;
        if (wrong.mismatches && wrong.samples) {
            text += ": " + std::to_string(*wrong.mismatches) + " of " +
                    std::to_string(*wrong.samples) + " samples wrong";
        }
        const auto& trace = verdict.failure_trace;
        const std::string& signal = trace && !trace->signal.empty() ? trace->signal : wrong.signal;
        const std::string& time = trace && !trace->time.empty() ? trace->time : wrong.time;
        if (!signal.empty()) text += ", first `" + signal + "`";
        if (!time.empty()) text += " at " + time;
        return text;
    }
    if (const std::int64_t errors = errors_of(verdict); errors > 0) {
        const auto first = std::ranges::find(verdict.findings, Severity::Error, &Finding::severity);
        text += ": " + std::to_string(errors) +
                (errors == 1 ? " error: " : " errors, the first: ") + first->message.substr(0, 160);
    }
    return text;
}

}  // namespace rtlgen::workflow
