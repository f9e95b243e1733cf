// SPDX-License-Identifier: Apache-2.0
// Installs the embedded helper.
#include "core/process/helper_binary.h"

#include <span>
#include <system_error>

#include "core/base/cache_prune.h"
#include "core/base/hash.h"
#include "core/base/resources.h"
#include "core/base/temp_folder.h"

namespace rtlgen::embedded {
std::span<const EmbeddedFile> jail_helper();
}

namespace rtlgen::process {
namespace {

constexpr auto kExecutable =
    std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec |
    std::filesystem::perms::group_read | std::filesystem::perms::group_exec |
    std::filesystem::perms::others_read | std::filesystem::perms::others_exec;

constexpr std::string_view kHelperName = "rtlgen-jail";

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

bool is_ready(const std::filesystem::path& path, std::string_view bytes) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    return holds(path, bytes) && (status.permissions() & kExecutable) == kExecutable;
}

/// Whether the helper is in the cache now.
bool keep_helper(const CacheFolder& cache, std::string_view bytes, HelperBinary& helper) {
    const auto entry = cache.entry(CacheKind::Jail, helper.sha256);
    helper.path = entry / kHelperName;
    const Status made = cache.make(CacheKind::Jail);
    // A lock is held while the file is written too: it is whole or not there, whoever writes.
    if (auto lock = CacheLock::take(entry, CacheLock::Mode::Shared)) {
        lock->touch();
        helper.lock = std::make_shared<CacheLock>(*std::move(lock));
    }
    if (is_ready(helper.path, bytes)) {
        return true;
    }
    std::error_code error;
    std::filesystem::create_directory(entry, error);
    if (made && helper.lock && write_helper(helper.path, bytes)) {
        apply_max_size(cache);
        return true;
    }
    helper.lock.reset();
    return false;
}

}  // namespace

Result<HelperBinary> install_helper(const CacheFolder& cache) {
    const std::string_view bytes = embedded::jail_helper().front().bytes;
    HelperBinary helper;
    helper.sha256 = sha256_hex(bytes);
    if (!cache.empty() && keep_helper(cache, bytes, helper)) {
        return helper;
    }
    TRY_ASSIGN(auto temp, TempFolder::create());
    helper.folder = std::make_shared<TempFolder>(std::move(temp));
    helper.path = helper.folder->path() / kHelperName;
    TRY(write_helper(helper.path, bytes));
    return helper;
}

}  // namespace rtlgen::process
