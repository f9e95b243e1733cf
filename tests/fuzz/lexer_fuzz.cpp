// SPDX-License-Identifier: Apache-2.0
// Any bytes as Verilog: the tokens lie in the text, in order, and end.
#include <cstdlib>
#include <string_view>

#include "core/rtl/lexer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::size_t end = 0;
    for (const rtlgen::rtl::Token& token : rtlgen::rtl::lex(text, rtlgen::rtl::Comments::Keep)) {
        if (token.offset < end || token.end() > size || token.line < 1 || token.column < 1) abort();
        if (token.kind != rtlgen::rtl::TokenKind::End && token.text.empty()) abort();
        end = token.end();
    }
    return 0;
}
