// SPDX-License-Identifier: Apache-2.0
// A reader that some texts keep busy without end gets little time where another one reads them.
#include <mutex>

#include "tests/catch.h"
#include "verify/compile.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

/// Every Yosys job comes to its CPU limit where that is short; else all jobs end well.
class SlowYosys final : public process::Runner {
public:
    using Runner::run;

    Result<process::JobResult> run(const process::JobSpec& job, std::stop_token /*stop*/) override {
        const bool is_yosys = job.name.starts_with("yosys");
        const bool is_short = job.limits.cpu < process::Limits{}.cpu;
        const std::scoped_lock lock(mutex_);
        if (is_yosys) cpu_limits.push_back(job.limits.cpu);
        process::JobResult result;
        result.steps.resize(job.steps.size());
        for (process::StepResult& step : result.steps) {
            step.end = is_yosys && is_short ? process::StepEnd::CpuLimit : process::StepEnd::Exited;
            step.exit_code = 0;
        }
        if (!is_short) {
            for (const auto& output : job.outputs)
                result.outputs[output.path] = "1 modules:\n  m\n";
        }
        return result;
    }

    [[nodiscard]] process::IsolationLevel level() const override {
        return process::IsolationLevel::S0;
    }

    std::vector<std::chrono::seconds> cpu_limits;

private:
    std::mutex mutex_;
};

tools::Tool tool(tools::ToolKind kind) {
    tools::Tool tool;
    tool.kind = kind;
    tool.version = "1";
    tool.binary = "/usr/bin/true";
    return tool;
}

SourceSet design() {
    SourceSet set;
    set.files = {{"m.v", {}, "module m; endmodule\n"}};
    set.top = "m";
    return set;
}

}  // namespace

TEST_CASE("read_verilog gives up early where another tool reads the design") {
    SlowYosys runner;
    const tools::Toolset toolset{{tool(tools::ToolKind::Verilator), tool(tools::ToolKind::Yosys)}};
    const auto compiled = compile_design(design(), toolset, runner, {});
    REQUIRE(compiled);
    CHECK(compiled->check.outcome == Outcome::Pass);
    REQUIRE_FALSE(runner.cpu_limits.empty());
    for (const std::chrono::seconds limit : runner.cpu_limits) {
        CHECK(limit < process::Limits{}.cpu);
    }
}

TEST_CASE("read_verilog gets all the time that there is where nobody else reads the design") {
    SlowYosys runner;
    const tools::Toolset toolset{{tool(tools::ToolKind::Yosys)}};
    const auto compiled = compile_design(design(), toolset, runner, {});
    REQUIRE(compiled);
    CHECK(compiled->check.outcome == Outcome::Pass);
    CHECK(runner.cpu_limits.back() == process::Limits{}.cpu);
}
