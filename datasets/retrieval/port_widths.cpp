// SPDX-License-Identifier: Apache-2.0
// Widths that stand right beside a port's name.
#include <algorithm>
#include <array>
#include <span>

#include "datasets/retrieval/spec_interface.h"

namespace rtlgen::datasets {
namespace {

constexpr int kMaxWidth = 65536;
constexpr std::array<std::string_view, 8> kDirections = {"in",     "out",     "input", "output",
                                                         "inputs", "outputs", "i",     "o"};

bool one_of(const std::string& word, std::span<const std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
}

class NearWidths {
public:
    NearWidths(const std::vector<SpecToken>& tokens, const std::vector<SpecPort>& ports)
        : tokens_(tokens), ports_(ports) {}

    [[nodiscard]] std::optional<int> of(const std::string& name) const {
        const bool quoted = std::ranges::any_of(
            tokens_, [&](const SpecToken& token) { return token.quoted && token.raw == name; });
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            if (tokens_[k].raw != name || (quoted && !tokens_[k].quoted)) continue;
            if (const auto width = behind(k)) return width;
            if (const auto width = before(k)) return width;
            if (const auto width = in_clause(k)) return width;
        }
        return std::nullopt;
    }

    /// The widest range beside the name: "q[7:0]", "input [3:0] req"; a slice is narrower.
    [[nodiscard]] std::optional<int> range_of(const std::string& name) const {
        std::optional<int> widest;
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            if (tokens_[k].raw != name) continue;
            widest = std::max({widest, range(k + 1), k >= 5 ? range(k - 5) : std::nullopt});
        }
        return widest;
    }

private:
    [[nodiscard]] const std::string& norm(std::size_t at) const {
        static const std::string nothing;
        return at < tokens_.size() ? tokens_[at].norm : nothing;
    }
    [[nodiscard]] bool is_port(std::size_t at) const {
        return at < tokens_.size() &&
               std::ranges::any_of(
                   ports_, [&](const SpecPort& port) { return port.name == tokens_[at].raw; });
    }
    [[nodiscard]] std::optional<int> number(std::size_t at) const {
        if (at >= tokens_.size() || !tokens_[at].number || tokens_[at].quoted) return std::nullopt;
        const auto value = *tokens_[at].number;
        if (value < 1 || value > kMaxWidth) return std::nullopt;
        return static_cast<int>(value);
    }

    /// "`q`, which is eight bits wide", "`taps` is an output with the range [7:0]": what the clause
    /// says up to the next port.
    [[nodiscard]] std::optional<int> in_clause(std::size_t at) const {
        constexpr auto kLeadOn = std::to_array<std::string_view>(
            {",",    "(",      "which", "that",  "with",   "of",  "ha",     "has",
             "have", "having", "is",    "an",    "a",      "the", "output", "input",
             "in",   "out",    "range", "width", "vector", "bus"});
        for (std::size_t k = at + 1; k < tokens_.size() && !is_port(k); ++k) {
            // Right behind the name it may be a slice.
            if (const auto width = range(k)) {
                constexpr std::size_t kLength = 5;  // "in [7:0] d": that of the next port
                return k == at + 1 || is_port(k + kLength) ? std::nullopt : width;
            }
            const auto width = number(k);
            const std::size_t unit = norm(k + 1) == "-" ? k + 2 : k + 1;
            if (width && norm(unit) == "bit" && norm(unit + 1) != "per") return width;
            // "clk, input [7:0] d": the next port begins.
            const bool next = norm(k) == "," && one_of(norm(k + 1), kDirections);
            if (next || !one_of(norm(k), kLeadOn)) return std::nullopt;
        }
        return std::nullopt;
    }

