// SPDX-License-Identifier: Apache-2.0
// Modules that a person's files define twice with different text: which one a tool takes is chance.
#pragma once

#include <vector>

#include "core/domain/finding.h"
#include "core/domain/source_set.h"

namespace rtlgen::verify {

/// An error `gate/duplicate-module` at each later definition. None for one whose tokens are equal,
/// one that stands under a conditional directive, and files of -y and -v. Pure.
[[nodiscard]] std::vector<Finding> find_duplicate_modules(const SourceSet& set);

}  // namespace rtlgen::verify
