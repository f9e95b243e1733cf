// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/edit.h"

#include <algorithm>
#include <set>

#include "cli/workflow/attempt_order.h"
#include "cli/workflow/edit_judging.h"
#include "cli/workflow/evidence.h"
#include "cli/workflow/generate.h"
#include "cli/workflow/text_diff.h"
#include "core/rtl/edit_blocks.h"
#include "prompts/defusing.h"

namespace rtlgen::workflow {
namespace {

using prompts::untrusted_block;

/// What goes into a prompt about the files as they are.
struct PromptState {
    const std::vector<SourceFile>& files;
    const Verdict* verdict = nullptr;  ///< of these files; null before the first answer
    std::string problem;               ///< of the last answer, in words
    std::string tries;
};

std::string block_of(const std::string& text, std::string_view label, Bytes cap) {
    return text.empty() ? std::string() : untrusted_block(text, label, cap);
}

/// Files within the budget, the smaller ones first; the names of the others.
void add_files(prompts::Variables& variables, const PromptState& state, std::size_t room) {
    std::vector<const SourceFile*> by_size;
    for (const SourceFile& file : state.files) by_size.push_back(&file);
    std::ranges::stable_sort(by_size, {}, [](const SourceFile* file) { return file->text.size(); });
    std::set<std::string> shown;
    for (const SourceFile* file : by_size) {
        if (file->text.size() > room) break;
        room -= file->text.size();
        shown.insert(file->path);
    }
    std::vector<prompts::Record> rows;
    std::string unnamed;
    for (const SourceFile& file : state.files) {
        const std::string path = prompts::defused(file.path);
        if (!shown.contains(file.path)) {
            unnamed += (unnamed.empty() ? "" : ", ") + path;
            continue;
        }
        // Its own length is the cap: it is shown whole, but for what is spelled out.
        rows.push_back({{"path", path},
                        {"text", untrusted_block(file.text, "file", {file.text.size() * 8 + 1})}});
    }
    variables["first_path"] = rows.empty() ? "FILE" : rows.front().at("path");
    variables["files"] = std::move(rows);
    variables["unnamed"] = unnamed;
}

prompts::PromptRequest prompt_of(const EditRequest& request, const PromptState& state) {
    prompts::PromptRequest prompt{"edit.md", {}};
    prompts::Variables& variables = prompt.variables;
    variables["task"] = request.task;
    variables["top"] = request.design.top;
    variables["locked"] = request.ports == PortLock::Locked;
    variables["is_retry"] = state.verdict != nullptr;
    variables["problem"] = block_of(state.problem, "what came of it", kibibytes(4));
    variables["thrown_away"] = "";
    variables["tries"] = block_of(state.tries, "tries", kibibytes(8));
    const EvidenceCaps caps;
    EvidenceTexts texts;
    if (state.verdict != nullptr) texts = evidence_of(*state.verdict, state.files, caps);
    variables["facts"] = block_of(texts.facts, "first mismatch", caps.facts);
    variables["table"] = block_of(texts.table, "values", caps.table);
    variables["drivers"] = block_of(texts.drivers, "driving lines", caps.drivers);
    variables["messages"] = block_of(texts.messages, "messages", caps.messages);
    std::string missing;
    for (const std::string& what : texts.missing) missing += (missing.empty() ? "" : "; ") + what;
    variables["left_out"] = prompts::defused(missing);
    const std::size_t budget = request.repair.token_budget * 4;
    const std::size_t used = request.task.size() + kEvidenceCap.count;
    add_files(variables, state, budget > used ? budget - used : 0);
    return prompt;
}

class Editing {
public:
    Editing(const EditRequest& request, const EditParts& parts, std::stop_token stop)
        : request_(request), parts_(parts), stop_(std::move(stop)) {}

