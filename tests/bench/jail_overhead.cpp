// SPDX-License-Identifier: Apache-2.0
// The CPU of a jailed `true` against that of the same program in bare bubblewrap: both in turn in
// one run, the best block of each counts. Exit 0 where the ratio is 2 at most, 77 where there is no
// level S2. Bare bubblewrap ends before its process 1, whose end takes the namespaces down and is
// most of the work: such orphans are adopted and waited for, so that both sides are counted whole.
#include <fmt/format.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>

#include "core/process/sandbox.h"

namespace {

using namespace rtlgen::process;
constexpr int kBlocks = 7;
constexpr int kRuns = 30;
constexpr double kMostAllowed = 2.0;

double cpu_of(int who) {
    rusage usage{};
    getrusage(who, &usage);
    const auto ms = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

/// Milliseconds of this process and of all that it started, after those have ended.
double cpu_ms() {
    while (waitpid(-1, nullptr, 0) > 0) {
    }
    return cpu_of(RUSAGE_SELF) + cpu_of(RUSAGE_CHILDREN);
}

template <class Function>
double block_ms(Function once) {
    const double start = cpu_ms();
    for (int run = 0; run < kRuns; ++run) {
        if (!once()) {
            return -1;
        }
    }
    return (cpu_ms() - start) / kRuns;
}

bool bare_bubblewrap() {
    const char* argv[] = {"/usr/bin/bwrap", "--unshare-all", "--die-with-parent",
                          "--new-session",  "--ro-bind",     "/usr",
                          "/usr",           "--symlink",     "usr/lib",
                          "/lib",           "--symlink",     "usr/lib64",
                          "/lib64",         "--proc",        "/proc",
                          "--dev",          "/dev",          "--tmpfs",
                          "/tmp",           "/usr/bin/true", nullptr};
    char* no_environment[] = {nullptr};
    pid_t pid = -1;
    int status = -1;
    return posix_spawn(&pid, argv[0], nullptr, nullptr, const_cast<char**>(argv), no_environment) ==
               0 &&
           waitpid(pid, &status, 0) == pid && status == 0;
}

}  // namespace

int main() {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    SandboxChoice choice;
    choice.minimum = IsolationLevel::S2;
    const auto runner = make_runner(choice);
    if (!runner || !bare_bubblewrap()) {
        fmt::print("[skipped] {}\n", runner ? "bubblewrap does not run" : runner.error().text());
        return 77;
    }
    JobSpec job;
    job.name = "true";
    job.steps.push_back({{"/usr/bin/true"}, {}, {}, Step::OnFailure::Stop});
    double bare = 1e9;
    double jailed = 1e9;
    for (int block = 0; block < kBlocks; ++block) {
        const double one = block_ms(bare_bubblewrap);
        const double other = block_ms([&] {
            const auto result = (*runner)->run(job);
            return result && result->ok();
        });
        if (one < 0 || other < 0) {
            fmt::print("a run failed\n");
            return 3;
        }
        bare = std::min(bare, one);
        jailed = std::min(jailed, other);
    }
    const double ratio = jailed / bare;
    fmt::print(
        "jail: CPU of true in a job {:.2f} ms, in bare bubblewrap {:.2f} ms, ratio {:.2f} ({:.2f} "
        "at most)\n",
        jailed, bare, ratio, kMostAllowed);
    return ratio <= kMostAllowed ? 0 : 1;
}
