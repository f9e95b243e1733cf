// SPDX-License-Identifier: Apache-2.0
// Any bytes as what a tool printed: every front end and simulator, every end that a step may have.
#include <cstdlib>
#include <string>

#include "core/tools/front_end.h"
#include "core/tools/icarus/icarus_log.h"
#include "core/tools/icarus/icarus_simulator.h"
#include "core/tools/verilator/verilator_log.h"
#include "core/tools/verilator/verilator_simulator.h"
#include "core/tools/yosys.h"
#include "core/tools/yosys/yosys_log.h"

using namespace rtlgen;

namespace {

process::JobResult job_of(const std::string& log, std::size_t steps) {
    process::JobResult job;
    job.steps.resize(steps);
    std::size_t turn = log.empty() ? 0 : static_cast<unsigned char>(log.front());
    for (process::StepResult& step : job.steps) {
        step.end = turn % 3 == 2 ? process::StepEnd::WallLimit : process::StepEnd::Exited;
        step.exit_code = turn % 2 == 0 ? 0 : 1;
        step.out = log;
        step.err = log;
        ++turn;
    }
    for (const char* name : {"diag.json", "diagnostics.json", "interface.json", "stat.json"}) {
        job.outputs[name] = log;
    }
    return job;
}

void parse_simulations(const SourceSet& set, const process::JobResult& job) {
    tools::SimulationRequest request;
    request.sources = set;
    (void)tools::icarus::parse_simulation(tools::Tool{}, request, job);
    (void)tools::verilator::parse_simulation(tools::Tool{}, request, job);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string log(reinterpret_cast<const char*>(data), size);
    SourceSet set;
    set.files = {{"a.sv", "", "module a; endmodule\n"}};
    for (std::size_t steps = 0; steps < 4; ++steps) {
        const process::JobResult job = job_of(log, steps);
        for (const tools::FrontEnd& front_end : tools::front_ends()) {
            const tools::ReadResult read = front_end.parse(tools::Tool{}, set, job);
            for (const Finding& finding : read.findings) {
                if (finding.line < 0 || finding.column < 0) abort();
            }
        }
        (void)tools::parse_yosys(tools::Tool{}, set, job);
        parse_simulations(set, job);
    }
    (void)tools::icarus::parse_runtime(log);
    (void)tools::verilator::parse_runtime(log);
    (void)tools::verilator::parse_finish(log);
    (void)tools::verilator::without_report(log);
    (void)tools::yosys::parse_diagnostics(log);
    (void)tools::parse_headers(log);
    return 0;
}
