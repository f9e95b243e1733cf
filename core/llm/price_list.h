// SPDX-License-Identifier: Apache-2.0
// What answers cost: list prices by server and model, as data (prices.toml).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/llm/backend.h"

namespace rtlgen::llm {

/// USD for a million tokens.
struct Price {
    double input = 0;
    double output = 0;
    bool operator==(const Price&) const = default;
};

/// In USD; none where the usage isn't told whole.
[[nodiscard]] std::optional<double> cost_of(const Price& price, const Usage& usage);

class PriceList {
public:
    /// The built-in list, behind that of `user_file` where one is named.
    /// Errors: Config with file:line (syntax, a key that is missing or unknown, a price below 0),
    /// NotFound, Unreadable.
    static Result<PriceList> open(const std::filesystem::path& user_file = {});

    /// One list alone; `file_name` is for messages.
    static Result<PriceList> parse(std::string_view text, const std::string& file_name);

    /// Of the model that `host` (lower case) knows by this name, or by this name with a date at its
    /// end; none: it is unpriced.
    [[nodiscard]] std::optional<Price> find(std::string_view host, std::string_view model) const;

private:
    struct Row {
        std::string host;
        std::string model;
        Price price;
    };
    std::vector<Row> rows_;
};

}  // namespace rtlgen::llm
