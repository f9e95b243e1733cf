// SPDX-License-Identifier: Apache-2.0
#include "core/llm/openai_backend.h"

#include <fmt/format.h>

#include "core/base/hash.h"
#include "core/llm/openai_format.h"

namespace rtlgen::llm {

std::string OpenAiBackend::redact(std::string text) const {
    text = options_.key.redact(std::move(text));
    for (const auto& [name, value] : options_.headers) text = value.redact(std::move(text));
    return text;
}

tl::unexpected<Error> OpenAiBackend::redacted(Error error) const {
    if (error.where.empty()) error.where = options_.endpoint.base_url;
    return fail(error.code, redact(std::move(error.message)), redact(std::move(error.where)));
}

HttpRequest OpenAiBackend::http_request(std::string body) const {
    HttpRequest request;
    request.url = options_.endpoint.base_url + "/chat/completions";
    request.body = std::move(body);
    request.headers = options_.headers;
    if (!options_.key.empty()) {
        request.headers.emplace_back("Authorization",
                                     config::Secret("Bearer " + options_.key.reveal()));
    }
    request.ca_file = options_.ca_file;
    request.proxy = options_.proxy;
    request.timeout = options_.timeout;
    return request;
}

Result<HttpResponse> OpenAiBackend::send_with_retries(const HttpRequest& request,
                                                      std::uint64_t jitter_seed,
                                                      const std::stop_token& stop) {
    for (int number = 1;; ++number) {
        auto response = send_http(request, stop);
        if (response && response->status == 200) return *std::move(response);
        const bool final = response ? is_quota_spent(*response) : !response.error().may_pass;
        const Error error = response ? error_of_response(*response) : response.error().error;
        if (final) return redacted(error);
        FailedTry failed{number, 0, "", clock_.wall_now(), jitter_seed};
        if (response) {
            failed.status = response->status;
            const auto header = response->headers.find("retry-after");
            if (header != response->headers.end()) failed.retry_after = header->second;
        }
        const auto delay = retry_delay(options_.retry, failed);
        if (!delay) return redacted(error);
        if (!clock_.sleep_for(*delay, stop)) return fail(ErrorCode::Interrupted, "interrupted");
    }
}

Result<Completion> OpenAiBackend::complete(const CompletionRequest& request, std::stop_token stop) {
    ChatBody body = chat_body(options_.model, request);
    const HttpRequest http = http_request(std::move(body.json));
    const std::uint64_t jitter_seed =
        sha256_seed(fmt::format("{}/{}/{}", request_hash(request), request.sample, request.turn));
    TRY_ASSIGN(const HttpResponse response, send_with_retries(http, jitter_seed, stop));
    Result<Completion> completion = parse_chat_response(response.body);
    if (!completion) return redacted(completion.error());
    completion->text = redact(std::move(completion->text));
    completion->reasoning = redact(std::move(completion->reasoning));
    completion->model = redact(std::move(completion->model));
    if (completion->model.empty()) completion->model = options_.model;
    completion->latency = response.latency;
    completion->sent = std::move(body.parameters);
    completion->endpoint = options_.endpoint.base_url;
    completion->bytes_sent = http.body->size();
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
    for (const LocalServer& server : servers) {
        const auto endpoint = parse_endpoint(fmt::format("http://127.0.0.1:{}/v1", server.port));
        if (!endpoint) continue;
        HttpRequest request;
        request.url = endpoint->base_url + "/models";
        request.timeout = request.connect_timeout = std::chrono::milliseconds(500);
        request.body_cap = mebibytes(1);
        const auto response = send_http(request, stop);
        if (!response || response->status != 200) continue;
        const std::vector<std::string> models = parse_models(response->body);
        if (!models.empty())
            return FoundServer{std::string(server.name), *endpoint, models.front()};
    }
    return std::nullopt;
}

}  // namespace rtlgen::llm
