// SPDX-License-Identifier: Apache-2.0
// What the server and its children give up before they read anything of a stranger's.
#pragma once

#include <cstdint>

namespace rtlgen::server {

struct ChildLimits {
    std::uint64_t cpu_seconds = 30;
    std::uint64_t memory = 0;  ///< bytes of address space
    std::uint64_t file = 0;    ///< bytes of the largest file
};

/// From now on no program is started from here, and no process of the same user looks into this
/// one's memory. False: the kernel refuses.
bool seal_server();

/// In a child: its limits, no new processes, no signals to anybody but itself. Threads are allowed.
bool seal_child(const ChildLimits& limits);

}  // namespace rtlgen::server
