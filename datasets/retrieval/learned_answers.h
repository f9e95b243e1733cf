// SPDX-License-Identifier: Apache-2.0
// What examples say of a specification's reset and numbers, beside what its phrases say.
#pragma once

#include <cstdint>
#include <optional>

#include "datasets/retrieval/adaptation.h"
#include "datasets/retrieval/reset_style.h"

namespace rtlgen::datasets {

/// What examples teach of `reset` decides where they are nearly sure, or where no words were found.
void correct_by_examples(const DesignMetadata& design, const ReadSpec& spec, const SpecPort& reset,
                         ResetStyle& style);

/// The number that examples speak for as the parameter's value; none where they don't.
[[nodiscard]] std::optional<std::int64_t> learned_value(const DesignMetadata& design,
                                                        const ReadSpec& spec,
                                                        const DesignParameter& parameter);

/// `said`, unless examples speak for another number far more.
[[nodiscard]] std::int64_t rather_learned(const DesignMetadata& design, const ReadSpec& spec,
                                          const DesignParameter& parameter, std::int64_t said);

}  // namespace rtlgen::datasets
