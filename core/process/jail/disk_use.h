// SPDX-License-Identifier: Apache-2.0
// How much a job has written.
#pragma once

#include <cstdint>

#include "core/process/jail/spec.h"

namespace rtlgen::jail {

struct DiskUse {
    std::uint64_t bytes = 0;
    std::uint64_t files = 0;
    bool full = false;  ///< nothing more can be written, or not measured
};

/// The work and temporary folders together. In a mount namespace both are tmpfs of a size and the
/// kernel counts; on the bare host the folders are walked, which misses files that are unlinked
/// and still open. A folder there that can't be opened counts as full.
DiskUse measure_disk(const Spec& spec);

}  // namespace rtlgen::jail
