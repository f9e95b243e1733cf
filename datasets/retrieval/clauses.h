// SPDX-License-Identifier: Apache-2.0
// The clauses of a specification: what one statement is made in.
#pragma once

#include <string>
#include <vector>

#include "datasets/retrieval/adaptation.h"

namespace rtlgen::datasets {

/// The words of one clause.
using Clause = std::vector<SpecToken>;

/// The sentences of a specification as clauses, in order: parts between commas, colons, brackets
/// and "but". A part that only says when ("while nothing is sent,") is joined with the one that it
/// belongs to: the next one at a sentence's begin, else the one before. Linear.
[[nodiscard]] std::vector<Clause> clauses_of(const std::vector<SpecToken>& tokens);

/// The sentences whole.
[[nodiscard]] std::vector<Clause> sentences_of(const std::vector<SpecToken>& tokens);

}  // namespace rtlgen::datasets
