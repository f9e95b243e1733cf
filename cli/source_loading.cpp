// SPDX-License-Identifier: Apache-2.0
#include "cli/source_loading.h"

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "core/rtl/filelist.h"
#include "core/rtl/source_order.h"

namespace rtlgen::cli {
namespace {

Result<rtl::OrderedSources> load_ordered(const std::vector<std::string>& arguments,
                                         const std::stop_token& stop) {
    const rtl::HostFileReader reader(stop);
    const std::filesystem::path cwd = std::filesystem::current_path();
    TRY_ASSIGN(const rtl::SourceOptions options,
               rtl::parse_source_arguments(arguments, cwd, reader));
    TRY_ASSIGN(SourceSet set, rtl::load_sources(options, reader));
    TRY_ASSIGN(const std::vector<rtl::IncludeUse> includes, rtl::scan_includes(set, cwd, reader));
    set.included_files = rtl::read_included(includes, cwd, reader);
    return rtl::order_sources(std::move(set), includes);
}

/// As many as somebody reads: one file may hold a hundred thousand modules of one name.
void tell(const std::vector<Finding>& findings, std::ostream& err) {
    constexpr std::size_t kMost = 50;
    for (std::size_t i = 0; i < std::min(kMost, findings.size()); ++i) {
        err << format_finding(findings[i]) << "\n";
    }
    if (findings.size() > kMost) err << findings.size() - kMost << " more warnings are left out\n";
}

}  // namespace

Result<SourceSet> load_files(const std::vector<std::string>& source_arguments,
                             const LoadContext& context) {
    if (source_arguments.empty()) {
        return fail(ErrorCode::InvalidArgument, "no file is named; see rtlgen verify --help");
    }
    TRY_ASSIGN(rtl::OrderedSources sources, load_ordered(source_arguments, context.stop));
    tell(sources.findings, context.err);
    return std::move(sources.set);
}

Result<SourceSet> load_design(const std::vector<std::string>& source_arguments,
                              const LoadContext& context) {
    TRY_ASSIGN(SourceSet set, load_files(source_arguments, context));
    TRY_ASSIGN(set.top, rtl::detect_top(set));
    TRY(rtl::check_parameters(set));
    return set;
}

Result<SourceSet> load_plain(const std::vector<std::string>& paths, const std::stop_token& stop) {
    std::vector<std::string> arguments;
    for (const std::string& path : paths) {
        if (path.ends_with(".f")) arguments.emplace_back("-f");
        arguments.push_back(path);
    }
    TRY_ASSIGN(rtl::OrderedSources sources, load_ordered(arguments, stop));
    return std::move(sources.set);
}

Result<SourceSet> load_bench(const std::string& path, const std::string& top,
                             const std::stop_token& stop) {
    TRY_ASSIGN(SourceSet set, load_plain({path}, stop));
    set.top = top;
    return set;
}

}  // namespace rtlgen::cli
