// SPDX-License-Identifier: Apache-2.0
// Runners of one level with folders of their own, jobs in a line, and a look for processes that a
// job left.
#pragma once

#include <dirent.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/process/sandbox.h"
#include "tests/catch.h"

namespace rtlgen::process::test {

inline SandboxChoice choice_of(IsolationLevel level, const std::filesystem::path& folder) {
    SandboxChoice choice;
    choice.minimum = level;
    choice.maximum = level;
    choice.cache_dir = folder / "cache";
    choice.slot_folder = folder / "slots";
    choice.slots = 4;
    return choice;
}

/// A runner of one level; `why_not` says what keeps this machine from it. A canary that got out
/// fails the test.
struct Jail {
    explicit Jail(IsolationLevel level) : folder(TempFolder::create().value()) {
        auto made = make_runner(choice_of(level, folder.path()));
        if (made) {
            runner = std::move(*made);
        } else {
            why_not = made.error().text();
            // A machine may lack a level, which is a skip; a jail that lets the canary out is ours.
            if (contains(why_not, "a canary in the jail could")) {
                FAIL(why_not);
            }
        }
    }
    TempFolder folder;
    std::unique_ptr<Runner> runner;
    std::string why_not;
};

inline JobSpec job_of(std::vector<std::string> argv, Limits limits = {}) {
    JobSpec job;
    job.name = "test";
    job.limits = limits;
    job.steps.push_back({std::move(argv), {}, {}, Step::OnFailure::Stop});
    return job;
}
inline JobSpec shell(const std::string& script, Limits limits = {}) {
    return job_of({"/bin/sh", "-c", script}, limits);
}
inline JobSpec perl(const std::string& script, Limits limits = {}) {
    return job_of({"/usr/bin/perl", "-e", script}, limits);
}

/// Runs a job of one step; an Error fails the test with its text.
inline StepResult run_one(Runner& runner, const JobSpec& job) {
    auto result = runner.run(job);
    if (!result) {
        FAIL(result.error().text());
    }
    return result->steps.at(0);
}

/// How many processes of the machine have `marker` in their command line.
inline int count_marked(const std::string& marker) {
    int count = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
        const std::string name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") != std::string::npos ||
            name == std::to_string(getpid())) {
            continue;
        }
        // A process may end between the listing and the reading: operator<< then writes nothing.
        const std::ifstream file(entry.path() / "cmdline");
        std::ostringstream line;
        line << file.rdbuf();
        count += line.str().find(marker) != std::string::npos ? 1 : 0;
    }
    return count;
}

/// A number of seconds that `sleep` takes and no other process has in its command line.
inline std::string fresh_marker() {
    static int next = 0;
    return "4" + std::to_string(getpid()) + std::to_string(1000 + next++);
}

/// Looks until `happened()` or ten seconds are over.
template <class Condition>
bool eventually(Condition happened) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < deadline) {
        if (happened()) {
            return true;
        }
        std::this_thread::yield();
    }
    return happened();
}

}  // namespace rtlgen::process::test

/// One trap, tested at S2 and at S1. `body`: a function of a Runner&.
#define JAIL_TRAP(sentence, body)                                   \
    TEST_CASE("At S2 " sentence, "[trap][S2]") {                    \
        const rtlgen::process::test::Jail jail(IsolationLevel::S2); \
        if (!jail.runner) {                                         \
            SKIP_VISIBLY(jail.why_not);                             \
        }                                                           \
        body(*jail.runner);                                         \
    }                                                               \
    TEST_CASE("At S1 " sentence, "[trap][S1]") {                    \
        const rtlgen::process::test::Jail jail(IsolationLevel::S1); \
        if (!jail.runner) {                                         \
            SKIP_VISIBLY(jail.why_not);                             \
        }                                                           \
        body(*jail.runner);                                         \
    }                                                               \
    static_assert(true)
