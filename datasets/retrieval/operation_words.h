// SPDX-License-Identifier: Apache-2.0
// The operation that a line of an operation table describes.
#pragma once

#include <span>

#include "datasets/retrieval/design_rules.h"

namespace rtlgen::datasets {

/// The operation of the design that `tokens` describe: by the phrases of the metadata, else by what
/// its words say of the operands; null where they say nothing that is known, or two things.
[[nodiscard]] const Operation* operation_of(const RuleContext& context,
                                            std::span<const SpecToken> tokens);

/// The same by sentences alone each word of which is understood, `operation_readers.h`.
[[nodiscard]] const Operation* operation_of_sentence(const RuleContext& context,
                                                     std::span<const SpecToken> tokens);

}  // namespace rtlgen::datasets
