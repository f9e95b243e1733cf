// SPDX-License-Identifier: Apache-2.0
// `openai/NAME`: chat completions of any OpenAI-compatible server, one request an answer.
#pragma once

#include "core/base/clock.h"
#include "core/llm/backend.h"
#include "core/llm/endpoint.h"
#include "core/llm/exchange.h"

namespace rtlgen::llm {

struct OpenAiOptions {
    std::string model;
    Endpoint endpoint;   ///< already checked by check_egress
    config::Secret key;  ///< empty: none is sent
    std::vector<std::pair<std::string, config::Secret>> headers;
    std::string ca_file;
    std::string proxy;
    std::chrono::milliseconds timeout{600'000};
    std::chrono::milliseconds silence{300'000};
    int max_concurrency = 16;
    RetryPolicy retry;
};

class OpenAiBackend final : public Backend {
public:
    OpenAiBackend(OpenAiOptions options, Clock& clock);

    /// What a server quotes of a key is redacted in answers and errors.
    Result<Completion> complete(const CompletionRequest& request, std::stop_token stop) override;
    [[nodiscard]] std::string name() const override { return "openai/" + options_.model; }
    [[nodiscard]] std::string destination() const override { return options_.endpoint.base_url; }
    [[nodiscard]] std::string preview(const CompletionRequest& request) const override;
    [[nodiscard]] int concurrency() const override { return options_.max_concurrency; }

private:
    OpenAiOptions options_;
    Exchange exchange_;
};

/// A server that people run on their own machine.
struct LocalServer {
    std::string_view name;  ///< "llama-server"
    std::uint16_t port;
};
/// llama-server, Ollama, vLLM, LM Studio, at their default ports.
[[nodiscard]] std::vector<LocalServer> usual_local_servers();

/// A server of this machine that answered, with the first model it has.
struct FoundServer {
    std::string name;
    Endpoint endpoint;
    std::string model;
};
/// Asks each in turn for its models, half a second each at most, and sends no key.
std::optional<FoundServer> find_local_server(const std::vector<LocalServer>& servers,
                                             const std::stop_token& stop);

}  // namespace rtlgen::llm
