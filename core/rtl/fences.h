// SPDX-License-Identifier: Apache-2.0
// Fenced blocks of Markdown as language models write them: CommonMark's (0.31, section 4.5), and
// what they make of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rtlgen::rtl {

struct FencedBlock {
    std::string label;         ///< the first word after the fence, in lower case; may be empty
    std::string_view content;  ///< into the text, without the fences
    bool closed = true;
    bool operator==(const FencedBlock&) const = default;
};

/// Blocks of ``` and ~~~ in order. Beside CommonMark's: code on the opening line after its label,
/// a closing fence at the end of a line of code, and a labelled fence within a block, which closes
/// it. Linear in `text`.
[[nodiscard]] std::vector<FencedBlock> fenced_blocks(std::string_view text);

}  // namespace rtlgen::rtl
