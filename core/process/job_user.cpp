// SPDX-License-Identifier: Apache-2.0
// Picks users that no other program uses, within what this user namespace maps.
#include "core/process/job_user.h"
#include "core/base/temp_folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <system_error>

namespace rtlgen::process {
namespace {

constexpr std::uint32_t kFirstUser = 2'000'000'000;  // beyond all that distributions hand out
constexpr std::uint32_t kReservedUser = 65'000;      // "reserved" in Debian's policy

bool is_mapped(std::uint32_t user) {
    std::ifstream map("/proc/self/uid_map");
    std::uint64_t inside = 0;
    std::uint64_t outside = 0;
    std::uint64_t count = 0;
    while (map >> inside >> outside >> count) {
        if (user >= inside && user < inside + count) {
            return true;
        }
    }
    return false;
}

/// All tasks of the machine: at least those that RLIMIT_NPROC counts for this user.
std::uint64_t tasks_now() {
    std::ifstream load("/proc/loadavg");
    std::string skip;
    std::string running_and_all;
    load >> skip >> skip >> skip >> running_and_all;
    const auto slash = running_and_all.find('/');
    return slash == std::string::npos
               ? 4096
               : std::strtoull(running_and_all.c_str() + slash + 1, nullptr, 10);
}

}  // namespace

JobUser job_user(IsolationLevel level, std::uint32_t number) {
    if (geteuid() != 0 || level == IsolationLevel::S0) {
        return {};
    }
    const std::uint32_t user =
        is_mapped(kFirstUser + number) ? kFirstUser + number : kReservedUser + number % 500;
    return {user, user};
}

Result<JobPlace> make_place(IsolationLevel level, const JobUser& user) {
    JobPlace place;
    JailSetting& setting = place.setting;
    setting.drop_uid = user.uid;
    setting.drop_gid = user.gid;
    setting.parent_pid = static_cast<std::uint64_t>(getpid());
    setting.base_tasks = 1;  // the helper
    if (level >= IsolationLevel::S2) {
        setting.mode = jail::Mode::Namespaces;
        setting.work = jail::kWorkInJail;
        setting.tmp = "/tmp";
        return place;
    }
    setting.mode = level == IsolationLevel::S1 ? jail::Mode::Landlock : jail::Mode::Bare;
    if (user.uid == 0) {
        setting.base_tasks = tasks_now() + 64;
    }
    TRY_ASSIGN(auto folder, TempFolder::create());
    place.folder = std::make_shared<TempFolder>(std::move(folder));
    const auto work = place.folder->path() / "work";
    const auto tmp = place.folder->path() / "tmp";
    std::error_code error;
    std::filesystem::create_directory(work, error);
    std::filesystem::create_directory(tmp, error);
    const bool given = user.uid == 0 || chown(place.folder->path().c_str(), user.uid, 0) == 0;
    if (error || !given) {
        return fail(ErrorCode::Io, "can't make the work folder", place.folder->path().string());
    }
    setting.work = work.string();
    setting.tmp = tmp.string();
    return place;
}

}  // namespace rtlgen::process
