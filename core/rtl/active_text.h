// SPDX-License-Identifier: Apache-2.0
// What a preprocessor would leave of a text's tokens, macros not expanded (IEEE 1800-2017, clause
// 22): for readers that want structure without running a tool.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/source_set.h"
#include "core/rtl/lexer.h"

namespace rtlgen::rtl {

/// Macros without arguments, name to text; those with arguments have an empty text.
using MacroTexts = std::map<std::string, std::string, std::less<>>;

/// A file name of `include "x" or `include <x>.
struct IncludeLine {
    std::string name;
    int line = 0;  ///< from 1
    bool operator==(const IncludeLine&) const = default;
};

struct ActiveText {
    /// Without comments, attributes, directives and their arguments, macro texts, and the branches
    /// of `ifdef that the defines leave out. Uses of macros stay, as Macro tokens.
    std::vector<Token> tokens;
    MacroTexts macros;                  ///< those given and those of the text, at its end
    std::vector<IncludeLine> includes;  ///< in active branches
};

/// Linear in `text`. Unbalanced conditionals are read as far as they go.
[[nodiscard]] ActiveText active_text(std::string_view text,
                                     const std::vector<NameValue>& defines = {});

/// The same, starting from `macros` and leaving them as they are at the text's end. `on_include` is
/// called at each active `include and may change the macros, as the included text does.
using OnInclude = std::function<void(const IncludeLine&, MacroTexts&)>;
[[nodiscard]] ActiveText active_text(std::string_view text, MacroTexts& macros,
                                     const OnInclude& on_include);

[[nodiscard]] MacroTexts macro_texts(const std::vector<NameValue>& defines);

/// The one name, no keyword, that the text of the macro at `token` is; empty where it is something
/// else, or the token is no use of a macro without arguments.
[[nodiscard]] std::string name_in_macro(const Token& token, const MacroTexts& macros);

}  // namespace rtlgen::rtl
