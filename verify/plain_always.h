// SPDX-License-Identifier: Apache-2.0
// Texts with `always_comb` for a reader that refuses some of them.
#pragma once

#include "core/domain/source_set.h"

namespace rtlgen::verify {

/// `set` with every `always_comb` as `always @*`, which means the same to read_verilog but for one
/// thing: it refuses the former where a value is kept. Files that include others are left alone.
[[nodiscard]] SourceSet with_plain_always(SourceSet set);

}  // namespace rtlgen::verify
