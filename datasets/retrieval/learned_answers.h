// SPDX-License-Identifier: Apache-2.0
// What examples say of a specification's reset, numbers and operations, beside what its phrases
// say.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "datasets/retrieval/design_rules.h"
#include "datasets/retrieval/reset_style.h"

namespace rtlgen::datasets {

/// What examples teach of `reset` decides where they are nearly sure, or where no words were found.
void correct_by_examples(const DesignMetadata& design, const ReadSpec& spec, const SpecPort& reset,
                         ResetStyle& style);

enum class Need { Enough, AnyHint };  ///< how much must speak for a number

/// The number that examples speak for as the parameter's value; none where they don't.
[[nodiscard]] std::optional<std::int64_t> learned_value(const DesignMetadata& design,
                                                        const ReadSpec& spec,
                                                        const DesignParameter& parameter,
                                                        Need need = Need::Enough);

/// `said`, unless examples speak for another number far more.
[[nodiscard]] std::int64_t rather_learned(const DesignMetadata& design, const ReadSpec& spec,
                                          const DesignParameter& parameter, std::int64_t said);

/// `said` (a name; empty: nothing), unless examples of operations say otherwise of `tokens`; empty
/// where they are in doubt or the operands stand the wrong way round.
[[nodiscard]] std::string rather_learned_operation(const RuleContext& context,
                                                   std::span<const SpecToken> tokens,
                                                   const std::string& said);

}  // namespace rtlgen::datasets
