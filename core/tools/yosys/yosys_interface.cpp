// SPDX-License-Identifier: Apache-2.0
// Module headers out of Yosys's JSON: ports with the widths that they have once parameters are set.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/tools/located_line.h"
#include "core/tools/yosys.h"

namespace rtlgen::tools {
namespace {

PortDirection direction_of(const std::string& text) {
    if (text == "output") return PortDirection::Output;
    return text == "inout" ? PortDirection::Inout : PortDirection::Input;
}

std::string range_of(int width, const nlohmann::ordered_json& port) {
    const int offset = port.value("offset", 0);
    if (width == 1 && offset == 0) return {};
    const std::string low = std::to_string(offset);
    const std::string high = std::to_string(offset + width - 1);
    return port.value("upto", 0) != 0 ? "[" + low + ":" + high + "]" : "[" + high + ":" + low + "]";
}

/// Where the port's declaration stands, out of `FILE:LINE.COL...`; 0.0 where it isn't said.
std::pair<int, int> place_of(const std::string& port, const nlohmann::ordered_json& module) {
    if (!module.contains("netnames") || !module.at("netnames").contains(port)) return {0, 0};
    const auto& attributes = module.at("netnames").at(port).at("attributes");
    const std::string source = attributes.value("src", "");
    const std::string_view numbers = std::string_view(source).substr(source.rfind(':') + 1);
    const std::size_t dot = numbers.find('.');
    if (dot == std::string_view::npos) return {0, 0};
    const std::string_view column = numbers.substr(dot + 1);
    return {parse_position(numbers.substr(0, dot)),
            parse_position(column.substr(0, column.find_first_of("-,.")))};
}

/// read_slang gives ports in another order than the source has.
void sort_ports(ModuleHeader& header, const nlohmann::ordered_json& module) {
    std::map<std::string, std::pair<int, int>> places;
    for (const Port& port : header.ports) {
        const auto place = place_of(port.name, module);
        if (place.first == 0) return;
        places[port.name] = place;
    }
    std::ranges::stable_sort(header.ports, {}, [&](const Port& port) { return places[port.name]; });
}

ModuleHeader header_of(const std::string& name, const nlohmann::ordered_json& module) {
    ModuleHeader header;
    header.name = name;
    // A module with parameters set is `$paramod\NAME\W=...`; its own name is an attribute.
    const auto& attributes = module.at("attributes");
    if (attributes.contains("hdlname")) header.name = attributes.at("hdlname").get<std::string>();
    while (header.name.starts_with('\\')) header.name.erase(0, 1);
    header.read_by = "yosys";
    if (module.contains("parameter_default_values")) {
        for (const auto& [parameter, value] : module.at("parameter_default_values").items()) {
            header.parameters.push_back(
                {parameter, value.is_string() ? "'b" + value.get<std::string>() : value.dump()});
        }
    }
    for (const auto& [port_name, port] : module.at("ports").items()) {
        Port read;
        read.name = port_name;
        read.direction = direction_of(port.at("direction").get<std::string>());
        read.width = static_cast<int>(port.at("bits").size());
        read.range = range_of(read.width, port);
        read.is_signed = port.value("signed", 0) != 0;
        header.ports.push_back(std::move(read));
    }
    sort_ports(header, module);
    return header;
}

bool is_top(const nlohmann::ordered_json& module) {
    return module.at("attributes").contains("top");
}

Result<ModuleHeader> pick(const std::string& json, const std::string& top) {
    TRY_ASSIGN(const std::vector<ModuleHeader> headers, parse_headers(json));
    for (const ModuleHeader& header : headers) {
        if (header.name == top) return header;
    }
    // The first is what Yosys took for the top.
    if (top.empty() && !headers.empty()) return headers.front();
    return fail(ErrorCode::NotFound, "there is no module '" + top + "'");
}

}  // namespace

Result<std::vector<ModuleHeader>> parse_headers(std::string_view json) {
    std::vector<ModuleHeader> headers;
    try {
        const auto design = nlohmann::ordered_json::parse(json);
        for (const auto& [name, module] : design.at("modules").items()) {
            const auto place = is_top(module) ? headers.begin() : headers.end();
            headers.insert(place, header_of(name, module));
        }
    } catch (const nlohmann::json::exception& error) {
        return fail(ErrorCode::ToolFailed,
                    std::string("Yosys's JSON isn't as expected: ") + error.what());
    }
    return headers;
}

Result<ModuleHeader> read_interface(const Tool& tool, const SourceSet& set, const std::string& top,
                                    process::Runner& runner, const std::stop_token& stop) {
    SourceSet under_top = set;
    if (!top.empty()) under_top.top = top;
    std::string reason = "Yosys reads no module";
    for (const YosysReader reader : {YosysReader::Slang, YosysReader::Verilog}) {
        if (reader == YosysReader::Slang && !tool.has("diag_json")) continue;
        YosysRun run;
        run.name = "yosys-interface";
        TRY(add_reading(run, reader, under_top));
        if (under_top.top.empty()) run.script += "hierarchy -auto-top\n";
        run.script += "proc\nwrite_json interface.json\n";
        run.outputs.push_back({"interface.json", mebibytes(256)});
        TRY_ASSIGN(const YosysResult result, run_yosys(tool, run, under_top, runner, stop));
        if (const auto json = result.outputs.find("interface.json"); json != result.outputs.end()) {
            if (auto header = pick(json->second, under_top.top)) return header;
        }
        for (const Finding& finding : result.findings) {
            if (finding.severity != Severity::Error) continue;
            reason = format_finding(finding);
            break;
        }
    }
    return fail(ErrorCode::NotFound, reason);
}

}  // namespace rtlgen::tools
