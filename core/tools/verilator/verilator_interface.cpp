// SPDX-License-Identifier: Apache-2.0
#include "core/tools/verilator/verilator_interface.h"

#include <algorithm>

#include "core/tools/read_outcome.h"
#include "core/tools/verilator/verilator_log.h"
#include "core/tools/verilator/verilator_plan.h"
#include "core/tools/verilator/verilator_tree.h"

namespace rtlgen::tools::verilator {
namespace {

constexpr const char* kJson = "obj/Vtop.tree.json";
constexpr const char* kXml = "obj/Vtop.xml";

Result<process::JobSpec> plan(const Tool& tool, const SourceSet& set) {
    // The JSON of versions that have both doesn't say what is signed.
    const bool json = !tool.has("xml_only");
    TRY_ASSIGN(process::JobSpec job, plan_over(tool, set,
                                               {json ? "--json-only" : "--xml-only", "-Wno-fatal",
                                                "--prefix", "Vtop", "--Mdir", "obj"}));
    job.name = "verilator-interface";
    job.outputs.push_back({json ? kJson : kXml, mebibytes(256)});
    return job;
}

std::string first_error(const std::vector<Finding>& findings) {
    const auto error = std::ranges::find(findings, Severity::Error, &Finding::severity);
    return error == findings.end() ? "Verilator reads no module" : format_finding(*error);
}

}  // namespace

Result<ModuleHeader> read_interface(const Tool& tool, const SourceSet& set, const std::string& top,
                                    process::Runner& runner, std::stop_token stop) {
    if (!tool.has("json_only") && !tool.has("xml_only")) {
        return fail(ErrorCode::NotFound, "this Verilator prints no tree");
    }
    SourceSet under_top = set;
    if (!top.empty()) under_top.top = top;
    TRY_ASSIGN(const process::JobSpec job, plan(tool, under_top));
    TRY_ASSIGN(const process::JobResult result, runner.run(job, std::move(stop)));
    const ReadResult read = read_outcome(tool, "interface", result);
    const auto text = result.outputs.find(job.outputs.front().path);
    if (!read.accepted || text == result.outputs.end()) {
        std::vector<Finding> findings = parse_messages(read.log);
        if (const auto sources = jail_sources(under_top)) sources->to_user(findings);
        return fail(ErrorCode::NotFound, first_error(findings));
    }
    TRY_ASSIGN(const Tree tree,
               text->first == kJson ? read_json_tree(text->second) : read_xml_tree(text->second));
    return header_of(tree, under_top.top);
}

}  // namespace rtlgen::tools::verilator
