// SPDX-License-Identifier: Apache-2.0
// A user's command keeps its time, whatever it does with its output.
#include "core/process/site_command.h"

#include <chrono>
#include <stop_token>
#include <thread>

#include "tests/unit/core/process/jail_fixture.h"

using namespace rtlgen;
using namespace rtlgen::process;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

SiteCommand command_of(std::string text, milliseconds limit = seconds(30)) {
    SiteCommand command;
    command.shell_text = std::move(text);
    command.limit = limit;
    return command;
}

SiteCommandResult run(const SiteCommand& command) { return run_site_command(command, {}).value(); }

}  // namespace

TEST_CASE("A command's output and exit code are taken, a signal's too") {
    const SiteCommandResult result = run(command_of("echo out; echo err >&2; exit 3"));
    CHECK(result.out == "out\nerr\n");
    CHECK(result.exit_code == 3);
    CHECK_FALSE(result.timed_out);
    CHECK(run(command_of("kill -9 $$")).exit_code == 137);
    CHECK(run(command_of("head -c 3000000 /dev/zero")).out.size() == 1U << 20U);
}

TEST_CASE("A command that closes its output or hands it on keeps its time limit") {
    for (const std::string text : {"exec >/dev/null 2>&1; sleep 20", "setsid sleep 20 & sleep 20",
                                   "yes & sleep 20", "sleep 20 >/dev/null 2>&1"}) {
        const auto start = std::chrono::steady_clock::now();
        const SiteCommandResult result = run(command_of(text, milliseconds(300)));
        INFO(text);
        CHECK(result.timed_out);
        CHECK(std::chrono::steady_clock::now() - start < seconds(5));
    }
}

TEST_CASE("A command ends with itself, whatever it left to write goes on") {
    for (const std::string text : {"echo said; yes >&2 & exit 5", "echo said; sleep 20 & exit 5",
                                   "echo said; setsid timeout 10 yes & exit 5"}) {
        const auto start = std::chrono::steady_clock::now();
        const SiteCommandResult result = run(command_of(text));
        INFO(text);
        CHECK(result.exit_code == 5);
        CHECK_FALSE(result.timed_out);
        CHECK(contains(result.out, "said\n"));
        CHECK(std::chrono::steady_clock::now() - start < seconds(5));
    }
}

TEST_CASE("What a command left in its group is killed") {
    const std::string marker = test::fresh_marker();
    CHECK(run(command_of("sleep " + marker + " >/dev/null 2>&1 & exit 0")).exit_code == 0);
    CHECK(test::eventually([&] { return test::count_marked(marker) == 0; }));
}

TEST_CASE("A stop from another thread ends a command, its output closed or not") {
    for (const std::string text : {"exec >/dev/null 2>&1; sleep 20", "sleep 20", "yes"}) {
        std::stop_source stop;
        const auto start = std::chrono::steady_clock::now();
        const std::jthread stopper([&stop] { stop.request_stop(); });
        const auto result = run_site_command(command_of(text), stop.get_token());
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::Interrupted);
        CHECK(std::chrono::steady_clock::now() - start < seconds(5));
    }
}
