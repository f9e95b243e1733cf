// SPDX-License-Identifier: Apache-2.0
// Which models a server has, and how long their context is, in the many ways in which servers say
// so: vLLM, llama-server, Ollama, LM Studio, OpenRouter, Anthropic and their imitators.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/llm/exchange.h"
#include "core/llm/listed_model.h"

namespace rtlgen::llm {

/// Servers that say more elsewhere than in their list.
enum class ServerKind { Plain, LlamaServer, Ollama, LmStudio };

/// A server's answer to GET /v1/models.
struct ModelList {
    std::vector<ListedModel> models;  ///< empty where it is no such answer
    ServerKind kind = ServerKind::Plain;
};
[[nodiscard]] ModelList parse_model_list(const std::string& body);

/// Where a list comes from, and with which headers.
struct ModelSource {
    std::string list_url;  ///< "http://127.0.0.1:8080/v1/models"
    ExchangeOptions exchange;
};

/// The options of a backend for such a question: nothing is tried again, nothing waits longer.
[[nodiscard]] ExchangeOptions for_questions(ExchangeOptions options,
                                            std::chrono::milliseconds timeout);

/// Where somebody waits for a list, and where nobody asked for one.
inline constexpr std::chrono::milliseconds kListTimeout{10'000};
inline constexpr std::chrono::milliseconds kAsideTimeout{700};

/// All models; where the server says a context's length elsewhere, that of `only`, or of all where
/// it is empty, is asked for there. Errors: those of Exchange::send; Model: it is no list.
Result<std::vector<ListedModel>> list_models(const ModelSource& source, const std::string& only,
                                             Clock& clock, const std::stop_token& stop);

/// The context length of one model, asked for once.
class ContextLength {
public:
    /// None where the server doesn't tell, or not in time: that is no error. Thread-safe.
    std::optional<std::int64_t> of(const std::string& model, const ModelSource& source,
                                   Clock& clock, const std::stop_token& stop);

private:
    std::mutex mutex_;
    bool asked_ = false;
    std::optional<std::int64_t> length_;
};

}  // namespace rtlgen::llm
