// SPDX-License-Identifier: Apache-2.0
#include "verify/printed_value.h"

#include <algorithm>
#include <string>

#include "core/base/text.h"

namespace rtlgen::verify {
namespace {

std::string without_leading_zeros(std::string_view digits) {
    const std::size_t first = digits.find_first_not_of('0');
    return first == std::string_view::npos ? "0" : std::string(digits.substr(first));
}

char digit_of(std::string_view bits) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    unsigned value = 0;
    for (const char bit : bits) {
        if (bit == 'x' || bit == 'z') return bit;
        value = value << 1U | (bit == '1' ? 1U : 0U);
    }
    return kDigits[value];
}

/// In base 2^width, as %h and %o print: a digit with an unknown bit is unknown.
std::string in_base(std::string_view bits, std::size_t width) {
    std::string text;
    for (std::size_t end = bits.size(); end > 0;) {
        const std::size_t begin = end > width ? end - width : 0;
        text.insert(text.begin(), digit_of(bits.substr(begin, end - begin)));
        end = begin;
    }
    return without_leading_zeros(text);
}

std::string in_decimal(std::string_view bits) {
    constexpr std::size_t kLongest = 64;
    const std::string shorter = without_leading_zeros(bits);
    if (shorter.size() > kLongest) return {};
    std::uint64_t value = 0;
    for (const char bit : shorter) {
        if (bit == 'x' || bit == 'z') return std::string(1, bit);
        value = value << 1U | (bit == '1' ? 1U : 0U);
    }
    return std::to_string(value);
}

}  // namespace

bool may_denote(std::string_view printed, std::string_view digits) {
    std::string text = replace_all(to_lower(trim(printed)), "_", "");
    if (text.empty() || digits.empty()) return false;
    char base = '?';
    if (const std::size_t quote = text.find('\''); quote != std::string::npos) {
        text.erase(0, quote + 1);
        if (!text.empty() && text.front() == 's') text.erase(0, 1);
        if (text.empty()) return false;
        base = text.front();
        text.erase(0, 1);
    } else if (text.starts_with("0x")) {
        text.erase(0, 2);
        base = 'h';
    }
    text = without_leading_zeros(text);
    const auto in = [base](char wanted) { return base == '?' || base == wanted; };
    return (in('h') && text == in_base(digits, 4)) || (in('b') && text == in_base(digits, 1)) ||
           (in('o') && base == 'o' && text == in_base(digits, 3)) ||
           (in('d') && text == in_decimal(digits));
}

std::optional<std::uint64_t> leading_number(std::string_view text) {
    text = trim(text);
    const auto value = parse_int(text.substr(0, text.find_first_not_of("0123456789")));
    if (!value || *value < 0) return std::nullopt;
    return static_cast<std::uint64_t>(*value);
}

std::optional<std::uint64_t> femtoseconds(std::string_view timescale) {
    const auto number = leading_number(timescale);
    const std::size_t digits = timescale.find_first_not_of(" 0123456789");
    if (!number || digits == std::string_view::npos) return std::nullopt;
    static constexpr std::pair<std::string_view, std::uint64_t> kUnits[] = {
        {"fs", 1ULL},
        {"ps", 1'000ULL},
        {"ns", 1'000'000ULL},
        {"us", 1'000'000'000ULL},
        {"ms", 1'000'000'000'000ULL},
        {"s", 1'000'000'000'000'000ULL}};
    for (const auto& [unit, factor] : kUnits) {
        if (trim(timescale.substr(digits)) == unit) return *number * factor;
    }
    return std::nullopt;
}

std::string time_text(std::uint64_t time, std::string_view timescale) {
    const auto number = leading_number(timescale);
    if (!number || !femtoseconds(timescale)) return std::to_string(time);
    const std::size_t digits = timescale.find_first_not_of(" 0123456789");
    return std::to_string(time * *number) + " " + std::string(trim(timescale.substr(digits)));
}

}  // namespace rtlgen::verify
