// SPDX-License-Identifier: Apache-2.0
#include "core/domain/verdict.h"

#include <array>

namespace rtlgen {
namespace {

template <class Enum, std::size_t N>
std::string_view name_of(const std::array<std::string_view, N>& names, Enum value) {
    return names.at(static_cast<std::size_t>(value));
}

constexpr std::array<std::string_view, 5> kOutcomes = {"pass", "fail", "unknown", "tool_error",
                                                       "skipped"};
constexpr std::array<std::string_view, 4> kGrades = {"none", "tested", "bounded", "proven"};
constexpr std::array<std::string_view, 3> kAssurances = {"static", "testbench", "reference"};
constexpr std::array<std::string_view, 3> kOrigins = {"person", "model", "library"};
constexpr std::array<std::string_view, 19> kClasses = {
    "none",     "syntax",      "elaboration",       "interface",      "forbidden",
    "mismatch", "no_progress", "timeout",           "resource_limit", "x_dependence",
    "race",     "lint",        "not_synthesizable", "disagreement",   "unjudged",
    "no_code",  "truncated",   "refused",           "other"};

}  // namespace

std::string_view to_string(Outcome outcome) { return name_of(kOutcomes, outcome); }
std::string_view to_string(Grade grade) { return name_of(kGrades, grade); }
std::string_view to_string(Assurance assurance) { return name_of(kAssurances, assurance); }
std::string_view to_string(Origin origin) { return name_of(kOrigins, origin); }
std::string_view to_string(VerdictClass verdict_class) { return name_of(kClasses, verdict_class); }

namespace verdict_names {
std::span<const std::string_view> outcomes() { return kOutcomes; }
std::span<const std::string_view> grades() { return kGrades; }
std::span<const std::string_view> assurances() { return kAssurances; }
std::span<const std::string_view> origins() { return kOrigins; }
std::span<const std::string_view> classes() { return kClasses; }
}  // namespace verdict_names

int exit_code(const Verdict& verdict) {
    switch (verdict.outcome) {
        case Outcome::Pass: return 0;
        case Outcome::Fail: return 1;
        case Outcome::ToolError: return 3;
        case Outcome::Unknown:
        case Outcome::Skipped: return 4;
    }
    return 4;
}

}  // namespace rtlgen
