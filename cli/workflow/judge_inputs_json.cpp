// SPDX-License-Identifier: Apache-2.0
// What judges a Run's candidates, as JSON out and in.
#include <nlohmann/json.hpp>

#include "cli/workflow/judging.h"
#include "core/base/text.h"
#include "core/store/source_set_json.h"

namespace rtlgen::workflow {
namespace {

using nlohmann::ordered_json;

ordered_json limits_to_json(const process::Limits& limits) {
    return {{"wall_ms", limits.wall.count()}, {"cpu_s", limits.cpu.count()},
            {"memory", limits.memory.count},  {"output", limits.output.count},
            {"file", limits.file.count},      {"disk", limits.disk.count},
            {"processes", limits.processes}};
}

process::Limits limits_from_json(const ordered_json& json) {
    process::Limits limits;
    limits.wall = std::chrono::milliseconds(json.at("wall_ms").get<std::int64_t>());
    limits.cpu = std::chrono::seconds(json.at("cpu_s").get<std::int64_t>());
    limits.memory.count = json.at("memory");
    limits.output.count = json.at("output");
    limits.file.count = json.at("file");
    limits.disk.count = json.at("disk");
    limits.processes = json.at("processes");
    return limits;
}

ordered_json set_or_null(const std::optional<SourceSet>& set) {
    return set ? store::source_set_to_json(*set) : ordered_json();
}

std::optional<SourceSet> set_from(const ordered_json& json) {
    if (json.is_null()) return std::nullopt;
    return store::source_set_from_json(json);
}

}  // namespace

std::string judge_inputs_to_json(const Problem& problem, const verify::JudgeRequest& request) {
    ordered_json json = {{"schema", "rtlgen.judge_inputs.v1"}};
    json["problem"] = to_valid_utf8(problem.id);
    json["top"] = to_valid_utf8(problem.spec.top);
    json["interface"] = to_valid_utf8(problem.spec.interface_text);
    json["testbench"] = set_or_null(problem.testbench);
    json["reference"] = set_or_null(problem.reference);
    json["simulator"] = static_cast<int>(request.simulator);
    json["require"] = request.require;
    json["prove"] = static_cast<int>(request.prove);
    json["site_checks"] = ordered_json::array();
    for (const verify::SiteCheck& check : request.site_checks) {
        json["site_checks"].push_back(
            {{"name", to_valid_utf8(check.name)}, {"command", to_valid_utf8(check.command)}});
    }
    json["seed"] = to_valid_utf8(request.seed);
    json["limits"] = limits_to_json(request.limits);
    return json.dump();
}

Result<JudgeInputs> judge_inputs_from_json(const std::string& text) {
    try {
        const ordered_json json = ordered_json::parse(text);
        JudgeInputs inputs;
        inputs.problem.id = json.at("problem");
        inputs.problem.spec.top = json.at("top");
        inputs.problem.spec.interface_text = json.at("interface");
        inputs.problem.testbench = set_from(json.at("testbench"));
        inputs.problem.reference = set_from(json.at("reference"));
        inputs.request.simulator =
            static_cast<verify::SimulatorChoice>(json.at("simulator").get<int>());
        json.at("require").get_to(inputs.request.require);
        // Runs of before there was a proof were judged without one.
        inputs.request.prove = static_cast<verify::JudgeRequest::Prove>(
            json.value("prove", static_cast<int>(verify::JudgeRequest::Prove::Off)));
        for (const ordered_json& check : json.at("site_checks")) {
            inputs.request.site_checks.push_back({check.at("name"), check.at("command")});
        }
        inputs.request.seed = json.at("seed");
        inputs.request.limits = limits_from_json(json.at("limits"));
        return inputs;
    } catch (const nlohmann::json::exception& error) {
        return fail(ErrorCode::Unreadable,
                    std::string("what judged the run is damaged: ") + error.what());
    }
}

}  // namespace rtlgen::workflow
