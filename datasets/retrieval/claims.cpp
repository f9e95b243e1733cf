// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/claims.h"

#include <toml++/toml.h>
#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "datasets/retrieval/clauses.h"

namespace rtlgen::datasets {
namespace {

/// `@low` and its words, the longest name first.
using WordLists = std::vector<std::pair<std::string, std::string>>;

WordLists word_lists(const toml::table& table) {
    WordLists lists;
    for (const auto& [key, node] : table) {
        lists.emplace_back("@" + std::string(key.str()), node.value_or(std::string()));
    }
    std::ranges::sort(lists, [](const auto& one, const auto& other) {
        return one.first.size() > other.first.size();
    });
    return lists;
}

class ClaimReader {
public:
    ClaimReader(std::string where, WordLists lists)
        : where_(std::move(where)), lists_(std::move(lists)) {}

    Status read_all(const toml::table& table, std::vector<Claim>& claims) const {
        const toml::array* rows = table["claim"].as_array();
        if (rows == nullptr) return {};
        for (const toml::node& row : *rows) {
            if (!row.is_table()) continue;
            TRY_ASSIGN(Claim claim, read(*row.as_table()));
            claims.push_back(std::move(claim));
        }
        return {};
    }

private:
    [[nodiscard]] Result<Claim> read(const toml::table& row) const {
        Claim claim;
        claim.says = row["says"].value_or(std::string());
        claim.role = row["role"].value_or(std::string());
        claim.flag = row["flag"].value_or(std::string());
        claim.not_flag = row["not_flag"].value_or(std::string());
        if (row["scope"].value_or(std::string()) == "sentence") claim.scope = ClaimScope::Sentence;
        if (const toml::array* groups = row["about"].as_array()) {
            for (const toml::node& group : *groups) {
                if (const toml::array* one = group.as_array()) {
                    TRY_ASSIGN(auto phrases, phrases_of(*one));
                    claim.about.push_back(std::move(phrases));
                }
            }
        }
        TRY_ASSIGN(claim.against, phrases_at(row, "against"));
        TRY_ASSIGN(claim.unless, phrases_at(row, "unless"));
        if (const toml::array* numbers = row["numbers"].as_array()) {
            for (const toml::node& number : *numbers)
                claim.numbers.push_back(number.value_or(std::string()));
        }
        if (claim.says.empty() || claim.against.empty()) {
            return fail(ErrorCode::Config, "a claim has no \"says\" or no \"against\"", where_);
        }
        return claim;
    }

    [[nodiscard]] Result<std::vector<Phrase>> phrases_at(const toml::table& row,
                                                         std::string_view key) const {
        if (const toml::array* array = row[key].as_array()) return phrases_of(*array);
        return std::vector<Phrase>();
    }
    [[nodiscard]] Result<std::vector<Phrase>> phrases_of(const toml::array& array) const {
        std::vector<Phrase> phrases;
        for (const toml::node& node : array) {
            std::string text = node.value_or(std::string());
            for (const auto& [name, words] : lists_) text = replace_all(text, name, words);
            if (text.find('@') != std::string::npos) {
                return fail(ErrorCode::Config, "no words are given for \"" + text + "\"", where_);
            }
            phrases.emplace_back(text);
        }
        return phrases;
    }

    std::string where_;
    WordLists lists_;
};

Result<toml::table> parse(const std::string& where, const std::string& text) {
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& error) {
        return fail(ErrorCode::Config, std::string(error.description()), where);
    }
}

/// Whether a denial stands just before: "never low", "isn't cleared", "rather than 0".
bool denied(const Clause& clause, std::size_t at) {
    constexpr auto kDenials = std::to_array<std::string_view>(
        {"no", "not", "never", "without", "neither", "nor", "than", "nothing"});
    constexpr auto kBetween = std::to_array<std::string_view>(
        {"be", "a", "an", "the", "is", "are", "to", "go", "any", "does", "ever", "been"});
    for (std::size_t back = 1; back <= 3 && back <= at; ++back) {
        const std::string& word = clause[at - back].norm;
        if (std::ranges::find(kDenials, word) != kDenials.end()) return true;
        if (std::ranges::find(kBetween, word) == kBetween.end()) return false;
    }
    return false;
}

/// The claims of one design against one text.
class ClaimCheck {
public:
    ClaimCheck(const ReadSpec& spec, const Adaptation& adaptation)
        : adaptation_(adaptation),
          clauses_(clauses_of(named(spec.tokens))),
          sentences_(sentences_of(named(spec.tokens))) {}

    /// The clause that says something else than the claim does; null: none.
    [[nodiscard]] const Clause* contradiction(const Claim& claim) const {
        if (!claim.role.empty() && !adaptation_.has("has_" + claim.role)) return nullptr;
        if (!claim.flag.empty() && !adaptation_.has(claim.flag)) return nullptr;
        if (!claim.not_flag.empty() && adaptation_.has(claim.not_flag)) return nullptr;
        const auto& parts = claim.scope == ClaimScope::Clause ? clauses_ : sentences_;
        for (const Clause& part : parts) {
            if (denies(claim, part)) return &part;
        }
        return nullptr;
    }

private:
    /// Ports are no numbers, even if called `zero`; operators between operands become words.
    [[nodiscard]] std::vector<SpecToken> named(const std::vector<SpecToken>& tokens) const {
        std::vector<SpecToken> result;
        for (std::size_t k = 0; k < tokens.size(); ++k) {
            SpecToken token = tokens[k];
            const bool port = is_port(token);
            if (port && token.number) {
                token.norm = token.raw + " port";
                token.number.reset();
            }
            result.push_back(token);
            if (!port) continue;
            std::size_t next = k + 1;
            std::string signs;
            while (next < tokens.size() && !tokens[next].is_word) signs += tokens[next++].norm;
            const std::string word = operator_word(signs);
            const bool operand =
                next < tokens.size() && (is_port(tokens[next]) || tokens[next].number);
            if (word.empty() || !operand) continue;
            result.push_back({signs, word, std::nullopt, true, false, token.line});
            k = next - 1;
        }
        return result;
    }

