// SPDX-License-Identifier: Apache-2.0
// A Candidate's files without macros, conditions, includes and comments: one text that the gate and
// every tool read alike (docs/SECURITY.md).
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/source_set.h"
#include "core/domain/verdict.h"
#include "core/process/runner.h"
#include "core/tools/toolset.h"

namespace rtlgen::verify {

struct Preprocessed {
    /// The set with each file's plain text (core/rtl/plain_text.h) in memory, lines kept, and
    /// nothing that it includes or that controls a tool; where `refusal` is Pass.
    SourceSet set;
    ToolId tool;  ///< whose preprocessor was needed; no name: none was
    /// Fail: forbidden (a directive that none may use, a file that isn't the set's own), syntax (no
    /// preprocessor takes it), resource_limit. ToolError: a preprocessor that takes nothing.
    Outcome outcome = Outcome::Pass;
    VerdictClass verdict_class = VerdictClass::None;
    std::vector<Finding> findings;  ///< why
    /// Conditions by which texts tell tools apart: the set is that of a tool without a name.
    std::vector<Finding> notes;
};

/// Files that have nothing to preprocess cost no job. Macros are those of `set` and of its own
/// files, in their order; conditions on others are false, for all tools.
/// Errors: ToolMissing (there is no preprocessor), InvalidArgument, those of the runner.
Result<Preprocessed> preprocess(const SourceSet& candidate, const tools::Toolset& toolset,
                                process::Runner& runner, const std::stop_token& stop);

}  // namespace rtlgen::verify
