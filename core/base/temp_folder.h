// SPDX-License-Identifier: Apache-2.0
// Folders for temporary files that go away with their owner, however that one ends.
#pragma once

#include <filesystem>

#include "core/base/result.h"

namespace rtlgen {

/// A fresh folder of mode 0700, removed with all in it at the end of the object's life, whatever
/// modes a job has set there. Where the
/// process was killed before, the next process that makes one in the same place removes it.
class TempFolder {
public:
    /// Under `parent`, or the system's folder for temporary files where it is empty.
    static Result<TempFolder> create(const std::filesystem::path& parent = {});
    ~TempFolder();
    TempFolder(TempFolder&& other) noexcept;
    TempFolder& operator=(TempFolder&& other) noexcept;
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    TempFolder(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}
    std::filesystem::path path_;
    int lock_ = -1;  ///< the folder itself, locked: its owner lives
};

/// Removes the TempFolders in `root` whose owners are gone: this user's (root's also those that
/// were given to a job's user), unlocked, and a minute old, so that none is taken between its
/// making and its lock. Links and what isn't ours stay.
void remove_abandoned_folders(const std::filesystem::path& root);

}  // namespace rtlgen
