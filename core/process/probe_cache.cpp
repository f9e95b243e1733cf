// SPDX-License-Identifier: Apache-2.0
// The facts that a canary's answer depends on, and files named by their hash.
#include "core/process/probe_cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <fstream>
#include <system_error>

#include "core/base/files.h"
#include "core/base/hash.h"

namespace rtlgen::process {
namespace {

/// Settings that an administrator may change while the machine runs.
std::string first_word(const char* path) {
    std::ifstream file(path);
    std::string word;
    file >> word;
    return word;
}

std::string file_facts(const std::filesystem::path& path) {
    struct stat status{};
    if (path.empty() || stat(path.c_str(), &status) != 0) {
        return "none";
    }
    return fmt::format("{} {} {} {} {}.{} {:o}", path.string(), status.st_dev, status.st_ino,
                       status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
                       status.st_mode);
}

}  // namespace

ProbeCache::ProbeCache(CacheFolder cache, const std::filesystem::path& bwrap,
                       const std::string& helper_sha256)
    : cache_(std::move(cache)) {
    utsname kernel{};
    uname(&kernel);
    std::error_code error;
    const auto user_namespace = std::filesystem::read_symlink("/proc/self/ns/user", error);
    FieldHasher hasher;
    hasher.add(kernel.release)
        .add(kernel.version)
        .add(first_word("/proc/sys/kernel/random/boot_id"))
        .add(first_word("/proc/sys/user/max_user_namespaces"))
        .add(first_word("/proc/sys/kernel/unprivileged_userns_clone"))
        .add(first_word("/proc/sys/kernel/apparmor_restrict_unprivileged_userns"))
        .add(user_namespace.string())
        .add(fmt::format("{} {}", geteuid(), getuid()))
        .add(file_facts(bwrap))
        .add(helper_sha256);
    facts_ = hasher.finish();
}

std::filesystem::path ProbeCache::file(const std::string& plan) const {
    FieldHasher hasher;
    hasher.add(facts_).add(plan);
    return cache_.entry(CacheKind::Canary, hasher.finish());
}

bool ProbeCache::believes(const std::string& plan) const {
    if (cache_.empty()) {
        return false;
    }
    std::error_code error;
    const auto path = file(plan);
    if (!std::filesystem::is_regular_file(path, error)) {
        return false;
    }
    utimensat(AT_FDCWD, path.c_str(), nullptr, 0);  // used now
    return true;
}

void ProbeCache::remember(const std::string& plan) const {
    // Where the cache can't be written, the next start asks the canary again.
    if (!cache_.empty() && cache_.make(CacheKind::Canary)) {
        (void)write_file_atomic(file(plan), {});
    }
}

}  // namespace rtlgen::process
