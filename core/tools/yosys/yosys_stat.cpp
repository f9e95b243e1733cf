// SPDX-License-Identifier: Apache-2.0
#include "core/tools/yosys/yosys_stat.h"

#include <array>
#include <utility>
#include <vector>

#include "core/base/text.h"

namespace rtlgen::tools {
namespace {

/// A count's name in the text, and where it goes.
struct CountName {
    std::string_view text;
    std::int64_t YosysStat::* member;
};

constexpr std::array kCounts = {
    CountName{"wires", &YosysStat::wires},
    CountName{"wire bits", &YosysStat::wire_bits},
    CountName{"memories", &YosysStat::memories},
    CountName{"memory bits", &YosysStat::memory_bits},
    CountName{"processes", &YosysStat::processes},
    CountName{"cells", &YosysStat::cells},
};

/// The next word of `text`, which is taken off it.
std::string_view take_word(std::string_view& text) {
    text = trim(text);
    const std::string_view word = text.substr(0, text.find_first_of(" \t"));
    text = trim(text.substr(word.size()));
    return word;
}

/// The sections of one text, read line by line.
class StatReader {
public:
    void read(std::string_view line) {
        const std::string_view text = trim(line);
        if (text.starts_with("=== ")) {
            start_section(text);
        } else if (text.empty()) {
            in_cells_ = false;
        } else if (text.find("+-") != std::string_view::npos) {
            counts_first_ = true;
            in_cells_ = false;
            // A column of areas has a head of its own, below the one of counts.
            if (text.starts_with("+-")) has_area_column_ = false;
            if (text.starts_with("|")) has_area_column_ = true;
        } else if (text.starts_with("Chip area for ")) {
            const auto area = parse_double(trim(text.substr(text.rfind(':') + 1)));
            if (area) stat_.area = AreaUm2{*area};
        } else if (text.starts_with("Area for cell type ")) {
            read_unknown_area(text);
        } else if (text.starts_with("Number of ")) {
            read_named_count(text.substr(10));
        } else if (counts_first_) {
            read_count_first(text);
        } else if (in_cells_) {
            read_name_first(text);
        }
    }

    [[nodiscard]] bool found() const { return found_; }
    [[nodiscard]] YosysStat take() { return std::move(stat_); }

private:
    void start_section(std::string_view head) {
        if (in_hierarchy_) return;
        in_hierarchy_ = head.starts_with("=== design hierarchy");
        stat_ = {};
        found_ = false;
        in_cells_ = false;
    }

    void set_count(std::string_view name, std::int64_t value) {
        for (const CountName& count : kCounts) {
            if (count.text == name) stat_.*count.member = value;
        }
        // 0.70 has no line of cells where there is none.
        found_ = true;
        in_cells_ = name == "cells";
        if (!in_cells_) return;
        stat_.cells_by_type.clear();
    }

    /// `cells:     442`.
    void read_named_count(std::string_view text) {
        const std::size_t colon = text.find(':');
        if (colon == std::string_view::npos) return;
        const auto value = parse_int(trim(text.substr(colon + 1)));
        if (value) set_count(text.substr(0, colon), *value);
    }

    /// `$_AND_    96`.
    void read_name_first(std::string_view text) {
        const std::size_t space = text.find_last_of(" \t");
        if (space == std::string_view::npos) return;
        const auto count = parse_int(text.substr(space + 1));
        if (count) stat_.cells_by_type[std::string(trim(text.substr(0, space)))] += *count;
    }

    /// `442 cells`, `96   $_AND_`, with a column of areas `9   1152   AND2X1`; `-` is no number.
    void read_count_first(std::string_view text) {
        const auto count = parse_int(take_word(text));
        if (!count) return;
        if (has_area_column_) take_word(text);
        if (in_cells_ && text != "submodules") {
            stat_.cells_by_type[std::string(text)] += *count;
        } else {
            set_count(text, *count);
        }
    }

    /// `Area for cell type \sub is unknown!`; the count is in the table.
    void read_unknown_area(std::string_view text) {
        text.remove_prefix(std::string_view("Area for cell type ").size());
        std::string_view type = text.substr(0, text.find(" is unknown"));
        if (type.starts_with('\\')) type.remove_prefix(1);
        const auto count = stat_.cells_by_type.find(std::string(type));
        stat_.cells_without_area[std::string(type)] =
            count == stat_.cells_by_type.end() ? 0 : count->second;
    }

    YosysStat stat_;
    bool found_ = false;
    bool in_hierarchy_ = false;
    bool in_cells_ = false;
    bool counts_first_ = false;
    bool has_area_column_ = false;
};

}  // namespace

Result<YosysStat> parse_stat(std::string_view text) {
    StatReader reader;
    for (const std::string_view line : split_lines(text)) reader.read(line);
    if (!reader.found()) return fail(ErrorCode::ToolFailed, "Yosys's stat counts nothing");
    return reader.take();
}

}  // namespace rtlgen::tools