    [[nodiscard]] bool is_port(const SpecToken& token) const {
        return token.is_word && std::ranges::find(adaptation_.ports, token.raw,
                                                  &AdaptedPort::name) != adaptation_.ports.end();
    }

    /// The word that phrases use for an operator; empty: it has none.
    static std::string operator_word(std::string_view signs) {
        constexpr auto kWords =
            std::to_array<std::pair<std::string_view, std::string_view>>({{"-", "minus"},
                                                                          {"<<", "shl"},
                                                                          {"<<<", "shl"},
                                                                          {">>", "shr"},
                                                                          {">>>", "shr"},
                                                                          {"<", "lt"},
                                                                          {"&~", "andnot"},
                                                                          {"&!", "andnot"},
                                                                          {"|~", "ornot"},
                                                                          {"|!", "ornot"}});
        for (const auto& [sign, word] : kWords) {
            if (sign == signs) return std::string(word);
        }
        return "";
    }

    [[nodiscard]] std::string name_of(std::string_view role) const {
        const AdaptedPort* port = adaptation_.port(role);
        return port == nullptr ? std::string() : to_lower(port->name);
    }

    [[nodiscard]] bool denies(const Claim& claim, const Clause& part) const {
        const RoleName role = [this](std::string_view name) { return name_of(name); };
        const bool about = std::ranges::all_of(claim.about, [&](const auto& group) {
            return first_found(group, part, role) != nullptr;
        });
        if (!about || !said(claim, claim.against, part)) return false;
        return std::ranges::none_of(claim.unless, [&](const Phrase& phrase) {
            const auto hit = phrase.find(part, role);
            return hit && !denied(part, hit->begin);
        });
    }

    /// Whether one of the phrases stands there, not denied and with a number that isn't allowed.
    [[nodiscard]] bool said(const Claim& claim, const std::vector<Phrase>& phrases,
                            const Clause& part) const {
        const RoleName role = [this](std::string_view name) { return name_of(name); };
        for (const Phrase& phrase : phrases) {
            for (auto hit = phrase.find(part, role); hit;
                 hit = phrase.find(part, role, hit->begin + 1)) {
                if (denied(part, hit->begin)) continue;
                if (!hit->value || !allowed(claim, *hit->value)) return true;
            }
        }
        return false;
    }

    [[nodiscard]] bool allowed(const Claim& claim, std::int64_t number) const {
        return std::ranges::any_of(claim.numbers, [&](const std::string& text) {
            return number_called(text) == std::optional(number);
        });
    }

    [[nodiscard]] std::int64_t value(const std::string& name, std::int64_t otherwise) const {
        const auto found = adaptation_.values.find(name);
        return found == adaptation_.values.end() ? otherwise : found->second;
    }

    /// A number, a parameter, ONES (of WIDTH bits), or FIRST, LAST and RESET of a count.
    [[nodiscard]] std::optional<std::int64_t> number_called(const std::string& name) const {
        if (const auto number = parse_int(name)) return *number;
        constexpr std::int64_t kWidest = 62;
        const std::int64_t width = value("WIDTH", kWidest);
        const std::int64_t ones = (std::int64_t{1} << std::min(width, kWidest)) - 1;
        if (name == "ONES") return ones;
        if (name == "FIRST") return value("FIRST", 0);
        if (name == "LAST") return value("LAST", ones);
        if (name == "RESET") {
            return adaptation_.has("reset_last") ? value("LAST", ones) : value("FIRST", 0);
        }
        const auto found = adaptation_.values.find(name);
        return found == adaptation_.values.end() ? std::nullopt : std::optional(found->second);
    }

    const Adaptation& adaptation_;
    std::vector<Clause> clauses_;
    std::vector<Clause> sentences_;
};

}  // namespace

Result<std::vector<Claim>> parse_claims(const std::string& where, const ClaimTexts& texts) {
    TRY_ASSIGN(const toml::table words, parse("common/claim_words.toml", texts.words));
    TRY_ASSIGN(const toml::table own, parse(where, texts.own));
    TRY_ASSIGN(const toml::table common, parse("common/claims.toml", texts.common));
    const ClaimReader reader(where, word_lists(words));
    std::vector<Claim> claims;
    TRY(reader.read_all(own, claims));
    if (own["common"].value_or(false)) TRY(reader.read_all(common, claims));
    return claims;
}

Status check_claims(const std::vector<Claim>& claims, const ReadSpec& spec,
                    const Adaptation& adaptation) {
    if (claims.empty()) return {};
    const ClaimCheck check(spec, adaptation);
    for (const Claim& claim : claims) {
        const Clause* clause = check.contradiction(claim);
        if (clause == nullptr) continue;
        std::string said;
        for (const SpecToken& token : *clause) said += (said.empty() ? "" : " ") + token.raw;
        constexpr std::size_t kLongest = 160;
        if (said.size() > kLongest) said = said.substr(0, kLongest) + " ...";
        return fail(ErrorCode::NotFound, "it says \"" + said + "\", but in the library's " +
                                             adaptation.design + " " + claim.says);
    }
    return {};
}

}  // namespace rtlgen::datasets
