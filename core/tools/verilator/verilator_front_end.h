// SPDX-License-Identifier: Apache-2.0
// Verilator as a reader of designs: --lint-only -Wall.
#pragma once

#include "core/tools/front_end.h"

namespace rtlgen::tools::verilator {

Result<process::JobSpec> plan_read(const Tool& tool, const SourceSet& set);
ReadResult parse_read(const Tool& tool, const SourceSet& set, const process::JobResult& result);

}  // namespace rtlgen::tools::verilator
