// SPDX-License-Identifier: Apache-2.0
// The code of an operation in a specification, and a line that says what a code means.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "datasets/retrieval/spec_text.h"

namespace rtlgen::datasets {

struct OperationCode {
    std::int64_t value = 0;
    int bits = 0;              ///< as written; 0 for a decimal number
    std::int64_t decimal = 0;  ///< what the digits mean without a base
    bool has_base = false;     ///< `3'b010`
};

/// A number as a code: `3'b010`, `010` (binary where it is long enough and has such digits), `5`.
[[nodiscard]] std::optional<OperationCode> code_of(const SpecToken& token);

/// A code and what the text says that it means.
struct CodedLine {
    OperationCode code;
    std::vector<SpecToken> rest;
};

/// What a line says of a code: `010: and`, `sel = 2'b10: f = x & y`, `AND (010)`, `AND = 010`.
/// `op`: the port that takes the codes, in lower case.
[[nodiscard]] std::optional<CodedLine> read_coded_line(const std::vector<SpecToken>& line,
                                                       const std::string& op);

/// The tokens from `from` up to `until`; 0 <= from <= until <= tokens.size().
[[nodiscard]] std::vector<SpecToken> tokens_between(const std::vector<SpecToken>& tokens,
                                                    std::size_t from, std::size_t until);

}  // namespace rtlgen::datasets
