// SPDX-License-Identifier: Apache-2.0
// The ways to read a specification's interface, and the check that none of its names is left over.
#include <algorithm>
#include <array>
#include <set>

#include "core/base/text.h"
#include "datasets/retrieval/adaptation.h"
#include "datasets/retrieval/port_mentions.h"

namespace rtlgen::datasets {
namespace {

std::set<std::string> names_of(const SpecInterface& interface) {
    std::set<std::string> names = {to_lower(interface.module_name)};
    for (const SpecPort& port : interface.ports) names.insert(to_lower(port.name));
    for (const Parameter& parameter : interface.parameters) names.insert(to_lower(parameter.name));
    return names;
}

bool same_names(const std::vector<SpecPort>& a, const std::vector<SpecPort>& b) {
    return std::ranges::equal(a, b, {}, &SpecPort::name, &SpecPort::name);
}

/// "tick=1", "while active = 0": a word that is compared like a signal.
bool compared(const std::vector<SpecToken>& tokens, std::size_t at) {
    if (at + 2 >= tokens.size() || tokens[at + 1].norm != "=") return false;
    const std::string& raw = tokens[at].raw;
    std::size_t value = at + 2;
    if (tokens[value].norm == "=" && value + 1 < tokens.size()) ++value;
    return raw.size() > 2 && raw == to_lower(raw) &&
           (tokens[value].norm == "0" || tokens[value].norm == "1");
}

}  // namespace

bool is_signal_name(const DesignMetadata& design, const std::string& name) {
    for (const std::string_view part : {"clk", "rst", "reset", "clock"}) {
        if (name.find(part) != std::string::npos) return true;
    }
    return std::ranges::any_of(design.roles, [&](const Role& role) {
        return std::ranges::find(role.names, name) != role.names.end() ||
               std::ranges::find(role.generic, name) != role.generic.end();
    });
}

std::vector<ReadSpec> readings_of(const DesignMetadata& design, const ReadSpec& spec) {
    std::vector<ReadSpec> readings;
    if (!spec.interface.ports.empty()) readings.push_back(spec);
    if (spec.interface.source == InterfaceSource::Header ||
        spec.interface.source == InterfaceSource::Instance) {
        return readings;
    }
    const MentionHints hints{spec.interface.module_name,
                             [&](const std::string& name) { return is_signal_name(design, name); }};
    auto add_prose = [&](std::vector<SpecPort> ports) {
        const bool known = std::ranges::any_of(
            readings, [&](const ReadSpec& one) { return same_names(one.interface.ports, ports); });
        if (known || ports.empty()) return;
        ReadSpec reading = spec;
        reading.interface.ports = std::move(ports);
        describe_by_mentions(spec.tokens, reading.interface.ports);
        reading.interface.source = InterfaceSource::Prose;
        readings.push_back(std::move(reading));
    };
    add_prose(ports_of_evidence(spec.tokens, hints));
    if (!spec.interface.ports.empty()) {
        add_prose(ports_of_prose(spec.tokens, spec.interface.module_name));
    }
    bool certain = false;
    for (const MentionKind kind : {MentionKind::Any, MentionKind::Certain}) {
        std::vector<SpecPort> ports = ports_of_mentions(spec.tokens, hints, kind);
        if (ports.empty()) continue;
        if (kind == MentionKind::Certain) certain = true;
        add_prose(std::move(ports));
    }
    if (spec.interface.ports.empty() && !certain) readings.push_back(spec);
    return readings;
}

Status check_mentions(const ReadSpec& spec) {
    if (spec.interface.source == InterfaceSource::Header) return {};
    const std::set<std::string> names = names_of(spec.interface);
    constexpr std::array<std::string_view, 7> kTypes = {"input", "output", "inout", "wire",
                                                        "reg",   "logic",  "bit"};
    for (std::size_t k = 0; k < spec.tokens.size(); ++k) {
        const SpecToken& token = spec.tokens[k];
        if (!token.is_word || token.number || names.contains(to_lower(token.raw))) continue;
        const bool type = std::ranges::find(kTypes, token.norm) != kTypes.end();
        const bool ranged = k + 1 < spec.tokens.size() && spec.tokens[k + 1].norm == "[" && !type;
        if (ranged || is_no_english(token) || compared(spec.tokens, k)) {
            return fail(ErrorCode::NotFound, "it isn't clear which port its " + token.raw + " is");
        }
    }
    return {};
}

}  // namespace rtlgen::datasets
