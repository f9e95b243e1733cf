// SPDX-License-Identifier: Apache-2.0
#include "cli/report/run_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/text.h"

namespace rtlgen::cli {

using nlohmann::ordered_json;

std::string attempt_line(const store::Attempt& attempt) {
    std::string line = "sample " + std::to_string(attempt.sample);
    if (attempt.turn > 0) line += ", repair " + std::to_string(attempt.turn);
    if (attempt.verdict) {
        line += ": " + std::string(to_string(attempt.verdict->outcome));
        if (attempt.verdict->verdict_class != VerdictClass::None) {
            line += " " + std::string(to_string(attempt.verdict->verdict_class));
        }
    } else if (attempt.error) {
        line += attempt.completion ? ": not judged: " : ": no answer: ";
        line += attempt.error->text();
    } else {
        line += ": " + std::string(store::to_string(attempt.state));
    }
    return escape_for_terminal(line);
}

Totals totals_of(const std::vector<store::Attempt>& attempts) {
    Totals totals;
    for (const store::Attempt& attempt : attempts) {
        ++totals.attempts;
        const bool cached = attempt.completion && attempt.completion->from_cache;
        if (!cached) ++totals.requests;
        if (!attempt.completion) ++totals.failed;
        if (!attempt.completion) continue;
        const llm::Completion& completion = *attempt.completion;
        totals.prompt_tokens += completion.usage.prompt_tokens.value_or(0);
        totals.completion_tokens += completion.usage.completion_tokens.value_or(0);
        totals.bytes_sent += completion.bytes_sent;
        if (cached) {
            ++totals.cached;
        } else if (completion.cost_usd) {
            totals.cost_usd = totals.cost_usd.value_or(0) + *completion.cost_usd;
        } else {
            ++totals.unpriced;
        }
    }
    return totals;
}

namespace {

std::string cost_text(const Totals& totals) {
    if (!totals.cost_usd) return totals.unpriced > 0 ? "unpriced" : "0 USD";
    std::string text = fmt::format("{:.4f} USD", *totals.cost_usd);
    if (totals.unpriced > 0) text += fmt::format(" and {} unpriced", totals.unpriced);
    return text;
}

}  // namespace

std::string totals_line(const Totals& totals, std::chrono::milliseconds busy) {
    std::string line =
        fmt::format("{} request{}", totals.requests, totals.requests == 1 ? "" : "s");
    if (totals.failed > 0) line += fmt::format(" ({} without answer)", totals.failed);
    line += fmt::format(", {} + {} tokens, {}", totals.prompt_tokens, totals.completion_tokens,
                        cost_text(totals));
    if (totals.cached > 0) line += fmt::format(", {} from the cache", totals.cached);
    return line + fmt::format(", {:.1f} s", std::chrono::duration<double>(busy).count());
}

ordered_json to_json(const store::Attempt& attempt, const std::filesystem::path& run_folder) {
    ordered_json json = {{"sample", attempt.sample},
                         {"turn", attempt.turn},
                         {"state", store::to_string(attempt.state)}};
    if (attempt.verdict) {
        json["verdict"] = to_string(attempt.verdict->outcome);
        json["class"] = to_string(attempt.verdict->verdict_class);
        json["grade"] = to_string(attempt.verdict->grade);
    }
    if (attempt.completion) {
        json["finish_reason"] = llm::to_string(attempt.completion->finish_reason);
    }
    if (attempt.error) {
        json["error"] = {{"code", to_string(attempt.error->code)},
                         {"message", to_valid_utf8(attempt.error->message)},
                         {"where", to_valid_utf8(attempt.error->where)}};
    }
    json["folder"] = to_valid_utf8((run_folder / "attempts" / attempt.folder_name()).string());
    return json;
}

ordered_json to_json(const RunOutcome& outcome) {
    const Totals totals = totals_of(outcome.attempts);
    ordered_json json = {{"schema", "rtlgen.generate.v1"},
                         {"model", to_valid_utf8(outcome.model)},
                         {"run", to_valid_utf8(outcome.folder.string())}};
    json["output"] =
        outcome.output.empty() ? ordered_json() : ordered_json(to_valid_utf8(outcome.output));
    json["best"] = nullptr;
    if (outcome.best != nullptr && outcome.best->verdict) {
        json["best"] = {{"sample", outcome.best->sample},
                        {"turn", outcome.best->turn},
                        {"verdict", rtlgen::to_json(*outcome.best->verdict)}};
    }
    json["attempts"] = ordered_json::array();
    for (const store::Attempt& attempt : outcome.attempts) {
        json["attempts"].push_back(to_json(attempt, outcome.folder));
    }
    json["totals"] = {{"attempts", totals.attempts},
                      {"prompt_tokens", totals.prompt_tokens},
                      {"completion_tokens", totals.completion_tokens},
                      {"bytes_sent", totals.bytes_sent},
                      {"requests", totals.requests},
                      {"failed", totals.failed},
                      {"cached", totals.cached},
                      {"unpriced", totals.unpriced},
                      {"seconds", std::chrono::duration<double>(outcome.busy).count()}};
    json["totals"]["cost_usd"] = totals.cost_usd ? ordered_json(*totals.cost_usd) : ordered_json();
    return json;
}

}  // namespace rtlgen::cli
