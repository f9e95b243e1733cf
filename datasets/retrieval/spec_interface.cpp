// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/spec_interface.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/base/text.h"
#include "core/rtl/module_header.h"

namespace rtlgen::datasets {
namespace {

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
}

/// A name that prose wouldn't use as a word.
bool looks_like_name(const SpecToken& token) {
    if (!token.is_word || !is_simple_identifier(token.raw)) return false;
    return token.quoted || token.raw.find_first_of("_0123456789") != std::string::npos ||
           std::ranges::any_of(token.raw.substr(1), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// "module named X", "called X", "Name: X", "the module `x`".
std::string name_in_prose(const std::vector<SpecToken>& tokens) {
    constexpr std::array<std::string_view, 6> kLead = {"named",  "called", "name",
                                                       "module", "call",   "spec"};
    constexpr std::array<std::string_view, 20> kSkip = {
        "is",      "the", "it", "module", "of",   "a",    ":", "=",      "shall", "will",
        "verilog", "an",  "be", "should", "must", "name", "*", "called", "named", "arbiter"};
    std::string weak;
    for (std::size_t k = 0; k < tokens.size(); ++k) {
        if (!is_one_of(tokens[k].norm, kLead)) continue;
        std::size_t at = k + 1;
        // "| Module | wheel |"
        const bool row = tokens[k].norm == "module" && at < tokens.size() && tokens[at].norm == "|";
        if (row) ++at;
        while (at < tokens.size() && at < k + 7 && is_one_of(tokens[at].norm, kSkip)) ++at;
        if (at >= tokens.size() || !tokens[at].is_word) continue;
        if (looks_like_name(tokens[at])) return tokens[at].raw;
        const bool strong = row || tokens[k].norm == "named" || tokens[k].norm == "called" ||
                            (tokens[k].norm == "name" && at > k + 1);
        if (strong && weak.empty() && is_simple_identifier(tokens[at].raw)) weak = tokens[at].raw;
    }
    return weak;
}

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

/// A heading that is a name and nothing else: "# cmd_fifo".
std::string name_in_heading(std::string_view text) {
    for (const std::string_view line : split_lines(text)) {
        if (trim(line).empty()) continue;
        const std::size_t begin = line.find_first_not_of("# `");
        if (!line.starts_with('#') || begin == std::string_view::npos) return "";
        const std::string name(trim(replace_all(std::string(line.substr(begin)), "`", "")));
        const auto tokens = tokenize_spec(name);
        return tokens.size() == 1 && looks_like_name(tokens.front()) ? name : "";
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

/// A header must have a port with a direction: "module foo (bar)" in prose is none.
bool read_header(const std::string& text, SpecInterface& interface) {
    const auto header = rtl::interface_from_text(text);
    if (!header || header->ports.empty()) return false;
    if (text.find("input") == std::string::npos && text.find("output") == std::string::npos) {
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
            text.find(");", look) != std::string::npos) {
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
        interface.module_name = name_in_prose(tokens);
        interface.ports = ports_of_lines(question.text);
        interface.source = InterfaceSource::Lines;
        if (interface.ports.empty()) {
            interface.ports = ports_of_prose(tokens, interface.module_name);
            interface.source = InterfaceSource::Prose;
        }
        if (interface.ports.empty()) interface.source = InterfaceSource::None;
        if (interface.module_name.empty()) {
            interface.module_name = name_in_heading(question.text);
        }
        if (interface.module_name.empty()) {
            interface.module_name = first_quoted(tokens, interface.ports);
        }
    }
    if (!question.top.empty()) interface.module_name = question.top;
    return interface;
}

}  // namespace rtlgen::datasets
