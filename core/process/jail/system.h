// SPDX-License-Identifier: Apache-2.0
// The helper's ways to talk to rtlgen and the kernel.
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>

#include "core/process/jail/wire.h"

namespace rtlgen::jail {

/// Sends one frame; ends the helper where nobody reads any more.
void send_frame(FrameType type, std::uint32_t index, const void* payload, std::size_t size);

/// Sends a Fatal frame and ends the helper with all its descendants.
[[noreturn]] void fatal(int error, const char* what);

/// Ends the helper at once, with all its descendants; what the kernel holds for longer than three
/// seconds has its SIGKILL waiting.
[[noreturn]] void stop_now(int code = 1);

std::uint64_t monotonic_us();

}  // namespace rtlgen::jail
