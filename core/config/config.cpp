// SPDX-License-Identifier: Apache-2.0
#include "core/config/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <span>
#include <type_traits>

#include "core/base/files.h"
#include "core/base/resources.h"
#include "core/config/keys.h"
#include "core/config/nearest.h"

namespace rtlgen::embedded {
std::span<const EmbeddedFile> presets();
}

namespace rtlgen::config {
namespace fs = std::filesystem;
namespace {

/// Where a layer's values come from, for messages and Settings.
struct Source {
    Layer layer;
    std::string file_name;

    [[nodiscard]] std::string at(const toml::node& node) const {
        return fmt::format("{}:{}", file_name, node.source().begin.line);
    }
};

const Key* find_key(std::string_view name) {
    const auto found = std::ranges::find(keys(), name, &Key::name);
    return found == keys().end() ? nullptr : &*found;
}

bool is_section(std::string_view name) {
    const std::string prefix = std::string(name) + ".";
    return std::ranges::any_of(keys(),
                               [&prefix](const Key& key) { return key.name.starts_with(prefix); });
}

tl::unexpected<Error> unknown_key(const std::string& name, const std::string& where) {
    const std::string close = nearest(name, known_keys());
    const std::string hint = close.empty() ? "" : fmt::format("; did you mean \"{}\"?", close);
    return fail(ErrorCode::Config, fmt::format("unknown key \"{}\"{}", name, hint), where);
}

std::optional<std::string> read(const toml::node& node, const std::string* /*type*/) {
    return node.value_exact<std::string>();
}

std::optional<std::int64_t> read(const toml::node& node, const std::int64_t* /*type*/) {
    return node.value_exact<std::int64_t>();
}

std::optional<bool> read(const toml::node& node, const bool* /*type*/) {
    return node.value_exact<bool>();
}

std::optional<double> read(const toml::node& node, const double* /*type*/) {
    if (!node.is_number()) return std::nullopt;
    return node.value<double>();
}

std::optional<std::vector<std::string>> read(const toml::node& node,
                                             const std::vector<std::string>* /*type*/) {
    if (!node.is_array()) return std::nullopt;
    std::vector<std::string> list;
    for (const toml::node& element : *node.as_array()) {
        const auto text = element.value_exact<std::string>();
        if (!text) return std::nullopt;
        list.push_back(*text);
    }
    return list;
}

std::optional<fs::path> read(const toml::node& node, const fs::path* /*type*/) {
    const auto text = node.value_exact<std::string>();
    if (!text) return std::nullopt;
    // Meant from the folder of the file that says so; an absolute path stays as it is.
    return fs::path(*node.source().path).parent_path() / *text;
}

std::optional<StringMap> read(const toml::node& node, const StringMap* /*type*/) {
    if (!node.is_table()) return std::nullopt;
    StringMap map;
    for (const auto& [key, value] : *node.as_table()) {
        const auto text = value.value_exact<std::string>();
        if (!text) return std::nullopt;
        map.emplace(std::string(key.str()), *text);
    }
    return map;
}

std::string_view type_name(const Target& target) {
    constexpr std::array<std::string_view, 7> kNames = {
        "a string",           "an integer",         "a number",     "a list of strings",
        "a table of strings", "a path as a string", "true or false"};
    return kNames[target.index()];
}

/// Empty where this user has no home: joined to nothing it would be the working folder's.
fs::path user_file() {
    const fs::path root = user_config_root();
    return root.empty() ? fs::path() : root / "rtlgen.toml";
}

Status check_project(const Key& key, const toml::node& node, const Source& source) {
    if (source.layer != Layer::Project) return {};
    std::string why;
    if (key.setter == Setter::UserOnly) why = "it could name a command, a host or a key";
    if (key.setter == Setter::UserPays) why = "it says what may be spent";
    if (const auto text = node.value_exact<std::string>(); key.project_objection && text) {
        why = key.project_objection(*text);
    }
    if (why.empty()) return {};
    return fail(
        ErrorCode::Config,
        fmt::format("a project's file can't set \"{}\", as {}; set it in {} or by a flag", key.name,
                    why, user_file().empty() ? "your own rtlgen.toml" : user_file().string()),
        source.at(node));
}

Status set_key(Config& config, const Key& key, const toml::node& node, const Source& source) {
    TRY(check_project(key, node, source));
    const Target target = key.target(config);
    const bool done = std::visit(
        [&](auto* setting) {
            auto value = read(node, &setting->value);
            if (!value) return false;
            setting->set(*std::move(value), source.layer, source.at(node));
            return true;
        },
        target);
    if (done) return {};
    return fail(ErrorCode::Config, fmt::format("\"{}\" must be {}", key.name, type_name(target)),
                source.at(node));
}

Status apply_table(Config& config, const toml::table& table, const std::string& prefix,
                   const Source& source) {
    for (const auto& [key, node] : table) {
        const std::string name = prefix + std::string(key.str());
        if (const Key* known = find_key(name)) {
            TRY(set_key(config, *known, node, source));
        } else if (node.is_table() && is_section(name)) {
            TRY(apply_table(config, *node.as_table(), name + ".", source));
        } else {
            return unknown_key(name, source.at(node));
        }
    }
    return {};
}

Status apply_environment(Config& config, const Getenv& getenv) {
    for (const Key& key : keys()) {
        if (key.variable == nullptr) continue;
        const char* value = getenv(key.variable);
        if (value == nullptr || *value == 0) continue;
        const Target target = key.target(config);
        if (auto* const* text = std::get_if<Setting<std::string>*>(&target)) {
            (*text)->set(value, Layer::Environment, key.variable);
        }
    }
    return {};
}

Status apply_file(Config& config, const fs::path& file, Layer layer) {
    if (file.empty()) return {};
    const Result<std::string> text = layer == Layer::User ? read_trusted_text(file, mebibytes(1))
                                                          : read_text(file, mebibytes(1));
    if (!text && text.error().code == ErrorCode::NotFound) return {};
    if (!text) return tl::unexpected<Error>(text.error());
    return apply_toml(config, *text, layer, file.string());
}

Result<toml::table> parsed(std::string_view text, const std::string& name) {
    try {
        return toml::parse(text, name);
    } catch (const toml::parse_error& error) {
        return fail(ErrorCode::Config, std::string(error.description()),
                    fmt::format("{}:{}", name, error.source().begin.line));
    }
}

tl::unexpected<Error> no_preset(const std::string& wanted, const toml::table& presets) {
    std::vector<std::string> names;
    for (const auto& [name, node] : presets) names.emplace_back(name.str());
    std::ranges::sort(names);
    return fail(ErrorCode::InvalidArgument,
                fmt::format("there is no preset \"{}\"; there are {}, and FILE.toml with keys of "
                            "[generate]",
                            wanted, fmt::join(names, ", ")),
                "--preset");
}

fs::path project_file_above(const fs::path& folder) {
    std::error_code error;
    fs::path at = fs::absolute(folder, error);
    fs::path here = at / "rtlgen.toml";
    if (fs::exists(here, error)) return here;
    fs::path found;
    for (; at.has_relative_path(); at = at.parent_path()) {
        if (found.empty() && fs::exists(at / "rtlgen.toml", error)) found = at / "rtlgen.toml";
        if (fs::exists(at / ".git", error)) return found;
    }
    return {};
}

}  // namespace

std::string_view to_string(Layer layer) {
    switch (layer) {
        case Layer::Default: return "default";
        case Layer::User: return "user";
        case Layer::Project: return "project";
        case Layer::Environment: return "environment";
        case Layer::Flag: return "flag";
    }
    return "default";
}

std::vector<std::string> known_keys() {
    std::vector<std::string> names;
    for (const Key& key : keys()) names.emplace_back(key.name);
    std::ranges::sort(names);
    return names;
}

Status apply_preset(Config& config, const std::string& preset) {
    const bool is_file = preset.ends_with(".toml");
    std::string text;
    if (is_file) {
        TRY_ASSIGN(text, read_text(preset, mebibytes(1)));
    } else {
        TRY_ASSIGN(text, ResourceTree(embedded::presets()).read("presets.toml"));
    }
    const std::string name = is_file ? preset : "--preset " + preset;
    TRY_ASSIGN(const toml::table table, parsed(text, name));
    const toml::table* chosen = is_file ? &table : table[preset].as_table();
    if (chosen == nullptr) return no_preset(preset, table);
    return apply_table(config, *chosen, "generate.", {Layer::Flag, name});
}

Status apply_toml(Config& config, std::string_view text, Layer layer,
                  const std::string& file_name) {
    TRY_ASSIGN(const toml::table table, parsed(text, file_name));
    return apply_table(config, table, "", {layer, file_name});
}

ConfigSources default_sources(const fs::path& folder) {
    return {user_file(), project_file_above(folder),
            [](const char* name) { return std::getenv(name); }};
}

Result<Config> load_config(const ConfigSources& sources) {
    Config config;
    TRY(apply_file(config, sources.user_file, Layer::User));
    TRY(apply_file(config, sources.project_file, Layer::Project));
    TRY(apply_environment(config, sources.getenv));
    return config;
}

}  // namespace rtlgen::config
