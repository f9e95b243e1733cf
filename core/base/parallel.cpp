// SPDX-License-Identifier: Apache-2.0
#include "core/base/parallel.h"

#include <sched.h>

namespace rtlgen {

std::size_t usable_processors() {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    return static_cast<std::size_t>(std::max(1, CPU_COUNT(&set)));
}

}  // namespace rtlgen
