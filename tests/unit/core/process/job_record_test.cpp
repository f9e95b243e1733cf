// SPDX-License-Identifier: Apache-2.0
// What `--keep` leaves behind.
#include "core/process/job_record.h"

#include <cstdlib>

#include "tests/unit/core/process/jail_fixture.h"

using namespace rtlgen;
using namespace rtlgen::process;
using namespace rtlgen::process::test;

TEST_CASE("A kept job can be run again by hand and says the same", "[record]") {
    const TempFolder folder = TempFolder::create().value();
    JobSpec job = job_of({"/bin/sh", "-c", "cat in/a; echo \"$X\" $LC_ALL; echo \"$1\" >&2; exit 4",
                          "sh", "it's; $(odd) \"quoted\"\nline"});
    job.steps[0].env = {{"X", "a 'b' $c"}};
    job.steps[0].on_failure = Step::OnFailure::Continue;
    job.steps.push_back({{"./run"}, {}, {}, Step::OnFailure::Stop});
    job.steps.push_back({{"/bin/sh", "-c", "exit 7"}, {}, {}, Step::OnFailure::Stop});
    job.steps.push_back({{"/bin/echo", "never"}, {}, {}, Step::OnFailure::Stop});
    job.inputs = {{"in/a", "bytes\n", false},
                  {"run", "#!/bin/sh\necho ran > out; cat out\n", true}};
    job.outputs = {{"out"}};
    const Jail jail(IsolationLevel::S0);
    REQUIRE(jail.runner);
    const auto result = jail.runner->run(job);
    REQUIRE(result);

    const auto record = folder.path() / "kept" / "1";
    REQUIRE(write_job_record(record, job, result));
    CHECK(read_file(record / "step-1.out").value() == "bytes\na 'b' $c C\n");
    CHECK(read_file(record / "step-1.err").value() == "it's; $(odd) \"quoted\"\nline\n");
    CHECK(read_file(record / "output" / "out").value() == "ran\n");
    CHECK_FALSE(std::filesystem::exists(record / "step-4.out"));
    const std::string text = read_file(record / "result.txt").value();
    CHECK(contains(text, "isolation: S0 (none)"));
    CHECK(contains(text, "step 1: exited exit=4"));
    CHECK(contains(text, "step 4: not_run"));

    const auto log = folder.path() / "log";
    const std::string command =
        (record / "job.sh").string() + " > " + log.string() + " 2>/dev/null";
    const int status = std::system(command.c_str());
    CHECK(WEXITSTATUS(status) == 7);
    CHECK(read_file(log).value() == "bytes\na 'b' $c C\nran\n");
}

TEST_CASE("A kept job that could not run holds its Error", "[record]") {
    const TempFolder folder = TempFolder::create().value();
    const JobSpec job = job_of({"/usr/bin/no-such-tool"});
    REQUIRE(write_job_record(folder.path(), job,
                             fail(ErrorCode::ToolMissing, "isn't there", "a\x1b[31mtool")));
    const std::string text = read_file(folder.path() / "result.txt").value();
    CHECK(contains(text, "error: tool_missing"));
    CHECK_FALSE(contains(text, "\x1b"));
}

TEST_CASE("A job whose input leaves its folder is not kept", "[record]") {
    const TempFolder folder = TempFolder::create().value();
    for (const char* path : {"../out", "/etc/x", "a/../../b", "", "a/", "a//b/.", "./a"}) {
        JobSpec job = job_of({"/bin/true"});
        job.inputs = {{path, "x", false}};
        const auto status = write_job_record(folder.path() / "in", job, JobResult{});
        INFO(path);
        REQUIRE_FALSE(status);
        CHECK(status.error().code == ErrorCode::InvalidArgument);
    }
}
