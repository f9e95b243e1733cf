// SPDX-License-Identifier: Apache-2.0
#include "cli/model_listing.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/anthropic_settings.h"

namespace rtlgen::cli {
namespace {

/// A backend of the provider; its model is none that matters.
Result<std::unique_ptr<llm::Backend>> open_any(std::string_view provider,
                                               const ModelSettings& settings,
                                               const std::stop_token& stop) {
    const std::string prefix = std::string(provider) + "/";
    const auto row = std::ranges::find_if(
        providers(), [&](const Provider& each) { return each.form.starts_with(prefix); });
    return row->open("any", settings, stop);
}

void ask(ServerListing& endpoint, const ModelSettings& settings, const std::stop_token& stop) {
    auto models = open_any(endpoint.provider, settings, stop).and_then([&](const auto& backend) {
        endpoint.base_url = backend->destination();
        return backend->models(stop);
    });
    if (models) {
        endpoint.models = *std::move(models);
    } else {
        endpoint.problem = models.error();
    }
}

void ask_openai(ModelListing& listing, const ModelSettings& settings, const std::stop_token& stop) {
    const config::Setting<std::string>& named = settings.config.openai.base_url;
    if (!named.is_set()) {
        listing.notes.emplace_back(
            "openai: no server is named; --api-base URL or models.openai.base_url names one");
        return;
    }
    ServerListing& endpoint = listing.endpoints.emplace_back(
        ServerListing{"openai", "", "named by " + named.where, {}, {}});
    ask(endpoint, settings, stop);
}

void ask_anthropic(ModelListing& listing, const ModelSettings& settings,
                   const std::stop_token& stop) {
    const config::Config& config = settings.config;
    if (!config.anthropic.base_url.is_set() && !config.model.value.starts_with("anthropic/")) {
        listing.notes.emplace_back(
            "anthropic: not named, so not asked; rtlgen models anthropic asks it");
        return;
    }
    const auto server = anthropic_server(config);
    ServerListing& endpoint = listing.endpoints.emplace_back(
        ServerListing{"anthropic",
                      server ? server->endpoint.base_url : "",
                      "named by " + (server ? server->where : config.anthropic.base_url.where),
                      {},
                      {}});
    ask(endpoint, settings, stop);
}

/// Those that are silent aren't listed: nobody said that they are there.
void ask_local(ModelListing& listing, const ModelSettings& settings, const std::stop_token& stop) {
    for (const llm::LocalServer& server : settings.local_servers) {
        const std::string url = fmt::format("http://127.0.0.1:{}/v1", server.port);
        const bool asked = std::ranges::find(listing.endpoints, url, &ServerListing::base_url) !=
                           listing.endpoints.end();
        if (asked || !llm::find_local_server({server}, stop)) continue;
        ServerListing endpoint{
            "openai", url, std::string(server.name) + " on this machine", {}, {}};
        llm::OpenAiOptions options;
        options.endpoint = llm::parse_endpoint(url).value();
        auto models = llm::OpenAiBackend(std::move(options), settings.clock).models(stop);
        if (!models) continue;
        endpoint.models = *std::move(models);
        listing.endpoints.push_back(std::move(endpoint));
    }
}

}  // namespace

ModelListing list_endpoints(const ModelSettings& settings, const std::string& provider,
                            const std::stop_token& stop) {
    ModelListing listing;
    if (provider != "anthropic") ask_openai(listing, settings, stop);
    if (provider != "openai") ask_anthropic(listing, settings, stop);
    if (provider != "anthropic") ask_local(listing, settings, stop);
    return listing;
}

}  // namespace rtlgen::cli
