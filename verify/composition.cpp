// SPDX-License-Identifier: Apache-2.0
#include "verify/composition.h"

#include <algorithm>
#include <array>
#include <optional>

namespace rtlgen::verify {
namespace {

/// Which requirement makes a check count; empty: it always does.
struct CheckRole {
    std::string_view check;
    std::string_view requirement;
};
constexpr std::array<CheckRole, 6> kRoles = {{
    {"gate", ""},
    {"compile", ""},
    {"simulate", ""},
    {"lint", "lint"},
    {"synthesizable", "synth"},
    {"prove", "proven"},
}};

/// What a finished check is worth, by its name.
Grade grade_of(const Check& check) {
    if (check.outcome != Outcome::Pass) return Grade::None;
    if (check.name == "simulate") return Grade::Tested;
    if (check.name != "prove") return Grade::None;
    const auto bounded =
        std::ranges::find(check.detail, std::pair<std::string, std::string>("grade", "bounded"));
    return bounded == check.detail.end() ? Grade::Proven : Grade::Bounded;
}

bool counts(const Check& check, const std::set<std::string>& require) {
    // A site's own check counts because somebody named it; so does a refutation, asked for or not.
    if (check.name.starts_with("site:")) return true;
    if (check.name == "prove" && check.outcome == Outcome::Fail) return true;
    for (const CheckRole& role : kRoles) {
        if (role.check != check.name) continue;
        return role.requirement.empty() || require.contains(std::string(role.requirement));
    }
    return false;
}

/// The checks that can carry a pass for an assurance.
bool decides(const Check& check, Assurance assurance) {
    switch (assurance) {
        case Assurance::Static: return check.name == "compile";
        case Assurance::Testbench: return check.name == "simulate" && !is_comparison(check);
        case Assurance::Reference: return is_comparison(check) || check.name == "prove";
    }
    return false;
}

/// A mismatch in simulation that cannot be, as a proof speaks for all inputs and all time; or one
/// that a testbench tells of a design that is equal to the testbench's reference.
bool is_contradicted(const Check& check, std::span<const Check> checks) {
    const bool mismatch = check.name == "simulate" && check.outcome == Outcome::Fail &&
                          check.verdict_class == VerdictClass::Mismatch;
    return mismatch && std::ranges::any_of(checks, [&](const Check& other) {
               const bool equal = other.outcome == Outcome::Pass && is_comparison(other);
               return grade_of(other) == Grade::Proven || (equal && !is_comparison(check));
           });
}

const Check* first(std::span<const Check> checks, auto&& applies) {
    const auto found = std::ranges::find_if(checks, applies);
    return found == checks.end() ? nullptr : &*found;
}

using Row = std::optional<Composition> (*)(const CompositionInput&);

std::optional<Composition> failed(const CompositionInput& in) {
    const Check* check = first(in.checks, [&](const Check& c) {
        return c.outcome == Outcome::Fail && counts(c, in.require) &&
               !is_contradicted(c, in.checks);
    });
    if (check == nullptr) return std::nullopt;
    return Composition{Outcome::Fail, check->verdict_class, Grade::None, "failed"};
}

std::optional<Composition> disagreement(const CompositionInput& in) {
    if (first(in.checks, [&](const Check& c) { return is_contradicted(c, in.checks); })) {
        return Composition{Outcome::Unknown, VerdictClass::Disagreement, Grade::None,
                           "disagreement"};
    }
    const auto contradicts = [](const Check& c) {
        return c.outcome == Outcome::Unknown && (c.verdict_class == VerdictClass::Disagreement ||
                                                 c.verdict_class == VerdictClass::Race ||
                                                 c.verdict_class == VerdictClass::XDependence);
    };
    const Check* check = first(in.checks, contradicts);
    if (check == nullptr) return std::nullopt;
    return Composition{Outcome::Unknown, check->verdict_class, Grade::None, "disagreement"};
}

std::optional<Composition> tool_error(const CompositionInput& in) {
    const Check* check = first(in.checks, [&](const Check& c) {
        return c.outcome == Outcome::ToolError && counts(c, in.require);
    });
    if (check == nullptr) return std::nullopt;
    return Composition{Outcome::ToolError, check->verdict_class, Grade::None, "tool-error"};
}

std::optional<Composition> required(const CompositionInput& in) {
    for (const CheckRole& role : kRoles) {
        if (role.requirement.empty() || !in.require.contains(std::string(role.requirement))) {
            continue;
        }
        const Check* check = first(in.checks, [&](const Check& c) { return c.name == role.check; });
        // A proof for some steps is none for all time.
        const bool met = check != nullptr && check->outcome == Outcome::Pass &&
                         (role.check != "prove" || grade_of(*check) == Grade::Proven);
        if (met) continue;
        const VerdictClass why = check == nullptr || check->verdict_class == VerdictClass::None
                                     ? VerdictClass::Unjudged
                                     : check->verdict_class;
        return Composition{Outcome::Unknown, why, Grade::None, "required"};
    }
    const Check* site = first(in.checks, [](const Check& c) {
        return c.name.starts_with("site:") && c.outcome == Outcome::Unknown;
    });
    if (site == nullptr) return std::nullopt;
    return Composition{Outcome::Unknown, VerdictClass::Other, Grade::None, "required"};
}

std::optional<Composition> undecided(const CompositionInput& in) {
    // Whatever a proof says: it knows nothing of a design that ends its own simulation.
    const Check* ended = first(in.checks, [](const Check& c) {
        return is_comparison(c) && c.outcome == Outcome::Unknown &&
               c.verdict_class == VerdictClass::NoProgress;
    });
    if (ended != nullptr && in.assurance == Assurance::Reference) {
        return Composition{Outcome::Unknown, VerdictClass::NoProgress, Grade::None, "undecided"};
    }
    const auto passes = [&](const Check& c) {
        return decides(c, in.assurance) && c.outcome == Outcome::Pass;
    };
    if (first(in.checks, passes) != nullptr) return std::nullopt;
    const Check* check = first(in.checks, [&](const Check& c) {
        return decides(c, in.assurance) && c.outcome == Outcome::Unknown;
    });
    if (check == nullptr) return std::nullopt;
    const VerdictClass why =
        check->verdict_class == VerdictClass::None ? VerdictClass::Unjudged : check->verdict_class;
    return Composition{Outcome::Unknown, why, Grade::None, "undecided"};
}

std::optional<Composition> passed(const CompositionInput& in) {
    std::optional<Composition> composition;
    for (const Check& check : in.checks) {
        if (check.outcome != Outcome::Pass || !decides(check, in.assurance)) continue;
        if (!composition) composition = {Outcome::Pass, VerdictClass::None, Grade::None, "passed"};
        composition->grade = std::max(composition->grade, grade_of(check));
    }
    return composition;
}

constexpr std::array<Row, 6> kRows = {failed,   disagreement, tool_error,
                                      required, undecided,    passed};

}  // namespace

bool is_comparison(const Check& check) {
    const std::pair<std::string, std::string> method{"method", "reference"};
    return check.name == "simulate" &&
           std::ranges::find(check.detail, method) != check.detail.end();
}

Composition compose(const CompositionInput& input) {
    for (const Row row : kRows) {
        if (const std::optional<Composition> composition = row(input)) return *composition;
    }
    return {Outcome::Unknown, VerdictClass::Unjudged, Grade::None, "unjudged"};
}

bool is_requirement(std::string_view name) {
    return std::ranges::any_of(kRoles, [&](const CheckRole& role) {
        return !role.requirement.empty() && role.requirement == name;
    });
}

}  // namespace rtlgen::verify
