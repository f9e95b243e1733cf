// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/port_tagger.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/text.h"
#include "datasets/retrieval/matching.h"
#include "datasets/retrieval/port_words.h"

namespace rtlgen::datasets {
namespace {

constexpr const char* kNoPort = "";
constexpr double kNeeded = 30;  // the cost of a required role that is nobody's
constexpr const char* kModule = "module name";

/// Log odds of words to play roles, and the roles' costs where nobody plays them.
struct Odds {
    std::vector<PortWord> words;
    std::vector<std::vector<double>> of_word;  ///< [word][role] against being no port
    std::vector<double> absent;                ///< [role]
};

struct Assigned {
    double score = 0;
    std::vector<int> word_of_role;  ///< -1: nobody
};

/// A word that must not play a role.
struct Forbidden {
    int word = -1;
    std::size_t role = 0;
};

/// The assignment of different words to roles with the greatest sum of odds.
Assigned best_assignment(const Odds& odds, const Forbidden& forbidden = {}) {
    constexpr double kNever = 1e6;
    const std::size_t roles = odds.absent.size();
    const std::size_t words = odds.words.size();
    // Behind the words a column for each role: nobody plays it.
    std::vector<std::vector<double>> cost(roles, std::vector<double>(words + roles, kNever));
    for (std::size_t r = 0; r < roles; ++r) {
        for (std::size_t w = 0; w < words; ++w) {
            const bool may = forbidden.word != static_cast<int>(w) || forbidden.role != r;
            if (may) cost[r][w] = -odds.of_word[w][r];
        }
        cost[r][words + r] = odds.absent[r];
    }
    const std::vector<std::size_t> column = cheapest_matching(cost);
    Assigned result{0, std::vector<int>(roles, -1)};
    for (std::size_t r = 0; r < roles; ++r) {
        result.score -= cost[r][column[r]];
        if (column[r] < words) result.word_of_role[r] = static_cast<int>(column[r]);
    }
    return result;
}

/// Of all words of `spec` for the roles of `design`.
Odds odds_of(const PortTagger& tagger, const DesignMetadata& design, const ReadSpec& spec,
             const WordFrequencies& frequencies) {
    constexpr double kLeast = -20;
    constexpr double kTiny = 1e-9;
    Odds odds;
    odds.words = port_words(spec, frequencies);
    for (const PortWord& word : odds.words) {
        const auto logs = tagger.model().log_probabilities(
            port_word_features(spec, word, frequencies, OwnText::New));
        auto probability = [&](const std::string& label) {
            const auto found = logs.find(label);
            return found == logs.end() ? 0.0 : std::exp(found->second);
        };
        const double other = std::max(kTiny, probability(kNoPort) + probability(kModule));
        std::vector<double>& row = odds.of_word.emplace_back();
        for (const Role& role : design.roles) {
            row.push_back(std::max(kLeast, std::log(probability(role.name) / other)));
        }
    }
    for (const Role& role : design.roles) {
        const bool needed = role.required || (role.kind == RoleKind::Clock) ||
                            (role.kind == RoleKind::Reset && design.reset == ResetNeed::Required);
        const auto usual = tagger.presence().find(role.name);
        odds.absent.push_back(needed                             ? kNeeded
                              : usual == tagger.presence().end() ? 0
                                                                 : std::max(0.0, usual->second));
    }
    return odds;
}

/// That a word is any port.
double sum_of_odds(const std::vector<double>& of_roles) {
    double sum = 0;
    for (const double odds : of_roles) sum += std::exp(odds);
    return std::log(sum);
}

/// "reset: areset_n = 0 makes ...": a word for what a port is that has a name of its own.
bool names_kind(const std::string& word,
                const std::vector<std::pair<std::size_t, SpecPort>>& ports) {
    const std::string lower = to_lower(word);
    if (lower != "reset" && lower != "clock") return false;
    const std::string role = lower == "reset" ? "rst" : "clk";
    return std::ranges::any_of(ports, [&](const auto& entry) { return entry.second.role == role; });
}

}  // namespace

void WordFrequencies::add(const ReadSpec& spec, const std::map<std::string, std::string>& ports) {
    std::set<std::string> names;
    for (const auto& [role, name] : ports) {
        if (names.insert(name).second) ++ports_[to_lower(name)];
    }
    std::set<std::string> words;
    for (const SpecToken& token : spec.tokens) {
        if (token.is_word && !names.contains(token.raw)) words.insert(token.norm);
    }
    for (const std::string& word : words) ++texts_[word];
}

int WordFrequencies::texts_with(const std::string& norm) const {
    const auto found = texts_.find(norm);
    return found == texts_.end() ? 0 : found->second;
}

bool WordFrequencies::is_common(const SpecToken& token) const {
    constexpr int kCommon = 12;
    return texts_with(token.norm) >= kCommon && !ports_.contains(to_lower(token.raw));
}

PortTagger::PortTagger(const std::vector<TaggedSpec>& examples,
                       const WordFrequencies& frequencies) {
    std::vector<WordSample> samples;
    std::map<std::string, int> texts;
    for (const TaggedSpec& example : examples) {
        std::map<std::string, std::string> roles;
        for (const auto& [role, name] : example.ports) {
            roles.emplace(name, role);
            ++texts[role];
        }
        for (const PortWord& word : port_words(example.spec, frequencies)) {
            const auto role = roles.find(word.name);
            const bool port = role != roles.end();
            const bool module = word.name == example.spec.interface.module_name;
            samples.push_back({port_word_features(example.spec, word, frequencies,
                                                  port ? OwnText::New : OwnText::Counted),
                               port     ? role->second
                               : module ? kModule
                                        : kNoPort});
        }
    }
    model_ = WordModel(samples);
    for (const auto& [role, count] : texts) {
        const auto all = static_cast<double>(examples.size());
        presence_[role] = std::log((count + 1.0) / (all - count + 1.0));
    }
}

std::string PortTagger::module_name(const ReadSpec& spec,
                                    const WordFrequencies& frequencies) const {
    constexpr double kLikely = 0.5;
    constexpr double kUnlikely = 0.2;
    const std::string& read = spec.interface.module_name;
    std::string best;
    double highest = kLikely;
    double of_read = 0;
    for (const PortWord& word : port_words(spec, frequencies)) {
        const auto logs =
            model_.log_probabilities(port_word_features(spec, word, frequencies, OwnText::New));
        const auto found = logs.find(kModule);
        if (found == logs.end()) continue;
        const double probability = std::exp(found->second);
        if (word.name == read) of_read = probability;
        if (probability <= highest) continue;
        highest = probability;
        best = word.name;
    }
    return best.empty() || of_read > kUnlikely ? read : best;
}

Result<std::vector<SpecPort>> PortTagger::read_ports(const DesignMetadata& design,
                                                     const ReadSpec& spec,
                                                     const WordFrequencies& frequencies) const {
    constexpr double kDoubt = 1.5;
    constexpr double kUnlikely = -1;  // of log odds
    const Odds odds = odds_of(*this, design, spec, frequencies);
    const Assigned best = best_assignment(odds);
    std::vector<std::pair<std::size_t, SpecPort>> found;
    for (std::size_t r = 0; r < design.roles.size(); ++r) {
        const Role& role = design.roles[r];
        const int word = best.word_of_role[r];
        if (word < 0) {
            if (odds.absent[r] < kNeeded) continue;
            return fail(ErrorCode::NotFound, "no port of it is the " + role.name);
        }
        // A role that must be somebody's doesn't make an unlikely word a port.
        const auto w = static_cast<std::size_t>(word);
        if (odds.of_word[w][r] < kUnlikely) {
            return fail(ErrorCode::NotFound, "no port of it is the " + role.name);
        }
        const PortWord& chosen = odds.words[w];
        if (best.score - best_assignment(odds, {word, r}).score < kDoubt) {
            return fail(ErrorCode::NotFound,
                        "it isn't clear what its port " + chosen.name + " does");
        }
        SpecPort port;
        port.name = chosen.name;
        port.direction = role.direction;
        port.role = role.name;
        const auto read = std::ranges::find(spec.interface.ports, chosen.name, &SpecPort::name);
        if (read != spec.interface.ports.end()) {
            port.width = read->width;
            port.range = read->range;
            port.description = read->description;
        }
        found.emplace_back(chosen.at.front(), std::move(port));
    }
    for (std::size_t w = 0; w < odds.words.size(); ++w) {
        if (std::ranges::find(best.word_of_role, static_cast<int>(w)) != best.word_of_role.end()) {
            continue;
        }
        if (std::ranges::max(odds.of_word[w]) > 0 && !names_kind(odds.words[w].name, found)) {
            return fail(ErrorCode::NotFound,
                        "it isn't clear which port its " + odds.words[w].name + " is");
        }
    }
    std::ranges::sort(found, {}, [](const auto& entry) { return entry.first; });
    std::vector<SpecPort> ports;
    for (auto& [at, port] : found) ports.push_back(std::move(port));
    return ports;
}

std::string PortTagger::missed_port(const DesignMetadata& design, const ReadSpec& spec,
                                    const std::vector<SpecPort>& ports,
                                    const WordFrequencies& frequencies) const {
    constexpr double kSurely = 0.6;  // of log odds
    const Odds odds = odds_of(*this, design, spec, frequencies);
    const Assigned best = best_assignment(odds);
    for (std::size_t w = 0; w < odds.words.size(); ++w) {
        const std::string& name = odds.words[w].name;
        const bool known = std::ranges::any_of(
            ports, [&](const SpecPort& port) { return to_lower(port.name) == to_lower(name); });
        const bool likeliest =
            std::ranges::find(best.word_of_role, static_cast<int>(w)) != best.word_of_role.end();
        if (!known && (likeliest || sum_of_odds(odds.of_word[w]) > kSurely)) return name;
    }
    return "";
}

std::string PortTagger::invented_port(const DesignMetadata& design, const ReadSpec& spec,
                                      const std::vector<SpecPort>& ports,
                                      const WordFrequencies& frequencies) const {
    constexpr double kSurelyNone = -4;  // of log odds
    const Odds odds = odds_of(*this, design, spec, frequencies);
    for (const SpecPort& port : ports) {
        const auto word = std::ranges::find(odds.words, port.name, &PortWord::name);
        if (word == odds.words.end()) continue;
        const auto w = static_cast<std::size_t>(word - odds.words.begin());
        if (sum_of_odds(odds.of_word[w]) < kSurelyNone) return port.name;
    }
    return "";
}

}  // namespace rtlgen::datasets
