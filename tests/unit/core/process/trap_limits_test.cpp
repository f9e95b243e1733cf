// SPDX-License-Identifier: Apache-2.0
// What a job could use up: time, memory, disk, output, processes.
#include <cstdlib>

#include "tests/environment.h"
#include "tests/unit/core/process/jail_fixture.h"

using namespace rtlgen;
using namespace rtlgen::process;
using namespace rtlgen::process::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

template <class Function>
milliseconds time_of(Function function) {
    const auto start = std::chrono::steady_clock::now();
    function();
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start);
}

/// Processes with a thread that has `marker` in its command line: of one whose main thread has
/// ended the others alone say it.
int count_threads_marked(const std::string& marker) {
    int count = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
        const std::string name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        std::error_code gone;
        std::filesystem::directory_iterator task(entry.path() / "task", gone);
        for (; !gone && task != std::filesystem::directory_iterator(); task.increment(gone)) {
            const std::ifstream file(task->path() / "cmdline");
            std::ostringstream line;
            line << file.rdbuf();
            count += contains(line.str(), marker) ? 1 : 0;
        }
    }
    return count;
}

void wall_limit_ends_a_step(Runner& runner) {
    Limits limits;
    limits.wall = milliseconds(500);
    const std::string marker = fresh_marker();
    StepResult step;
    const auto took =
        time_of([&] { step = run_one(runner, shell("sleep " + marker + "; echo no", limits)); });
    CHECK(step.end == StepEnd::WallLimit);
    CHECK(step.hit_limit());
    CHECK(step.wall >= milliseconds(500));
    CHECK(took < milliseconds(1500));
    CHECK(count_marked(marker) == 0);
}

void cpu_limit_ends_a_step(Runner& runner) {
    Limits limits;
    limits.cpu = seconds(1);
    limits.wall = seconds(20);
    const StepResult step = run_one(runner, shell("while :; do :; done", limits));
    CHECK(step.end == StepEnd::CpuLimit);
    CHECK(step.cpu >= milliseconds(500));
}

