// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/spec_interface.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/rtl/module_header.h"
#include "datasets/retrieval/module_name.h"

namespace rtlgen::datasets {
namespace {

/// The first name in backticks or quotes of the first sentences, if it is no port.
std::string first_quoted(const std::vector<SpecToken>& tokens, const std::vector<SpecPort>& ports) {
    int sentences = 0;
    for (const SpecToken& token : tokens) {
        if (token.norm == "." && ++sentences == 3) break;
        if (!token.quoted || !token.is_word || !is_simple_identifier(token.raw)) continue;
        const bool is_port =
            std::ranges::any_of(ports, [&](const SpecPort& p) { return p.name == token.raw; });
        return is_port ? "" : token.raw;
    }
    return "";
}

/// The text beside a port: all lines that begin with its name or have it beside a direction.
std::string description_of(const std::string& name, std::string_view text) {
    std::string description;
    for (const std::string_view line : split_lines(text)) {
        const std::size_t at = line.find(name);
        if (at == std::string_view::npos || at > 30) continue;
        const std::size_t comment = line.find("//");
        if (comment != std::string_view::npos && comment > at) {
            description += std::string(line.substr(comment + 2)) + ". ";
        }
    }
    return description;
}

void take_header(const ModuleHeader& header, std::string_view text, SpecInterface& interface) {
    interface.module_name = header.name;
    interface.source = InterfaceSource::Header;
    interface.parameters = header.parameters;
    for (const Port& port : header.ports) {
        SpecPort taken;
        taken.name = port.name;
        taken.direction = port.direction;
        if (port.width > 0) taken.width = port.width;
        taken.range = port.range;
        taken.description = description_of(port.name, text);
        interface.ports.push_back(std::move(taken));
    }
}

std::string without_comments(std::string_view text) {
    std::string code;
    for (const std::string_view line : split_lines(text)) {
        code += std::string(line.substr(0, line.find("//"))) + "\n";
    }
    return code;
}

/// A header must have a port with a direction: "module foo (bar)" in prose is none.
bool read_header(const std::string& text, SpecInterface& interface) {
    const auto header = rtl::interface_from_text(text);
    if (!header || header->ports.empty()) return false;
    const std::string code = without_comments(text);
    if (code.find("input") == std::string::npos && code.find("output") == std::string::npos) {
        return false;
    }
    take_header(*header, text, interface);
    return true;
}

/// `text` from a "module" that a port list follows; empty where there is none.
std::string header_in(const std::string& text) {
    for (std::size_t at = text.find("module"); at != std::string::npos;
         at = text.find("module", at + 6)) {
        std::size_t look = at + 6;
        auto skip = [&](auto predicate) {
            const std::size_t begin = look;
            while (look < text.size() && predicate(text[look])) ++look;
            return look > begin;
        };
        if (at > 0 && is_simple_identifier(text.substr(at - 1, 1))) continue;
        if (!skip([](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; })) continue;
        if (!skip([](char c) { return is_simple_identifier("a" + std::string(1, c)); })) continue;
        skip([](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; });
        if (look < text.size() && (text[look] == '(' || text[look] == '#') &&
            text.find(')', look) != std::string::npos) {
            return text.substr(at);
        }
    }
    return "";
}

}  // namespace

SpecInterface read_spec_interface(const LibraryQuestion& question,
                                  const std::vector<SpecToken>& tokens) {
    SpecInterface interface;
    const bool given =
        !question.interface_text.empty() && read_header(question.interface_text, interface);
    const std::string header = given ? "" : header_in(question.text);
    if (!given && (header.empty() || !read_header(header, interface))) {
        interface.module_name = module_name_of(tokens);
        interface.ports = ports_of_lines(question.text);
        interface.source = InterfaceSource::Lines;
        if (interface.ports.empty()) {
            interface.ports = ports_of_prose(tokens, interface.module_name);
            interface.source = InterfaceSource::Prose;
        }
        if (interface.ports.empty()) interface.source = InterfaceSource::None;
        if (interface.module_name.empty()) {
            interface.module_name = first_quoted(tokens, interface.ports);
        }
    }
    if (!question.top.empty()) interface.module_name = question.top;
    return interface;
}

}  // namespace rtlgen::datasets
