// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/feedback.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace rtlgen::workflow {
namespace {

using prompts::Record;
using prompts::untrusted_block;

void add_spec(prompts::Variables& variables, const Spec& spec) {
    variables["spec"] = spec.text;
    variables["interface"] =
        spec.interface_text.empty() ? "" : untrusted_block(spec.interface_text, "interface");
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

std::vector<Record> facts_of(const Verdict& verdict) {
    std::vector<Record> facts;
    const auto add = [&](const std::string& name, const std::string& value) {
        if (!value.empty()) facts.push_back({{"fact", name + ": " + value}});
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

std::string messages_of(const Verdict& verdict) {
    constexpr std::size_t kMostMessages = 20;
    std::string text;
    for (const Check& check : verdict.checks) {
        const bool told = check.outcome == Outcome::Fail || check.outcome == Outcome::Unknown;
        if (told && check.name != "lint") text += check.name + ": " + check.reason + "\n";
    }
    std::size_t count = 0;
    for (const Finding& finding : verdict.findings) {
        if (finding.severity != Severity::Error || count++ == kMostMessages) continue;
        text += format_finding(finding) + "\n";
    }
    return text;
}

std::uint64_t mismatches_of(const Verdict& verdict) {
    for (const Check& check : verdict.checks) {
        if (check.mismatch && check.mismatch->mismatches) return *check.mismatch->mismatches;
    }
    return std::numeric_limits<std::uint64_t>::max();
}

/// Larger is better, member by member.
auto rank(const store::Attempt& attempt) {
    if (!attempt.verdict) return std::tuple(0, 0, 0, std::uint64_t{0}, -attempt.turn);
    const Verdict& verdict = *attempt.verdict;
    const bool compiles = std::ranges::any_of(verdict.checks, [](const Check& check) {
        return check.name == "compile" && check.outcome == Outcome::Pass;
    });
    return std::tuple(
        verdict.outcome == Outcome::Pass ? 2 : 1, static_cast<int>(verdict.grade), compiles ? 1 : 0,
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
    const bool repeats = history.size() > 1 && !last.candidate_code.empty() &&
                         history[history.size() - 2].candidate_code == last.candidate_code;
    if (repeats) return std::nullopt;
    prompts::PromptRequest request{"repair.md", {}};
    add_spec(request.variables, spec);
    for (const char* section :
         {"no_code", "compile", "forbidden", "mismatch", "timeout", "lint", "other"}) {
        request.variables[section] = section_of(verdict.verdict_class) == section;
    }
    request.variables["verdict_class"] = std::string(to_string(verdict.verdict_class));
    request.variables["design"] =
        last.candidate_code.empty() ? "" : untrusted_block(last.candidate_code, "design");
    request.variables["facts"] = facts_of(verdict);
    const std::string messages = messages_of(verdict);
    request.variables["messages"] = messages.empty() ? "" : untrusted_block(messages, "messages");
    return request;
}

bool is_better(const store::Attempt& a, const store::Attempt& b) { return rank(a) > rank(b); }

}  // namespace rtlgen::workflow
