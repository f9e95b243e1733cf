// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/reset_style.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace rtlgen::datasets {
namespace {

bool names_reset(const SpecToken& word, const std::string& port) {
    return (!port.empty() && to_lower(word.raw) == port) || word.norm.starts_with("reset") ||
           word.norm == "rst";
}

/// Whether "is low" at `at` is said of the reset: "rst is low", "the reset input is low".
bool said_of_reset(std::span<const SpecToken> words, std::size_t at, const std::string& port) {
    constexpr std::array<std::string_view, 5> kStandsFor = {"it", "input", "signal", "line", "pin"};
    if (at < 2) return false;
    const SpecToken& subject = words[at - 2];
    return names_reset(subject, port) ||
           std::ranges::find(kStandsFor, subject.norm) != kStandsFor.end();
}

/// "active low", "low active", "asserted 1" at `at`: said outright.
std::optional<Polarity> active_level(std::span<const SpecToken> words, std::size_t at) {
    const std::string& word = words[at].norm;
    const std::string& before = at > 0 ? words[at - 1].norm : word;
    const std::string& after = at + 1 < words.size() ? words[at + 1].norm : word;
    // "reset to 0, active high" has its level behind.
    const bool behind = before == "active" || before == "asserted";
    const bool level = word == "high" || word == "low";
    if (!behind && !(level && after == "active")) return std::nullopt;
    if (word == "high" || word == "1") return Polarity::High;
    if (word == "low" || word == "0") return Polarity::Low;
    return std::nullopt;
}

/// "is low", "when 0" at `at`.
std::optional<Polarity> polarity_word(std::span<const SpecToken> words, std::size_t at,
                                      const std::string& port) {
    const std::string& word = words[at].norm;
    const std::string& before = at > 0 ? words[at - 1].norm : word;
    const std::string& after = at + 1 < words.size() ? words[at + 1].norm : word;
    if (word == "negedge") return Polarity::Low;
    if (word != "high" && word != "low" && word != "0" && word != "1") return std::nullopt;
    const bool level = word == "high" || word == "1";
    if (before == "active" || after == "active" || before == "is" || before == "when" ||
        before == "while") {
        // "is 0 after reset" is about something else.
        if ((word == "0" || word == "1") && before != "is") return std::nullopt;
        if (before == "is" && after != "active" && !said_of_reset(words, at, port)) {
            return std::nullopt;
        }
        return level ? Polarity::High : Polarity::Low;
    }
    return std::nullopt;
}

/// How far a word is from a mention of the reset: "an asynchronous reset" and "the reset is
/// asynchronous" are near, "the reset, synchronous enables" isn't.
std::size_t distance(const std::vector<SpecToken>& words, std::size_t word, std::size_t reset) {
    constexpr std::size_t kBehind = 4;
    if (word < reset) return reset - word;
    const bool copula = std::any_of(words.begin() + static_cast<std::ptrdiff_t>(reset) + 1,
                                    words.begin() + static_cast<std::ptrdiff_t>(word) + 1,
                                    [](const SpecToken& one) { return one.norm == "is"; });
    return word - reset + (copula ? 0 : kBehind);
}

/// The nearest to any mention of the reset in the same sentence.
template <class Value, class Reader>
std::optional<Value> nearest(const std::vector<SpecToken>& words, const std::string& port,
                             Reader read) {
    constexpr std::size_t kReach = 12;
    std::optional<Value> best;
    std::size_t best_distance = 2 * kReach;
    for (std::size_t r = 0; r < words.size(); ++r) {
        if (!names_reset(words[r], port)) continue;
        auto look = [&](std::size_t k) {
            const std::optional<Value> value = read(words, k);
            if (!value || distance(words, k, r) >= best_distance) return;
            best = value;
            best_distance = distance(words, k, r);
        };
        for (std::size_t k = r; k > 0 && r - k < kReach && words[k - 1].norm != "."; --k) {
            look(k - 1);
        }
        for (std::size_t k = r + 1; k < words.size() && k - r <= kReach && words[k].norm != ".";
             ++k) {
            look(k);
        }
    }
    return best;
}

}  // namespace

