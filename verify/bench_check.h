// SPDX-License-Identifier: Apache-2.0
// A look at a testbench alone, before anybody is paid for designs that it can't judge.
#pragma once

#include <stop_token>

#include "core/base/result.h"
#include "verify/judge.h"

namespace rtlgen::verify {

/// Compiles it without a design by each simulator that there is. Error BadBench where it has no top
/// or several, or where every one of them finds a syntax error in its own files; what only shows
/// with a design is left to the judge. Other Errors are the machine's.
Status check_bench(const SourceSet& testbench, const SourceSet* reference, const JudgeTools& tools,
                   const std::stop_token& stop);

}  // namespace rtlgen::verify
