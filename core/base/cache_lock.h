// SPDX-License-Identifier: Apache-2.0
// The lock of one cache entry, by flock(2): the kernel lets go of it when its holder dies.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>

#include "core/base/result.h"

namespace rtlgen {

/// Users of an entry hold it shared, who makes or removes it exclusively. The lock file goes away
/// with its entry; whoever waited for a lock on a file that is gone takes the new one.
class CacheLock {
public:
    enum class Mode { Shared, Exclusive };

    /// No lock: of an entry in a cache that can't be written, which nobody can take away.
    CacheLock() = default;
    ~CacheLock();
    CacheLock(CacheLock&& other) noexcept;
    CacheLock& operator=(CacheLock&& other) noexcept;
    CacheLock(const CacheLock&) = delete;
    CacheLock& operator=(const CacheLock&) = delete;

    /// Waits. The lock file's folder must be there. Errors: Io, Interrupted.
    static Result<CacheLock> take(const std::filesystem::path& entry, Mode mode,
                                  const std::stop_token& stop = {});
    /// None where somebody else holds it. Error Io.
    static Result<std::optional<CacheLock>> try_take(const std::filesystem::path& entry, Mode mode);

    [[nodiscard]] bool held() const { return file_ >= 0; }
    /// Notes that the entry was used now.
    void touch() const;
    /// For its exclusive holder: takes the lock file away.
    void remove_file();

private:
    CacheLock(std::filesystem::path path, int file) : path_(std::move(path)), file_(file) {}
    std::filesystem::path path_;
    int file_ = -1;
};

}  // namespace rtlgen