    Result<EditResult> run() {
        TRY_ASSIGN(result_.before, judge_files(request_, request_.design.files, Origin::Person,
                                               parts_.judge, stop_));
        for (int turn = 0; turn <= request_.max_repairs; ++turn) {
            if (turn > 0) {
                std::vector<store::Attempt> history;
                for (const EditTry& tried : result_.tries) history.push_back(tried.attempt);
                result_.stopped = plan_repair({}, history).stopped;
                if (!result_.stopped.empty()) return std::move(result_);
            }
            TRY(add_try(turn));
            if (stop_.stop_requested()) return fail(ErrorCode::Interrupted, "interrupted");
        }
        result_.stopped = "as many repairs as were allowed";
        return std::move(result_);
    }

private:
    /// The best change that was judged: what was refused, or changes nothing, is gone on from
    /// never.
    [[nodiscard]] const EditTry* base() const {
        const EditTry* best = nullptr;
        for (const EditTry& tried : result_.tries) {
            if (!tried.attempt.verdict || is_refused(tried.attempt)) continue;
            if (best == nullptr || is_better(tried.attempt, best->attempt)) best = &tried;
        }
        return best;
    }

    [[nodiscard]] static bool is_refused(const store::Attempt& attempt) {
        const std::vector<Check>& checks = attempt.verdict->checks;
        return attempt.candidate_code.empty() ||
               (!checks.empty() && checks.front().name == "gate" &&
                checks.front().outcome == Outcome::Fail);
    }

    /// What became of the last answer, where the prompt is not about what it made.
    [[nodiscard]] std::string last_problem(const EditTry* base) const {
        if (result_.tries.empty() || &result_.tries.back() == base) return {};
        const store::Attempt& last = result_.tries.back().attempt;
        if (!last.verdict) return {};
        if (is_refused(last))
            return "The last answer was refused: " + last.verdict->checks.front().reason;
        return "The last try was worse, so it was thrown away: " + summary_of(last);
    }

    Status add_try(int turn) {
        const EditTry* best = base();
        const PromptState state{best != nullptr ? best->files : request_.design.files,
                                best != nullptr ? &*best->attempt.verdict : nullptr,
                                last_problem(best), told_tries(best)};
        EditTry tried;
        tried.files = state.files;
        TRY_ASSIGN(const prompts::RenderedPrompt prompt,
                   parts_.templates.render(prompt_of(request_, state)));
        TRY(ask(tried.attempt, prompt, turn));
        if (tried.attempt.completion && !reuse_verdict(tried)) TRY(take(tried));
        parts_.on_attempt(tried.attempt);
        result_.tries.push_back(std::move(tried));
        return {};
    }

    /// Changes that were thrown away, latest first.
    [[nodiscard]] std::string told_tries(const EditTry* best) const {
        std::string text;
        for (auto tried = result_.tries.rbegin(); tried != result_.tries.rend(); ++tried) {
            if (&*tried == best || !tried->attempt.verdict) continue;
            text += "Try " + std::to_string(tried->attempt.turn + 1) + " (" +
                    summary_of(tried->attempt) + "):\n" + tried->attempt.candidate_code;
        }
        return text;
    }

    Status ask(store::Attempt& attempt, const prompts::RenderedPrompt& prompt, int turn) {
        llm::CompletionRequest request = request_of(request_, prompt);
        request.turn = turn;
        attempt.turn = turn;
        attempt.template_name = prompt.template_name;
        attempt.template_sha256 = prompt.template_sha256;
        attempt.prompt = request.messages;
        attempt.sampling = request.sampling;
        attempt.request_sha256 = llm::request_hash(request);
        // What was answered is paid for, whatever became of it.
        if (const store::Attempt* old = earlier_answer(attempt)) {
            attempt = *old;
            return {};
        }
        attempt.asked_at = now();
        TRY(save(attempt));
        Result<llm::Completion> completion = parts_.backend.complete(request, stop_);
        attempt.answered_at = now();
        if (completion) {
            attempt.completion = *std::move(completion);
            attempt.state = store::AttemptState::Answered;
        } else {
            attempt.error = completion.error();
            attempt.state = store::AttemptState::Failed;
        }
        return save(attempt);
    }

    /// The earlier Attempt that has the answer to this one's request, or null.
    [[nodiscard]] const store::Attempt* earlier_answer(const store::Attempt& attempt) const {
        const auto old = std::ranges::find_if(request_.earlier, [&](const store::Attempt& e) {
            return e.turn == attempt.turn && e.completion &&
                   e.request_sha256 == attempt.request_sha256;
        });
        return old == request_.earlier.end() ? nullptr : &*old;
    }

