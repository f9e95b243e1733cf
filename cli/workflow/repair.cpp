// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/repair.h"

#include <algorithm>
#include <map>

#include "cli/workflow/attempt_order.h"
#include "cli/workflow/evidence.h"
#include "cli/workflow/feedback.h"
#include "core/base/text.h"
#include "core/rtl/token_hash.h"
#include "prompts/defusing.h"

namespace rtlgen::workflow {
namespace {

using prompts::untrusted_block;
using History = std::span<const store::Attempt>;

constexpr Bytes kTriesCap = kibibytes(8);
constexpr std::size_t kMostChangedLines = 16;
/// For the template's own words.
constexpr std::size_t kTemplateBytes = 3'000;

std::string template_of(const Verdict& verdict) {
    const bool proven_wrong = std::ranges::any_of(verdict.checks, [](const Check& check) {
        return check.name == "prove" && check.outcome == Outcome::Fail;
    });
    switch (verdict.verdict_class) {
        case VerdictClass::NoCode:
        case VerdictClass::Truncated:
        case VerdictClass::Refused: return "repair_no_code.md";
        case VerdictClass::Syntax:
        case VerdictClass::Elaboration:
        case VerdictClass::Interface: return "repair_compile.md";
        case VerdictClass::Forbidden: return "repair_forbidden.md";
        case VerdictClass::Mismatch:
            return proven_wrong ? "repair_counterexample.md" : "repair_mismatch.md";
        case VerdictClass::Timeout:
        case VerdictClass::ResourceLimit: return "repair_timeout.md";
        case VerdictClass::Lint: return "repair_lint.md";
        default: return "repair_other.md";
    }
}

/// An earlier Attempt with the same code and failure as the last one, or null.
const store::Attempt* repeated(History history) {
    const store::Attempt& last = history.back();
    const std::string hash = rtl::token_hash(last.candidate_code);
    const auto found =
        std::ranges::find_if(history.first(history.size() - 1), [&](const store::Attempt& before) {
            return before.verdict && before.verdict->verdict_class == last.verdict->verdict_class &&
                   (before.candidate_code == last.candidate_code ||
                    rtl::token_hash(before.candidate_code) == hash);
        });
    return found == history.end() - 1 ? nullptr : &*found;
}

std::string why_to_stop(History history) {
    if (history.empty()) return "nothing has been tried";
    const store::Attempt& last = history.back();
    if (!last.verdict) return "the last answer has no verdict";
    if (last.verdict->outcome == Outcome::Pass) return "it passes";
    if (last.verdict->outcome == Outcome::ToolError) return "a tool broke, which no design mends";
    if (last.verdict->verdict_class == VerdictClass::Refused) return "the model refuses";
    if (const store::Attempt* same = repeated(history)) {
        return "nothing moves: turn " + std::to_string(last.turn) + " repeats turn " +
               std::to_string(same->turn);
    }
    return {};
}

/// The best Attempt with a design; of equally good ones the last. Else the last one.
const store::Attempt& base_of(History history) {
    const store::Attempt* best = &history.back();
    for (const store::Attempt& attempt : history) {
        if (!attempt.verdict || attempt.candidate_code.empty()) continue;
        const bool first = best->candidate_code.empty() && best == &history.back();
        if (first || quality_of(attempt) > quality_of(*best)) best = &attempt;
    }
    return *best;
}

std::string told_try(const store::Attempt& attempt, const store::Attempt& base) {
    std::string text = "Try " + std::to_string(attempt.turn + 1) + " (" + summary_of(attempt) + ")";
    if (attempt.candidate_code.empty()) return text + "\n";
    const std::string changed =
        changed_lines(base.candidate_code, attempt.candidate_code, kMostChangedLines);
    return text + (changed.empty() ? "\n" : ", against the design above:\n" + changed);
}

/// All Attempts but the base, latest first, within `room` bytes.
std::string tries_of(History history, const store::Attempt& base, std::size_t room) {
    std::string text;
    std::size_t left = 0;
    for (auto attempt = history.rbegin(); attempt != history.rend(); ++attempt) {
        if (&*attempt == &base || !attempt->verdict) continue;
        const std::string more = told_try(*attempt, base);
        constexpr std::size_t kForTheRest = 40;
        if (left > 0 || text.size() + more.size() + kForTheRest > room) {
            ++left;
            continue;
        }
        text += more;
    }
    if (left > 0 && room > 0) text += "[" + std::to_string(left) + " earlier tries left out]\n";
    return text;
}

bool offers_edits(AnswerForm form, const std::string& code) {
    if (code.empty()) return false;
    if (form != AnswerForm::Fitting) return form == AnswerForm::Edits;
    return static_cast<std::size_t>(std::ranges::count(code, '\n')) > kLongForEdits;
}

/// Fills a prompt up to a budget of bytes.
class PromptFilling {
public:
    PromptFilling(prompts::Variables& variables, std::size_t budget)
        : variables_(variables), budget_(budget) {
        for (const auto& [name, value] : variables) {
            if (const auto* text = std::get_if<std::string>(&value)) used_ += text->size();
        }
        used_ += kTemplateBytes;
    }

