// SPDX-License-Identifier: Apache-2.0
// One table of the source options that Verilator and its like understand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rtlgen::rtl {

enum class SourceOptionKind : std::uint8_t {
    Filelist,           ///< -f
    RelativeFilelist,   ///< -F
    IncludeDirs,        ///< +incdir+A+B
    IncludeDir,         ///< -I
    LibraryDir,         ///< -y
    LibraryFile,        ///< -v
    LibraryExtensions,  ///< +libext+.v+.sv
    Defines,            ///< +define+A=1+B
    Define,             ///< -D
    Parameter,          ///< -G
    Top,                ///< --top, --top-module
};

struct SourceOption {
    SourceOptionKind kind = SourceOptionKind::Filelist;
    std::string value;        ///< where it stands in the same word
    bool needs_next = false;  ///< the next word is its value
};

/// None where `word` is no source option.
[[nodiscard]] std::optional<SourceOption> source_option(std::string_view word);

/// Whether `word`, which is no source option, is one of Verilator's that the next word is the value
/// of (its manual, "verilator Arguments"); with one dash or two.
[[nodiscard]] bool takes_value(std::string_view word);

/// Whether a path names what Verilator hands to the C++ compiler or the linker: no source of ours.
[[nodiscard]] bool is_foreign_file(std::string_view path);

}  // namespace rtlgen::rtl
