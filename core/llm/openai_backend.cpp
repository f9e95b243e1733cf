// SPDX-License-Identifier: Apache-2.0
#include "core/llm/openai_backend.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "core/base/hash.h"
#include "core/llm/context_warning.h"
#include "core/llm/openai_format.h"
#include "core/llm/openai_stream.h"

namespace rtlgen::llm {

namespace {

/// Of a response as it came, what is kept.
constexpr std::size_t kRawCap = std::size_t{1} << 20U;
/// Keys are redacted before the cut, so that none is cut in two.
constexpr std::size_t kRawMargin = 8192;

ExchangeOptions exchange_options(const OpenAiOptions& options) {
    ExchangeOptions made;
    made.ca_file = options.ca_file;
    made.proxy = options.proxy;
    made.headers = options.headers;
    if (!options.key.empty()) {
        if (options.key_header == KeyHeader::ApiKey) {
            made.headers.emplace_back("api-key", options.key);
        } else {
            made.headers.emplace_back("Authorization",
                                      config::Secret("Bearer " + options.key.reveal()));
        }
    }
    made.key_hint = options.key_hint;
    made.timeout = options.timeout;
    made.silence = options.silence;
    made.body_cap = options.body_cap;
    made.retry = options.retry;
    made.start_concurrency = std::min(options.start_concurrency, options.max_concurrency);
    made.max_concurrency = options.max_concurrency;
    return made;
}

/// A name as one part of a URL.
std::string percent_encoded(const std::string& text) {
    constexpr std::string_view kPlain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string encoded;
    for (const char c : text) {
        if (kPlain.find(c) != std::string_view::npos) {
            encoded += c;
        } else {
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return encoded;
}

}  // namespace

OpenAiBackend::OpenAiBackend(OpenAiOptions options, Clock& clock)
    : options_(std::move(options)), clock_(clock), exchange_(exchange_options(options_), clock) {}

std::string OpenAiBackend::url() const {
    std::string base = options_.endpoint.base_url;
    const std::string method =
        options_.format.api == OpenAiApi::Chat ? "/chat/completions" : "/completions";
    if (options_.api_version.empty()) return base + method;
    if (base.find("/deployments/") == std::string::npos) {
        if (base.ends_with("/v1")) base.resize(base.size() - 3);
        if (!base.ends_with("/openai")) base += "/openai";
        base += "/deployments/" + percent_encoded(options_.model);
    }
    return base + method + "?api-version=" + percent_encoded(options_.api_version);
}

int OpenAiBackend::concurrency() const {
    constexpr int kMostThreads = 1024;
    const int at_once = std::clamp(options_.samples_at_once, 1, kMostThreads);
    return std::max(options_.max_concurrency,
                    std::min(kMostThreads, options_.max_concurrency * at_once));
}

std::optional<std::int64_t> OpenAiBackend::answer_limit(const CompletionRequest& request) const {
    const auto body = openai_body(options_.format, options_.model, request, 1);
    return body ? answer_limit_in(body->parameters) : std::nullopt;
}

int OpenAiBackend::group_size(const CompletionRequest& group) const {
    const int most = std::max(options_.samples_at_once, 1);
    return group.samples > 0 ? std::clamp(group.samples - group.sample + 1, 1, most) : most;
}

Result<Completion> OpenAiBackend::complete(const CompletionRequest& request, std::stop_token stop) {
    if (options_.samples_at_once <= 1 || request.samples == 1) return ask_alone(request, stop);
    const int index = (request.sample - 1) % options_.samples_at_once;
    CompletionRequest group = request;
    group.sample = request.sample - index;
    const std::string key = fmt::format("{}/{}/{}", request_hash(group), group.sample, group.turn);
    TRY_ASSIGN(std::optional<Completion> shared, groups_.take(
                                                     key, static_cast<std::size_t>(index),
                                                     [&] { return ask_group(group, stop); }, stop));
    if (shared) return *std::move(shared);
    return ask_alone(request, stop);
}

Result<SampleGroups::Answers> OpenAiBackend::ask_group(const CompletionRequest& group,
                                                       const std::stop_token& stop) {
    const int size = group_size(group);
    TRY_ASSIGN(std::vector<Completion> given, ask(group, size, stop));
    SampleGroups::Answers answers(static_cast<std::size_t>(size));
    std::ranges::move(given | std::views::take(size), answers.begin());
    return answers;
}

Result<Completion> OpenAiBackend::ask_alone(const CompletionRequest& request,
                                            const std::stop_token& stop) {
    TRY_ASSIGN(std::vector<Completion> answers, ask(request, 1, stop));
    return std::move(answers.front());
}

Result<std::vector<Completion>> OpenAiBackend::ask(const CompletionRequest& request, int choices,
                                                   const std::stop_token& stop) {
    TRY_ASSIGN(OpenAiBody body, openai_body(options_.format, options_.model, request, choices));
    OpenAiStream stream(choices, kRawCap + kRawMargin);
    Call call;
    call.url = url();
    call.body = std::move(body.json);
    call.jitter_seed =
        sha256_seed(fmt::format("{}/{}/{}", request_hash(request), request.sample, request.turn));
    if (options_.format.delivery == Delivery::Stream) call.reader = &stream;
    Result<HttpResponse> response = exchange_.send(call, stop);
    Result<std::vector<Completion>> answers = response.and_then([&](const HttpResponse& whole) {
        return stream.used() ? stream.completions() : parse_openai_response(whole.body);
    });
    if (!answers) {
        return fail(answers.error().code, exchange_.redact(answers.error().message),
                    options_.endpoint.base_url);
    }
    std::string raw = std::move(response->body);
    if (stream.used()) raw = stream.raw();
    raw.resize(std::min(raw.size(), kRawCap + kRawMargin));
    raw = exchange_.redact(std::move(raw));
    raw.resize(std::min(raw.size(), kRawCap));
    for (Completion& answer : *answers) {
        redact(answer);
        if (answer.model.empty()) answer.model = options_.model;
        answer.raw = raw;
        answer.latency = response->latency;
        answer.sent = body.parameters;
        answer.endpoint = options_.endpoint.base_url;
    }
    answers->front().bytes_sent = call.body->size();
    return answers;
}

void OpenAiBackend::redact(Completion& completion) const {
    for (std::string* text :
         {&completion.text, &completion.reasoning, &completion.model, &completion.logprobs}) {
        *text = exchange_.redact(std::move(*text));
    }
}

std::string OpenAiBackend::preview(const CompletionRequest& request) const {
    const bool bearer = options_.key_header == KeyHeader::Bearer;
    const std::string key_line = options_.key.empty() ? ""
                                 : bearer             ? "\nAuthorization: Bearer [redacted]"
                                                      : "\napi-key: [redacted]";
    const auto body = openai_body(options_.format, options_.model, request, group_size(request));
    return fmt::format("POST {}{}\n{}\n", url(), key_line,
                       body ? body->json : body.error().message);
}

ModelSource OpenAiBackend::model_source(std::chrono::milliseconds timeout) const {
    return {options_.endpoint.base_url + "/models",
            for_questions(exchange_options(options_), timeout)};
}

Result<std::vector<ListedModel>> OpenAiBackend::models(const std::stop_token& stop) {
    return list_models(model_source(kListTimeout), "", clock_, stop);
}

std::vector<std::string> OpenAiBackend::warnings(const CompletionRequest& request, Asking asking,
                                                 const std::stop_token& stop) {
    const std::optional<std::int64_t> max_tokens = request.sampling.max_tokens;
    const bool may_ask = asking == Asking::Anyone || options_.endpoint.loopback;
    // OpenAI itself and Azure don't tell.
    const bool tells = options_.endpoint.host != "api.openai.com" && options_.api_version.empty();
    if (!may_ask || !tells || fits_any_context(request, max_tokens)) return {};
    const auto length = context_.of(options_.model, model_source(kAsideTimeout), clock_, stop);
    const auto warning = context_warning(request, max_tokens, length);
    return warning ? std::vector{*warning} : std::vector<std::string>{};
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
