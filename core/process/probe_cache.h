// SPDX-License-Identifier: Apache-2.0
// Which canaries sang since the machine was started.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/cache_folder.h"

namespace rtlgen::process {

/// One empty file a proven plan, named by a hash over what it depends on: boot, kernel, user,
/// bubblewrap's path, inode, size and time, the helper. Failures are not kept.
class ProbeCache {
public:
    ProbeCache(CacheFolder cache, const std::filesystem::path& bwrap,
               const std::string& helper_sha256);

    [[nodiscard]] bool believes(const std::string& plan) const;
    void remember(const std::string& plan) const;

private:
    [[nodiscard]] std::filesystem::path file(const std::string& plan) const;
    CacheFolder cache_;
    std::string facts_;
};

}  // namespace rtlgen::process
