// SPDX-License-Identifier: Apache-2.0
// Configuration in layers: defaults < user's rtlgen.toml < project's rtlgen.toml < environment <
// flags. Every value knows the layer that set it, because trust depends on it: a project's file
// can't set commands, hosts or keys.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/config/secret.h"

namespace rtlgen::config {

enum class Layer { Default, User, Project, Environment, Flag };
std::string_view to_string(Layer layer);

/// A value and who set it.
template <class T>
struct Setting {
    T value{};
    Layer layer = Layer::Default;
    std::string where;  ///< "file:line", a variable's name, a flag; empty for a default

    void set(T new_value, Layer new_layer, std::string new_where) {
        value = std::move(new_value);
        layer = new_layer;
        where = std::move(new_where);
    }
    [[nodiscard]] bool is_set() const { return layer != Layer::Default; }
};

using StringMap = std::map<std::string, std::string>;

/// `[models.openai]`: a server with OpenAI's interface.
struct OpenAiConfig {
    Setting<std::string> base_url;
    Setting<std::filesystem::path> api_key_file;
    Setting<std::vector<std::string>> allow_hosts;
    Setting<std::filesystem::path> ca_file;
    Setting<std::string> proxy;
    Setting<StringMap> headers;                            ///< may hold keys: never shown
    Setting<std::string> api{"chat", Layer::Default, ""};  ///< or "completions"
    Setting<bool> stream{true, Layer::Default, ""};
    Setting<std::int64_t> samples_at_once{1, Layer::Default, ""};
    Setting<std::int64_t> max_concurrency{32, Layer::Default, ""};
    Setting<std::string> api_version;  ///< not empty: URLs as Azure has them
    Setting<std::string> key_header{"authorization", Layer::Default, ""};  ///< or "api-key"
    /// or "max_completion_tokens"
    Setting<std::string> length_key{"max_tokens", Layer::Default, ""};
};

/// `[models.anthropic]`: Anthropic's Messages API.
struct AnthropicConfig {
    Setting<std::string> base_url;
    Setting<std::filesystem::path> api_key_file;
    Setting<std::vector<std::string>> allow_hosts;
    Setting<std::filesystem::path> ca_file;
    Setting<std::string> proxy;
    Setting<StringMap> headers;  ///< may hold keys: never shown
    Setting<std::string> version{"2023-06-01", Layer::Default, ""};
};

/// `[generate]`
struct GenerateConfig {
    Setting<std::int64_t> candidates{1, Layer::Default, ""};
    Setting<std::int64_t> max_repairs{1, Layer::Default, ""};
    Setting<double> temperature;
    Setting<double> top_p;
    Setting<std::int64_t> max_tokens;
    Setting<std::int64_t> top_k;
    Setting<std::vector<std::string>> stop;
    Setting<std::int64_t> logprobs;
    Setting<std::string> reasoning_effort;
    Setting<std::string> response_format;  ///< a JSON object
    Setting<std::string> extra_body;       ///< a JSON object
    Setting<std::filesystem::path> prompt_dir;
    Setting<std::filesystem::path> library_dir;
    // What a Run may spend; unset: without a limit.
    Setting<double> budget_usd;
    Setting<std::int64_t> budget_tokens;
    Setting<double> budget_seconds;
};

/// `[cache]`
struct CacheConfig {
    Setting<std::string> max_size;  ///< such as "2G"
};

struct Config {
    Setting<std::string> model;
    Setting<std::filesystem::path> price_file;  ///< `[models]`: what answers cost
    OpenAiConfig openai;
    AnthropicConfig anthropic;
    GenerateConfig generate;
    CacheConfig cache;
    Setting<StringMap> site_checks;  ///< `[site_checks]` NAME = "COMMAND"
};

struct ConfigSources {
    std::filesystem::path user_file;     ///< may be absent
    std::filesystem::path project_file;  ///< may be absent, or empty
    Getenv getenv;
};

/// user_config_root()/rtlgen.toml, or empty without a home; the rtlgen.toml of `folder` or of the
/// nearest folder above it within the same git work tree; the process's environment.
[[nodiscard]] ConfigSources default_sources(const std::filesystem::path& folder);

/// All layers but the flags. Errors: Config with file:line (syntax, an unknown key and the nearest
/// known one, a wrong type, a key that a project may not set, a user's file that belongs to
/// somebody else or that anybody may write), Unreadable.
Result<Config> load_config(const ConfigSources& sources);

/// `text` as the layer `layer` of `config`; `file_name` is for messages, and relative paths start
/// at its folder.
Status apply_toml(Config& config, std::string_view text, Layer layer, const std::string& file_name);

/// The keys of `[generate]` that `preset` has, as flags: one of presets.toml, or a file whose name
/// ends in ".toml". Errors: InvalidArgument (no such preset), NotFound, Unreadable, Config.
Status apply_preset(Config& config, const std::string& preset);

/// Every known key, sorted, such as "models.openai.base_url".
[[nodiscard]] std::vector<std::string> known_keys();

}  // namespace rtlgen::config
