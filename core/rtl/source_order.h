// SPDX-License-Identifier: Apache-2.0
// Many files as one design: packages before their users, files that others include left out,
// modules that stand there twice, and the top.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/finding.h"
#include "core/domain/source_set.h"
#include "core/rtl/include_scan.h"
#include "core/rtl/module_header.h"

namespace rtlgen::rtl {

struct OrderedSources {
    SourceSet set;
    /// Files of the list that only others' `include brings in: their modules would stand there
    /// twice, or they are no whole text of their own.
    std::vector<std::string> include_only;
    /// Warnings: `rtlgen/DUPLICATE` (a module in two files), `rtlgen/PACKAGE_CYCLE`.
    std::vector<Finding> findings;
};

/// Files keep their order but where one uses a package (`import p::*`, `p::name`) that a later one
/// defines: that one then comes before it. `includes`: from scan_includes.
[[nodiscard]] OrderedSources order_sources(SourceSet set, const std::vector<IncludeUse>& includes);

/// Modules and programs of a set and who instantiates whom.
struct Hierarchy {
    std::vector<std::string> modules;     ///< of the files, in order, each once
    std::vector<std::string> roots;       ///< those that no other module instantiates
    std::set<std::string> library;        ///< modules of -v files
    std::set<std::string> without_ports;  ///< of the modules
};
[[nodiscard]] Hierarchy read_hierarchy(const SourceSet& set);

/// The set's top: `set.top` where it is there, else the only root.
/// Errors InvalidArgument: the top that is asked for isn't there (close names are named), no
/// module, several roots (named; the user says --top), modules that instantiate each other in a
/// circle.
Result<std::string> detect_top(const SourceSet& set);

/// The same for a testbench: the only root without ports, else the only root. Errors BadBench.
Result<std::string> detect_testbench_top(const SourceSet& set);

/// Error InvalidArgument, with close names, where `set.parameters` names one that the top doesn't
/// have. Where the top isn't among the files, or a macro or an `include may declare more than is
/// seen, a name that stands anywhere in the texts is let pass.
Status check_parameters(const SourceSet& set);

}  // namespace rtlgen::rtl
