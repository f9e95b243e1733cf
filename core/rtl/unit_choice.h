// SPDX-License-Identifier: Apache-2.0
// What becomes of the modules that were found in an answer: which of two versions counts, what is
// no part of the design, which ends are missing.
#pragma once

#include <string>
#include <vector>

#include "core/rtl/code_extraction.h"

namespace rtlgen::rtl {

/// Code as it stood in an answer.
struct FoundCode {
    std::string code;
    std::string how;
    std::vector<std::string> problems;
};

/// Whether the server says that the answer ends because of its length.
[[nodiscard]] bool cut_by_length(const ExtractionRequest& request);

/// Leaves out versions that a later whole one replaces and testbenches, adds an endmodule that is
/// missing where the text is whole, and tells what is not: the last module is cut, an answer that
/// was cut lacks the wanted module or one that it instantiates, or a comment stands for code.
[[nodiscard]] Extraction choose_units(FoundCode found, const ExtractionRequest& request);

}  // namespace rtlgen::rtl
