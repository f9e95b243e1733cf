// SPDX-License-Identifier: Apache-2.0
// A kept job is whole, and runs by hand with the same answer.
#include "core/process/job_record.h"

#include <cstdlib>

#include "core/base/temp_folder.h"
#include "tests/unit/core/process/jail_fixture.h"

using namespace rtlgen;
using namespace rtlgen::process;
using namespace rtlgen::process::test;

TEST_CASE("A kept job holds its inputs, logs and result, and its script gives the same output") {
    const Jail jail(IsolationLevel::S0);
    REQUIRE(jail.runner);
    JobSpec job;
    job.name = "kept";
    job.inputs = {{"in/a b.txt", "it's here\n", false}, {"tool", "#!/bin/sh\necho $X\n", true}};
    job.outputs = {{"out/copy"}};
    job.steps.push_back(
        {{"/bin/sh", "-c", "mkdir out; cat 'in/a b.txt'; cp in/a* out/copy; exit 3"},
         {},
         {},
         Step::OnFailure::Continue});
    job.steps.push_back({{"./tool"}, {{"X", "o'clock $HOME"}}, {}, Step::OnFailure::Stop});
    job.steps.push_back({{"/bin/false"}, {}, {}, Step::OnFailure::Stop});
    job.steps.push_back({{"/bin/echo", "never"}, {}, {}, Step::OnFailure::Stop});
    const auto result = jail.runner->run(job);
    REQUIRE(result);

    const TempFolder temp = TempFolder::create().value();
    const auto folder = temp.path() / "kept job";
    REQUIRE(write_job_record(folder, job, *result));
    CHECK(read_file(folder / "inputs/in/a b.txt").value() == "it's here\n");
    CHECK(read_file(folder / "outputs/out/copy").value() == "it's here\n");
    CHECK(read_file(folder / "step-2.out").value() == "o'clock $HOME\n");
    const std::string text = read_file(folder / "result.txt").value();
    CHECK(contains(text, "isolation S0\n"));
    CHECK(contains(text, "step 1: exited exit 3"));
    CHECK(contains(text, "step 4: not_run"));

    const std::string out = (temp.path() / "out").string();
    const std::string command = "TMPDIR='" + temp.path().string() + "' '" +
                                (folder / "job.sh").string() + "' > " + out + " 2>/dev/null";
    CHECK(std::system(command.c_str()) != 0);  // the third step's
    CHECK(read_file(out).value() == "it's here\no'clock $HOME\n");
}

TEST_CASE("A job is not kept over another, nor outside its folder") {
    const TempFolder temp = TempFolder::create().value();
    JobSpec job = job_of({"/bin/true"});
    REQUIRE(write_job_record(temp.path() / "one", job, {}));
    const auto again = write_job_record(temp.path() / "one", job, {});
    REQUIRE_FALSE(again);
    CHECK(again.error().code == ErrorCode::Io);
    job.inputs = {{"../escape", "x", false}};
    const auto outside = write_job_record(temp.path() / "two", job, {});
    REQUIRE_FALSE(outside);
    CHECK(outside.error().code == ErrorCode::InvalidArgument);
    CHECK_FALSE(std::filesystem::exists(temp.path() / "escape"));
}
