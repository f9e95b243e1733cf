// SPDX-License-Identifier: Apache-2.0
// Icarus Verilog as a reader of designs.
#pragma once

#include "core/tools/front_end.h"

namespace rtlgen::tools::icarus {

Result<process::JobSpec> plan_read(const Tool& tool, const SourceSet& set);
ReadResult parse_read(const Tool& tool, const SourceSet& set, const process::JobResult& result);

}  // namespace rtlgen::tools::icarus
