// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/operation_sentences.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/base/text.h"
#include "datasets/retrieval/name_words.h"

namespace rtlgen::datasets {
namespace {

/// Looks for the entries of a table in one sentence.
class InlineTable {
public:
    InlineTable(const std::vector<SpecToken>& tokens, const std::string& op)
        : tokens_(tokens), op_(op) {}

    /// The first table with at least two entries.
    [[nodiscard]] std::vector<CodedLine> read() const {
        for (std::size_t at = 0; at < tokens_.size(); ++at) {
            if (!begins_entry(at, 0)) continue;
            std::vector<CodedLine> table = table_from(at);
            if (table.size() >= 2) return table;
        }
        return {};
    }

private:
    [[nodiscard]] std::vector<CodedLine> table_from(std::size_t begin) const {
        std::vector<CodedLine> table;
        for (;;) {
            const auto next = static_cast<std::int64_t>(table.size()) + 1;
            const std::size_t end = end_of_entry(begin, next);
            table.push_back({*code_of(tokens_[begin]), meaning_of(begin, end)});
            if (begins_entry(end, next)) {
                begin = end;
            } else if (begins_entry(end + 1, next)) {
                begin = end + 1;
            } else {
                return table;
            }
        }
    }

    /// Whether the code `value` stands at `at` as an entry's begin; false behind the end.
    [[nodiscard]] bool begins_entry(std::size_t at, std::int64_t value) const {
        if (at == 0 || at + 1 >= tokens_.size() || !(separates(at - 1) || selects(at))) {
            return false;
        }
        const auto code = code_of(tokens_[at]);
        if (!code || code->value != value) return false;
        const std::string& after = tokens_[at + 1].norm;
        return after == ":" || after == "=" || after == "," || (selects(at) && after == "-") ||
               (tokens_[at + 1].is_word && after != "bit");
    }

    /// "sel = 0 ->", "with sel = 0:"
    [[nodiscard]] bool selects(std::size_t at) const {
        return at >= 2 && tokens_[at - 1].norm == "=" && to_lower(tokens_[at - 2].raw) == op_;
    }

    [[nodiscard]] bool separates(std::size_t at) const {
        const std::string& norm = tokens_[at].norm;
        const bool comment = norm == "/" && at > 0 && tokens_[at - 1].norm == "/";
        return comment || norm == "," || norm == "." || norm == ":" || norm == "-";
    }

    /// Where the entry at `begin` ends: with its sentence, or where the next one begins.
    [[nodiscard]] std::size_t end_of_entry(std::size_t begin, std::int64_t next) const {
        std::size_t end = begin + 1;
        while (end < tokens_.size() && tokens_[end].norm != "." && !begins_entry(end, next) &&
               !assigns_other(end)) {
            ++end;
        }
        return end;
    }

    /// "z = 1 when ..." on a line of its own.
    [[nodiscard]] bool assigns_other(std::size_t at) const {
        return tokens_[at].line != tokens_[at - 1].line && at + 1 < tokens_.size() &&
               tokens_[at + 1].norm == "=" && to_lower(tokens_[at].raw) != op_;
    }

    /// What the entry says behind its code, without marks around it.
    [[nodiscard]] std::vector<SpecToken> meaning_of(std::size_t begin, std::size_t end) const {
        std::size_t first = begin + 1;
        while (first < tokens_.size() && leads_to_meaning(begin, tokens_[first].norm)) ++first;
        std::vector<SpecToken> meaning = tokens_between(tokens_, first, std::max(first, end));
        while (meaning.size() > 1 && to_lower(meaning[meaning.size() - 2].raw) == op_) {
            meaning.resize(meaning.size() - 2);  // "sel =" of the next one
        }
        while (!meaning.empty() && !meaning.back().is_word && meaning.back().norm != ")") {
            meaning.pop_back();
        }
        return meaning;
    }

    /// Marks behind the code at `code`; an arrow behind "sel = 0" alone.
    [[nodiscard]] bool leads_to_meaning(std::size_t code, const std::string& norm) const {
        if (norm == ":" || norm == "=" || norm == ",") return true;
        return selects(code) && (norm == "-" || norm == ">");
    }

    const std::vector<SpecToken>& tokens_;
    const std::string& op_;
};

/// "2, 3 and 4": what stands between codes in a row, and between what they mean.
bool joins(const SpecToken& token) {
    return token.norm == "," || token.raw == "and" || token.norm == "&";
}

/// Reads codes in running text and what stands between them.
class RunningTable {
public:
    explicit RunningTable(const RuleContext& context)
        : tokens_(context.spec.tokens), op_(context.role("op")) {
        find_codes(code_limit(context));
    }

    [[nodiscard]] std::vector<CodedLine> read() const {
        constexpr std::size_t kFew = 3;
        if (codes_.size() < kFew) return {};
        std::vector<CodedLine> table;
        for (std::size_t first = 0; first < codes_.size();) {
            const std::size_t behind = row_end(first);
            const auto meanings = meanings_of(first, behind);
            if (meanings.size() != behind - first) return {};
            for (const auto& meaning : meanings) {
                table.push_back({*code_of(tokens_[codes_[first]]), meaning});
                ++first;
            }
        }
        return table;
    }

private:
    /// One more than the largest code that the port takes.
    [[nodiscard]] std::int64_t code_limit(const RuleContext& context) const {
        std::int64_t limit = 16;
        for (const SpecPort& port : context.spec.interface.ports) {
            if (to_lower(port.name) == op_ && port.width) {
                limit = std::int64_t{1} << std::min(*port.width, 8);
            }
        }
        return limit;
    }

