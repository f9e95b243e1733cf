// SPDX-License-Identifier: Apache-2.0
// Mutants of any Verilog design: those of its words (word_mutants.h) and those of its statements,
// such as a reset that becomes asynchronous, swapped branches, a narrower register, a stuck bit.
#pragma once

#include <string>
#include <vector>

#include "tests/mutants/word_mutants.h"

namespace rtlgen::test {

/// Those that read more than one word at a time. Some don't compile.
[[nodiscard]] std::vector<CodeMutant> statement_mutants(const std::string& code);

/// Both kinds, each text once, at most `most`: of each operation as many as of the others as far
/// as it has them, spread evenly over the text. Always the same ones.
[[nodiscard]] std::vector<CodeMutant> code_mutants(const std::string& code, std::size_t most);

}  // namespace rtlgen::test
