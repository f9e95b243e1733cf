// SPDX-License-Identifier: Apache-2.0
#include "core/base/resources.h"

#include <algorithm>
#include <set>

#include "core/base/files.h"

namespace rtlgen {
namespace fs = std::filesystem;

namespace {

Status check_folder(const fs::path& folder) {
    if (folder.empty()) return {};
    std::error_code error;
    const fs::file_status status = fs::status(folder, error);
    if (fs::is_directory(status)) return {};
    if (status.type() == fs::file_type::not_found) {
        return fail(ErrorCode::NotFound, "no such folder", folder.string());
    }
    const std::string why =
        fs::exists(status) ? "is no folder" : "can't be read: " + error.message();
    return fail(ErrorCode::Unreadable, why, folder.string());
}

/// Adds the regular files under `folder`, by their paths from `root`. The first error is returned,
/// and what can be listed is added all the same.
Status add_files(const fs::path& root, const fs::path& folder, std::set<std::string>& paths) {
    std::error_code error;
    fs::directory_iterator at(folder, error);
    Status all;
    for (const fs::directory_iterator end; !error && at != end; at.increment(error)) {
        std::error_code none;
        if (at->is_directory(none) && !at->is_symlink(none)) {
            const Status below = add_files(root, at->path(), paths);
            if (all) all = below;
        } else if (at->is_regular_file(none)) {
            paths.insert(at->path().lexically_relative(root).string());
        }
    }
    if (!error) return all;
    return fail(ErrorCode::Unreadable, "can't be read: " + error.message(), folder.string());
}

}  // namespace

Result<ResourceTree> ResourceTree::open(std::span<const EmbeddedFile> files,
                                        const fs::path& override_dir) {
    TRY(check_folder(override_dir));
    std::set<std::string> paths;
    if (!override_dir.empty()) TRY(add_files(override_dir, override_dir, paths));
    return ResourceTree(files, override_dir);
}

ResourceTree::ResourceTree(std::span<const EmbeddedFile> files, fs::path override_dir)
    : files_(files), override_dir_(std::move(override_dir)) {}

Result<std::string> ResourceTree::read(std::string_view path) const {
    if (!override_dir_.empty()) {
        TRY(check_folder(override_dir_));
        Result<std::string> bytes = read_file(override_dir_ / path);
        if (bytes || bytes.error().code != ErrorCode::NotFound) return bytes;
    }
    const auto found = std::ranges::find(files_, path, &EmbeddedFile::path);
    if (found == files_.end()) {
        return fail(ErrorCode::NotFound, "no such built-in file", std::string(path));
    }
    return std::string(found->bytes);
}

std::vector<std::string> ResourceTree::paths() const {
    std::set<std::string> paths;
    for (const EmbeddedFile& file : files_) paths.emplace(file.path);
    // What can't be listed is open()'s to say.
    if (!override_dir_.empty()) static_cast<void>(add_files(override_dir_, override_dir_, paths));
    return {paths.begin(), paths.end()};
}

}  // namespace rtlgen
