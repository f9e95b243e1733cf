// SPDX-License-Identifier: Apache-2.0
#include "core/base/line_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace rtlgen {
namespace {

using Lines = std::vector<std::string_view>;

/// Lines with their newlines, so that a missing last one is a difference.
Lines lines_of(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

enum class Kind { Same, Removed, Added };
struct Edit {
    Kind kind = Kind::Same;
    std::size_t before = 0;  ///< index of the line there, or where it would stand
    std::size_t after = 0;
};

constexpr std::ptrdiff_t kMostEdits = 2000;

/// The furthest points reached with each number of edits, or nothing where too many are needed.
std::vector<std::vector<std::ptrdiff_t>> trace_of(const Lines& a, const Lines& b) {
    const auto n = static_cast<std::ptrdiff_t>(a.size());
    const auto m = static_cast<std::ptrdiff_t>(b.size());
    const std::ptrdiff_t most = std::min(n + m, kMostEdits);
    const auto at = [most](std::ptrdiff_t k) { return static_cast<std::size_t>(k + most + 1); };
    std::vector<std::ptrdiff_t> furthest(static_cast<std::size_t>(2 * most + 3), 0);
    std::vector<std::vector<std::ptrdiff_t>> trace;
    for (std::ptrdiff_t d = 0; d <= most; ++d) {
        // Only diagonals -d-1 to d+1 matter to the way back.
        trace.emplace_back(furthest.begin() + static_cast<std::ptrdiff_t>(at(-d - 1)),
                           furthest.begin() + static_cast<std::ptrdiff_t>(at(d + 1)) + 1);
        for (std::ptrdiff_t k = -d; k <= d; k += 2) {
            const bool down = k == -d || (k != d && furthest[at(k - 1)] < furthest[at(k + 1)]);
            std::ptrdiff_t x = down ? furthest[at(k + 1)] : furthest[at(k - 1)] + 1;
            while (x < n && x - k < m &&
                   a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(x - k)]) {
                ++x;
            }
            furthest[at(k)] = x;
            if (x >= n && x - k >= m) return trace;
        }
    }
    return {};
}

void push(std::vector<Edit>& edits, Kind kind, std::ptrdiff_t x, std::ptrdiff_t y) {
    edits.push_back({kind, static_cast<std::size_t>(x), static_cast<std::size_t>(y)});
}

std::vector<Edit> replacement(const Lines& a, const Lines& b) {
    std::vector<Edit> edits;
    for (std::size_t i = 0; i < a.size(); ++i) edits.push_back({Kind::Removed, i, 0});
    for (std::size_t i = 0; i < b.size(); ++i) edits.push_back({Kind::Added, a.size(), i});
    return edits;
}

/// From the end of both texts back to their beginnings.
std::vector<Edit> edits_of(const Lines& a, const Lines& b) {
    const auto trace = trace_of(a, b);
    if (trace.empty()) return replacement(a, b);
    std::vector<Edit> edits;
    auto x = static_cast<std::ptrdiff_t>(a.size());
    auto y = static_cast<std::ptrdiff_t>(b.size());
    for (auto d = static_cast<std::ptrdiff_t>(trace.size()) - 1; d >= 0; --d) {
        const std::vector<std::ptrdiff_t>& furthest = trace[static_cast<std::size_t>(d)];
        const auto reached = [&](std::ptrdiff_t k) {
            return furthest[static_cast<std::size_t>(k + d + 1)];
        };
        const std::ptrdiff_t k = x - y;
        const bool down = k == -d || (k != d && reached(k - 1) < reached(k + 1));
        const std::ptrdiff_t old_k = down ? k + 1 : k - 1;
        const std::ptrdiff_t old_x = d == 0 ? 0 : reached(old_k);
        const std::ptrdiff_t old_y = d == 0 ? 0 : old_x - old_k;
        while (x > old_x && y > old_y) push(edits, Kind::Same, --x, --y);
        if (d == 0) break;
        if (down) {
            push(edits, Kind::Added, x, --y);
        } else {
            push(edits, Kind::Removed, --x, y);
        }
    }
    std::ranges::reverse(edits);
    return edits;
}

std::string marked(char mark, std::string_view line) {
    std::string text = mark + std::string(line);
    if (!line.ends_with('\n')) text += "\n\\ No newline at end of file\n";
    return text;
}

std::string range_text(std::size_t first, std::size_t count) {
    // Of an empty range `diff` names the line before it.
    const std::size_t shown = count == 0 ? first : first + 1;
    return count == 1 ? fmt::format("{}", shown) : fmt::format("{},{}", shown, count);
}

std::string hunk_text(const std::vector<Edit>& edits, std::size_t begin, std::size_t end,
                      const Lines& a, const Lines& b) {
    std::string body;
    std::size_t removed = 0;
    std::size_t added = 0;
    for (std::size_t i = begin; i < end; ++i) {
        const Edit& edit = edits[i];
        if (edit.kind != Kind::Added) ++removed;
        if (edit.kind != Kind::Removed) ++added;
        if (edit.kind == Kind::Same) body += marked(' ', a[edit.before]);
        if (edit.kind == Kind::Removed) body += marked('-', a[edit.before]);
        if (edit.kind == Kind::Added) body += marked('+', b[edit.after]);
    }
    return fmt::format("@@ -{} +{} @@\n", range_text(edits[begin].before, removed),
                       range_text(edits[begin].after, added)) +
           body;
}

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after, const DiffNames& names) {
    if (before == after) return "";
    const Lines a = lines_of(before);
    const Lines b = lines_of(after);
    const std::vector<Edit> edits = edits_of(a, b);
    constexpr std::size_t kContext = 3;
    std::string text = fmt::format("--- {}\n+++ {}\n", names.before, names.after);
    const auto next_change = [&](std::size_t from) {
        while (from < edits.size() && edits[from].kind == Kind::Same) ++from;
        return from;
    };
    for (std::size_t change = next_change(0); change < edits.size();) {
        const std::size_t begin = change - std::min(change, kContext);
        std::size_t end = change;
        // Changes with less than twice the context between them share a hunk.
        for (std::size_t next = change; next < edits.size(); next = next_change(end)) {
            if (next > end + 2 * kContext && end != change) break;
            end = next + 1;
        }
        change = next_change(end);
        end = std::min(edits.size(), end + kContext);
        text += hunk_text(edits, begin, end, a, b);
    }
    return text;
}

}  // namespace rtlgen
