// SPDX-License-Identifier: Apache-2.0
// The ports of a library design for a specification that names none.
#pragma once

#include "datasets/retrieval/adaptation.h"

namespace rtlgen::datasets {

/// Adds the usual ports, and those that the text asks for, under the design's own names. Error
/// NotFound: the text names ports (which weren't understood), or leaves the outputs open.
Status add_default_ports(const DesignMetadata& design, const ReadSpec& spec,
                         const std::vector<SpecToken>& words, Adaptation& adaptation);

}  // namespace rtlgen::datasets
