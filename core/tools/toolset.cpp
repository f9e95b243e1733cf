// SPDX-License-Identifier: Apache-2.0
#include "core/tools/toolset.h"

#include <cstdlib>

#include "core/base/cache_folder.h"
#include "core/base/files.h"
#include "core/base/text.h"

namespace rtlgen::tools {

std::string_view to_string(ToolKind kind) {
    switch (kind) {
        case ToolKind::Icarus: return "icarus";
        case ToolKind::Verilator: return "verilator";
        case ToolKind::Yosys: return "yosys";
        case ToolKind::Abc: return "abc";
        case ToolKind::Cxx: return "cxx";
    }
    return "unknown";
}

std::filesystem::path Tool::part(const std::string& role) const {
    const auto found = parts.find(role);
    return found == parts.end() ? std::filesystem::path() : found->second;
}

void Tool::bind_to(process::JobSpec& job) const {
    if (prefix.empty() || prefix == "/usr") return;
    for (const process::ReadOnlyBind& bind : job.binds) {
        if (bind.inside == prefix) return;
    }
    job.binds.push_back({prefix, prefix});
}

const Tool* Toolset::find(ToolKind kind) const {
    for (const Tool& tool : tools) {
        if (tool.kind == kind) return &tool;
    }
    return nullptr;
}

std::vector<const Tool*> Toolset::all(ToolKind kind) const {
    std::vector<const Tool*> found;
    for (const Tool& tool : tools) {
        if (tool.kind == kind) found.push_back(&tool);
    }
    return found;
}

ToolSearch default_tool_search() {
    ToolSearch search;
    const char* pinned = std::getenv("RTLGEN_TOOLSET");
    if (pinned == nullptr || *pinned == '\0') {
        const std::filesystem::path data = user_data_root();
        if (!data.empty()) search.pinned_dir = data / "toolset";
    } else if (std::string_view(pinned) != "none") {
        search.pinned_dir = pinned;
    }
    if (const char* path = std::getenv("PATH")) {
        for (const std::string_view folder : split(path, ':')) {
            if (folder.starts_with('/')) search.path_dirs.emplace_back(folder);
        }
    }
    const CacheFolder cache = default_cache();
    if (!cache.empty()) search.probe_cache = cache.entry(CacheKind::Probes, kProbesKey);
    return search;
}

}  // namespace rtlgen::tools
