// SPDX-License-Identifier: Apache-2.0
// Jobs that can't be run are refused before anything starts.
#include "core/process/job_blob.h"

#include <functional>

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::process;

namespace {

JobSpec good_job() {
    JobSpec job;
    job.name = "good";
    job.steps.push_back({{"/bin/true", "-x"}, {{"A", "b"}}, {}, Step::OnFailure::Stop});
    job.inputs = {{"a/b.v", "x", false}};
    job.outputs = {{"a/c"}};
    job.binds = {{"/opt/x", {}}, {"/tmp/y", "/tmp/z"}};
    return job;
}

}  // namespace

TEST_CASE("A job that leaves its folder, holds NUL bytes or has no limit is refused") {
    REQUIRE(check_job(good_job()));
    const std::vector<std::function<void(JobSpec&)>> mistakes = {
        [](JobSpec& job) { job.inputs[0].path = "../x"; },
        [](JobSpec& job) { job.inputs[0].path = "/etc/x"; },
        [](JobSpec& job) { job.inputs[0].path = ""; },
        [](JobSpec& job) { job.inputs[0].path = "a/./b"; },
        [](JobSpec& job) { job.inputs[0].path = "a/"; },
        [](JobSpec& job) { job.inputs.push_back(job.inputs[0]); },
        [](JobSpec& job) { job.outputs[0].path = "a/../../x"; },
        [](JobSpec& job) { job.steps[0].argv.clear(); },
        [](JobSpec& job) { job.steps[0].argv[1] = std::string("a\0b", 3); },
        [](JobSpec& job) { job.steps[0].env[0].first = "A=B"; },
        [](JobSpec& job) { job.binds[0].host = "relative"; },
        [](JobSpec& job) { job.binds[0].host = "/"; },
        [](JobSpec& job) { job.binds[0].inside = "/proc/x"; },
        [](JobSpec& job) { job.binds[0].inside = "/rtlgen-work/x"; },
        [](JobSpec& job) { job.limits.wall = std::chrono::milliseconds(0); },
        [](JobSpec& job) { job.limits.processes = 0; }};
    for (std::size_t index = 0; index < mistakes.size(); ++index) {
        JobSpec job = good_job();
        mistakes[index](job);
        const auto status = check_job(job);
        INFO("mistake " << index);
        REQUIRE_FALSE(status);
        CHECK(status.error().code == ErrorCode::InvalidArgument);
        CHECK(contains(status.error().text(), "good"));
    }
}

TEST_CASE("Arguments that no kernel takes are refused, and the long one is named") {
    JobSpec job = good_job();
    job.steps[0].argv.push_back("+define+LONG=" + std::string(200'000, 'x'));
    const auto one = check_job(job);
    REQUIRE_FALSE(one);
    CHECK(one.error().code == ErrorCode::InvalidArgument);
    CHECK(contains(one.error().text(), "+define+LONG=x"));
    CHECK(one.error().text().size() < 400);
    job = good_job();
    job.steps[0].env[0].second = std::string(200'000, 'x');
    CHECK_FALSE(check_job(job));
    job = good_job();
    job.steps[0].argv.resize(40, std::string(100'000, 'x'));
    const auto all = check_job(job);
    REQUIRE_FALSE(all);
    CHECK(all.error().code == ErrorCode::InvalidArgument);
    job.steps[0].argv.resize(15);
    CHECK(check_job(job));
}

TEST_CASE("A step's own environment goes over the fixed one") {
    Step step;
    step.env = {{"TZ", "CET"}, {"NEW", "1"}};
    JailSetting setting;
    setting.tmp = "/tmp";
    CHECK(step_environment(step, setting) ==
          std::vector<std::string>{"LC_ALL=C", "TZ=CET", "PATH=/usr/bin:/bin", "HOME=/tmp",
                                   "TMPDIR=/tmp", "NEW=1"});
}
