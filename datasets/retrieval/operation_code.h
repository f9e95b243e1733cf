// SPDX-License-Identifier: Apache-2.0
// The code of an operation in a specification, and a line that says what a code means.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/retrieval/spec_text.h"

namespace rtlgen::datasets {

struct OperationCode {
    std::int64_t value = 0;
    int bits = 0;              ///< as written; 0 for a decimal number
    std::int64_t decimal = 0;  ///< what the digits mean without a base
    bool has_base = false;     ///< `3'b010`
};

/// The port that takes the codes, and what else a number may be said of.
struct CodePort {
    std::string op;                ///< its name, in lower case
    int bits = 0;                  ///< 0: not said
    std::set<std::string> others;  ///< names of the other ports, in lower case
};

/// A number as a code: `3'b010`, `010` (binary where it is
/// long enough and has such digits), `0x5`, `5`.
[[nodiscard]] std::optional<OperationCode> code_of(const SpecToken& token);

/// A code and what the text says that it means.
struct CodedLine {
    OperationCode code;
    std::vector<SpecToken> rest;
    bool selected = false;  ///< the line says that the port has this value: `sel = 010 add`
};

/// What a line says of a code: `010: and`, `sel = 2'b10: f = x & y`, `AND (010)`, `AND = 010`,
/// `// op[2:0] == 3: and`, `Function 3 - and`.
[[nodiscard]] std::optional<CodedLine> read_coded_line(const std::vector<SpecToken>& line,
                                                       const CodePort& port);

/// "code", "function": what a code is called, which may stand before it.
[[nodiscard]] bool is_code_noun(std::string_view norm);

/// The tokens from `from` up to `until`; 0 <= from <= until <= tokens.size().
[[nodiscard]] std::vector<SpecToken> tokens_between(const std::vector<SpecToken>& tokens,
                                                    std::size_t from, std::size_t until);

}  // namespace rtlgen::datasets
