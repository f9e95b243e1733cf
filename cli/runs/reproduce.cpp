// SPDX-License-Identifier: Apache-2.0
// `rtlgen runs reproduce RUN`, `rtlgen reproduce RUN`: every answer of a Run judged again, here and
// now, by what judged it then.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/edit_description.h"
#include "cli/report/run_report.h"
#include "cli/report/verdict_difference.h"
#include "cli/runs/runs.h"
#include "cli/workflow/judging.h"
#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

using nlohmann::ordered_json;

/// A file that reads otherwise today is judged by its text of then.
void pin_texts(std::vector<SourceFile>& files, std::ostream& err) {
    for (SourceFile& file : files) {
        if (file.host_path.empty()) continue;
        const Result<std::string> now = read_text(file.host_path);
        if (now && *now == file.text) continue;
        err << escape_for_terminal(file.path) << (now ? " has changed" : " is gone")
            << ": its text of then is used\n";
        file.host_path.clear();
    }
}

void pin_texts(std::optional<SourceSet>& set, std::ostream& err) {
    if (!set) return;
    pin_texts(set->files, err);
    pin_texts(set->library_files, err);
    pin_texts(set->control_files, err);
}

/// One Attempt, then and now.
struct Compared {
    const store::Attempt* attempt = nullptr;
    Result<Verdict> now;
    std::vector<Difference> verdict;
    std::vector<Difference> circumstances;
    [[nodiscard]] bool same() const { return now && verdict.empty(); }
};

/// What judges a Run: an edit's has the design as it was.
struct RunJudge {
    workflow::JudgeInputs inputs;
    std::optional<workflow::EditRequest> edit;
};

Result<RunJudge> judge_of(const ReadRun& run, std::ostream& err) {
    RunJudge judge;
    if (run.info.command == "edit") {
        TRY_ASSIGN(judge.edit, edit_request_of(run.info));
        pin_texts(judge.edit->design.files, err);
        pin_texts(judge.edit->design.library_files, err);
        pin_texts(judge.edit->judge.testbench, err);
        pin_texts(judge.edit->judge.reference, err);
        return judge;
    }
    TRY_ASSIGN(judge.inputs, workflow::judge_inputs_from_json(run.info.judge));
    pin_texts(judge.inputs.problem.testbench, err);
    pin_texts(judge.inputs.problem.reference, err);
    return judge;
}

/// The design that was taken out of the answer, or the answer again where it had none.
Result<Verdict> judge_again(const workflow::JudgeInputs& inputs, store::Attempt attempt,
                            const verify::JudgeTools& tools, const std::stop_token& stop) {
    const VerdictClass then = attempt.verdict->verdict_class;
    const bool had_none = attempt.candidate_code.empty() || then == VerdictClass::NoCode ||
                          then == VerdictClass::Truncated || then == VerdictClass::Refused;
    if (had_none) {
        if (auto verdict = workflow::take_candidate(attempt, inputs.problem.spec)) {
            return *std::move(verdict);
        }
    }
    return verify::judge(workflow::judge_request_of(inputs.problem, inputs.request, attempt), tools,
                         stop);
}

Result<Verdict> judge_edit(const workflow::EditRequest& request, const store::Attempt& attempt,
                           const verify::JudgeTools& tools, const std::stop_token& stop) {
    return workflow::judge_edit_again(
        request, attempt,
        [&](const verify::JudgeRequest& judged, const std::stop_token& halt) {
            return verify::judge(judged, tools, halt);
        },
        stop);
}

std::vector<Compared> compare_all(const ReadRun& run, const RunJudge& judge, const Machine& machine,
                                  std::size_t jobs, const std::stop_token& stop) {
    std::vector<const store::Attempt*> judged;
    for (const store::Attempt& attempt : run.attempts) {
        // An edit that could not be applied has changed nothing that could be judged.
        const bool has_matter = !judge.edit || !attempt.candidate_code.empty();
        if (attempt.completion && attempt.verdict && has_matter) judged.push_back(&attempt);
    }
    const verify::JudgeTools tools = machine.judge_tools();
    return parallel_map(judged.size(), jobs, [&](std::size_t i) {
        Compared compared{judged[i],
                          judge.edit ? judge_edit(*judge.edit, *judged[i], tools, stop)
                                     : judge_again(judge.inputs, *judged[i], tools, stop),
                          {},
                          {}};
        if (compared.now) {
            compared.verdict = verdict_differences(*judged[i]->verdict, *compared.now);
            compared.circumstances = circumstance_differences(*judged[i]->verdict, *compared.now);
        }
        return compared;
    });
}

