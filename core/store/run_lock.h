// SPDX-License-Identifier: Apache-2.0
// A lock on a Run's folder, so that two processes never write one Run.
#pragma once

#include <filesystem>

#include "core/base/result.h"

namespace rtlgen::store {

/// Held for the object's life; the kernel lets go of it when the process dies.
class RunLock {
public:
    /// Error Io where another process holds it, with its id.
    static Result<RunLock> take(const std::filesystem::path& folder);
    /// Whether some process holds it now.
    [[nodiscard]] static bool is_held(const std::filesystem::path& folder);

    RunLock(RunLock&& other) noexcept;
    RunLock& operator=(RunLock&&) = delete;
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;
    ~RunLock();

private:
    explicit RunLock(int fd) : fd_(fd) {}
    int fd_;
};

}  // namespace rtlgen::store
