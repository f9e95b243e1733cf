// SPDX-License-Identifier: Apache-2.0
// Source options and filelists with the meaning that Verilator gives them (its manual, "verilator
// Arguments").
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/source_set.h"
#include "core/rtl/file_reader.h"

namespace rtlgen::rtl {

/// A source file that an argument or a filelist names.
struct NamedFile {
    std::string path;                 ///< to be shown: as written, or with the -F list's folder
    std::filesystem::path host_path;  ///< absolute and normal; "-" for standard input
    std::string named_in;             ///< LIST:LINE, or empty for the command line
    bool operator==(const NamedFile&) const = default;
};

/// What the arguments say; nothing but filelists has been read.
struct SourceOptions {
    std::vector<NamedFile> files;          ///< each once, at its first place
    std::vector<NamedFile> control_files;  ///< those of them that are Verilator's own (.vlt)
    std::vector<std::filesystem::path> include_dirs;
    std::vector<std::filesystem::path> library_dirs;
    std::vector<NamedFile> library_files;
    std::vector<std::string> library_extensions;
    std::vector<NameValue> defines;
    std::vector<NameValue> parameters;
    std::string top;
    std::map<std::filesystem::path, std::string> folder_names;  ///< see SourceSet
    std::vector<std::string> filelists;                         ///< those read, in order
    /// Options of other tools that stand in filelists, as `text (LIST:LINE)`: worth a warning.
    std::vector<std::string> ignored;
    bool operator==(const SourceOptions&) const = default;
};

/// Understands -f F, -F F, +incdir+A+B, -IA, -I A, +define+A=1+B, -DA=1, -D A, -y D,
/// +libext+.v+.sv, -v F, -GN=V, -pvalue+N=V, --top T, --top-module T (also with one dash and with
/// =), and files;
/// "-" is standard input, "--" ends the options. Names in a list of -f are relative to `cwd`, in
/// one of -F to the list's folder. Of unknown options those in filelists are passed by, with
/// their values where they are Verilator's; so are files for a C++ compiler or linker there.
/// A define without a value is empty, as Verilator has it.
/// Errors InvalidArgument (an unknown option or a file of another language on the command line, a
/// missing value, a circle of filelists with its chain) and those of FileReader, with the place
/// that names the list.
Result<SourceOptions> parse_source_arguments(const std::vector<std::string>& arguments,
                                             const std::filesystem::path& cwd,
                                             const FileReader& reader);

/// A command line parted before a general parser sees it.
struct SplitArguments {
    std::vector<std::string> source;  ///< for parse_source_arguments, in order
    std::vector<std::string> rest;    ///< everything else, in order
    bool operator==(const SplitArguments&) const = default;
};

/// Takes the options above out of `arguments`; plain words stay in the rest. A word behind one of
/// `value_options` (such as "--testbench", "-o") is that option's value and never taken.
[[nodiscard]] SplitArguments split_source_arguments(const std::vector<std::string>& arguments,
                                                    const std::set<std::string>& value_options);

/// The same, and plain words are sources too: for commands whose positional arguments are FILE...,
/// whose order among filelists then counts.
[[nodiscard]] SplitArguments split_source_files(const std::vector<std::string>& arguments,
                                                const std::set<std::string>& value_options);

/// Reads the files. Errors: InvalidArgument (no file named, nothing but white space in all of
/// them), those of FileReader; a file of a list says which list names it.
Result<SourceSet> load_sources(const SourceOptions& options, const FileReader& reader);

}  // namespace rtlgen::rtl
