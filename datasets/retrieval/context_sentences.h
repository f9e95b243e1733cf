// SPDX-License-Identifier: Apache-2.0
// Sentences that tell what a design is for: "it sits between a parser and a display".
#pragma once

#include <vector>

#include "datasets/retrieval/adaptation.h"

namespace rtlgen::datasets {

/// For each of the specification's words whether its sentence names no port of the interface: it
/// tells of the surroundings, so that what it is about needn't be what is asked for. All false
/// where no ports are known.
[[nodiscard]] std::vector<bool> context_words(const ReadSpec& spec);

}  // namespace rtlgen::datasets
