// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/file_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/rtl/active_text.h"
#include "core/rtl/module_header.h"

namespace rtlgen::rtl {
namespace {

constexpr std::string_view kStandIn = "rtlgen_file_top";

struct FileUnits {
    Outline outline;
    std::set<std::string, std::less<>> identifiers;
};

FileUnits units_of(const SourceFile& file, const SourceSet& set) {
    FileUnits units;
    units.outline = read_outline(file.text, {set.defines, {}});
    for (const Token& token : active_text(file.text, set.defines).tokens) {
        if (token.kind == TokenKind::Identifier) units.identifiers.emplace(token.text);
    }
    return units;
}

/// Who defines a name. A module is needed where it is instantiated: an instance may well have
/// another module's name. Any other unit is needed where its name stands.
class Definitions {
public:
    explicit Definitions(const std::vector<FileUnits>& files) : files_(files) {
        for (std::size_t i = 0; i < files.size(); ++i) {
            for (const DesignUnit& unit : files[i].outline.units) {
                auto& definers = unit.kind == UnitKind::Module ? modules_ : others_;
                definers.emplace(unit.header.name, i);
            }
        }
    }

    [[nodiscard]] std::set<std::size_t> needed_by(std::size_t file) const {
        std::set<std::size_t> needed;
        for (const DesignUnit& unit : files_[file].outline.units) {
            for (const Instance& instance : unit.instances) {
                if (!defines(file, instance.module_name)) {
                    add(modules_, instance.module_name, needed);
                }
            }
        }
        for (const Bind& bind : files_[file].outline.binds) {
            add(modules_, bind.instance.module_name, needed);
            add(modules_, bind.target, needed);
        }
        for (const auto& [name, definer] : others_) {
            if (files_[file].identifiers.contains(name)) needed.insert(definer);
        }
        return needed;
    }

private:
    /// What a file defines itself it needs of no other.
    [[nodiscard]] bool defines(std::size_t file, const std::string& name) const {
        return std::ranges::any_of(files_[file].outline.units, [&](const DesignUnit& unit) {
            return unit.header.name == name;
        });
    }

    using Definers = std::map<std::string, std::size_t, std::less<>>;

    static void add(const Definers& definers, const std::string& name,
                    std::set<std::size_t>& needed) {
        if (const auto found = definers.find(name); found != definers.end()) {
            needed.insert(found->second);
        }
    }

    const std::vector<FileUnits>& files_;
    Definers modules_;
    Definers others_;
};

std::set<std::size_t> closure(std::set<std::size_t> reached,
                              const std::vector<std::set<std::size_t>>& needs) {
    std::vector<std::size_t> open(reached.begin(), reached.end());
    while (!open.empty()) {
        const std::size_t next = open.back();
        open.pop_back();
        for (const std::size_t needed : needs[next]) {
            if (reached.insert(needed).second) open.push_back(needed);
        }
    }
    return reached;
}

/// The files that hold packages and nothing else. What a tool finds in a library may need any of
/// them.
std::set<std::size_t> package_files(const std::vector<FileUnits>& files) {
    std::set<std::size_t> found;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto& units = files[i].outline.units;
        if (!units.empty() && std::ranges::all_of(units, [](const DesignUnit& unit) {
                return unit.kind == UnitKind::Package;
            })) {
            found.insert(i);
        }
    }
    return found;
}

/// The modules of a file that no other module of it instantiates.
std::vector<std::string> roots_of(const Outline& outline) {
    std::set<std::string> instantiated;
    for (const DesignUnit& unit : outline.units) {
        for (const Instance& instance : unit.instances) instantiated.insert(instance.module_name);
    }
    for (const Bind& bind : outline.binds) instantiated.insert(bind.instance.module_name);
    std::vector<std::string> roots;
    for (const DesignUnit& unit : outline.units) {
        if (unit.kind == UnitKind::Module && !instantiated.contains(unit.header.name)) {
            roots.push_back(unit.header.name);
        }
    }
    return roots;
}

/// A top for a file without modules. Packages and classes are read without a user.
SourceFile stand_in(const Outline& outline) {
    std::string text = "module " + std::string(kStandIn) + ";\n";
    for (const DesignUnit& unit : outline.units) {
        const std::string& name = unit.header.name;
        if (unit.kind == UnitKind::Interface) text += fmt::format("    {} i_{} ();\n", name, name);
    }
    return {std::string(kStandIn) + ".sv", {}, text + "endmodule\n"};
}

}  // namespace

std::vector<FilePart> file_parts(const SourceSet& set) {
    std::vector<FileUnits> files;
    files.reserve(set.files.size());
    for (const SourceFile& file : set.files) files.push_back(units_of(file, set));
    const Definitions definitions(files);
    std::vector<std::set<std::size_t>> needs;
    needs.reserve(files.size());
    for (std::size_t i = 0; i < files.size(); ++i) needs.push_back(definitions.needed_by(i));

    const bool has_libraries = !set.library_dirs.empty() || !set.library_files.empty();
    const std::set<std::size_t> for_all =
        has_libraries ? package_files(files) : std::set<std::size_t>();

    std::vector<FilePart> parts;
    parts.reserve(files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        FilePart part{set.files[i].path, set};
        part.set.files.clear();
        std::set<std::size_t> start = for_all;
        start.insert(i);
        const std::set<std::size_t> reached = closure(std::move(start), needs);
        for (std::size_t other = 0; other < files.size(); ++other) {
            if (reached.contains(other) || files[other].outline.units.empty()) {
                part.set.files.push_back(set.files[other]);
            }
        }
        const std::vector<std::string> roots = roots_of(files[i].outline);
        part.set.top = roots.size() == 1 ? roots.front() : "";
        if (roots.empty()) {
            part.set.files.push_back(stand_in(files[i].outline));
            part.set.top = kStandIn;
        }
        parts.push_back(std::move(part));
    }
    return parts;
}

}  // namespace rtlgen::rtl
