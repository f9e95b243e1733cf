// SPDX-License-Identifier: Apache-2.0
#include "core/config/keys.h"

namespace rtlgen::config {
namespace {

std::string objection_to_model(const std::string& value) {
    return value.starts_with("command:") ? "it names a command" : "";
}

std::string objection_to_cache(const std::string& /*value*/) {
    return "the cache is the user's, for all projects";
}

Target model(Config& config) { return &config.model; }
Target base_url(Config& config) { return &config.openai.base_url; }
Target api_key_file(Config& config) { return &config.openai.api_key_file; }
Target allow_hosts(Config& config) { return &config.openai.allow_hosts; }
Target ca_file(Config& config) { return &config.openai.ca_file; }
Target proxy(Config& config) { return &config.openai.proxy; }
Target headers(Config& config) { return &config.openai.headers; }
Target api(Config& config) { return &config.openai.api; }
Target stream(Config& config) { return &config.openai.stream; }
Target samples_at_once(Config& config) { return &config.openai.samples_at_once; }
Target max_concurrency(Config& config) { return &config.openai.max_concurrency; }
Target api_version(Config& config) { return &config.openai.api_version; }
Target key_header(Config& config) { return &config.openai.key_header; }
Target length_key(Config& config) { return &config.openai.length_key; }
Target anthropic_url(Config& config) { return &config.anthropic.base_url; }
Target anthropic_key_file(Config& config) { return &config.anthropic.api_key_file; }
Target anthropic_hosts(Config& config) { return &config.anthropic.allow_hosts; }
Target anthropic_ca_file(Config& config) { return &config.anthropic.ca_file; }
Target anthropic_proxy(Config& config) { return &config.anthropic.proxy; }
Target anthropic_headers(Config& config) { return &config.anthropic.headers; }
Target anthropic_version(Config& config) { return &config.anthropic.version; }
Target candidates(Config& config) { return &config.generate.candidates; }
Target max_repairs(Config& config) { return &config.generate.max_repairs; }
Target temperature(Config& config) { return &config.generate.temperature; }
Target top_p(Config& config) { return &config.generate.top_p; }
Target max_tokens(Config& config) { return &config.generate.max_tokens; }
Target top_k(Config& config) { return &config.generate.top_k; }
Target stop(Config& config) { return &config.generate.stop; }
Target logprobs(Config& config) { return &config.generate.logprobs; }
Target reasoning_effort(Config& config) { return &config.generate.reasoning_effort; }
Target response_format(Config& config) { return &config.generate.response_format; }
Target extra_body(Config& config) { return &config.generate.extra_body; }
Target prompt_dir(Config& config) { return &config.generate.prompt_dir; }
Target library_dir(Config& config) { return &config.generate.library_dir; }
Target budget_usd(Config& config) { return &config.generate.budget_usd; }
Target budget_tokens(Config& config) { return &config.generate.budget_tokens; }
Target budget_seconds(Config& config) { return &config.generate.budget_seconds; }
Target price_file(Config& config) { return &config.price_file; }
Target cache_max_size(Config& config) { return &config.cache.max_size; }
Target site_checks(Config& config) { return &config.site_checks; }

}  // namespace

const std::vector<Key>& keys() {
    static const std::vector<Key> table = {
        {"model", Setter::Anyone, "RTLGEN_MODEL", model, objection_to_model},
        {"models.price_file", Setter::UserPays, nullptr, price_file, nullptr},
        {"models.openai.base_url", Setter::UserOnly, "OPENAI_BASE_URL", base_url, nullptr},
        {"models.openai.api_key_file", Setter::UserOnly, nullptr, api_key_file, nullptr},
        {"models.openai.allow_hosts", Setter::UserOnly, nullptr, allow_hosts, nullptr},
        {"models.openai.ca_file", Setter::UserOnly, nullptr, ca_file, nullptr},
        {"models.openai.proxy", Setter::UserOnly, nullptr, proxy, nullptr},
        {"models.openai.headers", Setter::UserOnly, nullptr, headers, nullptr},
        {"models.openai.api", Setter::Anyone, nullptr, api, nullptr},
        {"models.openai.stream", Setter::Anyone, nullptr, stream, nullptr},
        {"models.openai.samples_at_once", Setter::Anyone, nullptr, samples_at_once, nullptr},
        {"models.openai.max_concurrency", Setter::Anyone, nullptr, max_concurrency, nullptr},
        {"models.openai.api_version", Setter::UserOnly, nullptr, api_version, nullptr},
        {"models.openai.key_header", Setter::UserOnly, nullptr, key_header, nullptr},
        {"models.openai.length_key", Setter::Anyone, nullptr, length_key, nullptr},
        {"models.anthropic.base_url", Setter::UserOnly, "ANTHROPIC_BASE_URL", anthropic_url,
         nullptr},
        {"models.anthropic.api_key_file", Setter::UserOnly, nullptr, anthropic_key_file, nullptr},
        {"models.anthropic.allow_hosts", Setter::UserOnly, nullptr, anthropic_hosts, nullptr},
        {"models.anthropic.ca_file", Setter::UserOnly, nullptr, anthropic_ca_file, nullptr},
        {"models.anthropic.proxy", Setter::UserOnly, nullptr, anthropic_proxy, nullptr},
        {"models.anthropic.headers", Setter::UserOnly, nullptr, anthropic_headers, nullptr},
        {"models.anthropic.version", Setter::Anyone, nullptr, anthropic_version, nullptr},
        {"generate.candidates", Setter::Anyone, nullptr, candidates, nullptr},
        {"generate.max_repairs", Setter::Anyone, nullptr, max_repairs, nullptr},
        {"generate.temperature", Setter::Anyone, nullptr, temperature, nullptr},
        {"generate.top_p", Setter::Anyone, nullptr, top_p, nullptr},
        {"generate.max_tokens", Setter::Anyone, nullptr, max_tokens, nullptr},
        {"generate.top_k", Setter::Anyone, nullptr, top_k, nullptr},
        {"generate.stop", Setter::Anyone, nullptr, stop, nullptr},
        {"generate.logprobs", Setter::Anyone, nullptr, logprobs, nullptr},
        {"generate.reasoning_effort", Setter::Anyone, nullptr, reasoning_effort, nullptr},
        {"generate.response_format", Setter::Anyone, nullptr, response_format, nullptr},
        // It may name tools of the server's that ask other hosts.
        {"generate.extra_body", Setter::UserOnly, nullptr, extra_body, nullptr},
        {"generate.prompt_dir", Setter::Anyone, nullptr, prompt_dir, nullptr},
        {"generate.library_dir", Setter::Anyone, nullptr, library_dir, nullptr},
        {"generate.budget_usd", Setter::UserPays, nullptr, budget_usd, nullptr},
        {"generate.budget_tokens", Setter::UserPays, nullptr, budget_tokens, nullptr},
        {"generate.budget_seconds", Setter::UserPays, nullptr, budget_seconds, nullptr},
        {"cache.max_size", Setter::Anyone, nullptr, cache_max_size, objection_to_cache},
        {"site_checks", Setter::UserOnly, nullptr, site_checks, nullptr},
    };
    return table;
}

}  // namespace rtlgen::config
