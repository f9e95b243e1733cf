// SPDX-License-Identifier: Apache-2.0
#include "cli/run_description.h"

#include <nlohmann/json.hpp>

#include "cli/workflow/judging.h"
#include "core/base/hash.h"
#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

using nlohmann::ordered_json;

/// All of it is in the key too.
ordered_json options_of(const workflow::GenerateRequest& request, const OpenedModel& model) {
    ordered_json said = {{"candidates", request.candidates},
                         {"max_repairs", request.max_repairs},
                         {"sampling", ordered_json::parse(llm::sampling_to_json(request.sampling))},
                         {"seed", to_valid_utf8(request.judge.seed)},
                         {"top", to_valid_utf8(request.problem.spec.top)},
                         {"require", request.judge.require},
                         {"repair_tokens", request.repair.token_budget},
                         {"repair_answers", static_cast<int>(request.repair.answers)},
                         {"destination", to_valid_utf8(model.backend->destination())}};
    // Only where it isn't the default: older Runs keep their keys.
    if (!model.asked_by.empty()) said["asked_by"] = ordered_json::parse(model.asked_by);
    return said;
}

}  // namespace

Result<store::RunInfo> describe_run(const GenerateOptions& options,
                                    const workflow::GenerateRequest& request,
                                    const OpenedModel& model,
                                    const prompts::PromptTemplates& templates,
                                    Clock::WallTime now) {
    store::RunInfo info;
    info.command = "generate";
    info.problem = request.problem.id;
    info.spec_text = request.problem.spec.text;
    info.spec_path = options.spec;
    info.model = model.backend->name();
    info.version = RTLGEN_VERSION;
    info.started_at =
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    info.judge = workflow::judge_inputs_to_json(request.problem, request.judge);
    ordered_json said = options_of(request, model);
    TRY_ASSIGN(const std::string templates_sha256, templates.sha256());
    TRY_ASSIGN(const llm::CompletionRequest first, workflow::first_request(request, templates));
    info.key = FieldHasher()
                   .add("rtlgen.run_key.v1")
                   .add(info.command)
                   .add(info.problem)
                   .add(info.spec_text)
                   .add(info.model)
                   .add(info.judge)
                   .add(templates_sha256)
                   .add(llm::request_hash(first))
                   .add(said.dump())
                   .finish();
    said["interface"] = to_valid_utf8(options.interface_file);
    said["testbench"] = to_valid_utf8(options.testbench);
    said["testbench_top"] = to_valid_utf8(options.testbench_top);
    said["reference"] = to_valid_utf8(options.reference);
    said["reference_top"] = to_valid_utf8(options.reference_top);
    said["timeout"] = options.timeout;
    info.options = said.dump();
    return info;
}

}  // namespace rtlgen::cli
