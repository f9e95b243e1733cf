// SPDX-License-Identifier: Apache-2.0
// Yosys as a reader of designs, by each of its two readers.
#pragma once

#include "core/tools/front_end.h"

namespace rtlgen::tools::yosys {

bool has_slang(const Tool& tool);
Result<process::JobSpec> plan_slang(const Tool& tool, const SourceSet& set);
ReadResult parse_slang(const Tool& tool, const SourceSet& set, const process::JobResult& result);
Result<process::JobSpec> plan_verilog(const Tool& tool, const SourceSet& set);
ReadResult parse_verilog(const Tool& tool, const SourceSet& set, const process::JobResult& result);

}  // namespace rtlgen::tools::yosys
