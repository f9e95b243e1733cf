// SPDX-License-Identifier: Apache-2.0
#include "core/tools/front_end.h"

#include <algorithm>

#include "core/tools/icarus/icarus_front_end.h"
#include "core/tools/verilator/verilator_front_end.h"
#include "core/tools/yosys/yosys_front_end.h"

namespace rtlgen::tools {
namespace {

constexpr std::chrono::seconds kAsPlanned{0};
/// read_verilog unrolls a loop of an `initial` block in the square of its rounds: minutes where a
/// memory of 65536 words is cleared.
constexpr std::chrono::seconds kFirstReading{5};

bool is_any(const Tool& /*tool*/) { return true; }

}  // namespace

const std::vector<FrontEnd>& front_ends() {
    static const std::vector<FrontEnd> rows = {
        {"icarus", ToolKind::Icarus, 3, kAsPlanned, is_any, icarus::plan_read, icarus::parse_read},
        {"verilator", ToolKind::Verilator, 2, kAsPlanned, is_any, verilator::plan_read,
         verilator::parse_read},
        {"yosys-slang", ToolKind::Yosys, 1, kAsPlanned, yosys::has_slang, yosys::plan_slang,
         yosys::parse_slang},
        {"yosys-verilog", ToolKind::Yosys, 4, kFirstReading, is_any, yosys::plan_verilog,
         yosys::parse_verilog},
    };
    return rows;
}

Result<ReadResult> read_design(const FrontEnd& front_end, const Tool& tool, const SourceSet& set,
                               process::Runner& runner, std::stop_token stop) {
    TRY_ASSIGN(process::JobSpec job, front_end.plan(tool, set));
    if (front_end.first_cpu.count() > 0) {
        job.limits.cpu = std::min(job.limits.cpu, front_end.first_cpu);
    }
    TRY_ASSIGN(const process::JobResult result, runner.run(job, std::move(stop)));
    return front_end.parse(tool, set, result);
}

}  // namespace rtlgen::tools
