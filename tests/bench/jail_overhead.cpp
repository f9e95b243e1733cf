// SPDX-License-Identifier: Apache-2.0
// What a jailed `true` costs against the same program in bare bubblewrap: both in turn in one run,
// the best block of each counts. Exit 0 where the ratio is 2 at most, 77 where there is no level
// S2.
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>

#include "core/process/sandbox.h"

namespace {

using namespace rtlgen::process;
constexpr int kBlocks = 7;
constexpr int kRuns = 30;
constexpr double kMostAllowed = 2.0;

template <class Function>
double block_ms(Function once) {
    const auto start = std::chrono::steady_clock::now();
    for (int run = 0; run < kRuns; ++run) {
        if (!once()) {
            return -1;
        }
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    return took.count() / kRuns;
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
        "jail: true in a job {:.2f} ms, in bare bubblewrap {:.2f} ms, ratio {:.2f} ({:.2f} "
        "at most)\n",
        jailed, bare, ratio, kMostAllowed);
    return ratio <= kMostAllowed ? 0 : 1;
}
