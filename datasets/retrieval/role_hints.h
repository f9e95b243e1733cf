// SPDX-License-Identifier: Apache-2.0
// How much a port's name, its description and the text speak for a role.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "datasets/retrieval/design_metadata.h"
#include "datasets/retrieval/spec_interface.h"

namespace rtlgen::datasets {

/// A name in lower case without the affixes of direction and polarity: `i_Data_n` -> `data`.
[[nodiscard]] std::string core_of_name(std::string_view name);

/// Whether the specification has other outputs than the port.
enum class OtherOutputs { Some, None };

/// Hint that `port` plays `role`, from its name and description and from `words`, those of the
/// whole text; 0: none, 10: the name is one of the role's.
[[nodiscard]] double role_hint(const SpecPort& port, const Role& role,
                               const std::vector<SpecToken>& words, OtherOutputs others);

/// The same by the name alone, and only where it is one of the role's (a clock's or reset's: has
/// its syllable).
[[nodiscard]] double strict_hint(const SpecPort& port, const Role& role);

}  // namespace rtlgen::datasets