    [[nodiscard]] std::size_t room() const { return budget_ > used_ ? budget_ - used_ : 0; }

    /// Puts what has to be there.
    void put(const char* name, std::string text) {
        used_ += text.size();
        variables_[name] = std::move(text);
    }

    /// Puts what may be left out, and says where it is.
    void put_if_room(const char* name, std::string text, const char* words) {
        if (text.size() > room()) {
            add_missing(std::string(words) + ", for want of room");
            text.clear();
        }
        put(name, std::move(text));
    }

    void add_missing(std::string_view words) {
        missing_ += (missing_.empty() ? "" : "; ") + std::string(words);
    }

    void finish() { variables_["left_out"] = prompts::defused(missing_); }

private:
    prompts::Variables& variables_;
    std::size_t budget_;
    std::size_t used_ = 0;
    std::string missing_;
};

std::string block_of(const std::string& text, std::string_view label, Bytes cap) {
    return text.empty() ? std::string() : untrusted_block(text, label, cap);
}

}  // namespace

std::string changed_lines(std::string_view before, std::string_view after, std::size_t most) {
    std::map<std::string_view, int> counts;
    for (const std::string_view line : split_lines(before)) --counts[trim(line)];
    for (const std::string_view line : split_lines(after)) ++counts[trim(line)];
    std::string text;
    std::size_t told = 0;
    std::size_t left = 0;
    const auto tell = [&](std::string_view whole, int direction, const char* sign) {
        std::map<std::string_view, int> rest = counts;
        for (const std::string_view line : split_lines(whole)) {
            const std::string_view words = trim(line);
            int& count = rest[words];
            if (words.empty() || count * direction <= 0) continue;
            count -= direction;
            if (++told > most) {
                ++left;
            } else {
                text += sign + std::string(words.substr(0, kLongestLine)) + "\n";
            }
        }
    };
    tell(before, -1, "- ");
    tell(after, 1, "+ ");
    if (left > 0) text += "[" + std::to_string(left) + " more changed lines]\n";
    return text;
}

RepairPlan plan_repair(const Spec& spec, std::span<const store::Attempt> history,
                       const RepairSettings& settings) {
    RepairPlan plan;
    plan.stopped = why_to_stop(history);
    if (!plan.stopped.empty()) return plan;
    const store::Attempt& last = history.back();
    const store::Attempt& base = base_of(history);
    const Verdict& verdict = *base.verdict;
    RepairStep step;
    step.base_code = base.candidate_code;
    step.base_turn = base.turn;
    step.prompt.template_name = template_of(verdict);
    prompts::Variables& variables = step.prompt.variables;
    add_wanted(variables, spec);
    variables["verdict_class"] = std::string(to_string(verdict.verdict_class));
    variables["truncated"] = verdict.verdict_class == VerdictClass::Truncated;
    variables["edits"] = offers_edits(settings.answers, base.candidate_code);
    const std::vector<SourceFile> files = {{"candidate.sv", {}, base.candidate_code}};
    const EvidenceCaps caps;
    const EvidenceTexts texts = evidence_of(verdict, files, caps);
    PromptFilling filling(variables, settings.token_budget * 4);
    filling.put("design", block_of(base.candidate_code, "design", prompts::kUntrustedCap));
    filling.put("facts", block_of(texts.facts, "first mismatch", caps.facts));
    const bool is_worse = &last != &base;
    filling.put("thrown_away",
                is_worse ? block_of(summary_of(last), "what came of it", kibibytes(1)) : "");
    filling.put_if_room("messages", block_of(texts.messages, "messages", caps.messages),
                        "the messages");
    filling.put_if_room("table", block_of(texts.table, "values", caps.table), "the values");
    filling.put_if_room("drivers", block_of(texts.drivers, "driving lines", caps.drivers),
                        "the driving lines");
    for (const std::string& missing : texts.missing) filling.add_missing(missing);
    const std::string tries =
        tries_of(history, base, std::min<std::size_t>(kTriesCap.count, filling.room()));
    filling.put("tries", block_of(tries, "tries", kTriesCap));
    filling.finish();
    plan.step = std::move(step);
    return plan;
}

}  // namespace rtlgen::workflow
