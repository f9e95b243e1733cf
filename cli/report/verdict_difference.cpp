// SPDX-License-Identifier: Apache-2.0
#include "cli/report/verdict_difference.h"

#include <algorithm>
#include <utility>

namespace rtlgen::cli {
namespace {

using Facts = std::vector<std::pair<std::string, std::string>>;

std::string number_text(const std::optional<std::uint64_t>& number) {
    return number ? std::to_string(*number) : "";
}

Facts facts_of(const Verdict& verdict) {
    Facts facts = {{"verdict", std::string(to_string(verdict.outcome))},
                   {"class", std::string(to_string(verdict.verdict_class))},
                   {"grade", std::string(to_string(verdict.grade))},
                   {"assurance", std::string(to_string(verdict.assurance))}};
    for (const Check& check : verdict.checks) {
        facts.emplace_back(check.name, std::string(to_string(check.outcome)));
        if (!check.mismatch) continue;
        facts.emplace_back(check.name + ".signal", check.mismatch->signal);
        facts.emplace_back(check.name + ".time", check.mismatch->time);
        facts.emplace_back(check.name + ".expected", check.mismatch->expected);
        facts.emplace_back(check.name + ".got", check.mismatch->got);
        facts.emplace_back(check.name + ".mismatches", number_text(check.mismatch->mismatches));
    }
    facts.emplace_back("samples", std::to_string(verdict.evidence.samples));
    return facts;
}

Facts circumstances_of(const Verdict& verdict) {
    Facts facts;
    for (const Check& check : verdict.checks) {
        if (check.tool) {
            facts.emplace_back(check.name + ".tool", check.tool->name + " " + check.tool->version);
        }
    }
    facts.emplace_back("judge", verdict.judge_version);
    facts.emplace_back("policy", verdict.policy);
    facts.emplace_back("isolation", verdict.isolation_level + " " + verdict.isolation_mechanism);
    facts.emplace_back("seed", verdict.evidence.seed);
    return facts;
}

/// In the order of `before`, then what `after` alone has.
std::vector<Difference> compare(const Facts& before, const Facts& after) {
    const auto value_in = [](const Facts& facts, const std::string& name) {
        for (const auto& [key, value] : facts) {
            if (key == name) return value;
        }
        return std::string();
    };
    std::vector<Difference> differences;
    for (const auto& [name, value] : before) {
        const std::string other = value_in(after, name);
        if (other != value) differences.push_back({name, value, other});
    }
    for (const auto& [name, value] : after) {
        if (!value.empty() && value_in(before, name).empty()) {
            const Difference difference{name, "", value};
            if (std::find(differences.begin(), differences.end(), difference) == differences.end())
                differences.push_back(difference);
        }
    }
    return differences;
}

}  // namespace

std::vector<Difference> verdict_differences(const Verdict& before, const Verdict& after) {
    return compare(facts_of(before), facts_of(after));
}

std::vector<Difference> circumstance_differences(const Verdict& before, const Verdict& after) {
    return compare(circumstances_of(before), circumstances_of(after));
}

}  // namespace rtlgen::cli
