// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/design_metadata.h"

#include <toml++/toml.h>
#include <algorithm>
#include <exception>

namespace rtlgen::datasets {
namespace {

std::string text_of(const toml::table& table, std::string_view key,
                    const std::string& otherwise = "") {
    return table[key].value_or(otherwise);
}

std::vector<std::string> texts_of(const toml::table& table, std::string_view key) {
    std::vector<std::string> texts;
    if (const toml::array* array = table[key].as_array()) {
        for (const toml::node& node : *array) texts.push_back(node.value_or(std::string{}));
    }
    return texts;
}

std::vector<Phrase> phrases_of(const toml::table& table, std::string_view key) {
    std::vector<Phrase> phrases;
    for (const std::string& text : texts_of(table, key)) phrases.emplace_back(text);
    return phrases;
}

std::vector<std::int64_t> numbers_of(const toml::table& table, std::string_view key) {
    std::vector<std::int64_t> numbers;
    if (const toml::array* array = table[key].as_array()) {
        for (const toml::node& node : *array) numbers.push_back(node.value_or(std::int64_t{0}));
    }
    return numbers;
}

std::map<std::string, std::int64_t> values_of(const toml::table& table) {
    std::map<std::string, std::int64_t> values;
    if (const toml::table* rows = table["values"].as_table()) {
        for (const auto& [key, node] : *rows) {
            values[std::string(key.str())] = node.value_or(std::int64_t{0});
        }
    }
    return values;
}

template <class Function>
void for_each_table(const toml::table& table, std::string_view key, Function function) {
    if (const toml::array* array = table[key].as_array()) {
        for (const toml::node& node : *array) {
            if (const toml::table* row = node.as_table()) function(*row);
        }
    }
}

/// Clock and reset are the same in all designs.
const std::vector<std::string> kClockNames = {"clk",  "clock",   "clk_i",   "i_clk", "clk_in",
                                              "ck",   "sys_clk", "sysclk",  "sclk",  "aclk",
                                              "pclk", "hclk",    "core_clk"};
const std::vector<std::string> kResetNames = {
    "rst",       "reset",  "rst_n",   "reset_n", "resetn",   "rstn",    "arst",    "arst_n",
    "areset",    "nrst",   "nreset",  "aresetn", "areset_n", "srst",    "sreset",  "sync_rst",
    "async_rst", "srst_n", "presetn", "hresetn", "rst_b",    "reset_b", "sys_rst", "sys_rst_n",
    "aclr",      "clr",    "clear",   "clrn",    "clr_n",    "r"};

Role role_from(const toml::table& row) {
    Role role;
    role.name = text_of(row, "name");
    const std::string kind = text_of(row, "kind");
    role.kind = kind == "clock"   ? RoleKind::Clock
                : kind == "reset" ? RoleKind::Reset
                                  : RoleKind::Plain;
    role.direction = text_of(row, "direction", "input") == "output" ? PortDirection::Output
                                                                    : PortDirection::Input;
    role.width = text_of(row, "width", "1");
    role.required = row["required"].value_or(role.kind == RoleKind::Clock);
    role.by_default = row["default"].value_or(role.required);
    role.names = texts_of(row, "names");
    role.own_names = role.kind != RoleKind::Plain && !role.names.empty();
    if (role.kind == RoleKind::Clock && !role.own_names) role.names = kClockNames;
    if (role.kind == RoleKind::Reset && !role.own_names) role.names = kResetNames;
    role.generic = texts_of(row, "generic");
    role.words = phrases_of(row, "words");
    role.behaviour = phrases_of(row, "behaviour");
    if (role.kind == RoleKind::Clock) role.words.emplace_back("clock");
    if (role.kind == RoleKind::Reset) role.words.emplace_back("reset*");
    role.phrases = phrases_of(row, "phrases");
    role.needs = texts_of(row, "needs");
    role.not_with = texts_of(row, "not_with");
    role.as_is = row["as_is"].value_or(false);
    role.clock = text_of(row, "clock");
    return role;
}

DesignParameter parameter_from(const toml::table& row) {
    DesignParameter parameter;
    parameter.name = text_of(row, "name");
    parameter.default_value = row["default"].value_or(std::int64_t{0});
    parameter.min = row["min"].value_or(std::int64_t{0});
    parameter.max = row["max"].value_or(std::int64_t{0});
    parameter.aliases = texts_of(row, "aliases");
    parameter.phrases = phrases_of(row, "phrases");
    parameter.flag = text_of(row, "flag");
    parameter.role = text_of(row, "role");
    parameter.must_be_said = row["must_be_said"].value_or(false);
    parameter.is_local = row["local"].value_or(false);
    parameter.power_of_two = row["power_of_two"].value_or(false);
    parameter.from_width = text_of(row, "from_width");
    return parameter;
}

DesignOption option_from(const toml::table& row) {
    DesignOption option;
    option.name = text_of(row, "name");
    option.default_value = text_of(row, "default");
    option.role = text_of(row, "role");
    option.not_role = text_of(row, "not_role");
    for_each_table(row, "value", [&](const toml::table& value) {
        option.values.push_back({text_of(value, "name"), texts_of(value, "flags"),
                                 phrases_of(value, "phrases"), text_of(value, "refuse"),
                                 numbers_of(value, "numbers"), values_of(value)});
    });
    return option;
}

Operation operation_from(const toml::table& row) {
    return {text_of(row, "name"), text_of(row, "words", text_of(row, "name")),
            text_of(row, "expression"), text_of(row, "model"), texts_of(row, "phrases")};
}

Status complain(const DesignMetadata& design) {
    const std::string where = design.name + "/metadata.toml";
    if (design.title.empty()) return fail(ErrorCode::Config, "no title", where);
    if (design.evidence.empty()) return fail(ErrorCode::Config, "no evidence phrases", where);
    if (design.roles.empty()) return fail(ErrorCode::Config, "no roles", where);
    for (const Role& role : design.roles) {
        if (role.name.empty()) return fail(ErrorCode::Config, "a role without a name", where);
        std::vector<std::string> others = role.needs;
        others.insert(others.end(), role.not_with.begin(), role.not_with.end());
        for (const std::string& needed : others) {
            if (design.role(needed) == nullptr) {
                return fail(ErrorCode::Config, role.name + " goes with an unknown role " + needed,
                            where);
            }
        }
    }
    for (const DesignOption& option : design.options) {
        const bool known = std::ranges::any_of(option.values, [&](const OptionValue& value) {
            return value.name == option.default_value;
        });
        if (!known) {
            return fail(ErrorCode::Config, "the default of " + option.name + " is no value of it",
                        where);
        }
    }
    return {};
}

Result<toml::table> parse_toml(const std::string& where, const std::string& text) {
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& error) {
        return fail(ErrorCode::Config, std::string(error.description()), where);
    }
}

}  // namespace

