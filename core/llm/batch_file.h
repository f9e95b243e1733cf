// SPDX-License-Identifier: Apache-2.0
// Files of batch APIs: JSON lines of requests that somebody else sends (OpenAI's batches, vLLM's
// run_batch), and of the answers to them.
//
// A request: {"custom_id","method":"POST","url":"/v1/chat/completions","body"}. An answer has its
// custom_id, "error", and under "response" either {"status_code","request_id","body"} or the
// completion itself.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/llm/openai_format.h"
#include "core/llm/recording.h"

namespace rtlgen::llm {

/// What a request is called in a batch: "rtlgen-HASH-s3-t0", of request_hash(), sample and turn.
[[nodiscard]] std::string batch_id(const CompletionRequest& request);

/// A line with its `\n`; it asks for one whole answer. Errors: those of openai_body.
Result<std::string> batch_line(const OpenAiFormat& format, const std::string& model,
                               const CompletionRequest& request);

/// Whether a line of a recording is one of a batch's answers.
[[nodiscard]] bool is_batch_answer(const nlohmann::ordered_json& line);

/// The answers of a line, one a choice. A custom_id that batch_id() made tells request, sample and
/// turn; any other one is taken for a problem's id. A request that failed is an answer with an
/// Error of code Model, at `where`.
[[nodiscard]] std::vector<RecordedAnswer> batch_answers(const nlohmann::ordered_json& line,
                                                        const std::string& where);

}  // namespace rtlgen::llm
