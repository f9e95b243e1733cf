// SPDX-License-Identifier: Apache-2.0
// Starts a step: its own process group, empty standard input, resource limits, Landlock, seccomp,
// exec.
#include "core/process/jail/launch.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

#include "core/process/jail/system.h"
#include "core/process/jail/walls.h"

namespace rtlgen::jail {
namespace {

constexpr std::uint64_t kOpenFiles = 256;
constexpr std::uint64_t kStack = 8ULL << 20U;
/// Forks fail a little above the limit, so that the watch sees it crossed and says so.
constexpr std::uint64_t kTaskSlack = 16;

bool limit(int resource, std::uint64_t soft, std::uint64_t hard) {
    rlimit now{};
    const auto which = static_cast<__rlimit_resource_t>(resource);
    if (getrlimit(which, &now) != 0) {
        return false;
    }
    const rlim_t top = hard < now.rlim_max ? hard : now.rlim_max;
    const rlimit wanted{soft < top ? soft : top, top};
    return setrlimit(which, &wanted) == 0;
}

bool set_limits(const Spec& spec, const StepLimits& limits) {
    const std::uint64_t tasks = spec.base_tasks + limits.processes + kTaskSlack;
    const std::uint64_t space = limits.memory + kAddressSlack;
    return limit(RLIMIT_CPU, limits.cpu_s, limits.cpu_s + 1) && limit(RLIMIT_AS, space, space) &&
           limit(RLIMIT_FSIZE, limits.file, limits.file) && limit(RLIMIT_NPROC, tasks, tasks) &&
           limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_NOFILE, kOpenFiles, kOpenFiles) &&
           limit(RLIMIT_MSGQUEUE, 0, 0) && limit(RLIMIT_STACK, kStack, UINT64_MAX);
}

void reset_signals() {
    for (int number = 1; number < 65; ++number) {
        signal(number, SIG_DFL);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
}

bool install_filter(const Text& program) {
    if (program.size == 0) {
        return true;
    }
    sock_fprog filter{};
    filter.len = static_cast<unsigned short>(program.size / sizeof(sock_filter));
    // The kernel copies it: no alignment is asked for, and nobody writes.
    filter.filter = reinterpret_cast<sock_filter*>(const_cast<char*>(program.data));
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

[[noreturn]] void become(const Workshop& shop, const StepSpec& step, int out, int err,
                         volatile int* exec_errno) {
    setpgid(0, 0);
    reset_signals();
    const int empty = open("/dev/null", O_RDONLY | O_CLOEXEC);
    const bool ready =
        empty >= 0 && dup2(empty, 0) == 0 && dup2(out, 1) == 1 && dup2(err, 2) == 2 &&
        fchdir(shop.work_folder) == 0 && set_limits(shop.spec, step.limits) &&
        enter_landlock(shop.landlock) && close_other_files(3) &&
        (shop.spec.mode != Mode::Landlock || fence_signals()) && install_filter(shop.spec.seccomp);
    if (ready) {
        execve(step.argv[0], step.argv, step.env);
        *exec_errno = errno;
    } else {
        *exec_errno = -errno;
    }
    _exit(127);
}

volatile int* shared_int() {
    static volatile int* const place = static_cast<volatile int*>(
        mmap(nullptr, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    if (place == MAP_FAILED) {
        fatal(errno, "share memory with a step");
    }
    return place;
}

}  // namespace

Launched launch(const Workshop& shop, const StepSpec& step) {
    int out[2];
    int err[2];
    if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) {
        fatal(errno, "make pipes for a step");
    }
    volatile int* exec_errno = shared_int();
    *exec_errno = 0;
    const pid_t pid = fork();
    if (pid < 0) {
        fatal(errno, "start a process for a step");
    }
    if (pid == 0) {
        become(shop, step, out[1], err[1], exec_errno);
    }
    close(out[1]);
    close(err[1]);
    fcntl(out[0], F_SETFL, O_NONBLOCK);
    fcntl(err[0], F_SETFL, O_NONBLOCK);
    return {pid, out[0], err[0], exec_errno};
}

}  // namespace rtlgen::jail
