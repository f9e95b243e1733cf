// SPDX-License-Identifier: Apache-2.0
#include "core/llm/anthropic_backend.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/hash.h"
#include "core/llm/anthropic_message.h"
#include "core/llm/anthropic_stream.h"
#include "core/llm/context_warning.h"
#include "core/llm/http_error.h"

namespace rtlgen::llm {
namespace {

constexpr int kBadRequest = 400;
/// Of a response as it came, what is kept.
constexpr std::size_t kRawCap = std::size_t{1} << 20U;
/// Keys are redacted before the cut, so that none is cut in two.
constexpr std::size_t kRawMargin = 8192;

/// A request of fewer tokens is nowhere near the context of a model that has this API.
constexpr std::int64_t kWorthAsking = 16'384;

constexpr const char* kKeyHint = "ANTHROPIC_API_KEY or models.anthropic.api_key_file";

ExchangeOptions exchange_options(const AnthropicOptions& options) {
    ExchangeOptions made;
    made.ca_file = options.ca_file;
    made.proxy = options.proxy;
    made.headers = options.headers;
    if (!options.key.empty()) made.headers.emplace_back("x-api-key", options.key);
    made.plain_headers.emplace_back("anthropic-version", options.version);
    made.key_hint = kKeyHint;
    made.timeout = options.timeout;
    made.silence = options.silence;
    made.body_cap = options.body_cap;
    made.retry = options.retry;
    made.start_concurrency = std::min(options.start_concurrency, options.max_concurrency);
    made.max_concurrency = options.max_concurrency;
    return made;
}

}  // namespace

std::string anthropic_url(const Endpoint& endpoint, std::string_view method) {
    std::string base = endpoint.base_url;
    if (base.ends_with("/messages"))
        base.resize(base.size() - std::string_view("/messages").size());
    if (!base.ends_with("/v1")) base += "/v1";
    return base + "/" + std::string(method);
}

AnthropicBackend::AnthropicBackend(AnthropicOptions options, Clock& clock)
    : options_(std::move(options)), clock_(clock), exchange_(exchange_options(options_), clock) {
    format_.model = anthropic_model(options_.model);
    format_.version = options_.version;
    format_.delivery = options_.delivery;
}

AnthropicFormat AnthropicBackend::format() const {
    const std::scoped_lock lock(mutex_);
    return format_;
}

bool AnthropicBackend::learn(const std::string& body, const std::string& message) {
    const std::scoped_lock lock(mutex_);
    return learn_refusal(format_, body, message);
}

Result<Completion> AnthropicBackend::complete(const CompletionRequest& request,
                                              std::stop_token stop) {
    AnthropicStream stream(kRawCap + kRawMargin);
    Call call;
    call.url = anthropic_url(options_.endpoint, "messages");
    call.jitter_seed =
        sha256_seed(fmt::format("{}/{}/{}", request_hash(request), request.sample, request.turn));
    if (options_.delivery == Delivery::Stream) call.reader = &stream;
    call.also_answers = kBadRequest;
    const auto failed = [this](const Error& error) {
        return fail(error.code, exchange_.redact(error.message), options_.endpoint.base_url);
    };
    std::uint64_t bytes_sent = 0;
    for (;;) {
        TRY_ASSIGN(AnthropicBody body, anthropic_body(format(), options_.model, request));
        call.body = std::move(body.json);
        bytes_sent += call.body->size();
        Result<HttpResponse> response = exchange_.send(call, stop);
        if (!response) return failed(response.error());
        if (response->status == kBadRequest) {
            // Other requests may have learned the same meanwhile.
            const bool again = learn(*call.body, error_message(response->body)) ||
                               anthropic_body(format(), options_.model, request)->json != call.body;
            if (again) continue;
            return failed(error_of_response(*response, kKeyHint));
        }
        Result<Completion> answer =
            stream.used() ? stream.completion() : parse_anthropic_response(response->body);
        if (!answer) return failed(answer.error());
        std::string raw = std::move(response->body);
        if (stream.used()) raw = stream.raw();
        raw.resize(std::min(raw.size(), kRawCap + kRawMargin));
        answer->raw = exchange_.redact(raw);
        answer->raw.resize(std::min(answer->raw.size(), kRawCap));
        for (std::string* text : {&answer->text, &answer->reasoning, &answer->model}) {
            *text = exchange_.redact(*text);
        }
        if (answer->model.empty()) answer->model = options_.model;
        answer->latency = response->latency;
        answer->sent = std::move(body.parameters);
        answer->endpoint = options_.endpoint.base_url;
        answer->bytes_sent = bytes_sent;
        return answer;
    }
}

ModelSource AnthropicBackend::model_source(std::chrono::milliseconds timeout) const {
    return {anthropic_url(options_.endpoint, "models") + "?limit=1000",
            for_questions(exchange_options(options_), timeout)};
}

Result<std::vector<ListedModel>> AnthropicBackend::models(const std::stop_token& stop) {
    return list_models(model_source(kListTimeout), "", clock_, stop);
}

std::vector<std::string> AnthropicBackend::warnings(const CompletionRequest& request, Asking asking,
                                                    const std::stop_token& stop) {
    std::vector<std::string> said;
    const auto body = anthropic_body(format(), options_.model, request);
    if (!body) return said;
    for (const LeftOut& left : body->left_out) {
        said.push_back(left.name + " isn't sent as it was asked for: " + left.why);
    }
    const std::int64_t max_tokens = request.sampling.max_tokens.value_or(format().model.max_tokens);
    if (asking == Asking::ThisMachine && !options_.endpoint.loopback) return said;
    const std::int64_t asked_for =
        estimated_tokens(request.messages) + request.sampling.max_tokens.value_or(0);
    if (asked_for < kWorthAsking) return said;
    const auto length = context_.of(options_.model, model_source(kAsideTimeout), clock_, stop);
    if (auto warning = context_warning(request, max_tokens, length)) said.push_back(*warning);
    return said;
}

std::optional<std::int64_t> AnthropicBackend::answer_limit(const CompletionRequest& request) const {
    const auto body = anthropic_body(format(), options_.model, request);
    return body ? answer_limit_in(body->parameters) : std::nullopt;
}

std::string AnthropicBackend::preview(const CompletionRequest& request) const {
    const auto body = anthropic_body(format(), options_.model, request);
    return fmt::format("POST {}\n{}anthropic-version: {}\n{}\n",
                       anthropic_url(options_.endpoint, "messages"),
                       options_.key.empty() ? "" : "x-api-key: [redacted]\n", options_.version,
                       body ? body->json : body.error().message);
}

}  // namespace rtlgen::llm
