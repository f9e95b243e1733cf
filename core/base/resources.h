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
    /// Errors: NotFound (no such folder), Unreadable (no folder; it, or one in it, can't be
    /// listed).
    static Result<ResourceTree> open(std::span<const EmbeddedFile> files,
                                     const std::filesystem::path& override_dir = {});

    /// Looks at nothing yet: `read` has the errors of a folder that is named and isn't there.
    explicit ResourceTree(std::span<const EmbeddedFile> files,
                          std::filesystem::path override_dir = {});

    /// The bytes of `path`. Error NotFound where neither the folder nor the binary has it, or where
    /// the folder isn't there; Unreadable.
    [[nodiscard]] Result<std::string> read(std::string_view path) const;

    /// All paths, sorted, of the folder and the binary together; without those of a subfolder that
    /// can't be listed. Links to folders aren't followed.
    [[nodiscard]] std::vector<std::string> paths() const;

private:
    std::span<const EmbeddedFile> files_;
    std::filesystem::path override_dir_;
};

}  // namespace rtlgen