    /// Whether an earlier Attempt's verdict is on what its answer makes of the files now.
    static bool reuse_verdict(EditTry& tried) {
        if (!tried.attempt.verdict || tried.attempt.verdict->outcome == Outcome::ToolError)
            return false;
        if (tried.attempt.candidate_code.empty()) return true;
        rtl::EditedFiles edited = rtl::apply_edits(tried.files, tried.attempt.completion->text);
        if (!edited.problems.empty()) return false;
        tried.files = std::move(edited.files);
        return true;
    }

    Status save(const store::Attempt& attempt) {
        wrote_ = true;
        return parts_.store.save(attempt);
    }

    Status take(EditTry& tried) {
        Verdict verdict;
        rtl::EditedFiles edited = rtl::apply_edits(tried.files, tried.attempt.completion->text);
        const std::string diff = diff_of(request_.design.files, edited.files);
        if (tried.attempt.completion->finish_reason == llm::FinishReason::Length) {
            verdict =
                edit_refusal(VerdictClass::Truncated, "the answer was cut off before its end", {});
        } else if (!edited.problems.empty() || diff.empty()) {
            verdict = edit_refusal(
                VerdictClass::NoCode,
                edited.problems.empty() ? "the answer changes nothing" : edited.problems.front(),
                {});
        } else {
            tried.files = std::move(edited.files);
            tried.attempt.candidate_code = diff;
            TRY(save(tried.attempt));
            TRY_ASSIGN(verdict, judge_change(request_, tried.files, parts_.judge, stop_));
        }
        verdict.candidate.origin = tried.attempt.completion->origin;
        tried.attempt.verdict = std::move(verdict);
        tried.attempt.judged_at = now();
        tried.attempt.state = store::AttemptState::Judged;
        return save(tried.attempt);
    }

    [[nodiscard]] std::int64_t now() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
                   parts_.clock.wall_now().time_since_epoch())
            .count();
    }

public:
    [[nodiscard]] bool wrote() const { return wrote_; }

    static llm::CompletionRequest request_of(const EditRequest& request,
                                             const prompts::RenderedPrompt& prompt) {
        llm::CompletionRequest asked;
        asked.problem = request.design.top;
        asked.sampling = request.sampling;
        asked.spec.text = request.task;
        asked.spec.top = request.design.top;
        if (!prompt.system.empty()) asked.messages.push_back({llm::Role::System, prompt.system});
        asked.messages.push_back({llm::Role::User, prompt.user});
        return asked;
    }

private:
    const EditRequest& request_;
    const EditParts& parts_;
    std::stop_token stop_;
    EditResult result_;
    bool wrote_ = false;
};

/// Whether an Attempt would be tried again.
bool has_rest(const EditResult& result) {
    return std::ranges::any_of(result.tries, [](const EditTry& tried) {
        return is_tried_again(tried.attempt, RetryErrors::Transient);
    });
}

}  // namespace

const EditTry* EditResult::best() const {
    const EditTry* best = nullptr;
    for (const EditTry& tried : tries) {
        if (!tried.attempt.verdict) continue;
        if (best == nullptr || is_better(tried.attempt, best->attempt)) best = &tried;
    }
    return best;
}

Result<EditResult> edit(const EditRequest& request, const EditParts& parts, std::stop_token stop) {
    Editing editing(request, parts, std::move(stop));
    Result<EditResult> result = editing.run();
    TRY_ASSIGN(const store::RunState before, parts.store.state());
    const store::RunState after =
        result && !has_rest(*result) ? store::RunState::Finished : store::RunState::Interrupted;
    if (!editing.wrote() && before == store::RunState::Finished) return result;
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
        parts.clock.wall_now().time_since_epoch());
    TRY(parts.store.set_state(after, now.count()));
    return result;
}

Result<llm::CompletionRequest> first_edit_request(const EditRequest& request,
                                                  const prompts::PromptTemplates& templates) {
    TRY_ASSIGN(const prompts::RenderedPrompt prompt,
               templates.render(prompt_of(request, {request.design.files, nullptr, "", ""})));
    return Editing::request_of(request, prompt);
}

std::string diff_of(const std::vector<SourceFile>& before, const std::vector<SourceFile>& after) {
    std::string diff;
    for (std::size_t i = 0; i < before.size() && i < after.size(); ++i) {
        diff += unified_diff(before[i].path, before[i].text, after[i].text);
    }
    return diff;
}

}  // namespace rtlgen::workflow
