// SPDX-License-Identifier: Apache-2.0
// The options that say which model answers and how it samples, for all commands that ask one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/config/config.h"
#include "core/llm/backend.h"

namespace CLI {
class App;
}

namespace rtlgen::cli {

/// The most of whatever is counted: candidates, repairs.
inline constexpr std::int64_t kMostCount = 100'000;
/// The most requests that may be under way at once, and the most answers to one.
inline constexpr std::int64_t kMostConcurrency = 1000;

/// What the configuration may say too; unset: it decides.
struct ModelOptions {
    std::optional<std::string> model;
    std::optional<std::string> api_base;
    std::vector<std::string> allow_hosts;
    std::optional<std::string> prompt_dir;
    std::optional<std::string> library_dir;
    std::optional<std::int64_t> candidates;
    std::optional<std::int64_t> max_repairs;
    std::optional<double> temperature;
    std::optional<double> top_p;
    std::optional<std::int64_t> top_k;
    std::optional<std::int64_t> max_tokens;
    std::vector<std::string> stop;
    std::optional<std::int64_t> logprobs;
    std::optional<std::string> reasoning_effort;
    std::optional<std::string> response_format;
    std::optional<std::string> extra_body;
    std::optional<std::string> api;
    std::optional<bool> stream;
    std::optional<std::int64_t> samples_at_once;
    std::optional<std::int64_t> max_concurrency;
    std::string preset;  ///< a name, or a file; empty: none
    std::optional<double> budget_usd;
    std::optional<std::int64_t> budget_tokens;
    std::optional<double> budget_seconds;
    std::string model_seed;  ///< a whole number or "none"; empty: that of judging
    double answer_timeout = 600;
};

void add_model_options(CLI::App& app, ModelOptions& options);

/// The preset, and over it the other flags, over what the configuration says. Errors: those of
/// config::apply_preset.
Status apply_flags(config::Config& config, const ModelOptions& options);

/// A count that came from a flag or a file. Error InvalidArgument: not within `least` to `most`.
Result<int> count_within(const config::Setting<std::int64_t>& setting, const char* name,
                         std::int64_t least, std::int64_t most);

/// A seed as `flag` gives it. Error InvalidArgument: no whole number that has room for every
/// sample's.
Result<std::int64_t> parse_seed(const std::string& text, const char* flag);

/// What is asked of the sampler; `judging_seed`: of --seed, where it was given.
/// Errors: InvalidArgument (a value out of its range, JSON that is no object).
Result<llm::Sampling> make_sampling(const ModelOptions& options, const config::Config& config,
                                    std::optional<std::int64_t> judging_seed);

}  // namespace rtlgen::cli
