// SPDX-License-Identifier: Apache-2.0
#include "core/tools/verilator/verilator_tree.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/tools/located_line.h"

namespace rtlgen::tools::verilator {
namespace {

/// Typedefs of typedefs end before; a tree that refers to itself ends here.
constexpr int kDeepest = 64;
/// Wider than any port; sums stay far from the end of an int.
constexpr int kWidest = 16'777'216;

int range_width(std::string_view range) {
    const std::size_t colon = range.find(':');
    if (colon == std::string_view::npos) return 0;
    const auto left = parse_int(range.substr(0, colon));
    const auto right = parse_int(range.substr(colon + 1));
    if (!left || !right || std::abs(*left) > kWidest || std::abs(*right) > kWidest) return 0;
    return static_cast<int>(std::abs(*left - *right)) + 1;
}

int keyword_width(std::string_view keyword) {
    for (const auto& [word, width] : {std::pair<std::string_view, int>{"logic", 1},
                                      {"bit", 1},
                                      {"byte", 8},
                                      {"shortint", 16},
                                      {"int", 32},
                                      {"integer", 32},
                                      {"longint", 64},
                                      {"time", 64}}) {
        if (word == keyword) return width;
    }
    return 0;
}

/// What a named type is in the end.
const TreeType* resolve(const Tree& tree, const std::string& type) {
    auto found = tree.types.find(type);
    for (int depth = 0; depth < kDeepest && found != tree.types.end(); ++depth) {
        if (found->second.form != TreeType::Form::Alias) return &found->second;
        found = tree.types.find(found->second.inner);
    }
    return nullptr;
}

/// In bits; 0 where it has none.
// NOLINTNEXTLINE(misc-no-recursion): `depth` ends it
int width_of(const Tree& tree, const std::string& name, int depth = 0) {
    const TreeType* type = resolve(tree, name);
    if (type == nullptr || depth > kDeepest) return 0;
    switch (type->form) {
        case TreeType::Form::Basic:
            return type->range.empty() ? keyword_width(type->keyword) : range_width(type->range);
        case TreeType::Form::PackedArray: {
            const std::int64_t width =
                std::int64_t{range_width(type->range)} * width_of(tree, type->inner, depth + 1);
            return width > kWidest ? 0 : static_cast<int>(width);
        }
        case TreeType::Form::Struct:
        case TreeType::Form::Union: {
            int sum = 0;
            int widest = 0;
            for (const std::string& member : type->members) {
                const int width = width_of(tree, member, depth + 1);
                if (width == 0 || sum > kWidest) return 0;
                sum += width;
                widest = std::max(widest, width);
            }
            return type->form == TreeType::Form::Struct ? sum : widest;
        }
        case TreeType::Form::Alias:
        case TreeType::Form::Other: break;
    }
    return 0;
}

Port port_of(const Tree& tree, const TreeVariable& variable) {
    Port port;
    port.name = variable.name;
    port.direction = variable.direction == "output"  ? PortDirection::Output
                     : variable.direction == "inout" ? PortDirection::Inout
                                                     : PortDirection::Input;
    port.width = width_of(tree, variable.type);
    const TreeType* type = resolve(tree, variable.type);
    if (type != nullptr && type->form == TreeType::Form::Basic) {
        port.is_signed = type->is_signed;
        if (!type->range.empty()) port.range = "[" + type->range + "]";
    }
    if (port.range.empty() && port.width > 1) {
        port.range = "[" + std::to_string(port.width - 1) + ":0]";
    }
    return port;
}

}  // namespace

Result<ModuleHeader> header_of(const Tree& tree, const std::string& top) {
    const auto module = top.empty() ? tree.modules.begin()
                                    : std::ranges::find(tree.modules, top, &TreeModule::name);
    if (module == tree.modules.end()) {
        return fail(ErrorCode::NotFound, "there is no module '" + top + "'");
    }
    ModuleHeader header;
    header.name = module->name;
    header.read_by = "verilator";
    std::vector<TreeVariable> ports;
    for (const TreeVariable& variable : module->variables) {
        if (variable.is_interface) {
            return fail(ErrorCode::NotFound, "the module has interfaces, which may be ports");
        }
        if (variable.is_parameter) header.parameters.push_back({variable.name, variable.value});
        if (!variable.direction.empty()) ports.push_back(variable);
    }
    std::ranges::stable_sort(ports, {}, &TreeVariable::place);
    for (const TreeVariable& port : ports) header.ports.push_back(port_of(tree, port));
    return header;
}

}  // namespace rtlgen::tools::verilator
