// SPDX-License-Identifier: Apache-2.0
// A design's module header for programs and for people.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <ostream>

#include "core/domain/source_set.h"

namespace rtlgen::cli {

/// `candidate.interface` of rtlgen.verdict.v1: who read it, parameters, ports with evaluated widths
/// (0: not evaluated) and their ranges as written.
[[nodiscard]] nlohmann::ordered_json to_json(const ModuleHeader& header);

/// The header as Verilog, with who read it.
void write_text(std::ostream& out, const ModuleHeader& header);

}  // namespace rtlgen::cli
