// SPDX-License-Identifier: Apache-2.0
// One design as its tools see it: files in order, where includes are, defines, parameters, top.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rtlgen {

/// A source text. Messages name it by `path`; tools read it from `host_path` where it has one and
/// otherwise from a copy of `text` inside the jail.
struct SourceFile {
    std::string path;  ///< as the user wrote it, or a made-up name such as "candidate.sv"
    std::filesystem::path host_path;  ///< absolute; empty for a text that is in memory alone
    std::string text;                 ///< always loaded
    bool operator==(const SourceFile&) const = default;
};

/// `NAME` or `NAME=VALUE`, as `+define+`, `-D` and `-G` give it.
struct NameValue {
    std::string name;
    std::optional<std::string> value;
    bool operator==(const NameValue&) const = default;
};

/// A file that others `include: from an include folder, beside the including file, or in the
/// current folder.
struct IncludedFile {
    std::string name;              ///< as the including file writes it
    std::filesystem::path folder;  ///< in which `name` was found
    SourceFile file;
    bool operator==(const IncludedFile&) const = default;
};

/// Files and options with the meaning that Verilator gives them. Folders are absolute host paths.
struct SourceSet {
    std::vector<SourceFile> files;
    std::vector<SourceFile> control_files;  ///< Verilator's own (.vlt): no other tool is given them
    std::vector<std::filesystem::path> include_dirs;  ///< -I, +incdir+
    std::vector<std::filesystem::path> library_dirs;  ///< -y
    std::vector<SourceFile> library_files;            ///< -v
    std::vector<std::string> library_extensions;      ///< +libext+, with the dot; default .v .sv
    std::vector<NameValue> defines;                   ///< -D, +define+
    std::vector<NameValue> parameters;                ///< -G, of the top
    std::string top;                                  ///< empty: to be detected
    /// What the files include, each pair of name and file once; tools find them as if an include
    /// folder came last that holds just these. Those of a Candidate are shown to no tool.
    std::vector<IncludedFile> included_files;
    /// Include and library folders as the user wrote them, by their host paths: so are files named
    /// that tools find in them.
    std::map<std::filesystem::path, std::string> folder_names;
    bool operator==(const SourceSet&) const = default;
};

/// SHA-256 over everything in `set` that a tool can see, but for included files.
[[nodiscard]] std::string content_hash(const SourceSet& set);

enum class PortDirection { Input, Output, Inout };

struct Port {
    std::string name;
    PortDirection direction = PortDirection::Input;
    int width = 1;      ///< in bits; 0 where the source says something that wasn't evaluated
    std::string range;  ///< as written, such as "[WIDTH-1:0]"; empty for one bit
    bool is_signed = false;
    bool operator==(const Port&) const = default;
};

struct Parameter {
    std::string name;
    std::string default_value;  ///< as written
    bool operator==(const Parameter&) const = default;
};

/// A module's header: what surrounds an implementation.
struct ModuleHeader {
    std::string name;
    std::vector<Parameter> parameters;
    std::vector<Port> ports;
    std::string read_by;  ///< who read it: "yosys", "verilator" or "lexer"
    bool operator==(const ModuleHeader&) const = default;
};

}  // namespace rtlgen
