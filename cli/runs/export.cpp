// SPDX-License-Identifier: Apache-2.0
// `rtlgen runs export RUN`: its Attempts as JSON lines. The keys of a recording
// (core/llm/recording.h) have the meaning that they have there, so that `--model replay:FILE`
// answers from it.
#include <nlohmann/json.hpp>

#include "cli/runs/runs.h"
#include "core/base/text.h"
#include "core/llm/recording.h"
#include "core/store/attempt_json.h"

namespace rtlgen::cli {
namespace {

using nlohmann::ordered_json;

ordered_json recorded(const store::Attempt& attempt, const store::RunInfo& info) {
    if (!attempt.completion) {
        return {{"problem", to_valid_utf8(info.problem)},
                {"request", attempt.request_sha256},
                {"sample", attempt.sample},
                {"turn", attempt.turn}};
    }
    llm::RecordedAnswer answer;
    answer.problem = info.problem;
    answer.request = attempt.request_sha256;
    answer.sample = attempt.sample;
    answer.turn = attempt.turn;
    answer.completion = *attempt.completion;
    return ordered_json::parse(llm::to_line(answer));
}

ordered_json to_line(const store::Attempt& attempt, const store::RunInfo& info) {
    ordered_json line = recorded(attempt, info);
    line["schema"] = "rtlgen.attempt.v1";
    line["state"] = store::to_string(attempt.state);
    line["asked_model"] = to_valid_utf8(info.model);
    line["template"] = to_valid_utf8(attempt.template_name);
    line["template_sha256"] = attempt.template_sha256;
    line["messages"] = ordered_json::parse(store::prompt_to_json(attempt.prompt));
    line["sampling"] = ordered_json::parse(llm::sampling_to_json(attempt.sampling));
    if (attempt.completion) {
        const llm::Completion& completion = *attempt.completion;
        line["sent"] = to_valid_utf8(completion.sent);
        line["endpoint"] = to_valid_utf8(completion.endpoint);
        line["origin"] = to_string(completion.origin);
        line["bytes_sent"] = completion.bytes_sent;
        line["latency_us"] = completion.latency.count();
        line["from_cache"] = completion.from_cache;
        line["cost_usd"] =
            completion.cost_usd ? ordered_json(*completion.cost_usd) : ordered_json();
    }
    line["candidate"] = to_valid_utf8(attempt.candidate_code);
    line["verdict"] = attempt.verdict ? to_json(*attempt.verdict) : ordered_json();
    if (attempt.error) {
        line["error"] = {{"code", to_string(attempt.error->code)},
                         {"message", to_valid_utf8(attempt.error->message)},
                         {"where", to_valid_utf8(attempt.error->where)}};
    }
    line["asked_at"] = attempt.asked_at;
    line["answered_at"] = attempt.answered_at;
    line["judged_at"] = attempt.judged_at;
    return line;
}

}  // namespace

Result<int> export_run(const RunsOptions& options, Session& session) {
    TRY_ASSIGN(const ReadRun run, read_run(options.run));
    int left_out = 0;
    for (const store::Attempt& attempt : run.attempts) {
        if (!attempt.completion && !options.all) {
            ++left_out;
            continue;
        }
        session.streams.out << to_line(attempt, run.info).dump() << "\n";
    }
    if (left_out > 0) {
        session.streams.err << left_out
                            << (left_out == 1 ? " attempt without an answer is"
                                              : " attempts without an answer are")
                            << " left out, as a recording can't have them (--all)\n";
    }
    return 0;
}

}  // namespace rtlgen::cli
