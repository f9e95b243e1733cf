// SPDX-License-Identifier: Apache-2.0
// What Yosys's `stat` counts, in the text of every generation: names before counts (up to 0.52),
// counts before names and areas (later).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/units.h"

namespace rtlgen::tools {

/// Of one module, or of a whole hierarchy where the design has one.
struct YosysStat {
    std::int64_t wires = 0;
    std::int64_t wire_bits = 0;
    std::int64_t memories = 0;     ///< those not yet cells: memory_collect makes cells of them
    std::int64_t memory_bits = 0;  ///< of these
    std::int64_t processes = 0;    ///< those that `proc` has left
    std::int64_t cells = 0;        ///< instances, of submodules too
    std::map<std::string, std::int64_t> cells_by_type;
    std::optional<AreaUm2> area;  ///< where a Liberty file was given and the text tells
    std::map<std::string, std::int64_t> cells_without_area;  ///< that the Liberty file lacks
    bool operator==(const YosysStat&) const = default;
};

/// `stat` or `stat -liberty`. Where it prints several modules: the section of the hierarchy, else
/// the last module. Error ToolFailed where the text holds no count of cells.
Result<YosysStat> parse_stat(std::string_view text);

}  // namespace rtlgen::tools