Result<std::vector<Phrase>> parse_phrases(const std::string& where, const std::string& toml,
                                          const std::string& key) {
    TRY_ASSIGN(const toml::table table, parse_toml(where, toml));
    return phrases_of(table, key);
}

const Role* DesignMetadata::role(std::string_view role_name) const {
    const auto found =
        std::ranges::find_if(roles, [&](const Role& role) { return role.name == role_name; });
    return found == roles.end() ? nullptr : &*found;
}

Result<DesignMetadata> parse_metadata(const std::string& name, const std::string& toml) {
    TRY_ASSIGN(const toml::table table, parse_toml(name + "/metadata.toml", toml));
    DesignMetadata design;
    design.name = name;
    design.title = text_of(table, "title");
    design.summary = text_of(table, "summary");
    design.latency = text_of(table, "latency");
    design.licence = text_of(table, "licence");
    design.keywords = texts_of(table, "keywords");
    const std::string reset = text_of(table, "reset", "required");
    design.reset = reset == "none"       ? ResetNeed::None
                   : reset == "optional" ? ResetNeed::Optional
                                         : ResetNeed::Required;
    design.matching = text_of(table, "matching") == "strict" ? Matching::Strict : Matching::Learned;
    design.numbers = numbers_of(table, "numbers");
    design.internals = texts_of(table, "internals");
    design.evidence = phrases_of(table, "evidence");
    design.refuse = phrases_of(table, "refuse");
    design.topics = phrases_of(table, "topics");
    design.one_of = texts_of(table, "one_of");
    design.one_of_inputs = texts_of(table, "one_of_inputs");
    design.ordered = texts_of(table, "ordered");
    for_each_table(table, "role",
                   [&](const toml::table& row) { design.roles.push_back(role_from(row)); });
    for_each_table(table, "parameter", [&](const toml::table& row) {
        design.parameters.push_back(parameter_from(row));
    });
    for_each_table(table, "option",
                   [&](const toml::table& row) { design.options.push_back(option_from(row)); });
    for_each_table(table, "operation", [&](const toml::table& row) {
        design.operations.push_back(operation_from(row));
    });
    TRY(complain(design));
    return design;
}

}  // namespace rtlgen::datasets