ordered_json to_json(const std::vector<Difference>& differences) {
    ordered_json list = ordered_json::array();
    for (const Difference& difference : differences) {
        list.push_back({{"what", to_valid_utf8(difference.what)},
                        {"before", to_valid_utf8(difference.before)},
                        {"after", to_valid_utf8(difference.after)}});
    }
    return list;
}

ordered_json to_json(const ReadRun& run, const std::vector<Compared>& all) {
    ordered_json json = {{"schema", "rtlgen.reproduction.v1"},
                         {"run", to_valid_utf8(run.store.folder().string())},
                         {"same", std::ranges::all_of(all, &Compared::same)},
                         {"attempts", ordered_json::array()}};
    for (const Compared& compared : all) {
        ordered_json object = {{"attempt", compared.attempt->folder_name()},
                               {"same", compared.same()},
                               {"verdict", to_json(compared.verdict)},
                               {"circumstances", to_json(compared.circumstances)}};
        if (!compared.now) object["error"] = to_valid_utf8(compared.now.error().text());
        json["attempts"].push_back(std::move(object));
    }
    return json;
}

std::string arrow(const Difference& difference) {
    const auto shown = [](const std::string& value) { return value.empty() ? "none" : value; };
    return escape_for_terminal(difference.what + ": " + shown(difference.before) + " -> " +
                               shown(difference.after));
}

void tell(std::ostream& out, const std::vector<Compared>& all) {
    std::vector<Difference> circumstances;
    const auto same = static_cast<std::size_t>(std::ranges::count_if(all, &Compared::same));
    for (const Compared& compared : all) {
        for (const Difference& difference : compared.circumstances) {
            if (std::ranges::find(circumstances, difference) == circumstances.end()) {
                circumstances.push_back(difference);
            }
        }
        if (compared.same()) continue;
        out << compared.attempt->folder_name() << "  " << attempt_line(*compared.attempt) << "\n";
        if (!compared.now) {
            out << "    not judged: " << escape_for_terminal(compared.now.error().text()) << "\n";
        }
        for (const Difference& difference : compared.verdict) {
            out << "    " << arrow(difference) << "\n";
        }
    }
    for (const Difference& difference : circumstances) {
        out << "judged with another " << arrow(difference) << "\n";
    }
    out << same << " of " << all.size() << " verdicts are the same"
        << (same < all.size() && circumstances.empty() ? ", though nothing that is known differs"
                                                       : "")
        << "\n";
}

}  // namespace

Result<int> reproduce_run(const RunsOptions& options, Session& session) {
    TRY_ASSIGN(const ReadRun run, read_run(options.run));
    if (run.info.judge.empty()) {
        return fail(ErrorCode::InvalidArgument,
                    "made by an older rtlgen, which didn't keep what judged it; run it again",
                    options.run);
    }
    TRY_ASSIGN(const RunJudge judge, judge_of(run, session.streams.err));
    TRY_ASSIGN(const Machine machine, open_machine(options.machine));
    const std::size_t jobs = options.machine.jobs > 0
                                 ? static_cast<std::size_t>(options.machine.jobs)
                                 : usable_processors();
    const std::vector<Compared> all = compare_all(run, judge, machine, jobs, session.stop);
    if (session.stop.stop_requested()) return fail(ErrorCode::Interrupted, "interrupted");
    if (all.empty()) {
        return fail(ErrorCode::NotFound, "the run has no verdict to reproduce", options.run);
    }
    if (options.json) {
        session.streams.out << to_json(run, all).dump() << "\n";
    } else {
        tell(session.streams.out, all);
    }
    return std::ranges::all_of(all, &Compared::same) ? 0 : 1;
}

}  // namespace rtlgen::cli
