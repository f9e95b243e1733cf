// SPDX-License-Identifier: Apache-2.0
// Refused calls answer EPERM, so that a tool that tries one says so instead of dying silently.
#include "core/process/seccomp_filter.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <span>

#include "core/process/unique_fd.h"

namespace rtlgen::process {
namespace {

/// Refused at every level. Names that this machine's libseccomp doesn't know are left out: the
/// kernels that have them are newer than it, and the canary says whether what matters holds.
constexpr std::array kRefused = {
    // network and anything else that reaches other machines or processes
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "ptrace", "kcmp",
    "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease", "pidfd_getfd",
    "migrate_pages", "move_pages",
    // mounts and namespaces
    "mount", "umount", "umount2", "pivot_root", "chroot", "unshare", "setns", "fsopen", "fsconfig",
    "fsmount", "fspick", "move_mount", "open_tree", "mount_setattr", "open_by_handle_at",
    "name_to_handle_at",
    // kernel interfaces with a history of holes
    "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter",
    "io_uring_register", "io_setup", "io_submit", "keyctl", "add_key", "request_key",
    "fanotify_init", "vmsplice", "lookup_dcookie", "modify_ldt", "personality",
    // memory that no limit of ours counts
    "memfd_create", "memfd_secret", "shmget", "shmat", "msgget", "semget", "mq_open", "mlockall",
    "remap_file_pages", "mbind", "set_mempolicy", "set_mempolicy_home_node",
    // the machine
    "reboot", "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module",
    "acct", "swapon", "swapoff", "quotactl", "quotactl_fd", "sethostname", "setdomainname",
    "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "stime", "syslog", "iopl",
    "ioperm", "nfsservctl", "vhangup", "uselib", "ustat", "sysfs", "_sysctl"};

/// Refused where there is no namespace: what Landlock doesn't guard.
constexpr std::array kRefusedOnHost = {"chown",          "lchown",
                                       "fchownat",       "fchown",
                                       "setxattr",       "lsetxattr",
                                       "fsetxattr",      "removexattr",
                                       "lremovexattr",   "fremovexattr",
                                       "truncate",       "setpriority",
                                       "ioprio_set",     "sched_setscheduler",
                                       "sched_setparam", "sched_setattr"};

/// The same, newer than libseccomp's names; one number on every machine: setxattrat, removexattrat,
/// file_setattr.
constexpr std::array kRefusedNumbersOnHost = {463, 466, 469};

/// Commands of fcntl that name who gets a signal, and which one, or that make others wait:
/// F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE. A signal of that kind passes any filter of kill.
constexpr std::array<std::uint64_t, 4> kRefusedFcntl = {8, 10, 15, 1024};

/// Requests of ioctl that write a file's flags by a descriptor open for reading: FS_IOC_SETFLAGS,
/// its old form, FS_IOC_FSSETXATTR.
constexpr std::array<std::uint64_t, 3> kRefusedIoctl = {0x40086602, 0x40046602, 0x401c5820};

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

bool refuse(scmp_filter_ctx filter, std::span<const char* const> names) {
    for (const char* name : names) {
        const int number = seccomp_syscall_resolve_name(name);
        if (number == __NR_SCMP_ERROR || number < 0) {
            continue;
        }
        if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0) != 0) {
            return false;
        }
    }
    return true;
}

/// New namespaces by clone, and typing into a terminal. clone3 hides its flags from a filter: "not
/// there" makes the C library use clone.
bool refuse_by_argument(scmp_filter_ctx filter) {
    constexpr std::array<std::uint64_t, 7> kNamespaceFlags = {
        0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000};
    bool good = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
    for (const std::uint64_t flag : kNamespaceFlags) {
        good = good && seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                                        SCMP_A0_64(SCMP_CMP_MASKED_EQ, flag, flag)) == 0;
    }
    for (const std::uint64_t request : {std::uint64_t{TIOCSTI}, std::uint64_t{0x541C}}) {
        good = good && seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1,
                                        SCMP_A1_64(SCMP_CMP_MASKED_EQ, 0xffffffffU, request)) == 0;
    }
    return good;
}

/// Refuses `call` where its second argument, of 32 bits, is one of `values`.
bool refuse_second(scmp_filter_ctx filter, int call, std::span<const std::uint64_t> values) {
    return std::ranges::all_of(values, [&](std::uint64_t value) {
        return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 1,
                                SCMP_A1_64(SCMP_CMP_MASKED_EQ, 0xffffffffU, value)) == 0;
    });
}

/// Refuses `call` where its first argument names another process or thread.
bool refuse_others(scmp_filter_ctx filter, int call) {
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 1, SCMP_A0_64(SCMP_CMP_NE, 0)) ==
           0;
}

/// Opening for reading with O_TRUNC empties a file, and Landlock before version 3 lets it; limits,
/// CPUs and signals of other processes are none of a step's affair.
bool refuse_on_host(scmp_filter_ctx filter) {
    constexpr std::uint64_t kMask = O_TRUNC | O_ACCMODE;
    bool good = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(openat2), 0) == 0 &&
                seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(openat), 1,
                                 SCMP_A2_64(SCMP_CMP_MASKED_EQ, kMask, O_TRUNC)) == 0 &&
                seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(open), 1,
                                 SCMP_A1_64(SCMP_CMP_MASKED_EQ, kMask, O_TRUNC)) == 0;
    for (const int number : kRefusedNumbersOnHost) {
        good = good && seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0) == 0;
    }
    return good && refuse_others(filter, SCMP_SYS(prlimit64)) &&
           refuse_others(filter, SCMP_SYS(sched_setaffinity)) &&
           refuse_second(filter, SCMP_SYS(fcntl), kRefusedFcntl) &&
           refuse_second(filter, SCMP_SYS(ioctl), kRefusedIoctl) && refuse(filter, kRefusedOnHost);
}

Result<std::string> export_program(scmp_filter_ctx filter) {
    const UniqueFd file(memfd_create("rtlgen-seccomp", MFD_CLOEXEC));
    if (!file || seccomp_export_bpf(filter, file.get()) != 0) {
        return fail(ErrorCode::Sandbox, "libseccomp can't write its filter");
    }
    const off_t size = lseek(file.get(), 0, SEEK_END);
    std::string program(static_cast<std::size_t>(size < 0 ? 0 : size), '\0');
    if (program.empty() || pread(file.get(), program.data(), program.size(), 0) != size) {
        return fail(ErrorCode::Sandbox, "libseccomp's filter can't be read");
    }
    return program;
}

}  // namespace

Result<std::string> make_seccomp_filter(FilterKind kind) {
    const Filter filter(seccomp_init(SCMP_ACT_ALLOW), &seccomp_release);
    if (filter == nullptr) {
        return fail(ErrorCode::Sandbox, "libseccomp makes no filter for this machine");
    }
    seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);  // a search tree
    const bool good = refuse(filter.get(), kRefused) && refuse_by_argument(filter.get()) &&
                      (kind == FilterKind::Namespaces || refuse_on_host(filter.get()));
    if (!good) {
        return fail(ErrorCode::Sandbox, "libseccomp refuses a rule");
    }
    return export_program(filter.get());
}

}  // namespace rtlgen::process