    /// "[7:0]"
    [[nodiscard]] std::optional<int> range(std::size_t at) const {
        if (at + 4 >= tokens_.size() || norm(at) != "[" || norm(at + 2) != ":") return std::nullopt;
        const auto& high = tokens_[at + 1].number;
        const auto& low = tokens_[at + 3].number;
        if (!high || !low || norm(at + 4) != "]") return std::nullopt;
        const std::int64_t width = std::abs(*high - *low) + 1;
        return width <= kMaxWidth ? std::optional(static_cast<int>(width)) : std::nullopt;
    }

    /// Where the names end that share what follows the one at `at`: "`a`, `b` and `c`".
    [[nodiscard]] std::size_t behind_names(std::size_t at) const {
        constexpr std::array<std::string_view, 3> kJoins = {",", "and", "&"};
        std::size_t end = at + 1;
        while (one_of(norm(end), kJoins)) {
            std::size_t next = end + 1;
            while (one_of(norm(next), kJoins)) ++next;
            if (!is_port(next)) break;
            end = next + 1;
        }
        return end;
    }

    /// ", and `b` (inputs, 8 bits each", "output 8", ": in, 8 bits".
    [[nodiscard]] std::optional<int> behind(std::size_t at) const {
        constexpr std::array<std::string_view, 6> kMarks = {",", "(", ":", "|", "-", "="};
        std::size_t k = behind_names(at);
        const bool shared = k != at + 1;
        bool direction = false;
        for (; k < tokens_.size(); ++k) {
            const bool said = one_of(norm(k), kDirections) && !is_port(k);
            if (!said && !one_of(norm(k), kMarks)) break;
            // "q = 8" is a value.
            if (norm(k) == "=") return std::nullopt;
            direction = direction || said;
        }
        if ((norm(k) == "a" || norm(k) == "one") && norm(k + 1) == "byte") return 8;
        if (norm(k) == "byte") return 8;
        const auto width = number(k);
        if (!width) return std::nullopt;
        const std::size_t unit = norm(k + 1) == "-" ? k + 2 : k + 1;
        if (norm(unit) == "bit") {
            constexpr std::array<std::string_view, 3> kEach = {"each", "both", "all"};
            const bool each = one_of(norm(unit + 1), kEach);
            const bool of_many = norm(unit + 1) == "per" || norm(unit + 1) == "for";
            return of_many || (shared && !each) ? std::nullopt : width;
        }
        // The cell of a row: nothing but a mark or a new line follows.
        const bool ends = k + 1 >= tokens_.size() || tokens_[k + 1].line != tokens_[k].line ||
                          !tokens_[k + 1].is_word;
        return direction && ends && !shared ? width : std::nullopt;
    }

    /// "the 4-bit code", "an 8-bit input a", "the byte `q`".
    [[nodiscard]] std::optional<int> before(std::size_t at) const {
        constexpr std::array<std::string_view, 6> kNouns = {"input",  "output", "port",
                                                            "signal", "vector", "bus"};
        std::size_t k = at;
        while (k > 0 && one_of(norm(k - 1), kNouns)) --k;
        if (k == at && !tokens_[at].quoted && !is_no_english(tokens_[at])) return std::nullopt;
        if (k > 0 && norm(k - 1) == "byte") return 8;
        if (k == 0 || tokens_[k - 1].norm != "bit") return std::nullopt;
        const std::size_t unit = k - 1;
        if (unit >= 2 && norm(unit - 1) == "-") return number(unit - 2);
        return unit >= 1 ? number(unit - 1) : std::nullopt;
    }

    const std::vector<SpecToken>& tokens_;
    const std::vector<SpecPort>& ports_;
};

}  // namespace

void widths_near_names(const std::vector<SpecToken>& tokens, std::vector<SpecPort>& ports) {
    const NearWidths near(tokens, ports);
    std::vector<std::optional<int>> widths;
    for (const SpecPort& port : ports) widths.push_back(near.of(port.name));
    for (std::size_t k = 0; k < ports.size(); ++k) {
        if (widths[k]) ports[k].width = widths[k];
        if (!ports[k].width) ports[k].width = near.range_of(ports[k].name);
    }
}

}  // namespace rtlgen::datasets
