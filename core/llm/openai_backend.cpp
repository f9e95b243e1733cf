// SPDX-License-Identifier: Apache-2.0
#include "core/llm/openai_backend.h"

#include <fmt/format.h>

#include "core/base/hash.h"
#include "core/llm/openai_format.h"

namespace rtlgen::llm {

namespace {

ExchangeOptions exchange_options(const OpenAiOptions& options) {
    ExchangeOptions made;
    made.ca_file = options.ca_file;
    made.proxy = options.proxy;
    made.headers = options.headers;
    if (!options.key.empty()) {
        made.headers.emplace_back("Authorization",
                                  config::Secret("Bearer " + options.key.reveal()));
    }
    made.key_hint = "OPENAI_API_KEY or models.openai.api_key_file";
    made.timeout = options.timeout;
    made.silence = options.silence;
    made.retry = options.retry;
    made.max_concurrency = options.max_concurrency;
    return made;
}

}  // namespace

OpenAiBackend::OpenAiBackend(OpenAiOptions options, Clock& clock)
    : options_(std::move(options)), exchange_(exchange_options(options_), clock) {}

Result<Completion> OpenAiBackend::complete(const CompletionRequest& request, std::stop_token stop) {
    ChatBody body = chat_body(options_.model, request);
    Call call;
    call.url = options_.endpoint.base_url + "/chat/completions";
    call.body = std::move(body.json);
    call.jitter_seed =
        sha256_seed(fmt::format("{}/{}/{}", request_hash(request), request.sample, request.turn));
    const Result<HttpResponse> response = exchange_.send(call, stop);
    Result<Completion> completion = response.and_then(
        [](const HttpResponse& whole) { return parse_chat_response(whole.body); });
    if (!completion) {
        return fail(completion.error().code, exchange_.redact(completion.error().message),
                    options_.endpoint.base_url);
    }
    completion->text = exchange_.redact(std::move(completion->text));
    completion->reasoning = exchange_.redact(std::move(completion->reasoning));
    completion->model = exchange_.redact(std::move(completion->model));
    if (completion->model.empty()) completion->model = options_.model;
    completion->latency = response->latency;
    completion->sent = std::move(body.parameters);
    completion->endpoint = options_.endpoint.base_url;
    completion->bytes_sent = call.body->size();
    return completion;
}

std::string OpenAiBackend::preview(const CompletionRequest& request) const {
    return fmt::format("POST {}/chat/completions{}\n{}\n", options_.endpoint.base_url,
                       options_.key.empty() ? "" : "\nAuthorization: Bearer [redacted]",
                       chat_body(options_.model, request).json);
}

std::vector<LocalServer> usual_local_servers() {
    return {{"llama-server", 8080}, {"Ollama", 11434}, {"vLLM", 8000}, {"LM Studio", 1234}};
}

std::optional<FoundServer> find_local_server(const std::vector<LocalServer>& servers,
                                             const std::stop_token& stop) {
    SystemClock clock;
    ExchangeOptions options;
    options.timeout = options.connect_timeout = std::chrono::milliseconds(500);
    options.body_cap = mebibytes(1);
    options.retry.max_tries = options.retry.max_refusals = 1;
    Exchange exchange(options, clock);
    for (const LocalServer& server : servers) {
        const auto endpoint = parse_endpoint(fmt::format("http://127.0.0.1:{}/v1", server.port));
        if (!endpoint) continue;
        Call call;
        call.url = endpoint->base_url + "/models";
        const auto response = exchange.send(call, stop);
        if (!response) continue;
        const std::vector<std::string> models = parse_models(response->body);
        if (!models.empty())
            return FoundServer{std::string(server.name), *endpoint, models.front()};
    }
    return std::nullopt;
}

}  // namespace rtlgen::llm
