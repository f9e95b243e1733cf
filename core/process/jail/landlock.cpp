// SPDX-License-Identifier: Apache-2.0
// Landlock (Linux 5.13), through system calls: headers of old distributions know only its first
// version.
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <initializer_list>

#include "core/process/jail/system.h"
#include "core/process/jail/walls.h"

namespace rtlgen::jail {
namespace {

constexpr long kCreateRuleset = 444;
constexpr long kAddRule = 445;
constexpr long kRestrictSelf = 446;

/// struct landlock_ruleset_attr as of version 6; older kernels take a shorter one.
struct Ruleset {
    std::uint64_t files;
    std::uint64_t network;
    std::uint64_t scoped;
};

struct __attribute__((packed)) PathRule {
    std::uint64_t allowed;
    std::int32_t parent;
};

constexpr std::uint64_t bit(unsigned n) { return 1ULL << n; }
constexpr std::uint64_t kExecute = bit(0);
constexpr std::uint64_t kWriteFile = bit(1);
constexpr std::uint64_t kReadFile = bit(2);
constexpr std::uint64_t kReadFolder = bit(3);
constexpr std::uint64_t kTruncate = bit(14);
constexpr std::uint64_t kIoctl = bit(15);

std::uint64_t all_file_rights(int version) {
    std::uint64_t rights = bit(13) - 1;  // version 1: thirteen rights
    if (version >= 2) {
        rights |= bit(13);  // link or rename between folders
    }
    if (version >= 3) {
        rights |= kTruncate;
    }
    if (version >= 5) {
        rights |= kIoctl;
    }
    return rights;
}

/// A path that isn't there grants nothing, which is no error.
void allow(int ruleset, const char* path, std::uint64_t rights) {
    const int place = open(path, O_PATH | O_CLOEXEC);
    if (place < 0) {
        return;
    }
    struct stat status{};
    if (fstat(place, &status) == 0 && !S_ISDIR(status.st_mode)) {
        rights &= kExecute | kWriteFile | kReadFile | kTruncate | kIoctl;
    }
    const PathRule rule{rights, place};
    const long done = syscall(kAddRule, ruleset, 1, &rule, 0);
    const int error = errno;
    close(place);
    if (done != 0) {
        fatal(error, "make a Landlock rule");
    }
}

}  // namespace

int landlock_version() {
    const long version = syscall(kCreateRuleset, nullptr, 0, 1);
    return version > 0 ? static_cast<int>(version) : 0;
}

int make_landlock(const Spec& spec) {
    const int version = landlock_version();
    if (version == 0) {
        return -1;
    }
    const std::uint64_t all = all_file_rights(version);
    Ruleset rules{all, 0, 0};
    std::size_t size = sizeof rules.files;
    if (version >= 4) {
        rules.network = 3;  // bind and connect of TCP
        size = offsetof(Ruleset, scoped);
    }
    if (version >= 6) {
        rules.scoped = 3;  // abstract sockets and signals
        size = sizeof rules;
    }
    const long ruleset = syscall(kCreateRuleset, &rules, size, 0);
    if (ruleset < 0) {
        fatal(errno, "make a Landlock ruleset");
    }
    const int file = static_cast<int>(ruleset);
    const std::uint64_t read = kExecute | kReadFile | kReadFolder;
    for (const char* path : {"/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin"}) {
        allow(file, path, read);
    }
    for (const Text& path : spec.readable) {
        allow(file, path.data, read);
    }
    for (const char* path : {"/dev/zero", "/dev/random", "/dev/urandom"}) {
        allow(file, path, kReadFile);
    }
    allow(file, "/dev/null", kReadFile | kWriteFile | (all & kTruncate));
    allow(file, spec.work.data, all & ~kIoctl);
    allow(file, spec.tmp.data, all & ~kIoctl);
    return file;
}

bool enter_landlock(int ruleset) { return ruleset < 0 || syscall(kRestrictSelf, ruleset, 0) == 0; }

bool fence_signals() {
    constexpr std::uint32_t kDeny = SECCOMP_RET_ERRNO | EPERM;
    constexpr auto kNumber = static_cast<std::uint32_t>(offsetof(seccomp_data, nr));
    constexpr auto kFirst = static_cast<std::uint32_t>(offsetof(seccomp_data, args));
    // Other architectures are refused by the job's own filter.
    sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kNumber),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_kill, 8, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tkill, 7, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_rt_sigqueueinfo, 6, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_rt_tgsigqueueinfo, 5, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_pidfd_send_signal, 4, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 2),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kFirst),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(getpid()), 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, kDeny),
    };
    const sock_fprog filter{sizeof code / sizeof code[0], code};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

}  // namespace rtlgen::jail
