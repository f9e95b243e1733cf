// SPDX-License-Identifier: Apache-2.0
// A completion's text as its author meant it: without reasoning, and without what displays, word
// processors and markup put into code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rtlgen::rtl {

/// The completion without <think>...</think> and the like, cut at the end marks of chat templates.
[[nodiscard]] std::string_view without_reasoning(std::string_view completion);

/// Byte order marks and characters of no width are gone, no-break spaces are spaces, quoted fences
/// (`> ```) are out of their quote, and lines of code that were numbered one after the other are
/// so no more. Linear in `answer`.
[[nodiscard]] std::string plain_answer(std::string_view answer);

/// Outside of comments typographic quotes are ' and ", and where `&lt;=`, `&amp;&amp;` and the like
/// show that all of it was escaped for HTML, its entities are characters again.
[[nodiscard]] std::string plain_code(std::string code);

/// Entities of HTML (&lt; &gt; &amp; &quot; &apos; &#39; &nbsp;) as characters.
[[nodiscard]] std::string without_entities(std::string_view text);

/// A string in a text that looks like JSON.
struct JsonString {
    std::string key;     ///< of the member whose value it is; empty in lists
    std::string text;    ///< without its escapes
    bool closed = true;  ///< its last quote stands there
};

/// All strings that are values, in order, where `text` begins with { [ or "; read leniently: line
/// ends in strings, missing ends and trailing commas do no harm.
[[nodiscard]] std::vector<JsonString> json_strings(std::string_view text);

/// The comment that stands for code which was left out, such as `// ... existing code ...`; empty
/// where there is none.
[[nodiscard]] std::string placeholder_in(std::string_view code);

/// The language in which an answer without Verilog is written ("VHDL", "Chisel", "C++", "Python"),
/// or empty.
[[nodiscard]] std::string_view other_language(std::string_view answer);

}  // namespace rtlgen::rtl