std::optional<ResetKind> kind_word(std::span<const SpecToken> words, std::size_t at) {
    constexpr std::array<std::string_view, 4> kDenials = {"no", "not", "never", "without"};
    const bool denied = at > 0 && std::ranges::find(kDenials, words[at - 1].norm) != kDenials.end();
    constexpr std::array<std::string_view, 9> kThings = {
        "fifo", "serial", "domain", "clock", "input", "interface", "bus", "line", "transmitter"};
    const bool other =
        at + 1 < words.size() && std::ranges::find(kThings, words[at + 1].norm) != kThings.end();
    if (other) return std::nullopt;
    const std::string& norm = words[at].norm;
    if (norm.starts_with("async")) {
        return denied ? ResetKind::Synchronous : ResetKind::Asynchronous;
    }
    if (norm.starts_with("synchronous") || norm == "sync") {
        return denied ? ResetKind::Asynchronous : ResetKind::Synchronous;
    }
    return std::nullopt;
}

Polarity polarity_of(const SpecPort& port) {
    const std::string name = to_lower(port.name);
    for (const std::string_view ending : {"_n", "_b", "_ni", "_n_i", "_l"}) {
        if (name.ends_with(ending)) return Polarity::Low;
    }
    for (const std::string_view low : {"resetn", "rstn", "nrst", "nreset", "aresetn", "presetn",
                                       "hresetn", "clrn", "n_rst", "n_reset"}) {
        if (name == low) return Polarity::Low;
    }
    const auto words = words_of(tokenize_spec(port.description));
    const std::array<Phrase, 2> low = {Phrase("active low"), Phrase("low active")};
    const bool said =
        first_found(low, words, [](std::string_view) { return std::string(); }) != nullptr;
    return said ? Polarity::Low : Polarity::High;
}

Polarity level_of(const SpecPort& port, const ReadSpec& spec) {
    constexpr std::size_t kReach = 8;
    const auto is_port = [&](const SpecToken& word) {
        return std::ranges::any_of(spec.interface.ports,
                                   [&](const SpecPort& one) { return one.name == word.raw; });
    };
    for (std::size_t k = 0; k < spec.words.size(); ++k) {
        if (spec.words[k].raw != port.name) continue;
        for (std::size_t next = k + 1; next + 1 < spec.words.size() && next < k + kReach; ++next) {
            const std::string& word = spec.words[next].norm;
            if (word == "." || is_port(spec.words[next])) break;
            const std::string& after = spec.words[next + 1].norm;
            const bool low =
                (word == "active" && after == "low") || (word == "low" && after == "active");
            if (low) return Polarity::Low;
        }
    }
    return polarity_of({port.name, port.direction, port.width, "", "", "", true});
}

std::vector<SpecToken> without_ports_but(const ReadSpec& spec, const std::string& kept) {
    std::vector<SpecToken> words = spec.words;
    for (SpecToken& word : words) {
        const bool other = std::ranges::any_of(spec.interface.ports, [&](const SpecPort& one) {
            return one.name == word.raw && one.name != kept;
        });
        if (other) word.norm = "port";
    }
    return words;
}

ResetStyle read_reset_style(const std::vector<SpecToken>& words, const SpecPort* port) {
    const std::string name = port == nullptr ? "" : to_lower(port->name);
    ResetStyle style;
    style.kind = nearest<ResetKind>(
        words, name,
        [](const std::vector<SpecToken>& all, std::size_t k) { return kind_word(all, k); });
    style.polarity = nearest<Polarity>(
        words, name,
        [](const std::vector<SpecToken>& all, std::size_t k) { return active_level(all, k); });
    if (!style.polarity) {
        style.polarity =
            nearest<Polarity>(words, name, [&](const std::vector<SpecToken>& all, std::size_t k) {
                return polarity_word(all, k, name);
            });
    }
    if (port == nullptr) return style;
    if (polarity_of(*port) == Polarity::Low) style.polarity = Polarity::Low;
    // A name such as areset is the designer's word for it, where the text has none of its own.
    const bool named_asynchronous = name.starts_with("arst") || name.starts_with("areset") ||
                                    name.starts_with("async") || name == "aclr";
    const bool both_said = std::ranges::any_of(words, [&](const SpecToken& word) {
        return word.norm.starts_with("async") && to_lower(word.raw) != name;
    });
    if (named_asynchronous && (!style.kind || both_said)) style.kind = ResetKind::Asynchronous;
    return style;
}

}  // namespace rtlgen::datasets
