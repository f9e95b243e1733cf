// SPDX-License-Identifier: Apache-2.0
// Any bytes as a filelist, as the file that it names, and as an included text.
#include <cstdlib>
#include <string_view>

#include "core/rtl/filelist.h"
#include "core/rtl/include_scan.h"
#include "core/rtl/source_order.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    rtlgen::rtl::MemoryFileReader reader;
    reader.files["/w/l.f"] = text;
    reader.files["/w/m.v"] = text;
    reader.files["/w/sub/b.f"] = "-F ../l.f\nx.v";
    reader.variables["ROOT"] = "/w";
    const auto options = rtlgen::rtl::parse_source_arguments({"-f", "l.f", "m.v"}, "/w", reader);
    if (!options && options.error().message.empty()) abort();
    if (options) {
        for (const auto& file : options->files) {
            if (file.host_path != "-" && !file.host_path.is_absolute()) abort();
        }
        (void)rtlgen::rtl::load_sources(*options, reader);
    }
    rtlgen::SourceSet set;
    set.files = {{"m.v", "/w/m.v", text}, {"n.v", "/w/n.v", "`include \"m.v\"\n"}};
    const auto includes = rtlgen::rtl::scan_includes(set, "/w", reader);
    if (includes) (void)rtlgen::rtl::order_sources(set, *includes);
    (void)rtlgen::rtl::detect_top(set);
    (void)rtlgen::rtl::detect_testbench_top(set);
    return 0;
}
