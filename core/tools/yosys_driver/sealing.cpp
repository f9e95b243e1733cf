// SPDX-License-Identifier: Apache-2.0
// Filters as classic BPF by hand: the driver is built by a bare compiler, without libseccomp.
#include "core/tools/yosys_driver/sealing.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <vector>

namespace rtlgen::server {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "no filter for this machine"
#endif

constexpr std::uint32_t kNumberAt = offsetof(seccomp_data, nr);
constexpr std::uint32_t kArchitectureAt = offsetof(seccomp_data, arch);
/// The low half of the first argument: both machines are little-endian.
constexpr std::uint32_t kFirstArgumentAt = offsetof(seccomp_data, args);
/// Another numbering of calls on the same machine.
constexpr std::uint32_t kX32 = 0x40000000;

class Filter {
public:
    Filter() {
        add(BPF_LD | BPF_W | BPF_ABS, kArchitectureAt);
        jump(BPF_JEQ, kArchitecture, 1, 0);
        add(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
        add(BPF_LD | BPF_W | BPF_ABS, kNumberAt);
        jump(BPF_JGE, kX32, 0, 1);
        add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    }

    void refuse(long number, int error = EPERM) {
        jump(BPF_JEQ, static_cast<std::uint32_t>(number), 0, 1);
        add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error));
    }

    /// Refuses a call but where its first argument is `value`.
    void allow_only_for(long number, std::uint32_t value) {
        jump(BPF_JEQ, static_cast<std::uint32_t>(number), 0, 4);
        add(BPF_LD | BPF_W | BPF_ABS, kFirstArgumentAt);
        jump(BPF_JEQ, value, 0, 1);
        add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
        add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    }

    /// Refuses a call but where its first argument has all of `bits`.
    void allow_only_with(long number, std::uint32_t bits) {
        jump(BPF_JEQ, static_cast<std::uint32_t>(number), 0, 5);
        add(BPF_LD | BPF_W | BPF_ABS, kFirstArgumentAt);
        add(BPF_ALU | BPF_AND | BPF_K, bits);
        jump(BPF_JEQ, bits, 0, 1);
        add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
        add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    }

    bool install() {
        add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
        sock_fprog program{static_cast<unsigned short>(code_.size()), code_.data()};
        return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
               prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
    }

private:
    void add(unsigned code, std::uint32_t value) {
        code_.push_back({static_cast<std::uint16_t>(code), 0, 0, value});
    }
    void jump(unsigned code, std::uint32_t value, std::uint8_t yes, std::uint8_t no) {
        code_.push_back({static_cast<std::uint16_t>(BPF_JMP | code | BPF_K), yes, no, value});
    }

    std::vector<sock_filter> code_;
};

bool limit(__rlimit_resource_t which, std::uint64_t soft, std::uint64_t hard) {
    rlimit now{};
    if (getrlimit(which, &now) != 0) return false;
    const rlim_t top = hard < now.rlim_max ? hard : now.rlim_max;
    const rlimit wanted{soft < top ? soft : top, top};
    return setrlimit(which, &wanted) == 0;
}

}  // namespace

bool seal_server() {
    Filter filter;
    filter.refuse(SYS_execve);
    filter.refuse(SYS_execveat);
    return prctl(PR_SET_DUMPABLE, 0) == 0 && filter.install();
}

bool seal_child(const ChildLimits& limits) {
    Filter filter;
#ifdef SYS_fork
    filter.refuse(SYS_fork);
    filter.refuse(SYS_vfork);
#endif
    filter.refuse(SYS_clone3, ENOSYS);
    filter.allow_only_with(SYS_clone, CLONE_THREAD);
    filter.refuse(SYS_kill);
    filter.refuse(SYS_tkill);
    filter.refuse(SYS_rt_sigqueueinfo);
    filter.refuse(SYS_rt_tgsigqueueinfo);
    filter.refuse(SYS_pidfd_send_signal);
    filter.refuse(SYS_ptrace);
    filter.refuse(SYS_process_vm_writev);
    // abort() signals its own process.
    filter.allow_only_for(SYS_tgkill, static_cast<std::uint32_t>(getpid()));
    return limit(RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1) &&
           limit(RLIMIT_AS, limits.memory, limits.memory) &&
           limit(RLIMIT_FSIZE, limits.file, limits.file) && limit(RLIMIT_CORE, 0, 0) &&
           prctl(PR_SET_DUMPABLE, 0) == 0 && filter.install();
}

}  // namespace rtlgen::server
