// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/edit_refusal.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/base/text.h"
#include "core/rtl/lexer.h"
#include "core/rtl/module_header.h"
#include "verify/gate.h"

namespace rtlgen::workflow {
namespace {

using Names = std::set<std::string, std::less<>>;
using Key = std::pair<std::string, std::string>;

std::map<Key, int> counted(const std::vector<Finding>& findings) {
    std::map<Key, int> counts;
    for (const Finding& finding : findings) ++counts[{finding.rule, finding.message}];
    return counts;
}

/// Lines of directives that say something about macros.
std::vector<Finding> macro_lines(const SourceSet& set) {
    std::vector<Finding> found;
    for (const SourceFile& file : set.files) {
        const std::vector<std::string_view> lines = split_lines(file.text);
        for (const rtl::Token& token : rtl::lex(file.text)) {
            if (token.kind != rtl::TokenKind::Directive) continue;
            if (token.text != "`define" && token.text != "`undef" && token.text != "`undefineall") {
                continue;
            }
            const auto line = static_cast<std::size_t>(token.line) - 1;
            const std::string text(line < lines.size() ? trim(lines[line]) : token.text);
            found.push_back({Severity::Error, "edit/NEW_MACRO", file.path, token.line, token.column,
                             "a change may not bring in a macro: " + text});
        }
    }
    return found;
}

std::vector<Finding> more_than(const std::vector<Finding>& before,
                               const std::vector<Finding>& after) {
    std::map<Key, int> counts = counted(before);
    std::vector<Finding> more;
    for (const Finding& finding : after) {
        if (--counts[{finding.rule, finding.message}] < 0) more.push_back(finding);
    }
    return more;
}

std::optional<ModuleHeader> top_header(const SourceSet& set) {
    const rtl::HeaderOptions options{set.defines, {}};
    for (const SourceFile& file : set.files) {
        for (const rtl::DesignUnit& unit : rtl::read_outline(file.text, options).units) {
            if (unit.header.name == set.top) return unit.header;
        }
    }
    return std::nullopt;
}

std::string told(const Port& port) {
    const char* direction = port.direction == PortDirection::Input    ? "input"
                            : port.direction == PortDirection::Output ? "output"
                                                                      : "inout";
    return std::string(direction) + (port.is_signed ? " signed" : "") +
           (port.range.empty() ? "" : " " + port.range) + " " + port.name;
}

std::string told(const Parameter& parameter) {
    return "parameter " + parameter.name + " = " + parameter.default_value;
}

/// The first difference of two lists; empty where there is none.
template <class T>
std::string difference(const std::vector<T>& before, const std::vector<T>& after) {
    for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
        if (i >= after.size()) return "`" + told(before[i]) + "` is gone";
        if (i >= before.size()) return "`" + told(after[i]) + "` is new";
        if (before[i] != after[i]) {
            return "`" + told(before[i]) + "` has become `" + told(after[i]) + "`";
        }
    }
    return {};
}

}  // namespace

std::vector<Finding> new_refusals(const SourceSet& before, const SourceSet& after,
                                  const Names& reserved) {
    const auto refusals = [&](const SourceSet& set) {
        std::vector<Finding> found = verify::run_gate({set, Trust::Candidate, reserved});
        std::ranges::move(macro_lines(set), std::back_inserter(found));
        return found;
    };
    return more_than(refusals(before), refusals(after));
}

std::string changed_interface(const SourceSet& before, const SourceSet& after) {
    const auto old_header = top_header(before);
    const auto new_header = top_header(after);
    if (!old_header) return {};
    if (!new_header) return "the module `" + before.top + "` is gone";
    std::string changed = difference(old_header->parameters, new_header->parameters);
    return changed.empty() ? difference(old_header->ports, new_header->ports) : changed;
}

}  // namespace rtlgen::workflow
