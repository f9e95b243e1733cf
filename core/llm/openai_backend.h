// SPDX-License-Identifier: Apache-2.0
// `openai/NAME`: chat completions, or completions of a base model, of any OpenAI-compatible server.
#pragma once

#include "core/base/clock.h"
#include "core/llm/backend.h"
#include "core/llm/endpoint.h"
#include "core/llm/exchange.h"
#include "core/llm/model_list.h"
#include "core/llm/openai_format.h"
#include "core/llm/openai_groups.h"

namespace rtlgen::llm {

/// How a key is sent: `Authorization: Bearer KEY`, or `api-key: KEY` as Azure wants it.
enum class KeyHeader { Bearer, ApiKey };

struct OpenAiOptions {
    std::string model;
    Endpoint endpoint;   ///< already checked by check_egress
    config::Secret key;  ///< empty: none is sent
    KeyHeader key_header = KeyHeader::Bearer;
    std::string key_hint = "OPENAI_API_KEY or models.openai.api_key_file";
    /// Not empty: Azure-style URLs,
    /// `.../openai/deployments/MODEL/chat/completions?api-version=...`.
    std::string api_version;
    OpenAiFormat format;
    /// Answers asked for by one request, from 1; what a server doesn't give is asked for apart.
    /// The last group of a request's `samples` is as small as what is left of them.
    int samples_at_once = 1;
    std::vector<std::pair<std::string, config::Secret>> headers;
    std::string ca_file;
    std::string proxy;
    std::chrono::milliseconds timeout{600'000};
    std::chrono::milliseconds silence{300'000};
    Bytes body_cap = mebibytes(16);
    int start_concurrency = 20;
    int max_concurrency = 32;
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
    Result<std::vector<ListedModel>> models(const std::stop_token& stop) override;
    std::vector<std::string> warnings(const CompletionRequest& request, Asking asking,
                                      const std::stop_token& stop) override;
    /// Of all choices that one request asks for, where the extra body asks for several.
    [[nodiscard]] std::optional<std::int64_t> answer_limit(
        const CompletionRequest& request) const override;
    /// Each member of a group waits for it.
    [[nodiscard]] int concurrency() const override;

private:
    [[nodiscard]] std::string url() const;
    /// How many members the group has whose first sample `group` asks for.
    [[nodiscard]] int group_size(const CompletionRequest& group) const;
    /// All answers of one request.
    Result<std::vector<Completion>> ask(const CompletionRequest& request, int choices,
                                        const std::stop_token& stop);
    Result<SampleGroups::Answers> ask_group(const CompletionRequest& group,
                                            const std::stop_token& stop);
    Result<Completion> ask_alone(const CompletionRequest& request, const std::stop_token& stop);
    void redact(Completion& completion) const;

    [[nodiscard]] ModelSource model_source(std::chrono::milliseconds timeout) const;

    OpenAiOptions options_;
    Clock& clock_;
    Exchange exchange_;
    ContextLength context_;
    SampleGroups groups_;
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
