// SPDX-License-Identifier: Apache-2.0
// Verilog from a design's templates and an adaptation: mustache with <% %>, nothing escaped, a
// variable that isn't given is an error.
#pragma once

#include <string>

#include "core/base/result.h"
#include "datasets/retrieval/adaptation.h"

namespace rtlgen::datasets {

/// The templates of one design.
struct DesignTemplates {
    std::string design;
    std::string testbench;
    std::string tasks;  ///< the partial that testbenches share
};

struct RenderedDesign {
    std::string code;
    std::string testbench;
    std::string testbench_top;
};

/// Errors: Config (a template's syntax, a missing variable); NotFound (a name that Verilog keeps
/// for itself). Deterministic.
Result<RenderedDesign> render_design(const DesignMetadata& design, const Adaptation& adaptation,
                                     const DesignTemplates& templates);

}  // namespace rtlgen::datasets
