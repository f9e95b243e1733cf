// SPDX-License-Identifier: Apache-2.0
// The table of configuration keys: a row each.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "core/config/config.h"

namespace rtlgen::config {

/// Where a key's value goes; its alternative is the type that the file must have.
using Target = std::variant<Setting<std::string>*, Setting<std::int64_t>*, Setting<double>*,
                            Setting<std::vector<std::string>>*, Setting<StringMap>*,
                            Setting<std::filesystem::path>*, Setting<bool>*>;

/// UserOnly: it could name a command, a host or a key; UserPays: it says what may be spent.
enum class Setter { Anyone, UserOnly, UserPays };

struct Key {
    std::string_view name;
    Setter setter;
    const char* variable;  ///< of the environment; null: none
    Target (*target)(Config& config);
    /// Why a project's file may not set this value; empty: it may. Null: no such rule.
    std::string (*project_objection)(const std::string& value);
};

const std::vector<Key>& keys();

}  // namespace rtlgen::config
