// SPDX-License-Identifier: Apache-2.0
// The tree of `verilator --json-only`.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/tools/verilator/verilator_tree.h"

namespace rtlgen::tools::verilator {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& node, const char* key) {
    const auto found = node.find(key);
    return found != node.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool is_set(const Json& node, const char* key) {
    const auto found = node.find(key);
    return found != node.end() && found->is_boolean() && found->get<bool>();
}

/// The children in a list; none where there is no list.
const Json& list_of(const Json& node, const char* key) {
    static const Json none = Json::array();
    const auto found = node.find(key);
    return found != node.end() && found->is_array() ? *found : none;
}

std::string without_brackets(std::string range) {
    std::erase_if(range, [](char c) { return c == '[' || c == ']'; });
    return range;
}

TreeType type_of(const Json& node) {
    const std::string kind = text_of(node, "type");
    TreeType type;
    if (kind == "BASICDTYPE") {
        type.form = TreeType::Form::Basic;
        type.range = text_of(node, "range");
        type.keyword = text_of(node, "keyword");
        type.is_signed = is_set(node, "signed");
    } else if (kind == "REFDTYPE" || kind == "PARAMTYPEDTYPE" || kind == "MEMBERDTYPE") {
        type.form = TreeType::Form::Alias;
        type.inner = text_of(node, "dtypep");
    } else if (kind == "ENUMDTYPE") {
        type.form = TreeType::Form::Alias;
        type.inner = text_of(node, "refDTypep");
    } else if (kind == "PACKARRAYDTYPE") {
        type.form = TreeType::Form::PackedArray;
        type.range = without_brackets(text_of(node, "declRange"));
        type.inner = text_of(node, "refDTypep");
    } else if ((kind == "STRUCTDTYPE" || kind == "UNIONDTYPE") && is_set(node, "packed")) {
        type.form = kind == "UNIONDTYPE" ? TreeType::Form::Union : TreeType::Form::Struct;
        for (const Json& member : list_of(node, "membersp")) {
            type.members.push_back(text_of(member, "dtypep"));
        }
    }
    return type;
}

TreeVariable variable_of(const Json& node) {
    TreeVariable variable;
    variable.name = text_of(node, "origName");
    variable.type = text_of(node, "dtypep");
    variable.is_parameter = text_of(node, "varType") == "GPARAM";
    variable.is_interface = text_of(node, "varType") == "IFACEREF";
    for (const Json& value : list_of(node, "valuep")) variable.value = text_of(value, "name");
    for (const auto& [said, direction] :
         {std::pair{"INPUT", "input"}, {"OUTPUT", "output"}, {"INOUT", "inout"}}) {
        if (text_of(node, "direction") == said) variable.direction = direction;
    }
    return variable;
}

}  // namespace

Result<Tree> read_json_tree(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("modulesp")) {
        return fail(ErrorCode::ToolFailed, "Verilator's JSON isn't as expected");
    }
    Tree tree;
    for (const Json& node : list_of(json, "modulesp")) {
        if (text_of(node, "type") != "MODULE") continue;
        TreeModule module{text_of(node, "origName"), {}};
        for (const Json& item : list_of(node, "stmtsp")) {
            if (text_of(item, "type") == "VAR") module.variables.push_back(variable_of(item));
        }
        tree.modules.push_back(std::move(module));
    }
    for (const Json& table : list_of(json, "miscsp")) {
        for (const Json& node : list_of(table, "typesp")) {
            tree.types[text_of(node, "addr")] = type_of(node);
        }
    }
    return tree;
}

}  // namespace rtlgen::tools::verilator
