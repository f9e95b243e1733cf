// SPDX-License-Identifier: Apache-2.0
// The helper gives up what it doesn't need before it starts anything.
#include "core/process/jail/walls.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

#include "core/process/jail/system.h"

namespace rtlgen::jail {

bool close_other_files(unsigned first) {
    if (syscall(SYS_close_range, first, ~0U, CLOSE_RANGE_CLOEXEC) == 0) {
        return true;
    }
    for (int file = static_cast<int>(first); file < 65536; ++file) {
        fcntl(file, F_SETFD, FD_CLOEXEC);
    }
    return true;
}

void seal_helper() {
    signal(SIGPIPE, SIG_IGN);
    if (prctl(PR_SET_DUMPABLE, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        fatal(errno, "seal the helper");
    }
    close_other_files(3);
    umask(022);
}

void drop_user(const Spec& spec) {
    if (spec.drop_uid == 0) {
        return;
    }
    const auto uid = static_cast<uid_t>(spec.drop_uid);
    const auto gid = static_cast<gid_t>(spec.drop_gid);
    if (chown(spec.work.data, uid, gid) != 0 || chown(spec.tmp.data, uid, gid) != 0) {
        fatal(errno, "give the work folder to the job's user");
    }
    for (int capability = 0; prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; ++capability) {
    }
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    // Kernel's setgroups, setresgid and setresuid of this one thread.
    if (setgroups(0, nullptr) != 0 || setresgid(gid, gid, gid) != 0 ||
        setresuid(uid, uid, uid) != 0) {
        fatal(errno, "become the job's user");
    }
    if (setresuid(0, 0, 0) == 0 || prctl(PR_SET_DUMPABLE, 0) != 0) {
        fatal(EPERM, "stay the job's user");
    }
}

}  // namespace rtlgen::jail
