// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/port_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <set>

#include "core/base/text.h"
#include "datasets/retrieval/vocabulary.h"

namespace rtlgen::datasets {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

/// `zero` is a number and a name.
bool can_be_name(const SpecToken& token) {
    return token.is_word && is_simple_identifier(token.raw) &&
           token.raw.find_first_of("0123456789") != 0;
}

/// "rdEn_2" -> "aAa_9".
std::string shape_of(std::string_view name) {
    std::string shape;
    for (const char c : name) {
        const char kind = is_upper(c) ? 'A' : is_lower(c) ? 'a' : c == '_' ? '_' : '9';
        if (shape.empty() || shape.back() != kind) shape += kind;
    }
    return shape;
}

/// 0, 1, 2-3, 4-7, 8-15 ...: the number's logarithm.
std::string magnitude(int count, int most) {
    return std::to_string(std::min(
        most, static_cast<int>(std::bit_width(static_cast<unsigned>(std::max(0, count))))));
}

class Surroundings {
public:
    Surroundings(const ReadSpec& spec, const PortWord& word, const WordFrequencies& frequencies,
                 std::set<std::string>& features)
        : tokens_(spec.tokens), word_(word), frequencies_(frequencies), features_(features) {}

    void add() {
        for (const std::size_t at : word_.at) {
            walk(at, -1);
            walk(at, +1);
            direction(at, -1);
            direction(at, +1);
            if (at == 0 || tokens_[at - 1].line != tokens_[at].line) features_.insert("bol");
        }
    }

private:
    [[nodiscard]] std::string text_of(const SpecToken& token) const {
        if (token.raw == word_.name) return "self";
        if (token.number && token.raw.find_first_of("0123456789") == 0) {
            return token.raw == "0" || token.raw == "1" ? "#" + token.raw : "#";
        }
        if (!token.is_word) return token.norm;
        const bool name = token.quoted || token.raw.find('_') != std::string::npos ||
                          frequencies_.texts_with(token.norm) <= 1;
        return name && !token.number ? "name" : stem_of(token.norm);
    }

    /// The tokens of one side as far as the sentence goes; behind a name stands its description.
    void walk(std::size_t at, std::ptrdiff_t step) {
        constexpr int kNear = 4;
        constexpr int kFar = 8;
        const char side = step < 0 ? 'l' : 'r';
        std::string before = "^";
        for (int distance = 1; distance <= (step < 0 ? kNear : kFar); ++distance) {
            const auto index = static_cast<std::ptrdiff_t>(at) + step * distance;
            if (index < 0 || index >= std::ssize(tokens_)) return;
            const SpecToken& token = tokens_[static_cast<std::size_t>(index)];
            std::string now = text_of(token);
            if (distance <= 2) features_.insert(fmt::format("{}{}:{}", side, distance, now));
            if (distance == 2) features_.insert(fmt::format("{}12:{} {}", side, before, now));
            if (distance <= kNear) features_.insert("w:" + now);
            features_.insert(fmt::format("{}:{}", side, now));
            if (token.norm == ".") return;
            before = std::move(now);
        }
    }

    /// The nearest word of direction in the sentence: "inputs a, b and c".
    void direction(std::size_t at, std::ptrdiff_t step) {
        constexpr int kReach = 40;
        for (int distance = 1; distance <= kReach; ++distance) {
            const auto index = static_cast<std::ptrdiff_t>(at) + step * distance;
            if (index < 0 || index >= std::ssize(tokens_)) return;
            const std::string& norm = tokens_[static_cast<std::size_t>(index)].norm;
            if (norm == ".") return;
            const bool in = norm == "input" || norm == "in";
            if (!in && norm != "output" && norm != "out") continue;
            features_.insert((step < 0 ? "dl:" : "dr:") + std::string(in ? "in" : "out"));
            return;
        }
    }

    const std::vector<SpecToken>& tokens_;
    const PortWord& word_;
    const WordFrequencies& frequencies_;
    std::set<std::string>& features_;
};

/// What the lists and tables of the text say of it.
void add_reading(const SpecInterface& interface, const std::string& name,
                 std::set<std::string>& features) {
    if (interface.ports.empty()) return;
    const auto port = std::ranges::find(interface.ports, name, &SpecPort::name);
    if (port == interface.ports.end()) {
        features.insert("read:no");
        return;
    }
    const std::string direction = !port->direction_said                     ? "?"
                                  : port->direction == PortDirection::Input ? "in"
                                                                            : "out";
    features.insert("read:" + direction + (port->width.value_or(1) == 1 ? "1" : "n"));
}

}  // namespace

std::vector<std::string> name_parts(std::string_view name) {
    std::vector<std::string> parts;
    std::string part;
    auto close = [&] {
        if (!part.empty()) parts.push_back(to_lower(part));
        part.clear();
    };
    for (std::size_t k = 0; k < name.size(); ++k) {
        if (is_upper(name[k]) && k > 0 && is_lower(name[k - 1])) close();
        if (is_upper(name[k]) || is_lower(name[k])) {
            part += name[k];
        } else {
            close();
        }
    }
    close();
    return parts;
}

void add_name_features(std::string_view name, std::set<std::string>& features) {
    std::string joined;
    for (const std::string& part : name_parts(name)) {
        features.insert("n:" + part);
        joined += part;
        const std::string framed = "^" + part + "$";
        for (std::size_t k = 0; k + 3 <= framed.size(); ++k) {
            features.insert("g:" + framed.substr(k, 3));
        }
    }
    features.insert("N:" + joined);
}

std::vector<PortWord> port_words(const ReadSpec& spec, const WordFrequencies& frequencies) {
    std::vector<PortWord> words;
    std::map<std::string, std::size_t> known;
    for (std::size_t k = 0; k < spec.tokens.size(); ++k) {
        const SpecToken& token = spec.tokens[k];
        if (!can_be_name(token)) continue;
        const auto [entry, fresh] = known.emplace(token.raw, words.size());
        if (fresh) words.push_back({token.raw, {}});
        words[entry->second].at.push_back(k);
    }
    std::erase_if(words, [&](const PortWord& word) {
        return std::ranges::all_of(word.at, [&](std::size_t at) {
            return !spec.tokens[at].quoted && frequencies.is_common(spec.tokens[at]);
        });
    });
    return words;
}

std::vector<std::string> port_word_features(const ReadSpec& spec, const PortWord& word,
                                            const WordFrequencies& frequencies, OwnText own) {
    constexpr int kOften = 5;
    std::set<std::string> features = {"bias"};
    add_name_features(word.name, features);
    features.insert("shape:" + shape_of(word.name));
    add_reading(spec.interface, word.name, features);
    const SpecToken& first = spec.tokens[word.at.front()];
    const int texts = frequencies.texts_with(first.norm) - (own == OwnText::Counted ? 1 : 0);
    features.insert("texts:" + magnitude(texts, kOften));
    features.insert("times:" + magnitude(static_cast<int>(word.at.size()), kOften));
    if (std::ranges::any_of(word.at, [&](std::size_t at) { return spec.tokens[at].quoted; })) {
        features.insert("quoted");
    }
    Surroundings(spec, word, frequencies, features).add();
    return {features.begin(), features.end()};
}

}  // namespace rtlgen::datasets
