// SPDX-License-Identifier: Apache-2.0
// `rtlgen runs diff RUN A B`: what a repair changed, and what came of it.
#include <nlohmann/json.hpp>

#include "cli/report/verdict_difference.h"
#include "cli/runs/runs.h"
#include "core/base/line_diff.h"
#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

using nlohmann::ordered_json;

std::string shown(const std::string& value) {
    return value.empty() ? "none" : escape_for_terminal(value);
}

}  // namespace

Result<int> diff_attempts(const RunsOptions& options, Session& session) {
    TRY_ASSIGN(const ReadRun run, read_run(options.run));
    TRY_ASSIGN(const store::Attempt before, find_attempt(run, options.attempt));
    TRY_ASSIGN(const store::Attempt after, find_attempt(run, options.other));
    const std::string code =
        unified_diff(before.candidate_code, after.candidate_code,
                     {options.attempt + "/candidate.sv", options.other + "/candidate.sv"});
    const Verdict none;
    const std::vector<Difference> facts =
        verdict_differences(before.verdict.value_or(none), after.verdict.value_or(none));
    std::ostream& out = session.streams.out;
    if (options.json) {
        ordered_json json = {{"schema", "rtlgen.attempt_diff.v1"},
                             {"before", options.attempt},
                             {"after", options.other},
                             {"code", to_valid_utf8(code)},
                             {"verdict", ordered_json::array()}};
        for (const Difference& fact : facts) {
            json["verdict"].push_back({{"what", to_valid_utf8(fact.what)},
                                       {"before", to_valid_utf8(fact.before)},
                                       {"after", to_valid_utf8(fact.after)}});
        }
        out << json.dump() << "\n";
    } else {
        out << escape_for_terminal(code);
        // Not a part of the diff: `patch` skips what stands behind it.
        if (facts.empty()) out << "the verdicts are the same\n";
        for (const Difference& fact : facts) {
            out << escape_for_terminal(fact.what) << ": " << shown(fact.before) << " -> "
                << shown(fact.after) << "\n";
        }
    }
    return code.empty() && facts.empty() ? 0 : 1;
}

}  // namespace rtlgen::cli
