// SPDX-License-Identifier: Apache-2.0
// Pieces of a completion in which code may stand: between marks, in fences, bare in prose.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rtlgen::rtl {

/// A part of a completion.
struct Passage {
    std::string how;  ///< "answer", "begin-done", "code-markers", "html", or empty for the whole
    std::string_view text;  ///< into the completion
    bool closed = true;     ///< its end mark stands there
};

/// Marked passages, the most telling kind first, within a kind the last first; at the end the
/// whole.
[[nodiscard]] std::vector<Passage> passages(std::string_view completion);

/// Modules, packages and interfaces that begin at a line's beginning, each with the directives,
/// comments and declarations just above it; prose between and around is left out.
[[nodiscard]] std::string bare_code(std::string_view text);

/// Statements of a module's body without its header, prose around left out; empty where there are
/// none.
[[nodiscard]] std::string_view bare_body(std::string_view text);

/// Whether `text` holds the header of a module, package or interface, its end or not.
[[nodiscard]] bool holds_unit(std::string_view text);

}  // namespace rtlgen::rtl
