// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/source_order.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/rtl/active_text.h"

namespace rtlgen::rtl {
namespace {

/// What one file gives and needs.
struct FileFacts {
    std::vector<std::string> defines_packages;
    std::vector<std::string> uses_packages;
    std::vector<std::pair<std::string, int>> units;  ///< modules, interfaces, programs and lines
    bool fragment = false;  ///< tokens outside of units that are no declarations
};

/// Whether what stands outside of units could be a compilation unit's own declarations.
bool is_fragment(std::string_view text, const Outline& outline, const SourceSet& set) {
    static constexpr std::array<std::string_view, 22> kDeclarations = {
        "typedef",       "import", "export",  "parameter", "localparam", "function",
        "task",          "bind",   "extern",  "const",     "let",        "timeunit",
        "timeprecision", "class",  "virtual", "struct",    "enum",       "logic",
        "int",           "bit",    "config",  "checker"};
    std::size_t covered = 0;
    std::size_t unit = 0;
    for (const Token& token : active_text(text, set.defines).tokens) {
        while (unit < outline.units.size() && outline.units[unit].span.offset <= token.offset) {
            covered = std::max(covered, outline.units[unit++].span.end());
        }
        if (token.offset < covered) continue;
        // Only the first one tells: what follows is its rest.
        return std::ranges::find(kDeclarations, token.text) == kDeclarations.end() &&
               !token.is(";") && token.kind != TokenKind::Macro;
    }
    return false;
}

FileFacts facts_of(const SourceFile& file, const SourceSet& set) {
    FileFacts facts;
    Outline outline = read_outline(file.text, {set.defines, {}});
    for (const DesignUnit& unit : outline.units) {
        if (unit.kind == UnitKind::Package) {
            facts.defines_packages.push_back(unit.header.name);
        } else if (unit.kind != UnitKind::Class && unit.kind != UnitKind::Config) {
            facts.units.emplace_back(unit.header.name, unit.line);
        }
    }
    facts.fragment = is_fragment(file.text, outline, set);
    facts.uses_packages = std::move(outline.packages);
    return facts;
}

/// Depth first over the files' packages; a file comes after those that it needs.
class PackageOrder {
public:
    explicit PackageOrder(const std::vector<FileFacts>& facts)
        : facts_(facts), states_(facts.size(), State::New) {
        for (std::size_t i = 0; i < facts.size(); ++i) {
            for (const std::string& name : facts[i].defines_packages) definer_.emplace(name, i);
        }
    }

    std::vector<std::size_t> order() {
        for (std::size_t i = 0; i < facts_.size(); ++i) visit(i);
        return std::move(order_);
    }
    [[nodiscard]] const std::vector<std::pair<std::size_t, std::size_t>>& cycles() const {
        return cycles_;
    }

private:
    enum class State : std::uint8_t { New, Open, Done };
    struct Visit {
        std::size_t file;
        std::size_t next_use;
    };

    /// With an own stack: a chain of packages may be as long as the list.
    void visit(std::size_t first) {
        std::vector<Visit> stack;
        const auto open = [&](std::size_t file) {
            states_[file] = State::Open;
            stack.push_back({file, 0});
        };
        if (states_[first] == State::New) open(first);
        while (!stack.empty()) {
            const std::size_t file = stack.back().file;
            const auto& uses = facts_[file].uses_packages;
            if (stack.back().next_use == uses.size()) {
                states_[file] = State::Done;
                order_.push_back(file);
                stack.pop_back();
                continue;
            }
            const auto found = definer_.find(uses[stack.back().next_use++]);
            if (found == definer_.end() || found->second == file) continue;
            if (states_[found->second] == State::New) {
                open(found->second);
            } else if (states_[found->second] == State::Open) {
                cycles_.emplace_back(file, found->second);
            }
        }
    }

    const std::vector<FileFacts>& facts_;
    std::map<std::string, std::size_t, std::less<>> definer_;
    std::vector<State> states_;
    std::vector<std::size_t> order_;
    std::vector<std::pair<std::size_t, std::size_t>> cycles_;
};

Finding warning(const SourceFile& file, int line, std::string rule, std::string message) {
    Finding finding;
    finding.severity = Severity::Warning;
    finding.rule = std::move(rule);
    finding.file = file.path;
    finding.line = line;
    finding.message = std::move(message);
    return finding;
}

/// Drops the files that others include and that can't stand beside their includers.
std::vector<std::string> drop_included(SourceSet& set, std::vector<FileFacts>& facts,
                                       const std::vector<IncludeUse>& includes) {
    std::set<std::filesystem::path> included;
    for (const IncludeUse& use : includes) {
        if (!use.resolved.empty()) included.insert(use.resolved);
    }
    std::vector<std::string> dropped;
    std::vector<SourceFile> files;
    std::vector<FileFacts> kept;
    for (std::size_t i = 0; i < set.files.size(); ++i) {
        const bool twice = !facts[i].units.empty() || !facts[i].defines_packages.empty();
        if (included.contains(set.files[i].host_path) && (twice || facts[i].fragment)) {
            dropped.push_back(set.files[i].path);
            continue;
        }
        files.push_back(std::move(set.files[i]));
        kept.push_back(std::move(facts[i]));
    }
    set.files = std::move(files);
    facts = std::move(kept);
    return dropped;
}

}  // namespace

OrderedSources order_sources(SourceSet set, const std::vector<IncludeUse>& includes) {
    OrderedSources result;
    std::vector<FileFacts> facts;
    facts.reserve(set.files.size());
    for (const SourceFile& file : set.files) facts.push_back(facts_of(file, set));
    result.include_only = drop_included(set, facts, includes);

    std::map<std::string, std::size_t> first_file;
    for (std::size_t i = 0; i < set.files.size(); ++i) {
        for (const auto& [name, line] : facts[i].units) {
            const auto [entry, added] = first_file.emplace(name, i);
            if (added) continue;
            result.findings.push_back(warning(
                set.files[i], line, "rtlgen/DUPLICATE",
                "module " + name + " stands in " + set.files[entry->second].path + " as well"));
        }
    }
    PackageOrder packages(facts);
    const std::vector<std::size_t> order = packages.order();
    for (const auto& [user, definer] : packages.cycles()) {
        result.findings.push_back(warning(
            set.files[user], 0, "rtlgen/PACKAGE_CYCLE",
            "uses a package of " + set.files[definer].path + ", which uses one of this file"));
    }
    std::vector<SourceFile> files;
    files.reserve(order.size());
    for (const std::size_t i : order) files.push_back(std::move(set.files[i]));
    set.files = std::move(files);
    result.set = std::move(set);
    return result;
}

}  // namespace rtlgen::rtl
