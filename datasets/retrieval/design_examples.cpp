// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/design_examples.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "core/base/text.h"
#include "datasets/retrieval/port_words.h"
#include "datasets/retrieval/reset_style.h"
#include "datasets/retrieval/vocabulary.h"

namespace rtlgen::datasets {
namespace {

constexpr std::string_view kOpening = "<!-- roles:";
constexpr std::string_view kValues = "values:";
constexpr std::string_view kTraits = "traits:";
constexpr std::string_view kModuleName = "module:";

/// "a=b c=d"
std::vector<std::pair<std::string, std::string>> pairs_of(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const std::string_view word : split(trim(text), ' ')) {
        const std::size_t equal = word.find('=');
        if (equal != std::string_view::npos) {
            pairs.emplace_back(word.substr(0, equal), word.substr(equal + 1));
        }
    }
    return pairs;
}

void add_shape(const std::vector<SpecPort>& ports, std::size_t index,
               std::set<std::string>& features) {
    const SpecPort& port = ports[index];
    if (port.direction_said) {
        features.insert(port.direction == PortDirection::Input ? "t:in" : "t:out");
    }
    if (!port.width) return;
    features.insert(*port.width == 1 ? "s:1" : "s:n");
    if (*port.width == 1) return;
    const bool shared = std::ranges::any_of(
        ports, [&](const SpecPort& other) { return &other != &port && other.width == port.width; });
    if (shared) features.insert("s:shared");
}

/// A number beyond 0 and 1 says nothing.
std::string plain_word(const SpecToken& token) {
    if (token.number) return *token.number == 0 || *token.number == 1 ? token.norm : "#";
    return stem_of(token.norm);
}

class Neighbourhood {
public:
    Neighbourhood(const std::vector<SpecToken>& words, const std::vector<SpecPort>& ports,
                  const std::string& name)
        : words_(words), name_(name) {
        for (const SpecPort& port : ports) others_.insert(port.name);
    }

    void add(std::set<std::string>& features) const {
        for (std::size_t k = 0; k < words_.size(); ++k) {
            if (words_[k].raw != name_) continue;
            walk(k, -1, features);
            walk(k, +1, features);
        }
    }

private:
    static constexpr int kNear = 4;
    static constexpr int kFar = 9;  // behind a name, where its description stands

    [[nodiscard]] std::string word(std::size_t at) const {
        const SpecToken& token = words_[at];
        if (token.raw == name_) return "self";
        if (others_.contains(token.raw)) return "port";
        return plain_word(token);
    }

    void walk(std::size_t at, std::ptrdiff_t step, std::set<std::string>& features) const {
        const char side = step < 0 ? 'l' : 'r';
        std::string before = "self";
        for (int distance = 1; distance <= (step < 0 ? kNear : kFar); ++distance) {
            const auto next = static_cast<std::ptrdiff_t>(at) + step * distance;
            if (next < 0 || next >= static_cast<std::ptrdiff_t>(words_.size())) return;
            const auto index = static_cast<std::size_t>(next);
            if (words_[index].norm == ".") return;
            const std::string now = word(index);
            if (distance <= kNear) features.insert("w:" + now);
            features.insert(fmt::format("{}:{}", side, now));
            if (distance <= kNear) features.insert(fmt::format("{}2:{}_{}", side, before, now));
            before = now;
        }
    }

    const std::vector<SpecToken>& words_;
    const std::string& name_;
    std::set<std::string> others_;
};

/// Whether `number` is one of the values, the number of what so many bits tell apart, or beside it.
bool sizes(const std::map<std::string, std::int64_t>& values, std::int64_t number) {
    return std::ranges::any_of(values, [&](const auto& entry) {
        const std::int64_t value = entry.second;
        const std::int64_t states = value < 62 ? std::int64_t{1} << value : 0;
        return std::abs(number - value) <= 1 || number == states || number == states - 1;
    });
}

}  // namespace

