// SPDX-License-Identifier: Apache-2.0
#include "core/base/resources.h"

#include <algorithm>
#include <set>

#include "core/base/files.h"

namespace rtlgen {
namespace fs = std::filesystem;

ResourceTree::ResourceTree(std::span<const EmbeddedFile> files, fs::path override_dir)
    : files_(files), override_dir_(std::move(override_dir)) {}

Result<std::string> ResourceTree::read(std::string_view path) const {
    if (!override_dir_.empty()) {
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
    if (!override_dir_.empty()) {
        std::error_code error;
        for (const auto& entry : fs::recursive_directory_iterator(override_dir_, error)) {
            if (entry.is_regular_file()) {
                paths.insert(entry.path().lexically_relative(override_dir_).string());
            }
        }
    }
    return {paths.begin(), paths.end()};
}

}  // namespace rtlgen
