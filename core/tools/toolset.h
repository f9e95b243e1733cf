// SPDX-License-Identifier: Apache-2.0
// Which programs are here, which versions, and what they can do: probed, never assumed.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/domain/verdict.h"
#include "core/process/runner.h"

namespace rtlgen::tools {

enum class ToolKind { Icarus, Verilator, Yosys, Abc, Cxx };
std::string_view to_string(ToolKind kind);

/// One installed program and what its probe said.
struct Tool {
    ToolKind kind = ToolKind::Icarus;
    std::string version;             ///< as it says itself: "11.0", "5.006", "0.70"
    std::filesystem::path binary;    ///< what is executed (Icarus: the ivl folder's `ivl`)
    std::filesystem::path prefix;    ///< bound read-only into the jail where it isn't under /usr
    std::set<std::string> features;  ///< such as "read_slang", "timing", "diag_json"
    std::map<std::string, std::filesystem::path>
        parts;  ///< further programs and folders by role: Icarus "ivlpp", "vvp", "base"; Verilator
                ///< "root"
    std::string fingerprint;  ///< sha256 over path, inode, size and mtime of its files

    [[nodiscard]] ToolId id() const { return {std::string(to_string(kind)), version}; }
    [[nodiscard]] bool has(const std::string& feature) const { return features.contains(feature); }
    /// The path of a role, or an empty one.
    [[nodiscard]] std::filesystem::path part(const std::string& role) const;
    /// Makes the tool's files readable in the job.
    void bind_to(process::JobSpec& job) const;
};

/// The programs in use, best first where a kind has several.
struct Toolset {
    std::vector<Tool> tools;

    /// The best of a kind, or null.
    [[nodiscard]] const Tool* find(ToolKind kind) const;
    [[nodiscard]] std::vector<const Tool*> all(ToolKind kind) const;
};

/// Where to look, in this order; empty folders are left out.
struct ToolSearch {
    std::filesystem::path pinned_dir;              ///< the pinned toolset; empty: not used
    std::vector<std::filesystem::path> path_dirs;  ///< folders of PATH
    std::filesystem::path probe_cache;  ///< a JSON file, keyed by fingerprint; empty: none
};

/// The search that the environment asks for: `RTLGEN_TOOLSET` (a folder, or "none"), else the
/// user's data folder; PATH; the probes of default_cache().
[[nodiscard]] ToolSearch default_tool_search();

/// Finds and probes every tool. A program that is there but doesn't answer is left out and named in
/// `problems`.
struct ProbeReport {
    Toolset toolset;
    std::vector<std::string> problems;
};
/// What a busy machine kept from answering is used as far as it answered, and asked again next
/// time. Errors: Interrupted, Sandbox and Io of the runner.
Result<ProbeReport> probe_tools(const ToolSearch& search, process::Runner& runner,
                                const std::stop_token& stop = {});

}  // namespace rtlgen::tools
