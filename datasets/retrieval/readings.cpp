// SPDX-License-Identifier: Apache-2.0
// The ways to read a specification's interface, and the check that none of its names is left over.
#include <algorithm>
#include <array>
#include <map>
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

/// "a flip-flop `last`", "let n be", "a starting index s": a name of something inside.
bool introduced(const std::vector<SpecToken>& tokens, const std::string& name) {
    constexpr auto kInside = std::to_array<std::string_view>(
        {"flop", "register", "flip-flop", "variable", "state", "number", "let", "index", "pointer",
         "memory", "constant", "counter", "internal", "model", "call"});
    for (std::size_t k = 1; k < tokens.size(); ++k) {
        if (tokens[k].raw != name) continue;
        return std::ranges::find(kInside, tokens[k - 1].norm) != kInside.end();
    }
    return false;
}

/// What all readings together say of a port: a direction, the width that most of them have, the
/// larger of two.
SpecPort merged_port(const std::string& name, const std::vector<ReadSpec>& readings) {
    SpecPort merged;
    merged.name = name;
    merged.direction_said = false;
    std::map<int, int> widths;
    for (const ReadSpec& reading : readings) {
        const auto port = std::ranges::find(reading.interface.ports, name, &SpecPort::name);
        if (port == reading.interface.ports.end()) continue;
        if (port->direction_said && !merged.direction_said) {
            merged.direction_said = true;
            merged.direction = port->direction;
        }
        if (merged.description.empty()) merged.description = port->description;
        if (port->width) ++widths[*port->width];
    }
    int votes = 0;
    for (const auto& [width, count] : widths) {
        if (count >= votes) merged.width = width;
        votes = std::max(votes, count);
    }
    return merged;
}

/// The ports that a text quotes, where it quotes them all; empty where they are too few for that.
std::vector<SpecPort> quoted_ports(const ReadSpec& spec, const std::vector<ReadSpec>& readings) {
    constexpr std::size_t kFew = 4;
    constexpr std::array<std::string_view, 9> kKeywords = {
        "input", "output", "posedge", "negedge", "module", "wire", "reg", "logic", "assign"};
    std::vector<SpecPort> ports;
    for (std::size_t k = 0; k < spec.tokens.size(); ++k) {
        const SpecToken& token = spec.tokens[k];
        const bool index = k > 0 && spec.tokens[k - 1].norm == "[";
        const bool spelled = token.raw.find_first_of("0123456789") != 0;  // `zero` is a name
        const bool name = !index && token.quoted && token.is_word && spelled &&
                          is_simple_identifier(token.raw) &&
                          token.raw != spec.interface.module_name &&
                          std::ranges::find(kKeywords, token.raw) == kKeywords.end();
        if (!name || introduced(spec.tokens, token.raw) ||
            std::ranges::find(ports, token.raw, &SpecPort::name) != ports.end()) {
            continue;
        }
        ports.push_back(merged_port(token.raw, readings));
    }
    if (ports.size() < kFew) ports.clear();
    return ports;
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
        widths_near_names(spec.tokens, reading.interface.ports);
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
    if (std::vector<SpecPort> ports = quoted_ports(spec, readings); !ports.empty()) {
        ReadSpec reading = spec;
        reading.interface.ports = std::move(ports);
        reading.interface.source = InterfaceSource::Prose;
        describe_by_mentions(spec.tokens, reading.interface.ports);
        readings.push_back(reading);
        // A direction may have been misread: the roles decide.
        for (SpecPort& port : reading.interface.ports) port.direction_said = false;
        readings.push_back(std::move(reading));
    }
    if (spec.interface.ports.empty() && !certain) readings.push_back(spec);
    return readings;
}

Status check_mentions(const ReadSpec& spec) {
    if (spec.interface.source == InterfaceSource::Header ||
        spec.interface.source == InterfaceSource::Examples) {
        return {};
    }
    const std::set<std::string> names = names_of(spec.interface);
    constexpr std::array<std::string_view, 11> kTypes = {
        "input", "output", "inout", "wire", "reg", "logic", "bit", "in", "out", "vector", "range"};
    const bool quotes = std::ranges::all_of(spec.interface.ports, [&](const SpecPort& port) {
        return std::ranges::any_of(spec.tokens, [&](const SpecToken& token) {
            return token.quoted && token.raw == port.name;
        });
    });
    for (std::size_t k = 0; k < spec.tokens.size(); ++k) {
        const SpecToken& token = spec.tokens[k];
        if (!token.is_word || token.number || names.contains(to_lower(token.raw))) continue;
        const bool type = std::ranges::find(kTypes, token.norm) != kTypes.end();
        const bool ranged = k + 1 < spec.tokens.size() && spec.tokens[k + 1].norm == "[" && !type;
        const bool index = k > 0 && spec.tokens[k - 1].norm == "[";
        const bool among_quoted = quotes && !index && !introduced(spec.tokens, token.raw) &&
                                  token.quoted && is_simple_identifier(token.raw) &&
                                  std::ranges::count_if(spec.tokens, [&](const SpecToken& other) {
                                      return other.quoted && other.raw == token.raw;
                                  }) > 1;
        // "a flag z"; but "`c` (clk, posedge)" says what c is.
        constexpr std::array<std::string_view, 4> kNouns = {"flag", "input", "output", "signal"};
        const bool letter = token.raw.size() == 1 && token.raw != "a" && token.raw != "I" &&
                            k > 0 &&
                            std::ranges::find(kNouns, spec.tokens[k - 1].norm) != kNouns.end();
        if (quotes && !token.quoted && (token.norm == "clk" || token.norm == "rst")) continue;
        if (ranged || letter || is_no_english(token) || compared(spec.tokens, k) || among_quoted) {
            return fail(ErrorCode::NotFound, "it isn't clear which port its " + token.raw + " is");
        }
    }
    return {};
}

}  // namespace rtlgen::datasets
