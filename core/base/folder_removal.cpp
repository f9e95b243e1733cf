// SPDX-License-Identifier: Apache-2.0
// The library's way first; where that fails a walk that changes modes and moves what is deep
// upwards.
#include "core/base/folder_removal.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/owned_fd.h"

namespace rtlgen {
namespace fs = std::filesystem;
namespace {

/// Fewer than the files that a process may have open.
constexpr int kDeepest = 100;

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

/// Through /proc, as a file that is open by its path alone takes no fchmod.
bool open_to_owner_at(int parent, const char* name) {
    const OwnedFd place(::openat(parent, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (place.get() < 0) return false;
    const std::string self = "/proc/self/fd/" + std::to_string(place.get());
    return ::chmod(self.c_str(), S_IRWXU) == 0;
}

Folder open_folder_at(int parent, const char* name) {
    const int file = ::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR* folder = file < 0 ? nullptr : ::fdopendir(file);
    if (folder == nullptr && file >= 0) ::close(file);
    return Folder(folder);
}

class Walk {
public:
    explicit Walk(int root) : root_(root) {}

    /// Empties an open folder, but for what belongs to others and what was moved to the root.
    void empty(DIR* folder, int depth) {
        while (const dirent* entry = ::readdir(folder)) {
            const std::string_view name = entry->d_name;
            if (name != "." && name != "..") remove(::dirfd(folder), entry->d_name, depth);
        }
    }
    /// How many folders were too deep.
    [[nodiscard]] int moved() const { return moved_; }

private:
    void remove(int parent, const char* name, int depth) {
        if (::unlinkat(parent, name, 0) == 0) return;
        open_to_owner_at(parent, name);
        if (depth >= kDeepest) {
            const std::string place = ".moved-" + std::to_string(moved_);
            if (::renameat(parent, name, root_, place.c_str()) == 0) ++moved_;
            return;
        }
        if (const Folder folder = open_folder_at(parent, name)) empty(folder.get(), depth + 1);
        ::unlinkat(parent, name, AT_REMOVEDIR);
    }

    int root_;
    int moved_ = 0;
};

}  // namespace

bool open_to_owner(const fs::path& folder) { return open_to_owner_at(AT_FDCWD, folder.c_str()); }

bool remove_folder(const fs::path& folder) {
    std::error_code error;
    fs::remove_all(folder, error);
    if (!error) return true;
    open_to_owner(folder);
    if (const Folder root = open_folder_at(AT_FDCWD, folder.c_str())) {
        Walk walk(::dirfd(root.get()));
        int before = -1;
        while (before != walk.moved()) {
            before = walk.moved();
            walk.empty(root.get(), 0);
            ::rewinddir(root.get());
        }
    }
    return ::rmdir(folder.c_str()) == 0 || errno == ENOENT;
}

}  // namespace rtlgen
