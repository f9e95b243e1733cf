// SPDX-License-Identifier: Apache-2.0
// Any bytes as Verilog whose modules are read: spans lie in the text, a printed header reads back.
#include <cstdlib>
#include <string_view>

#include "core/rtl/line_map.h"
#include "core/rtl/module_header.h"
#include "core/rtl/source_strings.h"
#include "core/rtl/token_hash.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const rtlgen::rtl::DesignUnit& unit : rtlgen::rtl::read_outline(text).units) {
        if (unit.span.end() > size || unit.header_span.end() > size) abort();
        if (unit.body_span.end() > unit.span.end() || unit.header.name.empty()) abort();
        if (unit.kind != rtlgen::rtl::UnitKind::Module) continue;
        const std::string printed = rtlgen::rtl::header_text(unit.header);
        if (printed.find("module ") != 0 || printed.back() != '\n') abort();
    }
    const rtlgen::rtl::LineMap map(text);
    (void)map.map(1);
    (void)map.map(1'000'000);
    (void)rtlgen::rtl::file_strings(text);
    if (rtlgen::rtl::token_hash(text).size() != 64) abort();
    return 0;
}
