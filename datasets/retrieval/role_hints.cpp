// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/role_hints.h"

#include <algorithm>

#include "core/base/text.h"

namespace rtlgen::datasets {
namespace {

constexpr double kNamed = 9;  ///< a name that leaves no doubt

std::string nobody(std::string_view) { return ""; }

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

/// Whether one of a name's parts, split at underscores, is a telling name of the role.
bool shares_a_part(const std::string& name, const Role& role) {
    const std::vector<std::string_view> parts = split(name, '_');
    return std::ranges::any_of(parts, [&](std::string_view part) {
        return part.size() > 2 && contains(role.names, part) && !contains(role.generic, part);
    });
}

bool ends_with_a_name(const std::string& core, const Role& role) {
    return std::ranges::any_of(role.names, [&](const std::string& one) {
        return core.ends_with("_" + one) && !contains(role.generic, one);
    });
}

/// `core_clk`, `wrst`: clocks and resets are known by a part of their name.
double kind_hint(const std::string& core, const Role& role) {
    auto has = [&](std::string_view part) { return core.find(part) != std::string::npos; };
    if (role.own_names) return 0;
    if (role.kind == RoleKind::Clock && (has("clk") || has("clock"))) return 8;
    if (role.kind == RoleKind::Reset && (has("rst") || has("reset"))) return 8;
    return 0;
}

bool is_generic(const std::string& name, const Role& role) {
    return contains(role.generic, core_of_name(name)) || contains(role.generic, to_lower(name));
}

/// What the name alone tells.
double name_hint(const std::string& port, const Role& role) {
    const std::string name = to_lower(port);
    const std::string core = core_of_name(port);
    const double kind = kind_hint(core, role);
    if (is_generic(port, role)) return std::max(1.0, kind);
    if (contains(role.names, name)) return 10;
    if (contains(role.names, core)) return kNamed;
    if (ends_with_a_name(core, role)) return std::max(6.0, kind);
    if (shares_a_part(core, role)) return std::max(4.0, kind);
    return kind;
}

/// What is written beside a port, and what running text says that it is.
struct PortTexts {
    std::vector<SpecToken> described;
    std::vector<SpecToken> mentioned;

    explicit PortTexts(const SpecPort& port)
        : described(words_of(tokenize_spec(port.description))),
          mentioned(words_of(tokenize_spec(port.mentions))) {}

    [[nodiscard]] bool say(std::string_view pattern) const {
        const Phrase phrase(pattern);
        return phrase.find(described, nobody) || phrase.find(mentioned, nobody);
    }
};

/// What the texts add to the hint `score` of the name.
double with_texts(double score, const PortTexts& texts, const Role& role) {
    if (first_found(role.words, texts.described, nobody) != nullptr) score += 3;
    // What running text says of a name that says nothing.
    if (score <= 0 && first_found(role.words, texts.mentioned, nobody) != nullptr) score = 2;
    if (score >= kNamed) return score;
    if (role.own_names) return score;
    if (role.kind == RoleKind::Reset && texts.say("reset|clear*")) score += 7;
    if (role.kind == RoleKind::Clock && texts.say("clock|clk") &&
        !texts.say("enable|reset|clear*")) {
        score += 5;
    }
    return score;
}

/// Words of the phrases of the role that the text has.
double phrases_hint(const Role& role, const std::vector<SpecToken>& words) {
    double score = 0;
    for (const Phrase& phrase : role.phrases) {
        if (phrase.find(words, nobody)) score += static_cast<double>(phrase.length());
    }
    return score;
}

/// Whether what is said of direction and width allows it.
bool allows(const SpecPort& port, const Role& role) {
    if (port.direction_said && port.direction != role.direction) return false;
    return role.width != "1" || port.width.value_or(1) == 1;
}

}  // namespace

std::string core_of_name(std::string_view name) {
    std::string core = to_lower(name);
    for (const std::string_view affix : {"i_", "o_", "n_"}) {
        if (core.starts_with(affix) && core.size() > 3) core.erase(0, 2);
    }
    for (const std::string_view affix : {"_i", "_o", "_n", "_b", "_q"}) {
        if (core.ends_with(affix) && core.size() > 3) core.erase(core.size() - 2);
    }
    return core;
}

double strict_hint(const SpecPort& port, const Role& role) {
    constexpr double kByKind = 8;
    if (!allows(port, role)) return 0;
    const double score = name_hint(port.name, role);
    return score >= kByKind || (score > 0 && is_generic(port.name, role)) ? score : 0;
}

double role_hint(const SpecPort& port, const Role& role, const std::vector<SpecToken>& words,
                 OtherOutputs others) {
    if (!allows(port, role)) return 0;
    double score = name_hint(port.name, role);
    // The only output, whatever its name: the text decides.
    const bool sole = score <= 0 && others == OtherOutputs::None && !role.generic.empty() &&
                      port.direction == PortDirection::Output;
    if (sole) score = 0.5;
    score = with_texts(score, PortTexts(port), role);
    // What the text tells of the port's effect.
    const RoleName it = [&](std::string_view which) {
        return which == "it" ? to_lower(port.name) : std::string();
    };
    if (score < kNamed && first_found(role.behaviour, words, it) != nullptr) {
        score = std::max(score + 1, 2.5);
    }
    // A name that says nothing: the text decides, unless a direction of its own is described.
    if (sole || is_generic(port.name, role)) score += phrases_hint(role, words);
    if (role.width != "1" && port.width.value_or(1) == 1 && score > 0) score -= 0.25;
    return score;
}

}  // namespace rtlgen::datasets
