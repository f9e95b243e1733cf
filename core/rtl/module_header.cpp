// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/module_header.h"

#include <algorithm>
#include <array>

namespace rtlgen::rtl {
namespace {

constexpr std::array<std::string_view, 8> kKindNames = {"module", "interface", "program", "package",
                                                        "class",  "primitive", "checker", "config"};

}  // namespace

std::string_view to_string(UnitKind kind) { return kKindNames.at(static_cast<std::size_t>(kind)); }

Result<ModuleHeader> interface_from_text(const std::string& text, const HeaderOptions& options) {
    Outline outline = read_outline(text, options);
    const auto found = std::ranges::find(outline.units, UnitKind::Module, &DesignUnit::kind);
    if (found == outline.units.end()) {
        return fail(ErrorCode::InvalidArgument,
                    "holds no module header; write it as `module NAME (input ..., output ...);`",
                    "interface");
    }
    return std::move(found->header);
}

std::string header_text(const ModuleHeader& header) {
    static constexpr std::array<std::string_view, 3> kDirections = {"input", "output", "inout"};
    std::string text = "module " + header.name;
    const auto list = [&](const auto& items, auto&& print) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            text += "    ";
            print(items[i]);
            text += i + 1 < items.size() ? ",\n" : "\n";
        }
    };
    if (!header.parameters.empty()) {
        text += " #(\n";
        list(header.parameters, [&](const Parameter& parameter) {
            text += "parameter " + parameter.name;
            if (!parameter.default_value.empty()) text += " = " + parameter.default_value;
        });
        text += ")";
    }
    if (header.ports.empty()) return text + ";\n";
    text += " (\n";
    list(header.ports, [&](const Port& port) {
        text += kDirections.at(static_cast<std::size_t>(port.direction));
        if (port.is_signed) text += " signed";
        if (!port.range.empty()) {
            text += " " + port.range;
        } else if (port.width > 1) {
            text += " [" + std::to_string(port.width - 1) + ":0]";
        }
        text += " " + port.name;
    });
    return text + ");\n";
}

}  // namespace rtlgen::rtl
