// SPDX-License-Identifier: Apache-2.0
// What candidates of one reference share, and what they must not.
#include "verify/reference/prepared_reference.h"

#include <thread>

#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"
#include "tests/unit/verify/one_module.h"
#include "verify/reference/reference_check.h"

using namespace rtlgen;
using namespace rtlgen::verify;
using test::text_of;

namespace {

std::string inverter(const std::string& name, const std::string& value) {
    return "module " + name + "(input [3:0] a, output [3:0] y);\n  assign y = " + value +
           ";\nendmodule\n";
}

/// Keeps what it hands on.
class WatchedRunner final : public process::Runner {
public:
    explicit WatchedRunner(process::Runner& inner) : inner_(inner) {}
    Result<process::JobResult> run(const process::JobSpec& job, std::stop_token stop) override {
        {
            const std::scoped_lock lock(mutex_);
            jobs_.push_back(job);
        }
        return inner_.run(job, std::move(stop));
    }
    [[nodiscard]] process::IsolationLevel level() const override { return inner_.level(); }

    /// Jobs in which a file holds `text`.
    [[nodiscard]] std::vector<process::JobSpec> jobs_with(const std::string& text) const {
        std::vector<process::JobSpec> found;
        for (const process::JobSpec& job : jobs_) {
            const bool holds =
                std::ranges::any_of(job.inputs, [&](const process::InputFile& input) {
                    return input.bytes.find(text) != std::string::npos;
                });
            if (holds) found.push_back(job);
        }
        return found;
    }

private:
    process::Runner& inner_;
    std::mutex mutex_;
    std::vector<process::JobSpec> jobs_;
};

std::string driver_of(const process::JobSpec& job) {
    for (const process::InputFile& input : job.inputs) {
        if (input.bytes.find("module rtlgen_drive_") != std::string::npos) return input.bytes;
    }
    return "";
}

}  // namespace

TEST_CASE("candidates of one reference run it once, whoever comes first") {
    const auto machine = test::open_comparing_machine();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    WatchedRunner runner(*machine->runner);
    SharedReferences references;
    const JudgeTools tools{machine->toolset, runner, *machine->clock, {}, &references};
    const SourceSet reference = text_of(inverter("good", "~a"), "good");
    const std::vector<std::string> values = {"~a", "a ^ 4'hf", "a", "4'd15 - a"};
    std::vector<Outcome> outcomes(values.size());
    std::vector<std::uint64_t> samples(values.size());
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < values.size(); ++i) {
            threads.emplace_back([&, i] {
                const SourceSet design = text_of(inverter("dut", values[i]), "dut");
                const auto result = check_against_reference(
                    {.design = design, .reference = reference, .seed = "1"}, tools, {});
                if (!result) return;
                outcomes[i] = result->check.outcome;
                samples[i] = result->evidence.samples;
            });
        }
    }
    CHECK(outcomes == std::vector{Outcome::Pass, Outcome::Pass, Outcome::Fail, Outcome::Pass});
    CHECK(samples == std::vector<std::uint64_t>(4, samples[0]));
    const std::vector<process::JobSpec> with_reference = runner.jobs_with("module good(");
    // One tells its interface, one runs it.
    const auto runs = std::ranges::count_if(
        with_reference, [](const process::JobSpec& job) { return !driver_of(job).empty(); });
    CHECK(runs == 1);
    for (const process::JobSpec& job : with_reference) {
        CHECK(std::ranges::none_of(job.inputs, [](const process::InputFile& input) {
            return input.bytes.find("module dut(") != std::string::npos;
        }));
    }
    CHECK(runner.jobs_with("module dut(").size() == values.size());
}

TEST_CASE("no two runs have the same driver, and another seed has other stimuli") {
    const auto machine = test::open_comparing_machine();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    WatchedRunner runner(*machine->runner);
    SharedReferences references;
    const JudgeTools tools{machine->toolset, runner, *machine->clock, {}, &references};
    const SourceSet reference = text_of(
        "module good(input [63:0] a, output [63:0] y);\n  assign y = ~a;\nendmodule\n", "good");
    const SourceSet design = text_of(
        "module dut(input [63:0] a, output [63:0] y);\n  assign y = ~a;\nendmodule\n", "dut");
    for (const std::string seed : {"1", "1", "2"}) {
        REQUIRE(check_against_reference({.design = design, .reference = reference, .seed = seed},
                                        tools, {})
                    .has_value());
    }
    const std::vector<process::JobSpec> jobs = runner.jobs_with("module dut(");
    REQUIRE(jobs.size() == 3);
    const auto rows_of = [](const process::JobSpec& job) {
        for (const process::InputFile& input : job.inputs) {
            if (input.path == kRowsFile) return input.bytes;
        }
        return std::string();
    };
    CHECK(driver_of(jobs[0]) != driver_of(jobs[1]));
    CHECK(!rows_of(jobs[0]).empty());
    CHECK(rows_of(jobs[0]) == rows_of(jobs[1]));
    CHECK(rows_of(jobs[0]) != rows_of(jobs[2]));
}

TEST_CASE("parameters that are asked for reach both sides of the comparison") {
    const auto machine = test::open_comparing_machine();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const auto adder = [](const std::string& name, const std::string& value) {
        SourceSet set = text_of("module " + name +
                                    " #(parameter W = 4)(input [W-1:0] a, output "
                                    "[W-1:0] y);\n  assign y = " +
                                    value + ";\nendmodule\n",
                                name);
        set.parameters = {{"W", "9"}};
        return set;
    };
    const SourceSet reference = adder("good", "a + 1");
    const auto outcome_of = [&](const std::string& value) {
        const SourceSet design = adder("dut", value);
        const auto result = check_against_reference(
            {.design = design, .reference = reference, .seed = "1"}, machine->tools(), {});
        return result ? result->check.outcome : Outcome::ToolError;
    };
    CHECK(outcome_of("a + 1") == Outcome::Pass);
    CHECK(outcome_of("{a[W-1:4] + (&a[3:0]), a[3:0] + 4'd1}") == Outcome::Pass);
    // Right for four bits alone.
    CHECK(outcome_of("a[3:0] + 1") == Outcome::Fail);
}
