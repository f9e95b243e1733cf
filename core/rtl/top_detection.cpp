// SPDX-License-Identifier: Apache-2.0
// Tops: modules that nobody instantiates.
#include <algorithm>
#include <iterator>
#include <numeric>

#include "core/base/text.h"
#include "core/rtl/lexer.h"
#include "core/rtl/source_order.h"

namespace rtlgen::rtl {
namespace {

constexpr std::size_t kMaxNamed = 8;

/// Levenshtein's distance, cut off for names far longer than any.
std::size_t distance(std::string_view a, std::string_view b) {
    a = a.substr(0, 256);
    b = b.substr(0, 256);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({change, diagonal + 1, row[j] + 1});
        }
    }
    return row.back();
}

std::string list_of(const std::vector<std::string>& names) {
    std::vector<std::string> shown(
        names.begin(),
        names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kMaxNamed)));
    std::string text = join(shown, ", ");
    if (names.size() > kMaxNamed) {
        text += " and " + std::to_string(names.size() - kMaxNamed) + " more";
    }
    return text;
}

/// "; did you mean A?" or what there is.
std::string suggestion(const std::string& wanted, const std::vector<std::string>& modules,
                       const std::string& nothing = "no module") {
    std::vector<std::string> close;
    for (const std::string& name : modules) {
        const std::size_t far = distance(to_lower(wanted), to_lower(name));
        if (far <= std::max<std::size_t>(1, (wanted.size() + 1) / 3)) close.push_back(name);
    }
    if (!close.empty()) return "; did you mean " + list_of(close) + "?";
    return modules.empty() ? "; there is " + nothing : "; there are " + list_of(modules);
}

std::string first_path(const SourceSet& set) {
    return set.files.empty() ? std::string() : set.files.front().path;
}

Result<std::string> wanted_top(const SourceSet& set, const Hierarchy& hierarchy, ErrorCode code) {
    const bool there = std::ranges::find(hierarchy.modules, set.top) != hierarchy.modules.end() ||
                       hierarchy.library.contains(set.top);
    // A library folder is read by the tools alone.
    if (there || !set.library_dirs.empty()) return set.top;
    return fail(code, "there is no module " + set.top + suggestion(set.top, hierarchy.modules),
                first_path(set));
}

/// A module that instantiates itself is still a root.
void note_uses(const DesignUnit& unit, std::set<std::string>& used) {
    for (const Instance& instance : unit.instances) {
        if (instance.module_name != unit.header.name) used.insert(instance.module_name);
    }
}

/// All identifiers of the files and of those that they include.
std::set<std::string, std::less<>> names_in(const SourceSet& set) {
    std::set<std::string, std::less<>> names;
    const auto add = [&](const SourceFile& file) {
        for (const Token& token : lex(file.text)) {
            if (token.kind == TokenKind::Identifier) names.emplace(token.text);
        }
    };
    for (const SourceFile& file : set.files) add(file);
    for (const IncludedFile& included : set.included_files) add(included.file);
    return names;
}

void note_binds(const Outline& outline, std::set<std::string>& used) {
    for (const Bind& bind : outline.binds) used.insert(bind.instance.module_name);
}

}  // namespace

Hierarchy read_hierarchy(const SourceSet& set) {
    Hierarchy hierarchy;
    std::set<std::string> known;
    std::set<std::string> used;
    for (const SourceFile& file : set.files) {
        const Outline outline = read_outline(file.text, {set.defines, {}});
        note_binds(outline, used);
        for (const DesignUnit& unit : outline.units) {
            const std::string& name = unit.header.name;
            note_uses(unit, used);
            if (unit.kind != UnitKind::Module && unit.kind != UnitKind::Program) continue;
            if (known.insert(name).second) hierarchy.modules.push_back(name);
            if (unit.header.ports.empty()) hierarchy.without_ports.insert(name);
        }
    }
    for (const SourceFile& file : set.library_files) {
        const Outline outline = read_outline(file.text, {set.defines, {}});
        note_binds(outline, used);
        for (const DesignUnit& unit : outline.units) {
            hierarchy.library.insert(unit.header.name);
            note_uses(unit, used);
        }
    }
    std::ranges::copy_if(hierarchy.modules, std::back_inserter(hierarchy.roots),
                         [&](const std::string& name) { return !used.contains(name); });
    return hierarchy;
}

Result<std::string> detect_top(const SourceSet& set) {
    const Hierarchy hierarchy = read_hierarchy(set);
    if (!set.top.empty()) return wanted_top(set, hierarchy, ErrorCode::InvalidArgument);
    if (hierarchy.modules.empty()) {
        return fail(ErrorCode::InvalidArgument, "no module stands in the files", first_path(set));
    }
    if (hierarchy.roots.size() == 1) return hierarchy.roots.front();
    if (hierarchy.roots.empty()) {
        return fail(ErrorCode::InvalidArgument,
                    "every module is instantiated by another one; say which is the top with --top",
                    first_path(set));
    }
    return fail(
        ErrorCode::InvalidArgument,
        "several modules could be the top: " + list_of(hierarchy.roots) + "; say which with --top",
        first_path(set));
}

Result<std::string> detect_testbench_top(const SourceSet& set) {
    const Hierarchy hierarchy = read_hierarchy(set);
    if (!set.top.empty()) return wanted_top(set, hierarchy, ErrorCode::BadBench);
    std::vector<std::string> closed;
    for (const std::string& root : hierarchy.roots) {
        if (hierarchy.without_ports.contains(root)) closed.push_back(root);
    }
    if (closed.size() == 1) return closed.front();
    if (closed.empty() && hierarchy.roots.size() == 1) return hierarchy.roots.front();
    if (hierarchy.modules.empty()) {
        return fail(ErrorCode::BadBench, "no module stands in the testbench", first_path(set));
    }
    const std::vector<std::string>& roots = closed.empty() ? hierarchy.roots : closed;
    return fail(ErrorCode::BadBench,
                (roots.empty() ? "every module of the testbench is instantiated by another one"
                               : "several modules could be the testbench: " + list_of(roots)) +
                    "; say which with --testbench-top",
                first_path(set));
}

Status check_parameters(const SourceSet& set) {
    if (set.parameters.empty()) return {};
    const std::set<std::string, std::less<>> words = names_in(set);
    for (const SourceFile& file : set.files) {
        for (const DesignUnit& unit : read_outline(file.text, {set.defines, {}}).units) {
            if (unit.kind != UnitKind::Module || unit.header.name != set.top) continue;
            std::vector<std::string> known;
            for (const Parameter& parameter : unit.header.parameters) {
                known.push_back(parameter.name);
            }
            const bool hides = unit.span.of(file.text).find('`') != std::string_view::npos;
            for (const NameValue& wanted : set.parameters) {
                if (std::ranges::find(known, wanted.name) != known.end()) continue;
                if (hides && words.contains(wanted.name)) continue;
                return fail(ErrorCode::InvalidArgument,
                            "-G" + wanted.name + ": the top " + set.top + " has no such parameter" +
                                suggestion(wanted.name, known, "none"),
                            file.path);
            }
            return {};
        }
    }
    return {};
}

}  // namespace rtlgen::rtl