Result<DesignExample> parse_example(const std::string& path, const std::string& file) {
    const std::size_t end = file.find("-->");
    if (!file.starts_with(kOpening) || end == std::string::npos) {
        return fail(ErrorCode::Config, "an example begins with <!-- roles: role=port ... -->",
                    path);
    }
    DesignExample example;
    const std::string_view head = std::string_view(file).substr(0, end).substr(kOpening.size());
    const std::vector<std::string_view> parts = split(head, ';');
    for (const auto& [role, name] : pairs_of(parts[0])) example.ports.emplace(role, name);
    for (const std::string_view part : parts) {
        const std::string_view text = trim(part);
        if (text.starts_with(kValues)) {
            for (const auto& [name, value] : pairs_of(text.substr(kValues.size()))) {
                if (const auto number = parse_int(value)) example.values.emplace(name, *number);
            }
        } else if (text.starts_with(kModuleName)) {
            example.module = std::string(trim(text.substr(kModuleName.size())));
        } else if (text.starts_with(kTraits)) {
            for (const std::string_view trait : split(trim(text.substr(kTraits.size())), ' ')) {
                example.traits.emplace(trait);
            }
        }
    }
    example.text = file.substr(end + 3);
    return example;
}

std::vector<std::string> port_features(const std::vector<SpecToken>& words,
                                       const std::vector<SpecPort>& ports, std::size_t index) {
    std::set<std::string> features = {"bias"};
    add_name_features(ports[index].name, features);
    add_shape(ports, index, features);
    Neighbourhood(words, ports, ports[index].name).add(features);
    return {features.begin(), features.end()};
}

std::vector<std::string> text_features(const ReadSpec& spec) {
    std::set<std::string> names;
    for (const SpecPort& port : spec.interface.ports) names.insert(port.name);
    std::set<std::string> features = {"bias"};
    std::string before;
    for (const SpecToken& token : spec.words) {
        std::string now;
        // How ports are listed says nothing of what they are for.
        const bool listing = token.number || token.norm == "input" || token.norm == "output" ||
                             token.norm == "wire" || token.norm == "reg" || token.norm == "in" ||
                             token.norm == "out";
        if (token.norm != "." && !listing) {
            now = names.contains(token.raw) ? "port" : plain_word(token);
            features.insert(now);
            if (token.raw.find('_') != std::string::npos) {
                for (const std::string& part : name_parts(token.raw))
                    features.insert(stem_of(part));
            }
            if (!before.empty()) features.insert(fmt::format("{}_{}", before, now));
        }
        before = std::move(now);
    }
    return {features.begin(), features.end()};
}

std::vector<std::string> reset_features(const std::vector<SpecToken>& words,
                                        const std::string& port) {
    std::set<std::string> features = {"bias"};
    add_name_features(port, features);
    if (port.ends_with("n") || port.ends_with("n_i")) features.insert("ends:n");
    if (to_lower(port).starts_with("a")) features.insert("starts:a");
    const std::vector<SpecPort> ports = {{port, {}, {}, "", "", "", false}};
    Neighbourhood(words, ports, port).add(features);
    for (std::size_t k = 0; k < words.size(); ++k) {
        const std::string& norm = words[k].norm;
        if (const auto kind = kind_word(words, k)) {
            features.insert(*kind == ResetKind::Asynchronous ? "says:async" : "says:sync");
        }
        if (norm.starts_with("reset")) {
            const std::vector<SpecPort> word = {{words[k].raw, {}, {}, "", "", "", false}};
            std::set<std::string> around;
            Neighbourhood(words, word, words[k].raw).add(around);
            for (const std::string& one : around) features.insert("reset:" + one);
        }
    }
    return {features.begin(), features.end()};
}

std::vector<std::string> number_features(const std::vector<SpecToken>& words, std::size_t index) {
    constexpr std::size_t kReach = 4;
    std::set<std::string> features = {"bias"};
    auto walk = [&](const std::string& side, std::ptrdiff_t step) {
        std::string before = "self";
        auto at = static_cast<std::ptrdiff_t>(index) + step;
        for (std::size_t k = 1; k <= kReach; ++k, at += step) {
            if (at < 0 || at >= std::ssize(words)) return;
            const SpecToken& word = words[static_cast<std::size_t>(at)];
            if (word.norm == ".") return;
            std::string now = plain_word(word);
            features.insert(fmt::format("{}:{}", side, now));
            features.insert(fmt::format("{}{}:{}", side, k, now));
            features.insert(fmt::format("{}2:{}_{}", side, before, now));
            before = std::move(now);
        }
    };
    walk("l", -1);
    walk("r", +1);
    return {features.begin(), features.end()};
}

