// SPDX-License-Identifier: Apache-2.0
#include "core/tools/tool_finder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/tools/jailed_sources.h"

namespace rtlgen::tools {
namespace {

namespace fs = std::filesystem;

bool is_program(const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

bool is_folder(const fs::path& path) {
    std::error_code error;
    return fs::is_directory(path, error);
}

/// The program that a name leads to, or nothing. A compiler cache's link is no program of its own:
/// it asks its name what to be.
fs::path resolve(const fs::path& path) {
    if (!is_program(path)) return {};
    std::error_code error;
    fs::path real = fs::canonical(path, error);
    if (error || real.filename() == "ccache" || real.filename() == "distcc") return {};
    return real;
}

/// The folder to be shown in jails so that a program in `folder` finds its own files.
fs::path prefix_of(const fs::path& folder) {
    if (folder.string().starts_with("/usr/")) return "/usr";
    if (folder.filename() == "bin" && is_bindable_folder(folder.parent_path())) {
        return folder.parent_path();
    }
    return folder;
}

Tool make_tool(ToolKind kind, const fs::path& binary) {
    Tool tool;
    tool.kind = kind;
    tool.binary = binary;
    tool.prefix = prefix_of(binary.parent_path());
    return tool;
}

/// The ivl folder for programs of `bin`: lib/ivl, or lib/MULTIARCH/ivl.
fs::path find_ivl_folder(const fs::path& bin) {
    const fs::path root = bin.parent_path();
    for (const char* lib : {"lib/ivl", "lib64/ivl"}) {
        if (is_program(root / lib / "ivl")) return root / lib;
    }
    std::error_code error;
    std::vector<fs::path> found;
    for (const fs::directory_entry& entry : fs::directory_iterator(root / "lib", error)) {
        if (is_program(entry.path() / "ivl/ivl")) found.push_back(entry.path() / "ivl");
    }
    std::ranges::sort(found);
    return found.empty() ? fs::path() : found.front();
}

std::vector<Tool> find_icarus(const fs::path& folder) {
    const fs::path vvp = resolve(folder / "vvp");
    if (vvp.empty()) return {};
    const fs::path base = find_ivl_folder(vvp.parent_path());
    if (base.empty() || !is_program(base / "ivlpp")) return {};
    Tool tool = make_tool(ToolKind::Icarus, base / "ivl");
    tool.prefix = prefix_of(vvp.parent_path());
    tool.parts = {{"vvp", vvp}, {"ivlpp", base / "ivlpp"}, {"base", base}};
    return {tool};
}

std::vector<Tool> find_verilator(const fs::path& folder) {
    const fs::path binary = resolve(folder / "verilator_bin");
    if (binary.empty()) return {};
    const fs::path top = binary.parent_path().parent_path();
    for (const fs::path& root : {top / "share/verilator", top}) {
        if (!is_folder(root / "include") || !fs::exists(root / "include/verilated.h")) continue;
        Tool tool = make_tool(ToolKind::Verilator, binary);
        tool.parts = {{"root", root}};
        // Some builds don't know their own version; the pinned toolset says it beside them.
        if (const auto version = read_file(root / "rtlgen-version")) tool.version = trim(*version);
        return {tool};
    }
    return {};
}

std::vector<Tool> find_first(ToolKind kind, const fs::path& folder,
                             std::initializer_list<const char*> names) {
    for (const char* name : names) {
        if (const fs::path binary = resolve(folder / name); !binary.empty()) {
            return {make_tool(kind, binary)};
        }
    }
    return {};
}

std::vector<Tool> find_in_folder(const fs::path& folder) {
    std::vector<Tool> found;
    for (const std::vector<Tool>& tools :
         {find_icarus(folder), find_verilator(folder),
          find_first(ToolKind::Yosys, folder, {"rtlgen-yosys", "yosys"}),
          find_first(ToolKind::Abc, folder, {"yosys-abc", "berkeley-abc"}),
          find_first(ToolKind::Cxx, folder, {"g++", "c++", "clang++"})}) {
        found.insert(found.end(), tools.begin(), tools.end());
    }
    return found;
}

}  // namespace

std::vector<Tool> find_tools(const ToolSearch& search) {
    std::vector<Tool> found;
    std::set<fs::path> seen;
    const auto add = [&](std::vector<Tool> tools, const fs::path& prefix) {
        for (Tool& tool : tools) {
            if (!seen.insert(tool.binary).second) continue;
            if (!prefix.empty()) tool.prefix = prefix;
            tool.fingerprint = tool_fingerprint(tool);
            if (!tool.fingerprint.empty()) found.push_back(std::move(tool));
        }
    };
    if (!search.pinned_dir.empty()) {
        std::error_code error;
        const fs::path pinned = fs::canonical(search.pinned_dir, error);
        if (!error) {
            for (const char* folder : {"pyosys", "verilator/bin", "bin"}) {
                add(find_in_folder(pinned / folder), pinned);
            }
        }
    }
    for (const fs::path& folder : search.path_dirs) add(find_in_folder(folder), {});
    std::ranges::stable_sort(found, {}, &Tool::kind);
    return found;
}

std::string tool_fingerprint(const Tool& tool) {
    FieldHasher hasher;
    std::vector<fs::path> files = {tool.binary};
    for (const auto& [role, path] : tool.parts) files.push_back(path);
    for (const fs::path& file : files) {
        struct stat status{};
        if (::stat(file.c_str(), &status) != 0) return {};
        hasher.add(file.string());
        for (const auto number :
             {static_cast<long long>(status.st_ino), static_cast<long long>(status.st_size),
              static_cast<long long>(status.st_mtim.tv_sec),
              static_cast<long long>(status.st_mtim.tv_nsec)}) {
            hasher.add(std::to_string(number));
        }
    }
    return hasher.finish();
}

}  // namespace rtlgen::tools
