// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/feedback.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "core/base/text.h"

namespace rtlgen::workflow {
namespace {

using prompts::code_block;
using prompts::untrusted_block;

void add_spec(prompts::Variables& variables, const Spec& spec) {
    variables["spec"] = spec.text;
    variables["interface"] =
        spec.interface_text.empty() ? "" : code_block(spec.interface_text, "verilog");
    variables["top"] = spec.top;
}

/// The switch of repair.md that a class turns on.
std::string section_of(VerdictClass verdict_class) {
    switch (verdict_class) {
        case VerdictClass::NoCode:
        case VerdictClass::Truncated:
        case VerdictClass::Refused: return "no_code";
        case VerdictClass::Syntax:
        case VerdictClass::Elaboration:
        case VerdictClass::Interface: return "compile";
        case VerdictClass::Forbidden: return "forbidden";
        case VerdictClass::Mismatch: return "mismatch";
        case VerdictClass::Timeout:
        case VerdictClass::ResourceLimit: return "timeout";
        case VerdictClass::Lint: return "lint";
        default: return "other";
    }
}

/// What is known of the first mismatch, a line each. Names and values come from a simulation that
/// the design took part in, so they are no more trusted than its messages.
std::string facts_of(const Verdict& verdict) {
    std::string facts;
    const auto add = [&](const std::string& name, const std::string& value) {
        if (!value.empty()) facts += name + ": " + value + "\n";
    };
    for (const Check& check : verdict.checks) {
        if (!check.mismatch) continue;
        add("first wrong output", check.mismatch->signal);
        add("time", check.mismatch->time);
        if (check.mismatch->cycle) add("cycle", std::to_string(*check.mismatch->cycle));
        add("expected", check.mismatch->expected);
        add("got", check.mismatch->got);
        if (check.mismatch->mismatches && check.mismatch->samples) {
            add("wrong samples", std::to_string(*check.mismatch->mismatches) + " of " +
                                     std::to_string(*check.mismatch->samples));
        }
    }
    return facts;
}

/// The line of the design that a finding names, to stand below it; empty where it names none.
std::string source_line(const Finding& finding, const std::vector<std::string_view>& lines) {
    const auto number = static_cast<std::size_t>(std::max(finding.line, 0));
    if (finding.file != "candidate.sv" || number < 1 || number > lines.size()) return "";
    constexpr std::size_t kLongest = 200;
    return "    " + std::string(trim(lines[number - 1]).substr(0, kLongest)) + "\n";
}

std::string messages_of(const store::Attempt& attempt) {
    constexpr std::size_t kMostMessages = 20;
    const Verdict& verdict = *attempt.verdict;
    const std::vector<std::string_view> lines = split_lines(attempt.candidate_code);
    std::string text;
    for (const Check& check : verdict.checks) {
        const bool told = check.outcome == Outcome::Fail || check.outcome == Outcome::Unknown;
        if (told) text += check.name + ": " + check.reason + "\n";
    }
    const Severity least =
        verdict.verdict_class == VerdictClass::Lint ? Severity::Warning : Severity::Error;
    std::size_t count = 0;
    for (const Finding& finding : verdict.findings) {
        if (finding.severity < least || count++ >= kMostMessages) continue;
        text += format_finding(finding) + "\n" + source_line(finding, lines);
    }
    return text;
}

/// Nothing moved: an earlier Attempt had the same code, and so the same failure.
bool repeats(std::span<const store::Attempt> history) {
    const store::Attempt& last = history.back();
    return std::ranges::any_of(
        history.first(history.size() - 1), [&](const store::Attempt& before) {
            return before.verdict && before.candidate_code == last.candidate_code &&
                   before.verdict->verdict_class == last.verdict->verdict_class;
        });
}

std::uint64_t mismatches_of(const Verdict& verdict) {
    for (const Check& check : verdict.checks) {
        // Right in simulation, and at fault in what came after it.
        if (check.name == "simulate" && check.outcome == Outcome::Pass) return 0;
        if (check.mismatch && check.mismatch->mismatches) return *check.mismatch->mismatches;
    }
    return std::numeric_limits<std::uint64_t>::max();
}

int outcome_rank(Outcome outcome) {
    switch (outcome) {
        case Outcome::Pass: return 4;
        case Outcome::Unknown: return 3;
        case Outcome::Fail: return 2;
        default: return 1;
    }
}

/// Larger is better, member by member.
auto rank(const store::Attempt& attempt) {
    if (!attempt.verdict) return std::tuple(0, 0, 0, std::uint64_t{0}, -attempt.turn);
    const Verdict& verdict = *attempt.verdict;
    const bool compiles = std::ranges::any_of(verdict.checks, [](const Check& check) {
        return check.name == "compile" && check.outcome == Outcome::Pass;
    });
    return std::tuple(
        outcome_rank(verdict.outcome), static_cast<int>(verdict.grade), compiles ? 1 : 0,
        std::numeric_limits<std::uint64_t>::max() - mismatches_of(verdict), -attempt.turn);
}

}  // namespace

prompts::PromptRequest first_prompt(const Spec& spec) {
    prompts::PromptRequest request{"generate.md", {}};
    add_spec(request.variables, spec);
    return request;
}

std::optional<prompts::PromptRequest> repair_prompt(const Spec& spec,
                                                    std::span<const store::Attempt> history) {
    if (history.empty() || !history.back().verdict) return std::nullopt;
    const store::Attempt& last = history.back();
    const Verdict& verdict = *last.verdict;
    if (verdict.outcome == Outcome::Pass || verdict.outcome == Outcome::ToolError) {
        return std::nullopt;
    }
    if (verdict.verdict_class == VerdictClass::Refused || repeats(history)) return std::nullopt;
    prompts::PromptRequest request{"repair.md", {}};
    add_spec(request.variables, spec);
    for (const char* section :
         {"no_code", "compile", "forbidden", "mismatch", "timeout", "lint", "other"}) {
        request.variables[section] = section_of(verdict.verdict_class) == section;
    }
    request.variables["verdict_class"] = std::string(to_string(verdict.verdict_class));
    request.variables["design"] =
        last.candidate_code.empty() ? "" : untrusted_block(last.candidate_code, "design");
    const std::string facts = facts_of(verdict);
    request.variables["facts"] = facts.empty() ? "" : untrusted_block(facts, "first mismatch");
    const std::string messages = messages_of(last);
    request.variables["messages"] = messages.empty() ? "" : untrusted_block(messages, "messages");
    return request;
}

bool is_better(const store::Attempt& a, const store::Attempt& b) { return rank(a) > rank(b); }

}  // namespace rtlgen::workflow
