// SPDX-License-Identifier: Apache-2.0
// Installs the embedded helper.
#include "core/process/helper_binary.h"

#include <span>
#include <system_error>

#include "core/base/hash.h"
#include "core/base/resources.h"

namespace rtlgen::embedded {
std::span<const EmbeddedFile> jail_helper();
}

namespace rtlgen::process {
namespace {

constexpr auto kExecutable =
    std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec |
    std::filesystem::perms::group_read | std::filesystem::perms::group_exec |
    std::filesystem::perms::others_read | std::filesystem::perms::others_exec;

bool holds(const std::filesystem::path& path, std::string_view bytes) {
    const auto there = read_file(path);
    return there && *there == bytes;
}

Status write_helper(const std::filesystem::path& path, std::string_view bytes) {
    TRY(write_file_atomic(path, bytes));
    std::error_code error;
    std::filesystem::permissions(path, kExecutable, error);
    if (error) {
        return fail(ErrorCode::Io, error.message(), path.string());
    }
    return {};
}

}  // namespace

Result<HelperBinary> install_helper(const std::filesystem::path& cache_dir) {
    const std::string_view bytes = embedded::jail_helper().front().bytes;
    HelperBinary helper;
    helper.sha256 = sha256_hex(bytes);
    const auto folder = cache_dir / "jail" / helper.sha256;
    helper.path = folder / "rtlgen-jail";
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const auto status = std::filesystem::status(helper.path, error);
    if (holds(helper.path, bytes) && (status.permissions() & kExecutable) == kExecutable) {
        return helper;
    }
    if (write_helper(helper.path, bytes)) {
        return helper;
    }
    TRY_ASSIGN(auto temp, TempFolder::create());
    helper.folder = std::make_shared<TempFolder>(std::move(temp));
    helper.path = helper.folder->path() / "rtlgen-jail";
    TRY(write_helper(helper.path, bytes));
    return helper;
}

}  // namespace rtlgen::process
