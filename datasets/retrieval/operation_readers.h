// SPDX-License-Identifier: Apache-2.0
// Operations that are told in whole sentences: "1 where both bits are 1", "1 if a is the smaller
// one, as signed numbers", "a moved b places to the left, zeros come in".
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "datasets/retrieval/design_rules.h"

namespace rtlgen::datasets {

/// Which of the bitwise operations a rule for each bit is: "0 only where both are 0". Empty: it is
/// no such rule, or a word in it is unknown.
[[nodiscard]] std::string operation_by_bits(const RuleContext& context,
                                            std::span<const SpecToken> tokens);

/// "slt" or "sltu" where `tokens` say that the result is 1 if the first operand is the lesser one,
/// and whether signs count. Empty: they say something else, or a word in it is unknown.
[[nodiscard]] std::string operation_by_comparison(const RuleContext& context,
                                                  std::span<const SpecToken> tokens);

/// Whether `tokens` can't mean that the result is 1 if one operand is less than the other: "less or
/// equal", "not less", "0 if".
[[nodiscard]] bool denies_comparison(const RuleContext& context, std::span<const SpecToken> tokens);

/// "sll", "srl" or "sra" where `tokens` say that the first operand moves by as many places as the
/// second one says. Empty: they say something else, or a word in it is unknown.
[[nodiscard]] std::string operation_by_movement(const RuleContext& context,
                                                std::span<const SpecToken> tokens);

/// Whether `tokens` can't mean the shift `operation`: "toward the low end" is no shift to the left,
/// copies of a bit come into none that is logical.
[[nodiscard]] bool denies_shift(std::string_view operation, std::span<const SpecToken> tokens);

}  // namespace rtlgen::datasets
