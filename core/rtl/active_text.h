// SPDX-License-Identifier: Apache-2.0
// What a preprocessor would leave of a text's tokens, macros not expanded (IEEE 1800-2017, clause
// 22): for readers that want structure without running a tool.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/source_set.h"
#include "core/rtl/lexer.h"

namespace rtlgen::rtl {

struct ActiveText {
    /// Without comments, attributes, directives and their arguments, macro texts, and the branches
    /// of `ifdef that the defines leave out. Uses of macros stay, as Macro tokens.
    std::vector<Token> tokens;
    /// Macros without arguments, name to text: those given and those of the text.
    std::map<std::string, std::string, std::less<>> macros;
    /// File names of `include "x" and `include <x>.
    struct Include {
        std::string name;
        int line = 0;
    };
    std::vector<Include> includes;
};

/// Linear in `text`. Unbalanced conditionals are read as far as they go.
[[nodiscard]] ActiveText active_text(std::string_view text,
                                     const std::vector<NameValue>& defines = {});

}  // namespace rtlgen::rtl
