// SPDX-License-Identifier: Apache-2.0
// The numbers of a synthesized design for people.
#pragma once

#include <ostream>

#include "synth/synthesize.h"

namespace rtlgen::cli {

/// A table of a dozen lines: the outcome and who read the design, then one number a line with its
/// unit; findings at the end.
void write_text(std::ostream& out, const synth::SynthReport& report);

}  // namespace rtlgen::cli
