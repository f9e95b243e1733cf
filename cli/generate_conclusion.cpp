// SPDX-License-Identifier: Apache-2.0
#include "cli/generate_conclusion.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/report/report.h"
#include "core/base/files.h"
#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

namespace fs = std::filesystem;

/// Writes the best design where the verdict allows it. Gives the path that was written, or "".
Result<std::string> write_output(const GenerateOptions& options, const store::Attempt& best,
                                 Session& session) {
    if (options.output.empty()) return "";
    const bool passed = best.verdict->outcome == Outcome::Pass;
    if (!passed && (!options.allow_failing || best.candidate_code.empty())) {
        session.streams.err << escape_for_terminal(options.output)
                            << " is not written: no attempt passed"
                            << (best.candidate_code.empty() ? "" : " (--allow-failing writes it)")
                            << "\n";
        return "";
    }
    if (options.output == "-") {
        if (!options.json) session.streams.out << best.candidate_code;
        return "";
    }
    TRY(write_file_atomic(options.output, best.candidate_code));
    return options.output;
}

/// Why there is no verdict at all: the first error that is the model's or the machine's.
Error no_verdict(const std::vector<store::Attempt>& attempts, const std::string& model) {
    for (const store::Attempt& attempt : attempts) {
        if (attempt.error) return *attempt.error;
    }
    return {ErrorCode::Model, "the model gave no answer", model};
}

bool waits_for_a_batch(const store::Attempt& attempt) {
    return attempt.error && attempt.error->code == ErrorCode::Deferred;
}

bool all_wait_for_a_batch(const std::vector<store::Attempt>& attempts) {
    return !attempts.empty() && std::ranges::all_of(attempts, waits_for_a_batch);
}

/// More answers are to come: what isn't a pass yet is inconclusive.
int exit_code_of(const Verdict& verdict, const std::vector<store::Attempt>& attempts) {
    constexpr int kInconclusive = 4;
    const bool open =
        verdict.outcome != Outcome::Pass && std::ranges::any_of(attempts, waits_for_a_batch);
    return open ? kInconclusive : exit_code(verdict);
}

}  // namespace

Result<int> conclude(const GenerateOptions& options, RunOutcome outcome, Session& session) {
    outcome.best = workflow::best_attempt(outcome.attempts);
    session.streams.err << totals_line(totals_of(outcome.attempts), outcome.busy) << "\n";
    if (session.stop.stop_requested()) {
        return fail(ErrorCode::Interrupted,
                    "interrupted; what had arrived is kept, and the same command goes on from it",
                    outcome.folder.string());
    }
    const bool judged = outcome.best != nullptr && outcome.best->verdict;
    if (!judged && all_wait_for_a_batch(outcome.attempts)) {
        if (options.json) session.streams.out << to_json(outcome).dump() << "\n";
        return 0;
    }
    if (!judged) {
        return tl::unexpected<Error>(no_verdict(outcome.attempts, outcome.model));
    }
    const store::Attempt& best = *outcome.best;
    TRY_ASSIGN(outcome.output, write_output(options, best, session));
    if (options.json) {
        session.streams.out << to_json(outcome).dump() << "\n";
        return exit_code_of(*best.verdict, outcome.attempts);
    }
    std::ostream& out = options.output == "-" ? session.streams.err : session.streams.out;
    write_text(out, *best.verdict);
    out << "model " << escape_for_terminal(outcome.model) << ", "
        << attempt_line(best).substr(0, attempt_line(best).find(':'));
    if (!outcome.output.empty()) {
        out << ", written to " << escape_for_terminal(outcome.output) << "\n";
    } else {
        const fs::path folder = outcome.folder / "attempts" / best.folder_name();
        out << ", kept in " << escape_for_terminal(folder.string()) << "\n";
    }
    return exit_code_of(*best.verdict, outcome.attempts);
}

}  // namespace rtlgen::cli
