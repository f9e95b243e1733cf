// SPDX-License-Identifier: Apache-2.0
// Values of options whose refusal says in one line what would have been taken.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace rtlgen::cli {

/// The words that an option takes, in the order in which its help has them.
template <class T>
using Choices = std::vector<std::pair<std::string, T>>;

/// An option that takes one of `choices`; `target` is a T or an optional one.
template <class T, class Target>
CLI::Option* add_choice(CLI::App& app, const std::string& name, Target& target, Choices<T> choices,
                        const std::string& description) {
    const auto take = [name, &target, choices = std::move(choices)](const std::string& word) {
        const auto choice = std::ranges::find(choices, word, &std::pair<std::string, T>::first);
        if (choice == choices.end()) {
            std::vector<std::string> words;
            for (const auto& [known, value] : choices) words.push_back(known);
            throw CLI::ValidationError(
                name, fmt::format("'{}' is not one of {}", word, fmt::join(words, ", ")));
        }
        target = choice->second;
    };
    return app.add_option_function<std::string>(name, take, description);
}

/// A number of `unit` from `least` to `most`, both included.
inline CLI::Validator number_from(double least, double most, const std::string& unit = "") {
    const std::string range =
        fmt::format("{} to {}{}{}", least, most, unit.empty() ? "" : " ", unit);
    return CLI::Validator(
        [least, most, range](std::string& text) {
            double value = 0;
            const bool inside =
                CLI::detail::lexical_cast(text, value) && value >= least && value <= most;
            return inside ? std::string() : fmt::format("'{}' is not within {}", text, range);
        },
        range);
}

/// Seconds that something may take: a millisecond to eleven days.
inline CLI::Validator time_limit() { return number_from(1e-3, 1e6, "seconds"); }

}  // namespace rtlgen::cli
