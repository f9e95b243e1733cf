// SPDX-License-Identifier: Apache-2.0
// JSON lines of answers: written by a run, by hand, or by a benchmark's script, and answered from.
//
// A line is an object. "completion" is the answer and must be there; all else is optional:
//     problem        id of the problem ("Prob001_zero")
//     request        SHA-256 of messages and sampling, as request_hash() makes it
//     sample         which answer, from 1; missing: the lines of a problem count up
//     turn           0 the first answer, k the k-th repair; missing: 0
//     reasoning, finish_reason, model, usage {prompt_tokens, completion_tokens}
// A line answers the request whose hash and sample it has; else the problem, sample and turn; a
// line with neither "problem" nor "request" answers any problem. Samples of a problem are counted
// by their order, so that files which number from 0 and from 1 are both read. Unknown keys are
// ignored: {"problem","sample","completion"} and {"task_id","completion"} are read as they are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/llm/backend.h"

namespace rtlgen::llm {

struct RecordedAnswer {
    std::string problem;  ///< empty: any
    std::string request;  ///< empty: not keyed by request
    int sample = 0;       ///< as written; 0 where it wasn't
    int turn = 0;
    Completion completion;
    bool operator==(const RecordedAnswer&) const = default;
};

/// One line, with its `\n`; invalid UTF-8 is replaced. `schema` is "rtlgen.recording.v1".
[[nodiscard]] std::string to_line(const RecordedAnswer& answer);

/// All answers of a file's text; empty lines are skipped.
/// Errors: Unreadable with file:line (no JSON, no object, no "completion", a key of a wrong type).
Result<std::vector<RecordedAnswer>> parse_recording(std::string_view text,
                                                    const std::string& file_name);

}  // namespace rtlgen::llm
