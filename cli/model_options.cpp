// SPDX-License-Identifier: Apache-2.0
#include "cli/model_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "cli/option_values.h"
#include "cli/wiring.h"
#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

constexpr std::int64_t kMostTokens = 10'000'000;
constexpr std::int64_t kMostLogprobs = 1'000;
constexpr std::int64_t kMostRunTokens = 1'000'000'000'000;
constexpr double kMostDollars = 1e9;

std::string model_help() {
    std::string help;
    for (const Provider& provider : providers()) {
        help += (help.empty() ? "" : "; ") + std::string(provider.form) + ": " +
                std::string(provider.help);
    }
    return help;
}

template <class T, class V>
void apply(config::Setting<T>& setting, const std::optional<V>& flag, const char* name) {
    if (flag) setting.set(T(*flag), config::Layer::Flag, name);
}

template <class T>
std::optional<T> if_set(const config::Setting<T>& setting) {
    return setting.is_set() ? std::optional(setting.value) : std::nullopt;
}

Result<std::optional<std::int64_t>> count_if_set(const config::Setting<std::int64_t>& setting,
                                                 const char* name, std::int64_t least,
                                                 std::int64_t most) {
    if (!setting.is_set()) return std::nullopt;
    TRY(count_within(setting, name, least, most));
    return setting.value;
}

Result<std::optional<double>> number_if_set(const config::Setting<double>& setting,
                                            const char* name, double most) {
    if (!setting.is_set()) return std::nullopt;
    if (setting.value >= 0 && setting.value <= most) return setting.value;
    return fail(ErrorCode::InvalidArgument,
                fmt::format("{} is {}; it goes from 0 to {}", name, setting.value, most),
                setting.where);
}

Result<std::string> json_object(const config::Setting<std::string>& setting, const char* name) {
    if (setting.value.empty() && !setting.is_set()) return "";
    if (nlohmann::json::parse(setting.value, nullptr, false).is_object()) return setting.value;
    return fail(ErrorCode::InvalidArgument,
                fmt::format("{} is no JSON object, such as {{\"type\": \"text\"}}", name),
                setting.where);
}

void add_sampling_options(CLI::App& app, ModelOptions& options) {
    app.add_option("--temperature", options.temperature, "Sampling temperature")
        ->check(number_from(0, 100));
    app.add_option("--top-p", options.top_p, "Nucleus sampling")->check(number_from(0, 1));
    app.add_option("--top-k", options.top_k, "Sample from the likeliest tokens alone")
        ->check(number_from(0, 1e7, "tokens"));
    app.add_option("--max-tokens", options.max_tokens, "The longest answer")
        ->check(number_from(1, kMostTokens, "tokens"));
    app.add_option("--stop", options.stop, "A text at which an answer ends (repeatable)")
        ->allow_extra_args(false);
    app.add_option("--logprobs", options.logprobs,
                   "Ask for the probabilities of so many alternatives a token")
        ->check(number_from(0, kMostLogprobs));
    app.add_option("--reasoning-effort", options.reasoning_effort,
                   "How much a model thinks, in its server's words: low, medium, high");
    app.add_option("--response-format", options.response_format, "A JSON object for the server");
    app.add_option("--extra-body", options.extra_body,
                   "A JSON object that is joined to each request; its keys win, null takes one "
                   "away");
    app.add_option(
        "--preset", options.preset,
        "Settings of an evaluation, such as verilog-eval-v2/high, or FILE.toml with keys "
        "of [generate]; flags beside it win");
    app.add_option("--model-seed", options.model_seed,
                   "The seed of the model's sample 1, or none (default: --seed)");
}

void add_budget_options(CLI::App& app, ModelOptions& options) {
    app.add_option("--budget-usd", options.budget_usd,
                   "The most that the Run may cost, by the price list: a request whose dearest "
                   "answer doesn't fit isn't sent")
        ->check(number_from(0, kMostDollars, "USD"));
    app.add_option("--budget-tokens", options.budget_tokens,
                   "The most tokens of prompts and answers that the Run may take")
        ->check(number_from(1, kMostRunTokens, "tokens"));
    app.add_option("--budget-seconds", options.budget_seconds,
                   "Seconds that the Run may ask for answers; those under way then are given up")
        ->check(time_limit());
}

void add_server_options(CLI::App& app, ModelOptions& options) {
    app.add_option("--api-base", options.api_base,
                   "The server of openai/NAME, such as http://127.0.0.1:8080/v1");
    app.add_option("--allow-host", options.allow_hosts,
                   "A host that OPENAI_BASE_URL may name (repeatable)")
        ->allow_extra_args(false);
    const Choices<std::string> apis = {{"chat", "chat"}, {"completions", "completions"}};
    add_choice(app, "--api", options.api, apis,
               "chat, or completions: a base model without roles (default chat)");
    CLI::Option* stream = app.add_flag_callback(
        "--stream", [&options] { options.stream = true; },
        "Let answers come as they are made (default)");
    app.add_flag_callback(
           "--no-stream", [&options] { options.stream = false; }, "Let answers come whole")
        ->excludes(stream);
    app.add_option("--samples-at-once", options.samples_at_once,
                   "Candidates that one request asks for, as n (default 1)")
        ->check(number_from(1, 1000));
    app.add_option("--max-concurrency", options.max_concurrency,
                   "Requests that may be under way at once (default 32)")
        ->check(number_from(1, 1000));
    app.add_option("--answer-timeout", options.answer_timeout,
                   "Seconds that one answer may take (default 600)")
        ->check(time_limit());
}

}  // namespace

