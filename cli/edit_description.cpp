// SPDX-License-Identifier: Apache-2.0
#include "cli/edit_description.h"

#include <nlohmann/json.hpp>

#include "cli/workflow/judging.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/store/source_set_json.h"

namespace rtlgen::cli {
namespace {

using nlohmann::ordered_json;

/// What judges, and the design that the changes are made to.
std::string judge_text(const workflow::EditRequest& request) {
    Problem problem;
    problem.id = request.design.top;
    problem.spec.top = request.design.top;
    problem.testbench = request.judge.testbench;
    problem.reference = request.judge.reference;
    ordered_json json = ordered_json::parse(workflow::judge_inputs_to_json(problem, request.judge));
    json["design"] = store::source_set_to_json(request.design);
    json["lock_ports"] = request.ports == workflow::PortLock::Locked;
    return json.dump();
}

}  // namespace

Result<store::RunInfo> describe_edit_run(const workflow::EditRequest& request,
                                         const llm::Backend& backend,
                                         const prompts::PromptTemplates& templates,
                                         Clock::WallTime now) {
    store::RunInfo info;
    info.command = "edit";
    info.problem = request.design.top;
    info.spec_text = request.task;
    info.model = backend.name();
    info.version = RTLGEN_VERSION;
    info.started_at =
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    info.options =
        ordered_json{{"max_repairs", request.max_repairs},
                     {"sampling", ordered_json::parse(llm::sampling_to_json(request.sampling))},
                     {"lock_ports", request.ports == workflow::PortLock::Locked},
                     {"require", request.judge.require},
                     {"repair_tokens", request.repair.token_budget},
                     {"destination", to_valid_utf8(backend.destination())}}
            .dump();
    info.judge = judge_text(request);
    TRY_ASSIGN(const std::string templates_sha256, templates.sha256());
    info.key = FieldHasher()
                   .add("rtlgen.edit_key.v1")
                   .add(info.spec_text)
                   .add(info.model)
                   .add(info.options)
                   .add(info.judge)
                   .add(templates_sha256)
                   .finish();
    return info;
}

Result<workflow::EditRequest> edit_request_of(const store::RunInfo& info) {
    TRY_ASSIGN(workflow::JudgeInputs inputs, workflow::judge_inputs_from_json(info.judge));
    workflow::EditRequest request;
    try {
        const ordered_json json = ordered_json::parse(info.judge);
        request.design = store::source_set_from_json(json.at("design"));
        request.ports = json.at("lock_ports").get<bool>() ? workflow::PortLock::Locked
                                                          : workflow::PortLock::Free;
    } catch (const nlohmann::json::exception& error) {
        return fail(ErrorCode::Unreadable,
                    std::string("the design that the run changed is damaged: ") + error.what());
    }
    request.task = info.spec_text;
    request.judge = std::move(inputs.request);
    request.judge.testbench = std::move(inputs.problem.testbench);
    request.judge.reference = std::move(inputs.problem.reference);
    return request;
}

}  // namespace rtlgen::cli
