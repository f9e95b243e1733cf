// SPDX-License-Identifier: Apache-2.0
// Which port of a specification plays which role of a library design.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "datasets/retrieval/clock_edges.h"
#include "datasets/retrieval/design_metadata.h"
#include "datasets/retrieval/spec_interface.h"

namespace rtlgen::datasets {

/// Role name -> index of a port.
using RoleMap = std::map<std::string, std::size_t>;

/// What the mapping looks at.
struct MappingRequest {
    const DesignMetadata& design;
    const std::vector<SpecPort>& ports;
    const std::vector<SpecToken>& words;  ///< of the whole text, `without_clock_edges`
};

/// The assignment of every port to a role of its own with the best sum of hints: names, words of
/// the description, widths, and that a required role must be somebody's. Error NotFound: a port
/// without a role, a required role without a port, or two assignments equally good.
Result<RoleMap> map_roles(const MappingRequest& request);

}  // namespace rtlgen::datasets
