// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/explained_numbers.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>

#include "datasets/retrieval/design_examples.h"

namespace rtlgen::datasets {
namespace {

tl::unexpected<Error> no(std::string why) { return fail(ErrorCode::NotFound, std::move(why)); }

std::optional<std::int64_t> value(const Adaptation& adaptation, const std::string& name) {
    const auto found = adaptation.values.find(name);
    return found == adaptation.values.end() ? std::nullopt : std::optional(found->second);
}

/// Numbers that the adaptation accounts for.
std::set<std::int64_t> explained_numbers(const RuleContext& context, const Adaptation& adaptation) {
    std::set<std::int64_t> numbers = {0, 1};
    auto explain = [&](std::int64_t number) {
        numbers.insert({number - 1, number, number + 1});
        if (number < 62)
            numbers.insert({std::int64_t{1} << number, (std::int64_t{1} << number) - 1});
    };
    numbers.insert(context.design.numbers.begin(), context.design.numbers.end());
    numbers.insert(adaptation.numbers.begin(), adaptation.numbers.end());
    for (const auto& [name, number] : adaptation.values) explain(number);
    for (const AdaptedPort& port : adaptation.ports) explain(port.width.value_or(1));
    // Bits by their index: "word[14]", "bit 3".
    std::int64_t width_bits = 0;
    for (const char* name : {"WIDTH", "N"}) {
        width_bits = std::max(width_bits, value(adaptation, name).value_or(0));
    }
    const auto& tokens = context.spec.tokens;
    for (std::size_t k = 1; k < tokens.size(); ++k) {
        const bool index = tokens[k - 1].norm == "[" || tokens[k - 1].norm == "bit";
        if (index && tokens[k].number && *tokens[k].number < width_bits) {
            numbers.insert(*tokens[k].number);
        }
    }
    const auto first = value(adaptation, "FIRST");
    const auto last = value(adaptation, "LAST");
    if (first && last) numbers.insert(*last - *first + 1);
    return numbers;
}

/// "sixteen outputs", "three inputs": how many ports, or bits of ports, there are.
bool counts_ports(const RuleContext& context, const Adaptation& adaptation, std::size_t at) {
    const auto& words = context.spec.words;
    std::array<std::int64_t, 2> ports{};
    std::array<std::int64_t, 2> bits{};
    for (const AdaptedPort& port : adaptation.ports) {
        const Role* role = context.design.role(port.role);
        const std::size_t side = role->direction == PortDirection::Output ? 1 : 0;
        ports[side] += 1;
        bits[side] += role_width(role->width, adaptation).value_or(1);
    }
    for (std::size_t k = at + 1; k < std::min(at + 4, words.size()); ++k) {
        if (!words[k].is_word) return false;
        const std::string& norm = words[k].norm;
        const std::int64_t number = *words[at].number;
        if (norm == "input") return number == ports[0] || number == bits[0];
        if (norm == "output" || norm == "flag") {
            return number == ports[1] || number == bits[1] || number + 1 == ports[1];
        }
        if (norm == "port" || norm == "signal" || norm == "pin") {
            return number == ports[0] + ports[1] || number == ports[0] || number == ports[1];
        }
    }
    return false;
}

/// "Homework 5", "exercise 3": the number of something around the specification.
bool numbers_a_thing(const std::vector<SpecToken>& words, std::size_t at) {
    constexpr std::array<std::string_view, 22> kThings = {
        "homework", "assignment", "exercise", "question", "problem", "task",   "lab",   "chapter",
        "week",     "lesson",     "lecture",  "ticket",   "issue",   "figure", "sheet", "version",
        "revision", "worksheet",  "semester", "tutorial", "quiz",    "page"};
    if (at == 0) return false;
    const bool no = at > 1 && (words[at - 1].norm == "no" || words[at - 1].norm == "number");
    return std::ranges::find(kThings, words[no ? at - 2 : at - 1].norm) != kThings.end();
}

/// "power of two", "two's complement", "the two together": numbers that size nothing.
bool in_idiom(const std::vector<SpecToken>& words, std::size_t at) {
    if (numbers_a_thing(words, at)) return true;
    constexpr std::array<std::string_view, 5> kBehind = {"complement", "together", "cannot",
                                                         "never", "way"};
    if (*words[at].number != 2) return false;
    const std::string_view last = at > 0 ? std::string_view(words[at - 1].norm) : "";
    const std::string_view before = at > 1 ? std::string_view(words[at - 2].norm) : "";
    const std::string_view next = at + 1 < words.size() ? std::string_view(words[at + 1].norm) : "";
    if (last == "of" && (before == "power" || before == "each" || before == "both")) return true;
    return std::ranges::find(kBehind, next) != kBehind.end();
}

/// The value of a code in a list: 0110 is binary, C hexadecimal; none: it is no number.
std::optional<std::int64_t> code_value(const SpecToken& token) {
    if (token.number) {
        const bool bits = token.raw.find_first_not_of("01") == std::string::npos;
        if (!bits) return token.number;
        std::int64_t value = 0;
        for (const char c : token.raw) value = value * 2 + (c - '0');
        return value;
    }
    const char letter = token.norm.size() == 1 ? token.norm[0] : ' ';
    if (letter < 'a' || letter > 'f') return std::nullopt;
    return letter - 'a' + 10;
}

/// Whether numbers in a row are the Gray code from somewhere on.
bool is_gray_run(std::span<const SpecToken> run) {
    auto position = [](std::int64_t gray) {
        std::int64_t binary = 0;
        for (; gray > 0; gray >>= 1) binary ^= gray;
        return binary;
    };
    for (std::size_t k = 1; k < run.size(); ++k) {
        const std::int64_t last = position(*code_value(run[k - 1]));
        const std::int64_t here = position(*code_value(run[k]));
        if (here != last + 1 && here != 0) return false;
    }
    return true;
}

/// Whether positions and their codes take turns: "2: 0011, 3: 0010", or the codes first.
bool is_gray_table(std::span<const SpecToken> run) {
    if (run.size() % 2 != 0) return false;
    const auto fits = [&](std::size_t position, std::size_t code) {
        for (std::size_t k = 0; k < run.size(); k += 2) {
            const auto& at = run[k + position].number;
            if (!at || *code_value(run[k + code]) != (*at ^ (*at >> 1))) return false;
        }
        return true;
    };
    return fits(0, 1) || fits(1, 0);
}

/// Rows that begin with at least four numbers, as lists of codes do, and end with a number.
std::vector<std::pair<std::size_t, std::size_t>> number_runs(const std::vector<SpecToken>& words) {
    constexpr std::size_t kRow = 4;
    std::vector<std::pair<std::size_t, std::size_t>> runs;
    for (std::size_t k = 0; k < words.size(); ++k) {
        std::size_t end = k;
        while (end < words.size() && words[end].number) ++end;
        if (end - k >= kRow) {
            while (end < words.size() && code_value(words[end])) ++end;
            while (!words[end - 1].number) --end;
            runs.emplace_back(k, end);
        }
        k = std::max(k, end);
    }
    return runs;
}

/// Whether examples say that a number in such words sizes nothing: a date, a ticket, a chapter.
bool says_nothing(const RuleContext& context, std::size_t at) {
    constexpr double kLikely = -1.2;
    if (context.design.learned == nullptr) return false;
    const auto logs = context.design.learned->common->number_sense.log_probabilities(
        number_sense_features(context.spec.words, at));
    const auto found = logs.find(LearnedDesign::kSaysNothing);
    return found != logs.end() && found->second > kLikely;
}

}  // namespace

Status all_numbers_explained(const RuleContext& context, Adaptation& adaptation) {
    const std::set<std::int64_t> explained = explained_numbers(context, adaptation);
    const auto& words = context.spec.words;
    for (std::size_t k = 0; k < words.size(); ++k) {
        const SpecToken& word = words[k];
        if (!word.is_word || !word.number || explained.contains(*word.number)) continue;
        // A code such as 0110, a frequency.
        const bool bits =
            word.raw.size() > 1 && word.raw.find_first_not_of("01") == std::string::npos;
        const std::string& unit = k + 1 < words.size() ? words[k + 1].norm : word.norm;
        const bool physical = unit == "mhz" || unit == "khz" || unit == "hz" || unit == "ns";
        // "all three flip-flops": what is written as a word counts things.
        constexpr std::int64_t kFewThings = 10;
        const bool things = *word.number <= kFewThings && !word.raw.empty() &&
                            word.raw.find_first_of("0123456789") == std::string::npos;
        // "4'b1011" is a value that a signal may have, "HW-212" the name of something.
        const std::string& before = k > 0 ? words[k - 1].raw : word.raw;
        const bool named = before.size() > 1 &&
                           std::ranges::all_of(before, [](char c) { return c >= 'A' && c <= 'Z'; });
        if (says_nothing(context, k)) continue;
        const bool literal = word.raw.find("'b") != std::string::npos;
        if (bits || physical || things || literal || named ||
            counts_ports(context, adaptation, k) || in_idiom(words, k))
            continue;
        return no("it isn't clear what its number " + word.raw + " is for");
    }
    return {};
}

Status all_numbers_or_gray_codes_explained(const RuleContext& context, Adaptation& adaptation) {
    ReadSpec others = context.spec;
    for (const auto& [begin, end] : number_runs(context.spec.words)) {
        const std::span<const SpecToken> run(context.spec.words.data() + begin, end - begin);
        if (!is_gray_run(run) && !is_gray_table(run))
            return no("its codes are not the reflected Gray code");
        for (std::size_t k = begin; k < end; ++k) others.words[k].number.reset();
    }
    // The last code has its top bit alone.
    const std::int64_t width = value(adaptation, "WIDTH").value_or(0);
    for (SpecToken& word : others.words) {
        const bool top = width > 0 && width < 62 && word.number &&
                         *word.number == std::int64_t{1} << (width - 1);
        if (top && word.raw.find('\'') != std::string::npos) word.number.reset();
    }
    return all_numbers_explained({context.design, others, context.words, context.role}, adaptation);
}

}  // namespace rtlgen::datasets