    /// The places of 0, 1, 2 and so on, from the first mention of the port on.
    void find_codes(std::int64_t limit) {
        bool op_seen = false;
        for (std::size_t k = 0; k + 1 < tokens_.size(); ++k) {
            op_seen = op_seen || to_lower(tokens_[k].raw) == op_;
            if (!op_seen || is_width(k) || is_level(k)) continue;
            const auto code = code_of(tokens_[k]);
            const auto next = static_cast<std::int64_t>(codes_.size());
            if (code && code->value == next && next < limit) codes_.push_back(k);
        }
    }

    /// "4-bit", "[3:0]"
    [[nodiscard]] bool is_width(std::size_t at) const {
        const std::string& after = tokens_[at + 1].norm;
        return after == "bit" || after == "-" || after == "]";
    }

    /// "z = 1"
    [[nodiscard]] bool is_level(std::size_t at) const {
        return at > 1 && tokens_[at - 1].norm == "=" && to_lower(tokens_[at - 2].raw) != op_;
    }

    /// Behind the last of the codes that stand in a row from `first` on.
    [[nodiscard]] std::size_t row_end(std::size_t first) const {
        std::size_t behind = first + 1;
        const std::span<const SpecToken> tokens = tokens_;
        while (behind < codes_.size()) {
            const std::size_t begin = codes_[behind - 1] + 1;
            if (!std::ranges::all_of(tokens.subspan(begin, codes_[behind] - begin), joins)) break;
            ++behind;
        }
        return behind;
    }

    /// What stands behind the row of codes from `first` to before `behind`, shared out among them.
    [[nodiscard]] std::vector<std::vector<SpecToken>> meanings_of(std::size_t first,
                                                                  std::size_t behind) const {
        const std::size_t begin = codes_[behind - 1] + 1;
        const std::size_t end = behind < codes_.size() ? codes_[behind] : sentence_end(begin);
        if (behind - first > 1) {
            if (auto named = named_again(first, behind, begin); !named.empty()) return named;
        }
        std::vector<std::vector<SpecToken>> meanings(1);
        for (std::size_t k = begin; k < end; ++k) {
            if (meanings.size() >= behind - first || !parts_at(k, end)) {
                meanings.back().push_back(tokens_[k]);
            } else if (!meanings.back().empty()) {
                meanings.emplace_back();
            }
        }
        without_noun(meanings.back());
        return meanings;
    }

    /// "2, 3 and 4 combine a and b: 2 is the AND, 3 the OR and 4 the XOR": each code once more,
    /// with what is said of it; what is said of all stands before. Empty: they aren't named again.
    [[nodiscard]] std::vector<std::vector<SpecToken>> named_again(std::size_t first,
                                                                  std::size_t behind,
                                                                  std::size_t begin) const {
        const std::size_t limit = behind < codes_.size() ? codes_[behind] : tokens_.size();
        std::vector<std::size_t> places;
        for (std::size_t k = begin; k < limit && places.size() < behind - first; ++k) {
            const auto code = code_of(tokens_[k]);
            const auto wanted = code_of(tokens_[codes_[first + places.size()]]);
            if (code && code->value == wanted->value && !is_width(k) && !is_level(k)) {
                places.push_back(k);
            }
        }
        if (places.size() < behind - first) return {};
        std::size_t common = places.front();
        while (common > begin && tokens_[common - 1].norm != ".") --common;
        std::vector<std::vector<SpecToken>> meanings;
        for (std::size_t n = 0; n < places.size(); ++n) {
            std::vector<SpecToken> meaning = tokens_between(tokens_, common, places.front());
            without_noun(meaning);
            const std::size_t next =
                n + 1 < places.size() ? places[n + 1] : sentence_end(places[n]);
            std::vector<SpecToken> own = tokens_between(tokens_, places[n] + 1, next);
            without_noun(own);
            meaning.insert(meaning.end(), own.begin(), own.end());
            meanings.push_back(std::move(meaning));
        }
        return meanings;
    }

    /// Without the "Command" or "and" that leads to the next code.
    static void without_noun(std::vector<SpecToken>& meaning) {
        constexpr auto kBefore =
            std::to_array<std::string_view>({"the", "bitwise", "logical", "is", "an", "a"});
        while (meaning.size() > 1) {
            const SpecToken& last = meaning.back();
            const bool operation =
                last.raw == "and" && one_of(meaning[meaning.size() - 2].norm, kBefore);
            if (operation || !(is_code_noun(last.norm) || joins(last) || last.norm == "." ||
                               last.norm == "with" || last.norm == "for")) {
                return;
            }
            meaning.pop_back();
        }
    }

    [[nodiscard]] std::size_t sentence_end(std::size_t at) const {
        while (at < tokens_.size() && tokens_[at].norm != ".") ++at;
        return at;
    }

    /// Whether one meaning ends at `at`. "the bitwise and, or and xor": the first "and" is an
    /// operation.
    [[nodiscard]] bool parts_at(std::size_t at, std::size_t end) const {
        const bool operation = tokens_[at].norm == "and" && at + 1 < end && joins(tokens_[at + 1]);
        return joins(tokens_[at]) && !operation;
    }

    const std::vector<SpecToken>& tokens_;
    std::string op_;
    std::vector<std::size_t> codes_;
};

}  // namespace

std::vector<CodedLine> inline_table(const std::vector<SpecToken>& tokens, const std::string& op) {
    return InlineTable(tokens, op).read();
}

std::vector<CodedLine> running_table(const RuleContext& context) {
    return RunningTable(context).read();
}

}  // namespace rtlgen::datasets
