// SPDX-License-Identifier: Apache-2.0
#include "verify/waiver.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <tuple>

#include "core/base/text.h"
#include "core/domain/verdict.h"

namespace rtlgen::verify {
namespace {

/// Words of a configuration line; a quoted one without its quotes.
std::vector<std::string> config_words(std::string_view line) {
    std::vector<std::string> words;
    while (!(line = trim(line)).empty() && !line.starts_with("//")) {
        const bool quoted = line.front() == '"';
        if (quoted) line.remove_prefix(1);
        const std::size_t end = quoted ? line.find('"') : line.find_first_of(" \t");
        words.emplace_back(line.substr(0, end));
        line.remove_prefix(std::min(line.size(), end == std::string_view::npos ? end : end + 1));
    }
    return words;
}

std::optional<std::pair<int, int>> parse_lines(std::string_view text) {
    const std::size_t dash = text.find('-');
    const auto first = parse_int(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_int(text.substr(dash + 1));
    constexpr std::int64_t kMostLines = 1'000'000'000;
    if (!first || !last || *first < 1 || *last < *first || *last > kMostLines) return std::nullopt;
    return std::pair(static_cast<int>(*first), static_cast<int>(*last));
}

Result<Waiver> parse_lint_off(const std::vector<std::string>& words, const std::string& where) {
    Waiver waiver{.rule = "*"};
    for (std::size_t i = 1; i + 1 < words.size(); i += 2) {
        const std::string& value = words[i + 1];
        if (words[i] == "-rule") {
            waiver.rule =
                value.find_first_of("/*") == std::string::npos ? "verilator/" + value : value;
        } else if (words[i] == "-file") {
            waiver.file = value;
        } else if (words[i] == "-match") {
            waiver.message = value;
        } else if (words[i] == "-lines") {
            const auto lines = parse_lines(value);
            if (!lines)
                return fail(ErrorCode::Config, "-lines wants N or N-M, not " + value, where);
            std::tie(waiver.first_line, waiver.last_line) = *lines;
        } else {
            return fail(ErrorCode::Config,
                        "lint_off takes -rule, -file, -lines and -match, not " + words[i], where);
        }
    }
    if (words.size() % 2 == 0) {
        return fail(ErrorCode::Config, words.back() + " wants a value", where);
    }
    return waiver;
}

}  // namespace

bool glob_match(std::string_view pattern, std::string_view text) {
    // The usual two-pointer walk: on a mismatch, the last star takes one character more.
    std::size_t p = 0;
    std::size_t t = 0;
    std::optional<std::pair<std::size_t, std::size_t>> star;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = {p++, t};
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star) {
            p = star->first + 1;
            t = ++star->second;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

Result<std::vector<Waiver>> parse_waivers(std::string_view text, const std::string& file_name) {
    std::vector<Waiver> waivers;
    int number = 0;
    for (const std::string_view line : split_lines(text)) {
        ++number;
        const std::vector<std::string> words = config_words(line);
        if (words.empty() || words[0].starts_with("`")) continue;
        const std::string where = file_name + ":" + std::to_string(number);
        if (words[0] != "lint_off") {
            return fail(ErrorCode::Config, "a waiver is a lint_off line, not " + words[0], where);
        }
        TRY_ASSIGN(Waiver waiver, parse_lint_off(words, where));
        waivers.push_back(std::move(waiver));
    }
    return waivers;
}

bool is_waived(const Finding& finding, const std::vector<Waiver>& waivers) {
    return std::ranges::any_of(waivers, [&](const Waiver& waiver) {
        const bool line = waiver.first_line == 0 ||
                          (finding.line >= waiver.first_line && finding.line <= waiver.last_line);
        return line && glob_match(waiver.rule, finding.rule) &&
               (waiver.file.empty() || glob_match(waiver.file, finding.file)) &&
               (waiver.message.empty() || glob_match(waiver.message, finding.message));
    });
}

Result<std::vector<Finding>> parse_baseline(std::string_view json, const std::string& file_name) {
    try {
        return verdict_from_json(nlohmann::ordered_json::parse(json)).findings;
    } catch (const nlohmann::json::exception&) {
        return fail(ErrorCode::Config,
                    "is no verdict; make a baseline with rtlgen verify --json ... > FILE",
                    file_name);
    }
}

std::vector<Finding> new_findings(const std::vector<Finding>& findings,
                                  const std::vector<Finding>& baseline) {
    const auto key = [](const Finding& f) { return std::tie(f.rule, f.file, f.message); };
    std::map<std::tuple<std::string, std::string, std::string>, int> known;
    for (const Finding& finding : baseline) ++known[key(finding)];
    std::vector<Finding> fresh;
    for (const Finding& finding : findings) {
        const auto found = known.find(key(finding));
        if (found != known.end() && found->second > 0) {
            --found->second;
        } else {
            fresh.push_back(finding);
        }
    }
    return fresh;
}

}  // namespace rtlgen::verify
