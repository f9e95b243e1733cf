// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/design_header.h"

#include <algorithm>

#include "core/rtl/module_header.h"
#include "core/tools/verilator/verilator_interface.h"
#include "core/tools/yosys.h"

namespace rtlgen::rtl {
namespace {

/// Tools give numbers; people wrote `[W-1:0]`. Ports get the order that the lexer sees, where it
/// sees them all.
void take_texts(ModuleHeader& header, const ModuleHeader& source) {
    const auto place = [&](const Port& port) {
        return std::ranges::find(source.ports, port.name, &Port::name);
    };
    const bool sees_all = std::ranges::all_of(
        header.ports, [&](const Port& port) { return place(port) != source.ports.end(); });
    if (sees_all) std::ranges::stable_sort(header.ports, {}, place);
    for (Port& port : header.ports) {
        const auto same = place(port);
        if (same == source.ports.end()) continue;
        const bool agrees = same->width == 0 || same->width == port.width;
        if (agrees && !same->range.empty()) port.range = same->range;
        if (agrees && same->is_signed) port.is_signed = true;  // read_slang keeps no sign
    }
    for (Parameter& parameter : header.parameters) {
        const auto same = std::ranges::find(source.parameters, parameter.name, &Parameter::name);
        if (same != source.parameters.end()) parameter.default_value = same->default_value;
    }
    if (header.parameters.empty()) header.parameters = source.parameters;
}

bool is_machines_fault(ErrorCode code) {
    return code == ErrorCode::Interrupted || code == ErrorCode::Sandbox || code == ErrorCode::Io;
}

}  // namespace

Result<ModuleHeader> header_by_lexer(const SourceSet& set, const std::string& top) {
    std::string text;
    for (const SourceFile& file : set.files) text += file.text + "\n";
    Outline outline = read_outline(text, {set.defines, set.parameters});
    for (DesignUnit& unit : outline.units) {
        if (unit.kind == UnitKind::Module && unit.header.name == top) return std::move(unit.header);
    }
    return fail(ErrorCode::NotFound, "there is no module " + top,
                set.files.empty() ? std::string() : set.files.front().path);
}

Result<ModuleHeader> module_header_with_tools(const SourceSet& set, const std::string& top,
                                              const tools::Toolset& toolset,
                                              process::Runner& runner,
                                              const std::stop_token& stop) {
    Result<ModuleHeader> by_lexer = header_by_lexer(set, top);
    for (const tools::Tool* yosys : toolset.all(tools::ToolKind::Yosys)) {
        Result<ModuleHeader> header = tools::read_interface(*yosys, set, top, runner, stop);
        if (header) {
            if (by_lexer) take_texts(*header, *by_lexer);
            return header;
        }
        if (is_machines_fault(header.error().code)) return header;
    }
    for (const tools::Tool* verilator : toolset.all(tools::ToolKind::Verilator)) {
        Result<ModuleHeader> header =
            tools::verilator::read_interface(*verilator, set, top, runner, stop);
        if (header) {
            if (by_lexer) take_texts(*header, *by_lexer);
            return header;
        }
        if (is_machines_fault(header.error().code)) return header;
    }
    return by_lexer;
}

}  // namespace rtlgen::rtl
