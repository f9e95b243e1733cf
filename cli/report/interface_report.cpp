// SPDX-License-Identifier: Apache-2.0
#include "cli/report/interface_report.h"

#include <array>
#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/rtl/module_header.h"

namespace rtlgen::cli {

nlohmann::ordered_json to_json(const ModuleHeader& header) {
    static constexpr std::array<const char*, 3> kDirections = {"input", "output", "inout"};
    nlohmann::ordered_json json;
    json["read_by"] = header.read_by;
    json["parameters"] = nlohmann::ordered_json::array();
    for (const Parameter& parameter : header.parameters) {
        json["parameters"].push_back(
            {{"name", parameter.name}, {"default", parameter.default_value}});
    }
    json["ports"] = nlohmann::ordered_json::array();
    for (const Port& port : header.ports) {
        json["ports"].push_back(
            {{"name", port.name},
             {"direction", kDirections.at(static_cast<std::size_t>(port.direction))},
             {"width", port.width},
             {"range", port.range},
             {"signed", port.is_signed}});
    }
    return json;
}

void write_text(std::ostream& out, const ModuleHeader& header) {
    out << "interface, read by " << header.read_by << ":\n";
    const std::string text = rtl::header_text(header);
    for (const std::string_view line : split_lines(text)) {
        out << "  " << escape_for_terminal(line) << "\n";
    }
}

}  // namespace rtlgen::cli
