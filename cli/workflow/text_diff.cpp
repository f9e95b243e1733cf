// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/text_diff.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace rtlgen::workflow {
namespace {

constexpr std::size_t kContext = 3;
constexpr std::size_t kMostPairs = 4'000'000;

using Lines = std::vector<std::string_view>;

/// Lines with their ends, so that a missing last one counts.
Lines lines_of(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
        lines.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return lines;
}

/// A line that stays (both), goes (old) or comes (new).
struct Step {
    char sign = ' ';
    std::string_view line;
};

void add_all(std::vector<Step>& steps, const Lines& lines, std::size_t begin, std::size_t end,
             char sign) {
    for (std::size_t i = begin; i < end; ++i) steps.push_back({sign, lines[i]});
}

/// The steps between two parts without a common beginning or end.
void add_middle(std::vector<Step>& steps, std::span<const std::string_view> a,
                std::span<const std::string_view> b) {
    if (a.size() * b.size() > kMostPairs) {
        for (const std::string_view line : a) steps.push_back({'-', line});
        for (const std::string_view line : b) steps.push_back({'+', line});
        return;
    }
    const std::size_t width = b.size() + 1;
    std::vector<std::uint32_t> common((a.size() + 1) * width, 0);
    for (std::size_t i = a.size(); i-- > 0;) {
        for (std::size_t k = b.size(); k-- > 0;) {
            common[i * width + k] =
                a[i] == b[k] ? common[(i + 1) * width + k + 1] + 1
                             : std::max(common[(i + 1) * width + k], common[i * width + k + 1]);
        }
    }
    std::size_t i = 0;
    std::size_t k = 0;
    while (i < a.size() || k < b.size()) {
        if (i < a.size() && k < b.size() && a[i] == b[k]) {
            steps.push_back({' ', a[i]});
            ++i;
            ++k;
        } else if (k >= b.size() ||
                   (i < a.size() && common[(i + 1) * width + k] >= common[i * width + k + 1])) {
            steps.push_back({'-', a[i++]});
        } else {
            steps.push_back({'+', b[k++]});
        }
    }
}

std::vector<Step> steps_of(const Lines& a, const Lines& b) {
    std::size_t begin = 0;
    while (begin < a.size() && begin < b.size() && a[begin] == b[begin]) ++begin;
    std::size_t tail = 0;
    while (tail < a.size() - begin && tail < b.size() - begin &&
           a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) {
        ++tail;
    }
    std::vector<Step> steps;
    add_all(steps, a, 0, begin, ' ');
    add_middle(steps, std::span(a).subspan(begin, a.size() - begin - tail),
               std::span(b).subspan(begin, b.size() - begin - tail));
    add_all(steps, a, a.size() - tail, a.size(), ' ');
    return steps;
}

std::string range_text(std::size_t before, std::size_t count) {
    const std::size_t first = count == 0 ? before : before + 1;
    return std::to_string(first) + (count == 1 ? "" : "," + std::to_string(count));
}

struct Position {
    std::size_t old_lines = 0;
    std::size_t new_lines = 0;
};

void count(Position& position, char sign) {
    position.old_lines += sign == '+' ? 0 : 1;
    position.new_lines += sign == '-' ? 0 : 1;
}

std::string hunk_text(std::span<const Step> steps, Position before) {
    Position size;
    std::string body;
    for (const Step& step : steps) {
        count(size, step.sign);
        body.append(1, step.sign).append(step.line);
        if (!step.line.ends_with('\n')) body += "\n\\ No newline at end of file\n";
    }
    return "@@ -" + range_text(before.old_lines, size.old_lines) + " +" +
           range_text(before.new_lines, size.new_lines) + " @@\n" + body;
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
    if (before == after) return {};
    const Lines a = lines_of(before);
    const Lines b = lines_of(after);
    const std::vector<Step> steps = steps_of(a, b);
    std::string text = "--- a/" + std::string(path) + "\n+++ b/" + std::string(path) + "\n";
    Position position;
    std::size_t done = 0;
    const auto is_change = [](const Step& step) { return step.sign != ' '; };
    while (done < steps.size()) {
        const auto first =
            std::find_if(steps.begin() + static_cast<std::ptrdiff_t>(done), steps.end(), is_change);
        if (first == steps.end()) break;
        const auto first_at = static_cast<std::size_t>(first - steps.begin());
        const std::size_t begin = std::max(done, first_at - std::min(first_at, kContext));
        // Changes with no more than twice the context between them share a hunk.
        std::size_t end = first_at + 1;
        for (std::size_t i = end; i < steps.size() && i <= end + 2 * kContext; ++i) {
            if (is_change(steps[i])) end = i + 1;
        }
        end = std::min(steps.size(), end + kContext);
        for (std::size_t i = done; i < begin; ++i) count(position, steps[i].sign);
        text += hunk_text(std::span(steps).subspan(begin, end - begin), position);
        for (std::size_t i = begin; i < end; ++i) count(position, steps[i].sign);
        done = end;
    }
    return text;
}

}  // namespace rtlgen::workflow