std::vector<std::string> operation_features(std::span<const SpecToken> tokens, const std::string& a,
                                            const std::string& b) {
    std::set<std::string> features = {"bias"};
    std::string before = "^";
    std::string two_before;
    bool a_seen = false;
    bool b_seen = false;
    for (const SpecToken& token : tokens) {
        const std::string lower = to_lower(token.raw);
        if (token.norm == "." || token.norm == "," || token.norm == ";") continue;
        std::string now = token.is_word ? plain_word(token) : token.norm;
        if (lower == a) now = "{a}";
        if (lower == b) now = "{b}";
        if (now == "{a}" && b_seen && !a_seen) features.insert("b first");
        if (now == "{b}" && a_seen && !b_seen) features.insert("a first");
        a_seen = a_seen || now == "{a}";
        b_seen = b_seen || now == "{b}";
        features.insert(now);
        features.insert(fmt::format("{} {}", before, now));
        if (!two_before.empty()) features.insert(fmt::format("{} {} {}", two_before, before, now));
        two_before = std::exchange(before, std::move(now));
    }
    features.insert(before + " $");
    if (!a_seen) features.insert("no a");
    if (!b_seen) features.insert("no b");
    return {features.begin(), features.end()};
}

std::vector<WordSample> operation_samples(const std::string& file) {
    std::vector<WordSample> samples;
    for (const std::string_view line : split_lines(file)) {
        const std::size_t colon = line.find(": ");
        if (colon == std::string_view::npos) continue;
        std::string text(line.substr(colon + 2));
        text = replace_all(replace_all(std::move(text), "{a}", "opa"), "{b}", "opb");
        const std::vector<SpecToken> tokens = tokenize_spec(replace_all(text, "{y}", "opy"));
        samples.push_back(
            {operation_features(tokens, "opa", "opb"), std::string(line.substr(0, colon))});
    }
    return samples;
}

std::vector<std::string> number_sense_features(const std::vector<SpecToken>& words,
                                               std::size_t index) {
    std::vector<std::string> features = number_features(words, index);
    const std::string& raw = words[index].raw;
    const bool digits = raw.find_first_not_of("0123456789") == std::string::npos;
    const bool spelled = raw.find_first_of("0123456789") == std::string::npos;
    features.push_back(spelled  ? "spelled"
                       : digits ? "digits:" + std::to_string(std::min<std::size_t>(raw.size(), 4))
                                : "literal");
    if (raw.size() > 1 && raw.starts_with('0')) features.emplace_back("leading zero");
    const auto beside = std::ranges::count_if(words, [&](const SpecToken& word) {
        return word.number && word.line == words[index].line;
    });
    constexpr int kRow = 4;
    if (beside >= kRow) features.emplace_back("row of numbers");
    if (index > 0 && words[index - 1].norm == ".") features.emplace_back("first");
    if (words[index].line == 0) features.emplace_back("heading");
    return features;
}

void ExampleSamples::add(const DesignExample& example, const ReadSpec& spec) {
    std::vector<SpecPort> ports;
    std::vector<std::string> labels;
    for (const auto& [role, name] : example.ports) {
        const auto read = std::ranges::find(spec.interface.ports, name, &SpecPort::name);
        SpecPort port;
        port.name = name;
        port.direction_said = false;
        ports.push_back(read == spec.interface.ports.end() ? port : *read);
        labels.push_back(role);
    }
    for (std::size_t k = 0; k < ports.size(); ++k) {
        roles.push_back({port_features(spec.words, ports, k), labels[k]});
    }
    for (std::size_t k = 0; k < spec.words.size(); ++k) {
        if (!spec.words[k].number || *spec.words[k].number < 2) continue;
        std::string label = LearnedDesign::kNoParameter;
        for (const auto& [name, value] : example.values) {
            if (value == *spec.words[k].number) label = name;
        }
        numbers.push_back({number_features(spec.words, k), label});
        number_sense.push_back(
            {number_sense_features(spec.words, k), sizes(example.values, *spec.words[k].number)
                                                       ? LearnedDesign::kSizes
                                                       : LearnedDesign::kSaysNothing});
    }
    const auto reset = example.ports.find("rst");
    if (reset == example.ports.end()) return;
    const std::vector<std::string> features = reset_features(spec.words, reset->second);
    reset_kind.push_back({features, example.traits.contains("async")
                                        ? LearnedDesign::kAsynchronous
                                        : LearnedDesign::kSynchronous});
    reset_level.push_back({features, example.traits.contains("reset_low") ? LearnedDesign::kLow
                                                                          : LearnedDesign::kHigh});
}

}  // namespace rtlgen::datasets
