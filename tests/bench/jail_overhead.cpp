// SPDX-License-Identifier: Apache-2.0
// The CPU of a jailed `true` against that of a bare bubblewrap around `true`, in turn in one run.
// Exit 0 where the jail takes at most twice as much, 1 where it takes more, 77 where level S2 can't
// be had.
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <vector>

#include "core/base/files.h"
#include "core/process/sandbox.h"

using namespace rtlgen;
using namespace rtlgen::process;

namespace {

double seconds_of(int who) {
    rusage usage{};
    getrusage(who, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double cpu_now() { return seconds_of(RUSAGE_SELF) + seconds_of(RUSAGE_CHILDREN); }

/// The smallest jail that is one: every namespace, /usr, /proc and /dev.
bool run_bare() {
    std::vector<std::string> argv = {"/usr/bin/bwrap", "--unshare-all", "--die-with-parent",
                                     "--new-session",  "--ro-bind",     "/usr",
                                     "/usr",           "--symlink",     "usr/lib",
                                     "/lib",           "--symlink",     "usr/lib64",
                                     "/lib64",         "--proc",        "/proc",
                                     "--dev",          "/dev",          "--tmpfs",
                                     "/tmp",           "/usr/bin/true"};
    std::vector<char*> pointers;
    for (std::string& argument : argv) {
        pointers.push_back(argument.data());
    }
    pointers.push_back(nullptr);
    std::array<char*, 1> environment{nullptr};
    pid_t pid = -1;
    int status = -1;
    return posix_spawn(&pid, argv[0].c_str(), nullptr, nullptr, pointers.data(),
                       environment.data()) == 0 &&
           waitpid(pid, &status, 0) == pid && status == 0;
}

}  // namespace

int main() {
    SandboxChoice choice;
    choice.minimum = IsolationLevel::S2;
    const auto runner = make_runner(choice);
    if (!runner || !run_bare()) {
        std::cout << "[skipped] " << (runner ? "bare bubblewrap fails" : runner.error().text())
                  << "\n";
        return 77;
    }
    JobSpec job;
    job.name = "true";
    job.steps.push_back({{"/usr/bin/true"}, {}, {}, Step::OnFailure::Stop});
    constexpr int kBlocks = 7;
    constexpr int kRuns = 40;
    double best_bare = 1e9;
    double best_jail = 1e9;
    for (int block = 0; block < kBlocks; ++block) {
        double start = cpu_now();
        for (int run = 0; run < kRuns; ++run) {
            if (!run_bare()) {
                return 3;
            }
        }
        best_bare = std::min(best_bare, (cpu_now() - start) / kRuns);
        start = cpu_now();
        for (int run = 0; run < kRuns; ++run) {
            const auto result = (*runner)->run(job);
            if (!result || !result->ok()) {
                std::cout << "a jailed true failed\n";
                return 3;
            }
        }
        best_jail = std::min(best_jail, (cpu_now() - start) / kRuns);
    }
    const double ratio = best_jail / best_bare;
    std::cout << "jail: true " << best_jail * 1e3 << " ms of CPU, bare bubblewrap "
              << best_bare * 1e3 << " ms, ratio " << ratio << " (2.00 at most)\n";
    return ratio <= 2.0 ? 0 : 1;
}
