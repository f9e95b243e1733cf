// SPDX-License-Identifier: Apache-2.0
// JSON lines of answers: written by a run, by hand, or by a benchmark's script, and answered from.
//
// A line is an object. "completion" is the answer and must be there; all else is optional:
//     problem        id of the problem ("Prob001_zero")
//     request        SHA-256 of messages and sampling, as request_hash() makes it
//     sample         which answer, from 1; missing: the lines of a problem count up
//     turn           0 the first answer, k the k-th repair; missing: 0
//     reasoning, finish_reason, model, usage {prompt_tokens, completion_tokens}, logprobs, raw
// A line answers the request whose hash, sample and turn it has. Else lines answer by problem:
// those without "request" first, counted in the order of their samples, so that files which number
// from 0 and from 1 are both read; then those with "request", each its own sample and turn. Lines
// with neither "problem" nor "request" answer any problem, counted. Where two lines with "request"
// are of the same problem, sample and turn, the later one counts. Unknown keys are ignored:
// {"problem","sample","completion"} and {"task_id","completion"} are read as they are.
//
// Lines of a batch's answers (batch_file.h) are read too.
//
// What `--record` writes has more, for people and programs (docs/schema/recording.v1.json).
#pragma once

#include <optional>
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
    /// Why there is no answer, with file:line; a batch tells that of each request.
    std::optional<Error> error;
    bool operator==(const RecordedAnswer&) const = default;
};

inline constexpr std::string_view kRecordingSchema = "rtlgen.recording.v1";

/// One line, with its `\n`; invalid UTF-8 is replaced. `schema` is "rtlgen.recording.v1".
[[nodiscard]] std::string to_line(const RecordedAnswer& answer);

/// The line that `--record` writes of an answer by `model` (a Backend's name) to `request`: with
/// messages, sampling, what was sent where, what it took, and the response as it came.
[[nodiscard]] std::string to_line(const CompletionRequest& request, const Completion& completion,
                                  const std::string& model);

/// Whether a last line without an end is what a killed program left of a line of ours.
[[nodiscard]] bool is_half_written_line(std::string_view line);

/// All answers of a file's text; empty lines are skipped, and so is what was left half written at
/// its end by a program that was killed.
/// Errors: Unreadable with file:line (no JSON, no object, no "completion" and no batch's answer, a
/// key of a wrong type).
Result<std::vector<RecordedAnswer>> parse_recording(std::string_view text,
                                                    const std::string& file_name);

}  // namespace rtlgen::llm
