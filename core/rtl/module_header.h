// SPDX-License-Identifier: Apache-2.0
// Modules of a text and their headers, read by the lexer alone (IEEE 1800-2017, clauses 23 to 26):
// the answer where no tool reads the text, and the fast one where names are enough.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/domain/source_set.h"

namespace rtlgen::rtl {

enum class UnitKind { Module, Interface, Program, Package, Class, Primitive, Checker, Config };
std::string_view to_string(UnitKind kind);

/// Bytes of a text.
struct Span {
    std::size_t offset = 0;
    std::size_t length = 0;
    bool operator==(const Span&) const = default;
    [[nodiscard]] std::size_t end() const { return offset + length; }
    [[nodiscard]] std::string_view of(std::string_view text) const {
        return text.substr(offset, length);
    }
};

/// `module_name #(...) name (...)` in a body; only the first name of a list. A macro whose text is
/// one name stands for that name.
struct Instance {
    std::string module_name;
    std::string name;
    int line = 0;
    bool operator==(const Instance&) const = default;
};

/// `bind target module_name name (...);` outside of any unit.
struct Bind {
    std::string target;
    Instance instance;
    bool operator==(const Bind&) const = default;
};

struct DesignUnit {
    UnitKind kind = UnitKind::Module;
    /// Ports of interface type are Inout of width 0. A port with unpacked dimensions or of a named
    /// type has width 0. `read_by` is "lexer". For a class or package only the name is set.
    ModuleHeader header;
    bool ansi = true;     ///< directions stand in the port list; true where there are no ports
    bool closed = false;  ///< has its endmodule
    int line = 0;         ///< of the keyword, from 1
    Span header_span;     ///< from the keyword to the `;` after the port list
    Span body_span;       ///< from there to before endmodule, or to the end of what belongs to it
    Span span;            ///< all, with endmodule and its label
    std::vector<Instance> instances;    ///< also of primitives and interfaces
    std::vector<std::string> packages;  ///< names before `::`, each once, in order of first use
};

struct HeaderOptions {
    std::vector<NameValue> defines;     ///< for `ifdef and macros in ranges
    std::vector<NameValue> parameters;  ///< values in place of the defaults
};

/// What a text holds: its units in order of their beginning, a nested one after its outer one.
struct Outline {
    std::vector<DesignUnit> units;
    std::vector<std::string> packages;  ///< used anywhere in the text
    std::vector<Bind> binds;            ///< of the file's own scope, in order
};

/// Never fails; linear in `text` but for widths, which cost what their expressions are long.
[[nodiscard]] Outline read_outline(std::string_view text, const HeaderOptions& options = {});

/// The header of the first module in `text`, which may lack its body and endmodule.
/// Error InvalidArgument where no module header stands there.
Result<ModuleHeader> interface_from_text(const std::string& text,
                                         const HeaderOptions& options = {});

/// `module NAME #(...) (...);` in ANSI form, ranges as written; ends with a newline.
[[nodiscard]] std::string header_text(const ModuleHeader& header);

}  // namespace rtlgen::rtl
