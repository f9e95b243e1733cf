// SPDX-License-Identifier: Apache-2.0
// A design of one file in memory.
#pragma once

#include <string>

#include "core/domain/source_set.h"

namespace rtlgen::test {

inline SourceSet text_of(const std::string& text, const std::string& top) {
    SourceSet set;
    set.files = {{top + ".sv", {}, text}};
    set.top = top;
    return set;
}

}  // namespace rtlgen::test
