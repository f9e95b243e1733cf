// SPDX-License-Identifier: Apache-2.0
#include "cli/source_loading.h"

#include <filesystem>

#include "core/rtl/filelist.h"
#include "core/rtl/source_order.h"

namespace rtlgen::cli {
namespace {

Result<SourceSet> load_ordered(const std::vector<std::string>& arguments) {
    const rtl::HostFileReader reader;
    const std::filesystem::path cwd = std::filesystem::current_path();
    TRY_ASSIGN(const rtl::SourceOptions options,
               rtl::parse_source_arguments(arguments, cwd, reader));
    TRY_ASSIGN(SourceSet set, rtl::load_sources(options, reader));
    TRY_ASSIGN(const std::vector<rtl::IncludeUse> includes, rtl::scan_includes(set, cwd, reader));
    return rtl::order_sources(std::move(set), includes).set;
}

}  // namespace

Result<SourceSet> load_design(const std::vector<std::string>& source_arguments, TopNeed need) {
    if (source_arguments.empty()) {
        return fail(ErrorCode::InvalidArgument, "no file is named; see rtlgen verify --help");
    }
    TRY_ASSIGN(SourceSet set, load_ordered(source_arguments));
    const Result<std::string> top = rtl::detect_top(set);
    if (top) {
        set.top = *top;
    } else if (need == TopNeed::One || !set.top.empty()) {
        return tl::unexpected<Error>(top.error());
    }
    return set;
}

Result<SourceSet> load_bench(const std::string& path, const std::string& top) {
    const bool is_list = path.ends_with(".f");
    TRY_ASSIGN(SourceSet set, load_ordered(is_list ? std::vector<std::string>{"-f", path}
                                                   : std::vector<std::string>{path}));
    set.top = top;
    return set;
}

}  // namespace rtlgen::cli
