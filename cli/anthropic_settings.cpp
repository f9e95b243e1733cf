// SPDX-License-Identifier: Apache-2.0
#include "cli/anthropic_settings.h"

#include <algorithm>
#include <iterator>

#include "cli/model_options.h"

namespace rtlgen::cli {
namespace {

constexpr const char* kOwnServer = "https://api.anthropic.com";
constexpr std::string_view kSection = "models.anthropic";

}  // namespace

Result<AnthropicServer> anthropic_server(const config::Config& config) {
    // --api-base stands there, whatever the provider is.
    const bool flagged = config.openai.base_url.layer == config::Layer::Flag;
    const config::Setting<std::string>& named =
        flagged ? config.openai.base_url : config.anthropic.base_url;
    AnthropicServer server;
    server.layer = named.is_set() ? named.layer : config.model.layer;
    server.where = named.is_set() ? named.where : config.model.where;
    TRY_ASSIGN(server.endpoint, llm::parse_endpoint(named.is_set() ? named.value : kOwnServer));
    return server;
}

Result<llm::AnthropicOptions> anthropic_options(const config::Config& config,
                                                const config::Getenv& getenv) {
    const config::AnthropicConfig& anthropic = config.anthropic;
    TRY_ASSIGN(const AnthropicServer server, anthropic_server(config));
    std::vector<std::string> allowed = anthropic.allow_hosts.value;
    std::ranges::copy(config.openai.allow_hosts.value, std::back_inserter(allowed));
    TRY(llm::check_egress(server.endpoint, server.layer, allowed, kSection));
    llm::AnthropicOptions options;
    options.endpoint = server.endpoint;
    options.version = anthropic.version.value;
    options.ca_file = anthropic.ca_file.value.string();
    options.proxy = anthropic.proxy.value;
    // The flags are for whichever model is named.
    if (config.openai.stream.layer == config::Layer::Flag && !config.openai.stream.value) {
        options.delivery = llm::Delivery::Whole;
    }
    if (config.openai.max_concurrency.layer == config::Layer::Flag) {
        TRY_ASSIGN(options.max_concurrency, count_within(config.openai.max_concurrency,
                                                         "max_concurrency", 1, kMostConcurrency));
        options.start_concurrency = std::min(options.start_concurrency, options.max_concurrency);
    }
    TRY(llm::check_header("anthropic-version", options.version, kSection, anthropic.version.where));
    for (const auto& [header, value] : anthropic.headers.value) {
        TRY(llm::check_header(header, value, kSection, anthropic.headers.where));
        options.headers.emplace_back(header, config::Secret(value));
    }
    TRY_ASSIGN(options.key,
               config::load_secret("ANTHROPIC_API_KEY", anthropic.api_key_file.value, getenv));
    const bool own = options.endpoint.host == "api.anthropic.com";
    if (own && options.key.empty() && options.headers.empty()) {
        return fail(ErrorCode::Config,
                    "there is no key; set ANTHROPIC_API_KEY or models.anthropic.api_key_file",
                    options.endpoint.base_url);
    }
    return options;
}

}  // namespace rtlgen::cli