void output_flood_is_cut_and_flagged(Runner& runner) {
    Limits limits;
    limits.output = Bytes{100'000};
    for (const char* script : {"yes", "yes >&2", "yes & yes >&2", "yes | head -c 100001"}) {
        const StepResult step = run_one(runner, shell(script, limits));
        INFO(script);
        CHECK(step.end == StepEnd::OutputLimit);
        CHECK(step.out.size() <= 100'000);
        CHECK(step.err.size() <= 100'000);
        CHECK(std::max(step.out.size(), step.err.size()) == 100'000);
    }
    const StepResult exact = run_one(runner, shell("yes | head -c 100000", limits));
    CHECK(exact.ok());
    CHECK(exact.out.size() == 100'000);
}

void memory_bomb_is_ended_and_flagged(Runner& runner) {
    Limits limits;
    limits.memory = mebibytes(200);
    const StepResult step =
        run_one(runner, perl("my @a; while (1) { push @a, 'x' x 1000000 }", limits));
    CHECK(step.end == StepEnd::MemoryLimit);
    const StepResult many =
        run_one(runner, perl("for (1..8) { fork or do { my @a; push @a, 'x' x 1000000 for 1..60; "
                             "sleep 100 } } sleep 100",
                             limits));
    CHECK(many.end == StepEnd::MemoryLimit);
}

void disk_fill_is_bounded_and_flagged(Runner& runner) {
    Limits limits;
    limits.disk = mebibytes(8);
    limits.file = mebibytes(100);
    const StepResult one = run_one(runner, shell("cat /dev/zero > big; sleep 5; exit 1", limits));
    CHECK(one.end == StepEnd::DiskLimit);
    limits.file = mebibytes(1);
    const StepResult large = run_one(runner, shell("exec head -c 2000000 /dev/zero > big", limits));
    CHECK(large.end == StepEnd::DiskLimit);
}

void fork_bomb_is_bounded_and_flagged(Runner& runner) {
    Limits limits;
    limits.processes = 20;
    limits.wall = seconds(20);
    const std::string marker = fresh_marker();
    const StepResult step = run_one(runner, perl("while (1) { fork }  # " + marker, limits));
    CHECK(step.end == StepEnd::ProcessLimit);
    CHECK(count_marked(marker) == 0);
}

void eight_threads_of_a_step_run(Runner& runner) {
    const StepResult step = run_one(
        runner, shell("for i in 1 2 3 4 5 6 7 8; do (sleep 0.2; echo $i) & done; wait; echo all"));
    CHECK(step.ok());
    CHECK(contains(step.out, "all"));
}

void a_session_of_its_own_dies(Runner& runner) {
    const std::string marker = fresh_marker();
    JobSpec job = shell("setsid sleep " + marker + " >/dev/null 2>&1 & sleep 0.1; echo first");
    // A daemon of one step is gone before the next.
    job.steps.push_back({{"/bin/sh", "-c", "cat /proc/[0-9]*/cmdline 2>/dev/null; echo second"},
                         {},
                         {},
                         Step::OnFailure::Stop});
    const auto result = runner.run(job);
    REQUIRE(result);
    CHECK(result->steps[0].out == "first\n");
    CHECK(contains(result->steps[1].out, "second"));
    CHECK_FALSE(contains(result->steps[1].out, marker));
    CHECK(count_marked(marker) == 0);
}

/// A process whose main thread has ended and whose others go on: a zombie by its state.
void headless_process_is_ended(Runner& runner) {
    Limits limits;
    limits.wall = milliseconds(1000);
    const std::string marker = fresh_marker();
    const std::string headless =
        "/usr/bin/perl -Mthreads -e 'async { sleep 9000 }; select(undef, undef, undef, 0.2); "
        "syscall(60, 0)  # " +
        marker + "'";
    if (std::system("/usr/bin/perl -Mthreads -e 1 2>/dev/null") != 0) {
        SKIP_VISIBLY("perl has no threads here");
    }
    StepResult step;
    const auto took = time_of(
        [&] { step = run_one(runner, shell(headless + " & sleep 0.5; echo ran", limits)); });
    CHECK(step.out == "ran\n");
    CHECK(took < milliseconds(3000));
    CHECK(count_threads_marked(marker) == 0);
    const auto waited =
        time_of([&] { step = run_one(runner, shell(headless + "; true", limits)); });
    CHECK(step.end == StepEnd::WallLimit);
    CHECK(waited < milliseconds(3000));
    CHECK(count_threads_marked(marker) == 0);
}

/// A folder that can't be opened can't be measured either, and is removed all the same.
void closed_folders_are_full_and_removed(Runner& runner) {
    const TempFolder temp = TempFolder::create().value();
    std::filesystem::permissions(temp.path(), std::filesystem::perms(0755));
    const ScopedVariable own_temp("TMPDIR", temp.path().string());
    Limits limits;
    limits.wall = seconds(5);
    const StepResult step = run_one(
        runner, shell("mkdir -p d/e; echo x > d/e/f; chmod 000 d/e d; sleep 3; exit 1", limits));
    if (runner.level() < IsolationLevel::S2) CHECK(step.end == StepEnd::DiskLimit);
    const StepResult quick = run_one(
        runner, shell("mkdir -p d/e; echo x > d/e/f; chmod 000 d/e d . \"$TMPDIR\"", limits));
    CHECK(quick.end == StepEnd::Exited);
    CHECK(std::filesystem::is_empty(temp.path()));
}

void memory_over_the_address_space_is_flagged(Runner& runner) {
    const StepResult one = run_one(runner, perl("my $y = 'y' x 6e9; print 'had it'"));
    CHECK(one.end == StepEnd::MemoryLimit);
    const StepResult child =
        run_one(runner, shell("/usr/bin/perl -e 'my $y = q(y) x 6e9'; exit 3"));
    CHECK(child.end == StepEnd::MemoryLimit);
    Limits limits;
    limits.memory = mebibytes(300);
    const StepResult mapped = run_one(
        runner, perl("use strict; my @a; while (1) { push @a, 'x' x 400_000_000 }", limits));
    CHECK(mapped.end == StepEnd::MemoryLimit);
    // What fails for other reasons is no matter of memory.
    const StepResult other = run_one(runner, perl("my $y = 'y' x 1e6; die 'no such thing'"));
    CHECK(other.end == StepEnd::Exited);
}

}  // namespace

JAIL_TRAP("a process without its main thread ends with its step", headless_process_is_ended);
JAIL_TRAP("a closed folder counts as full and is removed", closed_folders_are_full_and_removed);
JAIL_TRAP("memory over the address space is flagged", memory_over_the_address_space_is_flagged);
JAIL_TRAP("a step ends at its limit on time", wall_limit_ends_a_step);
JAIL_TRAP("a busy step ends at its limit on CPU", cpu_limit_ends_a_step);
JAIL_TRAP("a flood of output is cut and flagged", output_flood_is_cut_and_flagged);
JAIL_TRAP("a memory bomb is ended and flagged", memory_bomb_is_ended_and_flagged);
JAIL_TRAP("a full disk is bounded and flagged", disk_fill_is_bounded_and_flagged);
JAIL_TRAP("a fork bomb is bounded and flagged", fork_bomb_is_bounded_and_flagged);
JAIL_TRAP("eight processes run side by side", eight_threads_of_a_step_run);
JAIL_TRAP("a child in a session of its own dies with its step", a_session_of_its_own_dies);
