// SPDX-License-Identifier: Apache-2.0
// Asks the tmpfs, or walks the folders without following links.
#include "core/process/jail/disk_use.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace rtlgen::jail {
namespace {

/// A tmpfs with less room than this counts as full.
constexpr std::uint64_t kLastBytes = 65536;
/// Deeper folders are a step's way to make the walk slow; they count as a full disk.
constexpr int kDeepest = 64;
constexpr std::uint64_t kMostWalked = 300'000;

void add_sized(const char* folder, DiskUse& use) {
    struct statfs status{};
    if (statfs(folder, &status) != 0) {
        return;
    }
    const auto block = static_cast<std::uint64_t>(status.f_bsize);
    use.bytes += (status.f_blocks - status.f_bfree) * block;
    use.files += status.f_files - status.f_ffree;
    use.full = use.full || (status.f_blocks > 0 && status.f_bfree * block < kLastBytes);
}

void add_walked(int parent, const char* name, int depth, DiskUse& use) {
    if (depth > kDeepest || use.files > kMostWalked) {
        use.full = true;
        return;
    }
    const int file = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0) {
        // What is closed can't be measured: a step's way to hide what it writes.
        use.full = use.full || errno == EACCES;
        return;
    }
    DIR* folder = fdopendir(file);
    if (folder == nullptr) {
        close(file);
        return;
    }
    while (const dirent* entry = readdir(folder)) {
        if (std::strcmp(entry->d_name, ".") == 0 || std::strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        struct stat status{};
        if (fstatat(file, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
            continue;
        }
        use.bytes += static_cast<std::uint64_t>(status.st_blocks) * 512U;
        ++use.files;
        if (S_ISDIR(status.st_mode)) {
            add_walked(file, entry->d_name, depth + 1, use);
        }
    }
    closedir(folder);
}

}  // namespace

DiskUse measure_disk(const Spec& spec) {
    DiskUse use;
    for (const Text* folder : {&spec.work, &spec.tmp}) {
        if (spec.mode == Mode::Namespaces) {
            add_sized(folder->data, use);
        } else {
            add_walked(AT_FDCWD, folder->data, 0, use);
        }
    }
    return use;
}

}  // namespace rtlgen::jail
