// SPDX-License-Identifier: Apache-2.0
// Verilog out of what a language model wrote, whatever it put around it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/domain/verdict.h"
#include "core/rtl/answer_text.h"  // without_reasoning

namespace rtlgen::rtl {

struct ExtractionRequest {
    std::string_view completion;
    std::string interface_text;  ///< the wanted header: put in front of a body alone; may be empty
    std::string top;             ///< the wanted module; empty: that of the interface, or any
    std::string finish_reason;   ///< as the server gave it: "stop", "length", ...; may be empty
};

struct Extraction {
    std::string code;  ///< ends with a newline; empty where there is none
    /// Where it was found, outermost first: "answer/fence", "begin-done/bare", "body", ...
    std::string how;
    std::vector<std::string> problems;  ///< one line each: what was missing or left out
    /// None, NoCode, Truncated or Refused. With Truncated, `code` is what there is.
    VerdictClass verdict_class = VerdictClass::None;

    bool operator==(const Extraction&) const = default;
};

/// Takes the reasoning away, looks into <answer>, [BEGIN]..[DONE], CODE BEGIN..CODE END, <pre>,
/// then at fenced blocks with modules, strings of JSON, bare modules in prose, a body alone. Of
/// modules that stand there twice the last whole one counts; testbenches are left out. Code in
/// which a comment stands for what was left out is NoCode, and so are edits. Deterministic, never
/// fails, linear in the completion but for a small number of passes.
[[nodiscard]] Extraction extract_code(const ExtractionRequest& request);

}  // namespace rtlgen::rtl
