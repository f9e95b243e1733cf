// SPDX-License-Identifier: Apache-2.0
// What the rule of an error says about the class of the verdict.
#pragma once

#include <span>

#include "core/domain/finding.h"
#include "core/domain/verdict.h"

namespace rtlgen::tools {

/// Of an error: Syntax (the text can't be parsed), Interface (an instance names ports that the
/// module hasn't, or too many), Elaboration (all else: missing modules, undeclared names, what the
/// tool doesn't support). Lint of a warning, None of a note.
[[nodiscard]] VerdictClass finding_class(const Finding& finding);

/// Of all errors of one reading, the class of the first that isn't a mere consequence: Syntax
/// before Interface before Elaboration; None where there is no error.
[[nodiscard]] VerdictClass errors_class(std::span<const Finding> findings);

/// Whether the error says that a module, package or include file isn't among the sources.
[[nodiscard]] bool is_missing_part(const Finding& finding);

/// Whether a message is a design's own: its $error or $fatal at elaboration has fired.
[[nodiscard]] bool is_own_error(const Finding& finding);

}  // namespace rtlgen::tools
