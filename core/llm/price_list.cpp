// SPDX-License-Identifier: Apache-2.0
#include "core/llm/price_list.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>

#include "core/base/files.h"
#include "core/base/resources.h"
#include "core/base/text.h"

namespace rtlgen::embedded {
std::span<const EmbeddedFile> price_list();
}

namespace rtlgen::llm {
namespace {

constexpr Bytes kMaxList = mebibytes(1);

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// "-2025-04-14", "-20250929" or "-latest".
bool is_date_ending(std::string_view rest) {
    if (!rest.starts_with('-')) return false;
    rest.remove_prefix(1);
    if (rest == "latest") return true;
    constexpr std::size_t kCompact = 8;
    if (rest.size() == kCompact) return is_digits(rest);
    constexpr std::size_t kDashed = 10;
    return rest.size() == kDashed && rest[4] == '-' && rest[7] == '-' &&
           is_digits(rest.substr(0, 4)) && is_digits(rest.substr(5, 2)) &&
           is_digits(rest.substr(8));
}

std::string place(const std::string& file_name, const toml::node& node) {
    return fmt::format("{}:{}", file_name, node.source().begin.line);
}

Result<std::string> text_at(const toml::table& row, std::string_view key,
                            const std::string& where) {
    const auto text = row[key].value_exact<std::string>();
    if (text && !text->empty()) return *text;
    return fail(ErrorCode::Config, fmt::format("a price needs \"{}\", a string", key), where);
}

Result<double> dollars_at(const toml::table& row, std::string_view key, const std::string& where) {
    const auto dollars = row[key].is_number() ? row[key].value<double>() : std::nullopt;
    if (dollars && std::isfinite(*dollars) && *dollars >= 0) return *dollars;
    return fail(ErrorCode::Config,
                fmt::format("a price needs \"{}\", USD for a million tokens, from 0", key), where);
}

Status check_keys(const toml::table& table, std::span<const std::string_view> known,
                  const std::string& file_name) {
    for (const auto& [key, node] : table) {
        if (std::ranges::find(known, key.str()) != known.end()) continue;
        return fail(ErrorCode::Config, fmt::format("unknown key \"{}\"", key.str()),
                    place(file_name, node));
    }
    return {};
}

}  // namespace

std::optional<double> cost_of(const Price& price, const Usage& usage) {
    if (!usage.prompt_tokens || !usage.completion_tokens) return std::nullopt;
    constexpr double kMillion = 1e6;
    return (price.input * static_cast<double>(*usage.prompt_tokens) +
            price.output * static_cast<double>(*usage.completion_tokens)) /
           kMillion;
}

Result<PriceList> PriceList::parse(std::string_view text, const std::string& file_name) {
    static constexpr std::array<std::string_view, 2> kListKeys{"as_of", "price"};
    static constexpr std::array<std::string_view, 4> kRowKeys{"host", "model", "input", "output"};
    toml::table table;
    try {
        table = toml::parse(text, file_name);
    } catch (const toml::parse_error& error) {
        return fail(ErrorCode::Config, std::string(error.description()),
                    fmt::format("{}:{}", file_name, error.source().begin.line));
    }
    TRY(check_keys(table, kListKeys, file_name));
    PriceList list;
    const toml::node* rows = table.get("price");
    if (rows == nullptr) return list;
    if (!rows->is_array()) {
        return fail(ErrorCode::Config, "\"price\" must be a list of tables",
                    place(file_name, *rows));
    }
    for (const toml::node& node : *rows->as_array()) {
        const std::string where = place(file_name, node);
        if (!node.is_table()) return fail(ErrorCode::Config, "a price is a table", where);
        const toml::table& row = *node.as_table();
        TRY(check_keys(row, kRowKeys, file_name));
        Row made;
        TRY_ASSIGN(made.host, text_at(row, "host", where));
        TRY_ASSIGN(made.model, text_at(row, "model", where));
        TRY_ASSIGN(made.price.input, dollars_at(row, "input", where));
        TRY_ASSIGN(made.price.output, dollars_at(row, "output", where));
        made.host = to_lower(made.host);
        list.rows_.push_back(std::move(made));
    }
    return list;
}

Result<PriceList> PriceList::open(const std::filesystem::path& user_file) {
    PriceList list;
    if (!user_file.empty()) {
        TRY_ASSIGN(const std::string text, read_text(user_file, kMaxList));
        TRY_ASSIGN(list, parse(text, user_file.string()));
    }
    TRY_ASSIGN(const std::string text, ResourceTree(embedded::price_list()).read("prices.toml"));
    TRY_ASSIGN(PriceList built_in, parse(text, "prices.toml"));
    std::ranges::move(built_in.rows_, std::back_inserter(list.rows_));
    return list;
}

std::optional<Price> PriceList::find(std::string_view host, std::string_view model) const {
    for (const bool dated : {false, true}) {
        const auto row = std::ranges::find_if(rows_, [&](const Row& candidate) {
            if (candidate.host != host || !model.starts_with(candidate.model)) return false;
            const std::string_view rest = model.substr(candidate.model.size());
            return dated ? is_date_ending(rest) : rest.empty();
        });
        if (row != rows_.end()) return row->price;
    }
    return std::nullopt;
}

}  // namespace rtlgen::llm
