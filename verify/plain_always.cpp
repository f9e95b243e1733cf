// SPDX-License-Identifier: Apache-2.0
#include "verify/plain_always.h"

#include "core/rtl/lexer.h"

namespace rtlgen::verify {

SourceSet with_plain_always(SourceSet set) {
    for (SourceFile& file : set.files) {
        if (file.text.find("always_comb") == std::string::npos ||
            file.text.find("`include") != std::string::npos) {
            continue;
        }
        std::string text;
        std::size_t done = 0;
        rtl::Lexer lexer(file.text);
        for (rtl::Token token = lexer.next(); token.kind != rtl::TokenKind::End;
             token = lexer.next()) {
            if (!token.is("always_comb")) continue;
            text += file.text.substr(done, token.offset - done) + "always @*";
            done = token.end();
        }
        text += file.text.substr(done);
        file.text = std::move(text);
        file.host_path.clear();
    }
    return set;
}

}  // namespace rtlgen::verify
