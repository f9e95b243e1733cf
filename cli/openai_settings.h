// SPDX-License-Identifier: Apache-2.0
// What the configuration says of a server with OpenAI's interface, checked.
#pragma once

#include "core/base/result.h"
#include "core/config/config.h"
#include "core/llm/openai_backend.h"

namespace rtlgen::cli {

/// Everything but the endpoint, the key and the model. Errors: InvalidArgument (a word or a number
/// that means nothing, with the place that says so), Config (a header that is none).
Result<llm::OpenAiOptions> openai_options(const config::OpenAiConfig& config);

/// What of it changes the answers, where it isn't the default: a part of a Run's key. JSON, "" for
/// none.
[[nodiscard]] std::string openai_asked_by(const config::OpenAiConfig& config);

}  // namespace rtlgen::cli
