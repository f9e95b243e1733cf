// SPDX-License-Identifier: Apache-2.0
// How much memory a piece of work needs at its highest.
#pragma once

#include <cstdlib>
#include <fstream>
#include <string>

namespace rtlgen::test {

/// Kilobytes of a line of /proc/self/status, such as "VmRSS:".
inline long memory_of(const std::string& name) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(name)) return std::strtol(line.c_str() + name.size(), nullptr, 10);
    }
    return 0;
}

/// By how many kilobytes the memory in use grows at its highest while `run` runs.
template <class Run>
long memory_growth(Run run) {
    std::ofstream("/proc/self/clear_refs") << "5";  // the high-water mark starts anew
    const long before = memory_of("VmRSS:");
    run();
    return memory_of("VmHWM:") - before;
}

}  // namespace rtlgen::test
