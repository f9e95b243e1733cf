// SPDX-License-Identifier: Apache-2.0
#include "cli/output_check.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace rtlgen::cli {

Status check_output_file(const std::string& option, const std::string& path) {
    if (path.empty() || path == "-") return {};
    const auto refuse = [&](const std::string& why) {
        return fail(ErrorCode::InvalidArgument, option + " can't be written there: " + why, path);
    };
    struct stat file{};
    if (::stat(path.c_str(), &file) == 0) {
        if (S_ISDIR(file.st_mode)) return refuse("it is a folder; name a file");
        if (::access(path.c_str(), W_OK) != 0) return refuse(std::strerror(errno));
        if (!S_ISREG(file.st_mode)) return {};
    } else if (errno != ENOENT && errno != ENOTDIR) {
        return refuse(std::strerror(errno));
    }
    const std::filesystem::path parent = std::filesystem::path(path).parent_path();
    const std::string folder = parent.empty() ? "." : parent.string();
    struct stat around{};
    if (::stat(folder.c_str(), &around) != 0 || !S_ISDIR(around.st_mode)) {
        return refuse("there is no folder " + folder + "; make it first");
    }
    if (std::filesystem::path(path).filename().empty()) return refuse("name a file, no folder");
    // A file is replaced by one that is written beside it.
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        return refuse("the folder " + folder + ": " + std::strerror(errno));
    }
    return {};
}

}  // namespace rtlgen::cli
