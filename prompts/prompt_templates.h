// SPDX-License-Identifier: Apache-2.0
// Prompts from templates: mustache with the delimiters <% %> (braces are Verilog's), nothing is
// escaped, and a variable that isn't given is an error.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/resources.h"
#include "core/base/result.h"
#include "core/base/units.h"

namespace rtlgen::prompts {

using Record = std::map<std::string, std::string>;
/// A text (a section over an empty one is left out), a switch, or the rows of a section.
using Value = std::variant<std::string, bool, std::vector<Record>>;
using Variables = std::map<std::string, Value>;

/// A template and what goes into it.
struct PromptRequest {
    std::string template_name;  ///< "generate.md"
    Variables variables;
    bool operator==(const PromptRequest&) const = default;
};

struct RenderedPrompt {
    std::string system;  ///< may be empty
    std::string user;
    std::string template_name;
    std::string template_sha256;  ///< of the template's bytes, with its parts in place
    bool operator==(const RenderedPrompt&) const = default;
};

/// The built-in templates, with those of a folder in front of them, file by file. A template has
/// parts that begin with the lines `<!-- system -->` and `<!-- user -->`. `<%>parts/NAME%>` stands
/// for the text of the file `parts/NAME.md`; parts in parts go three deep.
class PromptTemplates {
public:
    explicit PromptTemplates(std::filesystem::path override_dir = {});

    /// Errors: NotFound (no such template), Config (its syntax, no user part, a missing variable or
    /// part).
    [[nodiscard]] Result<RenderedPrompt> render(const PromptRequest& request) const;
    /// Of all templates, parts left out; sorted.
    [[nodiscard]] std::vector<std::string> names() const;
    /// Of all templates, by name and bytes. Errors: those of reading the folder.
    [[nodiscard]] Result<std::string> sha256() const;

private:
    [[nodiscard]] std::string with_parts(const std::string& text) const;

    ResourceTree tree_;
};

/// `text` in a fenced block that it can't close: the fence is longer than any run of backticks in
/// it.
[[nodiscard]] std::string code_block(std::string_view text, std::string_view label);

/// The default cap on one block of untrusted text.
inline constexpr Bytes kUntrustedCap = kibibytes(32);

/// `text` in a code_block marked as untrusted, in which it can pretend to nothing: control
/// characters are shown as \xNN, and so are the first bytes of what templates of chats or tools may
/// take for their own (`<|im_start|>`, `</think>`, `[INST]`, `<!-- user -->`), of invisible and
/// direction-changing characters, and long runs of backticks. What is over `cap` after that is cut
/// at a line and said. `label` is what it is, such as "design" or "messages".
[[nodiscard]] std::string untrusted_block(std::string_view text, std::string_view label,
                                          Bytes cap = kUntrustedCap);

}  // namespace rtlgen::prompts
