// SPDX-License-Identifier: Apache-2.0
// Jobs are recorded beside their results, and a record that fails changes no result.
#include "core/process/recording_runner.h"

#include <thread>

#include "core/base/temp_folder.h"
#include "tests/unit/core/process/jail_fixture.h"

using namespace rtlgen;
using namespace rtlgen::process;
using namespace rtlgen::process::test;

namespace {

/// Answers every job with its name, and the job "lost" with an Error.
class NamingRunner final : public Runner {
public:
    using Runner::run;
    Result<JobResult> run(const JobSpec& job, std::stop_token /*stop*/) override {
        if (job.name == "lost") return fail(ErrorCode::ToolMissing, "no such program", "/no/tool");
        JobResult result;
        result.steps.resize(job.steps.size());
        result.steps[0].out = job.name;
        for (const OutputFile& output : job.outputs) {
            result.outputs[output.path] = std::string(mebibytes(20).count, 'x');
        }
        return result;
    }
    [[nodiscard]] IsolationLevel level() const override { return IsolationLevel::S1; }
};

JobSpec named(const std::string& name) {
    JobSpec job = job_of({"/bin/true"});
    job.name = name;
    return job;
}

}  // namespace

TEST_CASE("jobs are recorded in the order of their starts, under names that are safe") {
    const TempFolder temp = TempFolder::create().value();
    NamingRunner inner;
    RecordingRunner runner(inner, temp.path() / "jobs");
    CHECK(runner.level() == IsolationLevel::S1);
    CHECK_FALSE(std::filesystem::exists(temp.path() / "jobs"));
    REQUIRE(runner.run(named("first")));
    REQUIRE(runner.run(named("../second one")));
    CHECK(read_file(temp.path() / "jobs/01-first/step-1.out").value() == "first");
    CHECK(read_file(temp.path() / "jobs/02-___second_one/step-1.out").value() == "../second one");
    CHECK_FALSE(runner.problem());
}

TEST_CASE("a job that could not be run is recorded with the reason, to be run by hand") {
    const TempFolder temp = TempFolder::create().value();
    NamingRunner inner;
    RecordingRunner runner(inner, temp.path());
    const auto result = runner.run(named("lost"));
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::ToolMissing);
    CHECK(std::filesystem::exists(temp.path() / "01-lost/job.sh"));
    CHECK(read_file(temp.path() / "01-lost/error.txt").value() == "/no/tool: no such program\n");
}

TEST_CASE("a huge output is named in the record and left out of it") {
    const TempFolder temp = TempFolder::create().value();
    NamingRunner inner;
    RecordingRunner runner(inner, temp.path());
    JobSpec job = named("big");
    job.outputs = {{"header.gch"}};
    REQUIRE(runner.run(job));
    CHECK_FALSE(std::filesystem::exists(temp.path() / "01-big/outputs/header.gch"));
    CHECK(contains(read_file(temp.path() / "01-big/result.txt").value(),
                   "output not kept: header.gch (20971520 bytes)"));
}

TEST_CASE("a record that can't be written leaves the result as it is and is told once") {
    const TempFolder temp = TempFolder::create().value();
    REQUIRE(write_file_atomic(temp.path() / "file", "no folder"));
    NamingRunner inner;
    RecordingRunner runner(inner, temp.path() / "file");
    const auto first = runner.run(named("first"));
    REQUIRE(first);
    CHECK(first->steps.at(0).out == "first");
    REQUIRE(runner.problem());
    CHECK(runner.problem()->code == ErrorCode::Io);
    const std::string told = runner.problem()->text();
    CHECK(contains(told, "01-first"));
    REQUIRE(runner.run(named("second")));
    CHECK(runner.problem()->text() == told);
}

TEST_CASE("jobs of several threads have a record each") {
    const TempFolder temp = TempFolder::create().value();
    NamingRunner inner;
    RecordingRunner runner(inner, temp.path());
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i) threads.emplace_back([&] { (void)runner.run(named("same")); });
    }
    CHECK(std::distance(std::filesystem::directory_iterator(temp.path()), {}) == 8);
    CHECK_FALSE(runner.problem());
}
