// SPDX-License-Identifier: Apache-2.0
#include "core/base/temp_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <set>
#include <string>
#include <utility>

#include <mutex>

#include "core/base/folder_removal.h"

namespace rtlgen {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kPrefix = "rtlgen-tmp-";
constexpr std::time_t kYoung = 60;  // s

int open_folder(const fs::path& path) {
    return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/// Of a process of this user. Only root can give a folder away and leave it root's group.
bool is_ours(const struct stat& info) {
    return info.st_uid == ::geteuid() || (::geteuid() == 0 && info.st_gid == 0);
}

void remove_if_abandoned(const fs::path& path) {
    struct stat info{};
    int folder = open_folder(path);
    // A job may have closed it to its owner.
    const bool closed = folder < 0 && errno == EACCES && ::lstat(path.c_str(), &info) == 0;
    if (closed && is_ours(info) && open_to_owner(path)) folder = open_folder(path);
    if (folder < 0) return;
    if (::fstat(folder, &info) == 0 && is_ours(info) &&
        info.st_mtim.tv_sec + kYoung < std::time(nullptr) &&
        ::flock(folder, LOCK_EX | LOCK_NB) == 0) {
        remove_folder(path);
    }
    ::close(folder);
}

/// Once for each place: what is abandoned later is for the next process.
void remove_abandoned_once(const fs::path& root) {
    static std::mutex mutex;
    static std::set<fs::path> done;
    {
        const std::lock_guard lock(mutex);
        if (!done.insert(root).second) return;
    }
    remove_abandoned_folders(root);
}

}  // namespace

void remove_abandoned_folders(const fs::path& root) {
    std::error_code error;
    fs::directory_iterator at(root, error);
    for (const fs::directory_iterator end; !error && at != end; at.increment(error)) {
        if (at->path().filename().native().starts_with(kPrefix)) remove_if_abandoned(at->path());
    }
}

Result<TempFolder> TempFolder::create(const fs::path& parent) {
    std::error_code error;
    fs::path root = parent.empty() ? fs::temp_directory_path(error) : parent;
    if (root.empty()) root = "/tmp";
    remove_abandoned_once(root);
    std::string name = (root / (std::string(kPrefix) + "XXXXXX")).string();
    if (::mkdtemp(name.data()) == nullptr) {
        const std::string reason = errno == ENOSPC || errno == EDQUOT
                                       ? "the disk is full; free some space and run again"
                                       : std::strerror(errno);
        return fail(ErrorCode::Io, "no temporary folder can be made: " + reason, name);
    }
    const int lock = open_folder(name);
    if (lock >= 0) ::flock(lock, LOCK_SH);
    return TempFolder(fs::path(name), lock);
}

TempFolder::~TempFolder() {
    if (!path_.empty()) remove_folder(path_);
    if (lock_ >= 0) ::close(lock_);
}

TempFolder::TempFolder(TempFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})), lock_(std::exchange(other.lock_, -1)) {}

TempFolder& TempFolder::operator=(TempFolder&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(lock_, other.lock_);
    return *this;
}

}  // namespace rtlgen
