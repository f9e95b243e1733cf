// SPDX-License-Identifier: Apache-2.0
// `anthropic/NAME`: Anthropic's Messages API, of Anthropic itself or of a gateway.
#pragma once

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/base/clock.h"
#include "core/llm/anthropic_format.h"
#include "core/llm/backend.h"
#include "core/llm/endpoint.h"
#include "core/llm/exchange.h"
#include "core/llm/model_list.h"

namespace rtlgen::llm {

struct AnthropicOptions {
    std::string model;
    Endpoint endpoint;                   ///< already checked by check_egress
    config::Secret key;                  ///< empty: none is sent
    std::string version = "2023-06-01";  ///< the header anthropic-version
    Delivery delivery = Delivery::Stream;
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

class AnthropicBackend final : public Backend {
public:
    AnthropicBackend(AnthropicOptions options, Clock& clock);

    /// One request a sample: the API gives one answer. What the model or the API doesn't take is
    /// left out (Completion::sent names it); so is what the server refuses by name with status 400,
    /// from then on.
    Result<Completion> complete(const CompletionRequest& request, std::stop_token stop) override;
    [[nodiscard]] std::string name() const override { return "anthropic/" + options_.model; }
    [[nodiscard]] std::string destination() const override { return options_.endpoint.base_url; }
    [[nodiscard]] std::string preview(const CompletionRequest& request) const override;
    [[nodiscard]] int concurrency() const override { return options_.max_concurrency; }
    [[nodiscard]] std::optional<std::int64_t> answer_limit(
        const CompletionRequest& request) const override;
    Result<std::vector<ListedModel>> models(const std::stop_token& stop) override;
    std::vector<std::string> warnings(const CompletionRequest& request, Asking asking,
                                      const std::stop_token& stop) override;

private:
    [[nodiscard]] ModelSource model_source(std::chrono::milliseconds timeout) const;
    [[nodiscard]] AnthropicFormat format() const;
    /// Whether another try with what `message` refuses left out may go better.
    bool learn(const std::string& body, const std::string& message);

    AnthropicOptions options_;
    Clock& clock_;
    Exchange exchange_;
    ContextLength context_;
    mutable std::mutex mutex_;
    AnthropicFormat format_;  ///< guarded by mutex_
};

/// The URL of a method of the API ("messages"), whether the base URL ends in /v1 or not.
[[nodiscard]] std::string anthropic_url(const Endpoint& endpoint, std::string_view method);

}  // namespace rtlgen::llm
