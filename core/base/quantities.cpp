// SPDX-License-Identifier: Apache-2.0
// Sizes and durations as people write them.
#include <fmt/format.h>

#include <array>
#include <limits>

#include "core/base/text.h"

namespace rtlgen {

std::optional<Bytes> parse_bytes(std::string_view text) {
    text = trim(text);
    for (const std::string_view suffix : {"iB", "B"}) {
        if (text.ends_with(suffix)) {
            text.remove_suffix(suffix.size());
            break;
        }
    }
    if (text.empty()) return std::nullopt;
    constexpr std::string_view kUnits = "KMGT";
    double factor = 1;
    const char last = text.back() >= 'a' ? static_cast<char>(text.back() - 'a' + 'A') : text.back();
    if (const std::size_t unit = kUnits.find(last); unit != std::string_view::npos) {
        for (std::size_t i = 0; i <= unit; ++i) factor *= 1024;
        text.remove_suffix(1);
    }
    text = trim(text);
    if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
    const auto number = parse_double(text);
    constexpr double kMost = 9e18;
    if (!number || !(*number * factor <= kMost)) return std::nullopt;
    return Bytes{static_cast<std::uint64_t>(*number * factor)};
}

std::string format_bytes(Bytes bytes) {
    constexpr std::array<std::string_view, 5> kUnits = {"B", "KiB", "MiB", "GiB", "TiB"};
    auto value = static_cast<double>(bytes.count);
    std::size_t unit = 0;
    for (; value >= 1024 && unit + 1 < kUnits.size(); ++unit) value /= 1024;
    if (unit == 0) return fmt::format("{} B", bytes.count);
    return fmt::format("{:.1f} {}", value, kUnits[unit]);
}

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
    text = trim(text);
    if (text.empty()) return std::nullopt;
    std::int64_t factor = 0;
    switch (text.back()) {
        case 's': factor = 1; break;
        case 'm': factor = 60; break;
        case 'h': factor = 3600; break;
        case 'd': factor = 86400; break;
        default: return std::nullopt;
    }
    const auto number = parse_int(text.substr(0, text.size() - 1));
    constexpr std::int64_t kMost = 100'000LL * 86400;
    if (!number || *number < 0 || *number > kMost / factor) return std::nullopt;
    return std::chrono::seconds(*number * factor);
}

}  // namespace rtlgen
