// SPDX-License-Identifier: Apache-2.0
#include "core/tools/yosys/yosys_stat.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "core/base/text.h"

namespace rtlgen::tools {
namespace {

/// A count's name in the text, in the JSON, and where it goes.
struct CountName {
    std::string_view text;
    const char* json;
    std::int64_t YosysStat::* member;
};

constexpr std::array kCounts = {
    CountName{"wires", "num_wires", &YosysStat::wires},
    CountName{"wire bits", "num_wire_bits", &YosysStat::wire_bits},
    CountName{"memories", "num_memories", &YosysStat::memories},
    CountName{"memory bits", "num_memory_bits", &YosysStat::memory_bits},
    CountName{"processes", "num_processes", &YosysStat::processes},
    CountName{"cells", "num_cells", &YosysStat::cells},
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
        in_cells_ = name == "cells";
        if (!in_cells_) return;
        found_ = true;
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

/// A number, a number as text, or an object that has one under "count" or "area".
std::optional<double> number_of(const nlohmann::json& value, const char* key) {
    if (value.is_number()) return value.get<double>();
    if (value.is_string()) return parse_double(value.get<std::string>());
    if (value.is_object() && value.contains(key)) return number_of(value.at(key), key);
    return std::nullopt;
}

std::int64_t count_of(const nlohmann::json& value) {
    return static_cast<std::int64_t>(number_of(value, "count").value_or(0));
}

}  // namespace

Result<YosysStat> parse_stat(std::string_view text) {
    StatReader reader;
    for (const std::string_view line : split_lines(text)) reader.read(line);
    if (!reader.found()) return fail(ErrorCode::ToolFailed, "Yosys's stat counts no cells");
    return reader.take();
}

Result<YosysStat> parse_stat_json(std::string_view json) {
    const auto document = nlohmann::json::parse(json, nullptr, false);
    if (!document.is_object() || !document.contains("design") ||
        !document.at("design").is_object() || !document.at("design").contains("num_cells")) {
        return fail(ErrorCode::ToolFailed, "Yosys's stat -json isn't as expected");
    }
    const nlohmann::json& design = document.at("design");
    YosysStat stat;
    for (const CountName& count : kCounts) {
        if (design.contains(count.json)) stat.*count.member = count_of(design.at(count.json));
    }
    if (design.contains("num_cells_by_type")) {
        for (const auto& [type, count] : design.at("num_cells_by_type").items()) {
            stat.cells_by_type[type] = count_of(count);
        }
    }
    if (design.contains("area")) {
        if (const auto area = number_of(design.at("area"), "area")) stat.area = AreaUm2{*area};
    }
    return stat;
}

}  // namespace rtlgen::tools
