// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/file_reader.h"

#include <cstdlib>
#include <system_error>

#include "core/base/files.h"

namespace rtlgen::rtl {

Result<std::string> HostFileReader::read(const std::filesystem::path& path) const {
    return read_text(path, kMaxUserFile, stop_);
}

bool HostFileReader::exists(const std::filesystem::path& path) const {
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored);
}

std::optional<std::string> HostFileReader::variable(const std::string& name) const {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

Result<std::string> MemoryFileReader::read(const std::filesystem::path& path) const {
    const auto found = files.find(path);
    if (found == files.end()) return fail(ErrorCode::NotFound, "no such file", path.string());
    return found->second;
}

bool MemoryFileReader::exists(const std::filesystem::path& path) const {
    return files.contains(path);
}

std::optional<std::string> MemoryFileReader::variable(const std::string& name) const {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
}

}  // namespace rtlgen::rtl
