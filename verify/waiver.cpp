// SPDX-License-Identifier: Apache-2.0
#include "verify/waiver.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <tuple>

#include "core/base/text.h"
#include "core/domain/verdict.h"

namespace rtlgen::verify {
namespace {

/// A word of a control file; a quoted one without its quotes.
struct ControlWord {
    std::string text;
    int line = 0;
    bool quoted = false;
};

/// Past white space and comments.
std::string_view skip_blank(std::string_view text, int& line) {
    while (!text.empty()) {
        std::size_t length = 0;
        if (text.starts_with("//")) {
            length = std::min(text.find('\n'), text.size());
        } else if (text.starts_with("/*")) {
            const std::size_t end = text.find("*/", 2);
            length = end == std::string_view::npos ? text.size() : end + 2;
        } else if (std::string_view(" \t\r\n\f\v").find(text.front()) != std::string_view::npos) {
            length = 1;
        } else {
            break;
        }
        line += static_cast<int>(std::ranges::count(text.substr(0, length), '\n'));
        text.remove_prefix(length);
    }
    return text;
}

std::vector<ControlWord> control_words(std::string_view text) {
    std::vector<ControlWord> words;
    int line = 1;
    while (!(text = skip_blank(text, line)).empty()) {
        const bool quoted = text.front() == '"';
        if (quoted) text.remove_prefix(1);
        const std::size_t end = std::min(
            text.size(), quoted ? text.find_first_of("\"\n") : text.find_first_of(" \t\r\n\f\v"));
        words.push_back({std::string(text.substr(0, end)), line, quoted});
        const bool closed = quoted && end < text.size() && text[end] == '"';
        text.remove_prefix(end + (closed ? 1 : 0));
    }
    return words;
}

/// Statements of a control file that change no message. Each begins with such a word and goes on
/// with options and their values.
constexpr std::array<std::string_view, 21> kOtherStatements = {
    "clock_enable", "clocker",   "no_clocker", "coverage_block_off",  "coverage_off",
    "coverage_on",  "forceable", "full_case",  "hier_block",          "hier_params",
    "hier_workers", "inline",    "no_inline",  "isolate_assignments", "parallel_case",
    "profile_data", "public",    "sformat",    "split_var",           "timing_off",
    "timing_on"};

bool is_other_statement(std::string_view word) {
    return word.starts_with("public_") || word.starts_with("tracing_") || word == "sc_bv" ||
           std::ranges::find(kOtherStatements, word) != kOtherStatements.end();
}

/// A rule that Verilator has parted or renamed, and what it stands for since.
struct OldRule {
    std::string_view old_name;
    std::string_view new_name;
};
constexpr std::array<OldRule, 8> kOldRules = {{{"WIDTH", "WIDTHTRUNC"},
                                               {"WIDTH", "WIDTHEXPAND"},
                                               {"WIDTH", "WIDTHXZEXPAND"},
                                               {"UNUSED", "UNUSEDSIGNAL"},
                                               {"UNUSED", "UNUSEDPARAM"},
                                               {"UNUSED", "UNUSEDGENVAR"},
                                               {"UNUSED", "UNUSEDLOOP"},
                                               {"LITENDIAN", "ASCRANGE"}}};

bool rule_fits(std::string_view waived, std::string_view rule) {
    if (glob_match(waived, rule)) return true;
    constexpr std::string_view kVerilator = "verilator/";
    if (!waived.starts_with(kVerilator) || !rule.starts_with(kVerilator)) return false;
    waived.remove_prefix(kVerilator.size());
    rule.remove_prefix(kVerilator.size());
    return std::ranges::any_of(kOldRules, [&](const OldRule& renamed) {
        return renamed.old_name == waived && renamed.new_name == rule;
    });
}

/// As written; and `*/rtl/a.sv` fits rtl/a.sv too, which a build from another folder would see.
bool file_fits(const std::string& pattern, const std::string& file) {
    return pattern.empty() || glob_match(pattern, file) ||
           (!file.starts_with('/') && glob_match(pattern, "./" + file));
}

std::optional<std::pair<int, int>> parse_lines(std::string_view text) {
    const std::size_t dash = text.find('-');
    const auto first = parse_int(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_int(text.substr(dash + 1));
    constexpr std::int64_t kMostLines = 1'000'000'000;
    if (!first || !last || *first < 1 || *last < *first || *last > kMostLines) return std::nullopt;
    return std::pair(static_cast<int>(*first), static_cast<int>(*last));
}

bool is_option(const std::vector<ControlWord>& words, std::size_t i) {
    return i < words.size() && !words[i].quoted && words[i].text.starts_with('-');
}

/// Past options and their values, which are no statements.
std::size_t skip_options(const std::vector<ControlWord>& words, std::size_t i) {
    while (is_option(words, i)) {
        ++i;
        if (i < words.size() && !is_option(words, i)) ++i;
    }
    return i;
}

/// Takes the option at `i` and its value.
Status apply_option(Waiver& waiver, const std::vector<ControlWord>& words, std::size_t i,
                    const std::string& where) {
    std::string option = words[i].text;
    if (option.starts_with("--")) option.erase(0, 1);
    if (option != "-rule" && option != "-file" && option != "-match" && option != "-lines") {
        return fail(ErrorCode::Config,
                    "lint_off takes -rule, -file, -lines and -match, not " + option, where);
    }
    const bool has_value =
        i + 1 < words.size() && (words[i + 1].quoted || !words[i + 1].text.starts_with('-'));
    if (!has_value) return fail(ErrorCode::Config, option + " wants a value", where);
    const std::string& value = words[i + 1].text;
    if (option == "-rule") {
        waiver.rule = value.find_first_of("/*") == std::string::npos ? "verilator/" + value : value;
    } else if (option == "-file") {
        waiver.file = value;
    } else if (option == "-match") {
        waiver.message = value;
    } else {
        const auto lines = parse_lines(value);
        if (!lines) return fail(ErrorCode::Config, "-lines wants N or N-M, not " + value, where);
        std::tie(waiver.first_line, waiver.last_line) = *lines;
    }
    return {};
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
    const std::vector<ControlWord> words = control_words(text);
    const auto place = [&](const ControlWord& word) {
        return file_name + ":" + std::to_string(word.line);
    };
    for (std::size_t i = 0; i < words.size();) {
        const ControlWord& word = words[i++];
        if (word.text.starts_with('`')) continue;
        if (is_other_statement(word.text)) {
            i = skip_options(words, i);
            continue;
        }
        if (word.text != "lint_off" && word.text != "lint_on") {
            return fail(ErrorCode::Config,
                        "a waiver begins with lint_off or lint_on, not " + word.text, place(word));
        }
        Waiver waiver{.rule = "*"};
        if (word.text == "lint_on") waiver.kind = Waiver::Kind::On;
        for (; is_option(words, i); i += 2) TRY(apply_option(waiver, words, i, place(words[i])));
        waivers.push_back(std::move(waiver));
    }
    return waivers;
}

bool is_waived(const Finding& finding, const std::vector<Waiver>& waivers) {
    const auto fits = [&](const Waiver& waiver) {
        const bool line = waiver.first_line == 0 ||
                          (finding.line >= waiver.first_line && finding.line <= waiver.last_line);
        return line && rule_fits(waiver.rule, finding.rule) &&
               file_fits(waiver.file, finding.file) &&
               (waiver.message.empty() || glob_match(waiver.message, finding.message));
    };
    const auto last = std::find_if(waivers.rbegin(), waivers.rend(), fits);
    return last != waivers.rend() && last->kind == Waiver::Kind::Off;
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