void add_model_options(CLI::App& app, ModelOptions& options) {
    app.add_option("--model", options.model, model_help());
    app.add_option("-n,--candidates", options.candidates, "Candidates (default 1)");
    app.add_option("--max-repairs", options.max_repairs,
                   "Repairs of a candidate that fails (default 1)");
    add_sampling_options(app, options);
    add_budget_options(app, options);
    add_server_options(app, options);
    app.add_option("--prompt-dir", options.prompt_dir, "Templates in place of the built-in ones");
    app.add_option("--library-dir", options.library_dir,
                   "Library designs in place of the built-in ones");
}

Status apply_flags(config::Config& config, const ModelOptions& options) {
    if (!options.preset.empty()) TRY(config::apply_preset(config, options.preset));
    apply(config.model, options.model, "--model");
    apply(config.openai.base_url, options.api_base, "--api-base");
    apply(config.openai.api, options.api, "--api");
    apply(config.openai.stream, options.stream, "--stream");
    apply(config.openai.samples_at_once, options.samples_at_once, "--samples-at-once");
    apply(config.openai.max_concurrency, options.max_concurrency, "--max-concurrency");
    config::GenerateConfig& generate = config.generate;
    apply(generate.prompt_dir, options.prompt_dir, "--prompt-dir");
    apply(generate.library_dir, options.library_dir, "--library-dir");
    apply(generate.candidates, options.candidates, "-n");
    apply(generate.max_repairs, options.max_repairs, "--max-repairs");
    apply(generate.temperature, options.temperature, "--temperature");
    apply(generate.top_p, options.top_p, "--top-p");
    apply(generate.top_k, options.top_k, "--top-k");
    apply(generate.max_tokens, options.max_tokens, "--max-tokens");
    if (!options.stop.empty()) generate.stop.set(options.stop, config::Layer::Flag, "--stop");
    apply(generate.logprobs, options.logprobs, "--logprobs");
    apply(generate.reasoning_effort, options.reasoning_effort, "--reasoning-effort");
    apply(generate.response_format, options.response_format, "--response-format");
    apply(generate.extra_body, options.extra_body, "--extra-body");
    apply(generate.budget_usd, options.budget_usd, "--budget-usd");
    apply(generate.budget_tokens, options.budget_tokens, "--budget-tokens");
    apply(generate.budget_seconds, options.budget_seconds, "--budget-seconds");
    std::ranges::copy(options.allow_hosts, std::back_inserter(config.openai.allow_hosts.value));
    return {};
}

Result<int> count_within(const config::Setting<std::int64_t>& setting, const char* name,
                         std::int64_t least, std::int64_t most) {
    if (setting.value >= least && setting.value <= most) return static_cast<int>(setting.value);
    return fail(ErrorCode::InvalidArgument,
                fmt::format("{} is {}; it goes from {} to {}", name, setting.value, least, most),
                setting.where);
}

Result<std::int64_t> parse_seed(const std::string& text, const char* flag) {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() - kMostCount;
    const auto seed = parse_int(text);
    if (seed && *seed >= 0 && *seed <= kMost) return *seed;
    return fail(ErrorCode::InvalidArgument,
                fmt::format("{} is '{}'; it is a whole number from 0 to {}", flag, text, kMost));
}

Result<llm::Sampling> make_sampling(const ModelOptions& options, const config::Config& config,
                                    std::optional<std::int64_t> judging_seed) {
    const config::GenerateConfig& generate = config.generate;
    llm::Sampling sampling;
    TRY_ASSIGN(sampling.temperature, number_if_set(generate.temperature, "temperature", 100));
    TRY_ASSIGN(sampling.top_p, number_if_set(generate.top_p, "top_p", 1));
    TRY_ASSIGN(sampling.top_k, count_if_set(generate.top_k, "top_k", 0, kMostTokens));
    TRY_ASSIGN(sampling.max_tokens,
               count_if_set(generate.max_tokens, "max_tokens", 1, kMostTokens));
    TRY_ASSIGN(sampling.logprobs, count_if_set(generate.logprobs, "logprobs", 0, kMostLogprobs));
    sampling.stop = generate.stop.value;
    if (std::ranges::find(sampling.stop, "") != sampling.stop.end()) {
        return fail(ErrorCode::InvalidArgument, "an empty text stops every answer at once",
                    generate.stop.where);
    }
    sampling.reasoning_effort = generate.reasoning_effort.value;
    TRY_ASSIGN(sampling.response_format, json_object(generate.response_format, "response_format"));
    TRY_ASSIGN(sampling.extra_body, json_object(generate.extra_body, "extra_body"));
    sampling.seed = judging_seed;
    if (options.model_seed == "none") {
        sampling.seed.reset();
    } else if (!options.model_seed.empty()) {
        TRY_ASSIGN(sampling.seed, parse_seed(options.model_seed, "--model-seed"));
    }
    return sampling;
}

}  // namespace rtlgen::cli
