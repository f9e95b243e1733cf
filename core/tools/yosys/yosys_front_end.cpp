// SPDX-License-Identifier: Apache-2.0
#include "core/tools/yosys/yosys_front_end.h"

#include "core/tools/yosys.h"

namespace rtlgen::tools::yosys {
namespace {

Result<process::JobSpec> plan(const Tool& tool, const SourceSet& set, YosysReader reader) {
    YosysRun run;
    run.name = reader == YosysReader::Slang ? "yosys-slang-read" : "yosys-verilog-read";
    TRY(add_reading(run, reader, set));
    run.script += "proc\ncheck\n";
    return plan_yosys(tool, run);
}

ReadResult parse(const Tool& tool, const SourceSet& set, const process::JobResult& result,
                 YosysReader reader) {
    YosysResult run = parse_yosys(tool, set, result);
    ReadResult read;
    read.tool = std::move(run.tool);
    read.command = std::string(to_string(reader));
    read.accepted = run.ok;
    read.crashed = run.crashed;
    read.end = run.end;
    read.findings = std::move(run.findings);
    read.log = std::move(run.log);
    // With a top, its elaboration has refused a text without it.
    if (read.accepted && set.top.empty() && run.modules.empty()) {
        read.accepted = false;
        read.findings.push_back({Severity::Error, "yosys/EMPTY", "", 0, 0,
                                 "nothing of the design is left after it was read"});
    }
    return read;
}

}  // namespace

bool has_slang(const Tool& tool) { return tool.has("diag_json"); }

Result<process::JobSpec> plan_slang(const Tool& tool, const SourceSet& set) {
    return plan(tool, set, YosysReader::Slang);
}

ReadResult parse_slang(const Tool& tool, const SourceSet& set, const process::JobResult& result) {
    return parse(tool, set, result, YosysReader::Slang);
}

Result<process::JobSpec> plan_verilog(const Tool& tool, const SourceSet& set) {
    return plan(tool, set, YosysReader::Verilog);
}

ReadResult parse_verilog(const Tool& tool, const SourceSet& set, const process::JobResult& result) {
    return parse(tool, set, result, YosysReader::Verilog);
}

}  // namespace rtlgen::tools::yosys
