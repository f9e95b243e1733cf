// SPDX-License-Identifier: Apache-2.0
// What running text says of a port: "`halt` is the reset", "the clear input is asynchronous".
#pragma once

#include <vector>

#include "datasets/retrieval/spec_interface.h"

namespace rtlgen::datasets {

/// Fills `mentions` of each port: the words that follow its name and a verb of being, and those
/// that call it something. Linear in words times ports.
void describe_by_mentions(const std::vector<SpecToken>& tokens, std::vector<SpecPort>& ports);

}  // namespace rtlgen::datasets
