// SPDX-License-Identifier: Apache-2.0
// One design of the library as its folder has it, and how it is fitted to a specification.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/base/resources.h"
#include "datasets/library.h"
#include "datasets/retrieval/claims.h"
#include "datasets/retrieval/design_rendering.h"
#include "datasets/retrieval/learned_library.h"
#include "datasets/retrieval/vocabulary.h"

namespace rtlgen::datasets {

struct LibraryDesign {
    DesignMetadata metadata;
    std::string spec;
    DesignTemplates templates;
    Vocabulary vocabulary;
    std::vector<Claim> claims;       ///< what no specification may contradict
    std::set<std::string> harmless;  ///< phrases of refusals that its examples say
};

/// Reads the folder `name`; what examples teach of it comes from `learned`. Errors: NotFound (a
/// file of it), Config.
Result<LibraryDesign> load_design(const ResourceTree& tree, const std::string& name,
                                  const LearnedLibrary& learned);

/// A design in question for a specification.
struct Fitting {
    const LibraryDesign& design;
    const std::vector<Phrase>& topics;  ///< what no sentence about the design itself may speak of
    double probability = 0;             ///< that the design is meant
};

/// The answer by the reading of `spec` that fits and has the most ports, the first of several; else
/// by what examples say its ports are. Error NotFound: why the first reading doesn't fit.
Result<LibraryAnswer> fit_design(const Fitting& fitting, const ReadSpec& spec);

}  // namespace rtlgen::datasets
