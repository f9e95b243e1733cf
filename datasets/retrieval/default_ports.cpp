// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/default_ports.h"

#include <algorithm>
#include <array>

namespace rtlgen::datasets {
namespace {

const RoleName kNobody = [](std::string_view) { return std::string(); };

/// Whether the text seems to have an interface.
bool names_ports(const ReadSpec& spec) {
    return std::ranges::any_of(spec.tokens, [&](const SpecToken& token) {
        return token.norm == "port" || token.norm == "interface" || token.norm == "i/o" ||
               (token.quoted && token.is_word && !token.number &&
                token.raw != spec.interface.module_name);
    });
}

bool denies_reset(const std::vector<SpecToken>& words) {
    const std::array<Phrase, 2> denials = {Phrase("no|without reset"),
                                           Phrase("without a|any reset")};
    return first_found(denials, words, kNobody) != nullptr;
}

bool is_said(const Role& role, const std::vector<SpecToken>& words) {
    return first_found(role.phrases, words, kNobody) != nullptr;
}

bool in_group(const DesignMetadata& design, const Role& role) {
    return std::ranges::find(design.one_of, role.name) != design.one_of.end();
}

/// Names of the roles that get a port.
std::set<std::string> wanted_roles(const DesignMetadata& design,
                                   const std::vector<SpecToken>& words) {
    std::set<std::string> wanted;
    std::set<std::string> needed;
    const bool reset = design.reset != ResetNeed::None && !denies_reset(words);
    const bool one_of_said = std::ranges::any_of(design.roles, [&](const Role& role) {
        return in_group(design, role) && is_said(role, words);
    });
    for (const Role& role : design.roles) {
        const bool said = is_said(role, words);
        if (said) needed.insert(role.needs.begin(), role.needs.end());
        const bool usual =
            role.by_default || role.required || (reset && role.kind == RoleKind::Reset);
        const bool another = in_group(design, role) && one_of_said;
        if (said || (usual && !another)) wanted.insert(role.name);
    }
    wanted.merge(needed);
    return wanted;
}

}  // namespace

Status add_default_ports(const DesignMetadata& design, const ReadSpec& spec,
                         const std::vector<SpecToken>& words, Adaptation& adaptation) {
    if (names_ports(spec)) return fail(ErrorCode::NotFound, "its ports can't be read");
    const std::set<std::string> wanted = wanted_roles(design, words);
    const bool chosen =
        design.one_of.empty() || std::ranges::any_of(design.roles, [&](const Role& role) {
            return in_group(design, role) && is_said(role, words);
        });
    if (!chosen) return fail(ErrorCode::NotFound, "it doesn't say which outputs are wanted");
    for (const Role& role : design.roles) {
        if (!wanted.contains(role.name)) continue;
        adaptation.ports.push_back({role.name, role.name, Polarity::High, "", std::nullopt});
        adaptation.flags.insert("has_" + role.name);
    }
    adaptation.notes.push_back("no ports are named: the library's own names are used");
    return {};
}

}  // namespace rtlgen::datasets
