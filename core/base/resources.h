// SPDX-License-Identifier: Apache-2.0
// Files that CMake's embed() puts into the binary, and the folder that may override them.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace rtlgen {

/// One embedded file: its path relative to the embedded root, and its bytes (static lifetime).
struct EmbeddedFile {
    std::string_view path;
    std::string_view bytes;
};

/// A read-only tree of files: the embedded ones, with files of `override_dir` in front of them.
class ResourceTree {
public:
    explicit ResourceTree(std::span<const EmbeddedFile> files,
                          std::filesystem::path override_dir = {});

    /// The bytes of `path`. Error NotFound where neither the folder nor the binary has it.
    [[nodiscard]] Result<std::string> read(std::string_view path) const;

    /// All paths, sorted, of the folder and the binary together.
    [[nodiscard]] std::vector<std::string> paths() const;

private:
    std::span<const EmbeddedFile> files_;
    std::filesystem::path override_dir_;
};

}  // namespace rtlgen
