// SPDX-License-Identifier: Apache-2.0
#include "verify/line_tone.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "verify/line_words.h"

namespace rtlgen::verify {
namespace {

using WordList = std::span<const std::string_view>;

constexpr std::string_view kPassWords[] = {"pass",    "passed",     "passes",
                                           "success", "successful", "successfully"};
/// Say that something failed, wherever they stand.
constexpr std::string_view kFailWords[] = {"fail", "fails", "failed", "failure", "failures"};
/// As well, but for the name of what passed: "[PASS] error flag clears".
constexpr std::string_view kErrorWords[] = {"error", "errors", "mismatch", "mismatches",
                                            "mismatched"};
/// Only at an end of the line, with a count, or with values: "sends a bad parity bit" is no report.
constexpr std::string_view kWrongWords[] = {"wrong", "bad", "incorrect", "unexpected"};
constexpr std::string_view kValueWords[] = {"expected", "expect", "exp",      "got",    "actual",
                                            "act",      "want",   "received", "should", "wanted"};
constexpr std::string_view kUnits[] = {"tests", "checks",      "vectors",    "samples",
                                       "cases", "comparisons", "assertions", "testcases"};
/// One of them: a number after it is its name. "Test 0 passed" counts nothing.
constexpr std::string_view kUnit[] = {
    "test",   "check", "vector", "sample",    "case",  "testcase", "comparison", "assertion",
    "run",    "time",  "at",     "step",      "phase", "index",    "cycle",      "id",
    "number", "line",  "seed",   "iteration", "round", "pattern"};
/// After a word and before its number: "error count: 0".
constexpr std::string_view kCounts[] = {"count", "counts", "counter", "total",     "found",
                                        "seen",  "so",     "far",     "rate",      "detected",
                                        "ratio", "score",  "percent", "percentage"};
/// Between a number, or a "not", and the word that it is about: "3 of them have failed".
constexpr std::string_view kFillers[] = {"of",   "the", "them", "these", "all", "any",  "every",
                                         "have", "has", "had",  "been",  "was", "were", "each",
                                         "are",  "is",  "be",   "did",   "do",  "does", "yet"};
constexpr std::string_view kNegations[] = {"not",  "no",     "none",    "never",   "didn", "doesn",
                                           "don",  "cannot", "neither", "isn",     "wasn", "weren",
                                           "aren", "hasn",   "haven",   "without", "zero"};
constexpr std::string_view kZeros[] = {"none", "zero", "nil", "no", "false"};

constexpr std::pair<std::string_view, WordList> kLists[] = {
    {"pass", kPassWords},     {"fail", kFailWords},   {"error", kErrorWords},
    {"wrong", kWrongWords},   {"value", kValueWords}, {"units", kUnits},
    {"unit", kUnit},          {"count", kCounts},     {"filler", kFillers},
    {"negation", kNegations}, {"zero", kZeros}};

bool is_in(WordList words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

bool is_fail_word(std::string_view word) {
    return is_in(kFailWords, word) || is_in(kErrorWords, word) || is_in(kWrongWords, word);
}

/// A word, or a number with what belongs to it: "2", "2/4", "2 of 4", "2 out of 4", "50.0 %".
struct Piece {
    std::string word;                    ///< lower case; empty: a number
    bool shouted = false;                ///< a word in capitals
    std::uint64_t value = 0;             ///< the whole part
    bool nonzero = false;                ///< of a number: it isn't 0.000
    std::optional<std::uint64_t> whole;  ///< what it is a part of
    bool percent = false;
    char before = ' ';

    [[nodiscard]] bool is_number() const { return word.empty(); }
    [[nodiscard]] bool is_part() const { return whole.has_value() || percent; }
    [[nodiscard]] bool is_assigned() const { return before == ':' || before == '='; }
};

class PieceReader {
public:
    explicit PieceReader(std::string_view line) : line_(line), words_(line_words(line)) {}

    std::vector<Piece> read() {
        std::vector<Piece> pieces;
        while (at_ < words_.size()) {
            if (is_number(at_)) {
                pieces.push_back(read_number());
                continue;
            }
            const LineWord& word = words_[at_++];
            Piece piece;
            piece.word = word.text;
            piece.shouted = line_.substr(word.offset, word.text.size()) != word.text &&
                            line_[word.offset + word.text.size() - 1] != word.text.back();
            piece.before = word.before;
            pieces.push_back(std::move(piece));
        }
        return pieces;
    }

private:
    [[nodiscard]] std::size_t end_of(std::size_t at) const {
        return words_[at].offset + words_[at].text.size();
    }
    /// Not one that ends a name, such as "a0".
    [[nodiscard]] bool is_number(std::size_t at) const {
        return at < words_.size() && words_[at].number &&
               (at == 0 || end_of(at - 1) != words_[at].offset);
    }
    [[nodiscard]] bool is_word(std::size_t at, std::string_view text) const {
        return at < words_.size() && words_[at].text == text;
    }

    Piece read_number() {
        const LineWord& first = words_[at_++];
        Piece piece;
        piece.value = *first.number;
        piece.nonzero = piece.value != 0;
        piece.before = first.before;
        char after = first.after;
        if (after == '.' && is_number(at_) && words_[at_].offset == end_of(at_ - 1) + 1) {
            piece.nonzero = piece.nonzero || *words_[at_].number != 0;
            after = words_[at_++].after;
        }
        piece.percent = after == '%';
        std::size_t next = is_word(at_, "out") ? at_ + 1 : at_;
        const bool of = is_word(next, "of");
        if (of) ++next;
        if ((of || after == '/') && is_number(next)) {
            piece.whole = words_[next].number;
            at_ = next + 1;
        }
        return piece;
    }

    std::string_view line_;
    std::vector<LineWord> words_;
    std::size_t at_ = 0;
};

class LineReading {
public:
    explicit LineReading(std::string_view line) : pieces_(PieceReader(line).read()) {}

    TonedLine read() {
        TonedLine toned;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            if (says_fail(i)) toned.tone = LineTone::Fail;
            if (toned.tone == LineTone::Fail) return {LineTone::Fail, 0, std::nullopt};
            if (is_pass_word(word(i))) {
                add_pass(i, toned);
            } else if (is_in(kUnits, word(i)) && i > 0 && pieces_[i - 1].is_number() &&
                       !pieces_[i - 1].is_part()) {
                toned.samples = std::max(toned.samples, pieces_[i - 1].value);
            }
        }
        if (toned.tone == LineTone::Fail) return {LineTone::Fail, 0, std::nullopt};
        if (toned.tally && !toned.tally->complete()) toned.tone = LineTone::Neutral;
        return toned;
    }

private:
    [[nodiscard]] std::string_view word(std::size_t i) const { return pieces_[i].word; }
    [[nodiscard]] bool is_verdict(std::size_t i) const {
        return is_pass_word(word(i)) || is_fail_word(word(i));
    }
    [[nodiscard]] bool is_unit(std::size_t i) const {
        return is_in(kUnits, word(i)) || is_in(kUnit, word(i));
    }
    [[nodiscard]] bool is_between(std::size_t i) const {
        return is_unit(i) || is_in(kFillers, word(i)) || is_in(kCounts, word(i)) ||
               (word(i) == "t" && pieces_[i].before == '\'');
    }

    /// Where the words that may stand between the word at `i` and its number end: "error count: 0",
    /// but not "ERROR count=0", which is about a signal.
    [[nodiscard]] std::size_t skip_right(std::size_t i) const {
        std::size_t at = i + 1;
        while (at < pieces_.size() && (pieces_[at].before == ' ' || pieces_[at].before == '-') &&
               (is_unit(at) || is_in(kCounts, word(at)))) {
            const bool names_signal = pieces_[i].shouted && !pieces_[at].shouted;
            const bool equal = at + 1 < pieces_.size() && pieces_[at + 1].before == '=';
            if (names_signal && (equal || is_in(kCounts, word(at)))) return i + 1;
            ++at;
        }
        return at;
    }

    /// The number to the right of the word at `i`: "errors: 3", "error count = 3", "passed 2 of 4",
    /// "pass rate: 50%".
    [[nodiscard]] const Piece* number_after(std::size_t i) const {
        const std::size_t at = skip_right(i);
        if (at >= pieces_.size() || !pieces_[at].is_number()) return nullptr;
        const Piece& number = pieces_[at];
        const Piece* next = at + 1 < pieces_.size() ? &pieces_[at + 1] : nullptr;
        if (number.percent && next != nullptr && next->before == ' ' && !is_between(at + 1)) {
            return nullptr;  // "PASS, 85% coverage"
        }
        if (at > i + 1 && is_in(kUnit, word(at - 1)) && !number.is_part()) return nullptr;
        if (number.is_assigned()) {
            const bool has_share = next != nullptr && next->percent && next->before == '(';
            return has_share ? next : &number;
        }
        return number.is_part() && (number.before == ' ' || number.before == '(') ? &number
                                                                                  : nullptr;
    }

    /// Whether the number at `at`, right of the word at `i`, counts what follows it: "PASS: 0
    /// errors", "FAIL: 0 passed", but not "failed: 0 passed: 3".
    [[nodiscard]] bool counts_next(std::size_t i, std::size_t at) const {
        std::size_t next = at + 1;
        while (next < pieces_.size() && is_between(next) && pieces_[next].before == ' ') ++next;
        if (next >= pieces_.size() || pieces_[next].before != ' ') return false;
        const bool other = is_pass_word(word(i))
                               ? is_fail_word(word(next))
                               : is_pass_word(word(next)) && word(i).starts_with("fail") &&
                                     !word(i).ends_with("d");
        return other && number_after(next) == nullptr;
    }

    /// The number to the left of the word at `i`: "3 errors", "2/4 tests passed". None where it is
    /// a name ("test 0 passed"), a value ("a=0 PASS"), or another word's ("passed: 3 failed").
    [[nodiscard]] const Piece* number_before(std::size_t i) const {
        const auto is_near = [](char mark) { return mark == ' ' || mark == '%' || mark == ')'; };
        std::size_t at = i;
        while (at > 0 && is_near(pieces_[at].before) && is_between(at - 1) &&
               !is_in(kNegations, word(at - 1))) {
            --at;
        }
        if (at == 0 || !is_near(pieces_[at].before)) return nullptr;
        --at;
        if (!pieces_[at].is_number()) return nullptr;
        const Piece& number = pieces_[at];
        if (number.before == '#' || number.before == '@') return nullptr;
        if (number.before == '=' && !number.is_part()) return nullptr;
        if (at == 0) return &number;
        const bool close = number.before == ' ' || is_pass_word(word(i));
        if (close && number.before != '(' && is_in(kUnit, word(at - 1))) return nullptr;
        const bool taken = number.is_assigned() && is_verdict(at - 1) && !counts_next(at - 1, at);
        return taken ? nullptr : &number;
    }

    [[nodiscard]] const Piece* count_of(std::size_t i) const {
        const Piece* after = number_after(i);
        if (after != nullptr && !counts_next(i, skip_right(i))) return after;
        return number_before(i);
    }

    /// The word that turns the one at `i` round: "not all tests passed", "no errors"; else empty.
    [[nodiscard]] std::string_view negation_of(std::size_t i) const {
        const auto is_near = [](char mark) { return mark == ' ' || mark == '\''; };
        std::size_t at = i;
        while (at > 0 && is_near(pieces_[at].before) && is_between(at - 1) &&
               !is_in(kNegations, word(at - 1))) {
            --at;
        }
        const bool found = at > 0 && is_near(pieces_[at].before) && is_in(kNegations, word(at - 1));
        return found ? word(at - 1) : std::string_view();
    }

    /// "errors: none", "passed: no" at the end of the line, and "error-free".
    [[nodiscard]] bool is_denied(std::size_t i) const {
        if (i + 1 >= pieces_.size()) return false;
        if (word(i + 1) == "free" && pieces_[i + 1].before == '-') return true;
        const std::size_t at = skip_right(i);
        return at + 1 == pieces_.size() && is_in(kZeros, word(at)) &&
               (pieces_[at].is_assigned() || pieces_[at].before == '?');
    }

    [[nodiscard]] bool says_fail(std::size_t i) const {
        if (!is_fail_word(word(i))) return false;
        const Piece* count = count_of(i);
        if (count != nullptr) return count->nonzero;
        const std::string_view negation = negation_of(i);
        const bool none = negation == "no" || negation == "without" || negation == "zero";
        if (none || is_denied(i)) return false;
        if (is_in(kFailWords, word(i))) return true;
        if (names_what_passed(i)) return false;
        return is_in(kErrorWords, word(i)) || is_wrong_report(i);
    }

    [[nodiscard]] bool is_wrong_report(std::size_t i) const {
        if (i == 0 || i + 1 == pieces_.size()) return true;
        for (std::size_t at = 0; at < pieces_.size(); ++at) {
            const bool as_expected = at > 0 && word(at - 1) == "as";
            if (is_in(kValueWords, word(at)) && !as_expected) return true;
        }
        return false;
    }

    /// "[PASS] error flag clears", "detects a parity error ... PASS": the word at `i` stands in the
    /// name of what passed.
    [[nodiscard]] bool names_what_passed(std::size_t i) const {
        constexpr std::string_view kAfterHead = ":])}>-";
        constexpr std::string_view kBeforeTail = ":.[(-=>";
        const std::size_t last = pieces_.size() - 1;
        if (i > 0 && is_pass_word(word(0))) return kAfterHead.find(pieces_[1].before) != kNone;
        if (i == last) return false;
        const bool is_head = i == 0 && pieces_[1].before != ' ';
        return is_pass_word(word(last)) && !is_head &&
               kBeforeTail.find(pieces_[last].before) != kNone;
    }

    /// "completed successfully": it came to an end, no more; but for "all tests".
    [[nodiscard]] bool tells_an_end(std::size_t i) const {
        if (word(i) != "successfully") return false;
        const auto has = [&](WordList words) {
            return std::ranges::any_of(
                pieces_, [&](const Piece& piece) { return is_in(words, piece.word); });
        };
        constexpr std::string_view kAll[] = {"all"};
        const bool tested = i > 0 && (word(i - 1) == "tested" || word(i - 1) == "verified");
        return !tested && !(has(kAll) && has(kUnits));
    }

    void add_pass(std::size_t i, TonedLine& toned) const {
        if (tells_an_end(i)) return;
        toned.tone = LineTone::Pass;
        const Piece* count = count_of(i);
        if (!negation_of(i).empty() || is_denied(i)) {
            toned.tone = LineTone::Fail;
        } else if (count == nullptr) {
            return;
        } else if (count->percent) {
            if (count->value < 100) toned.tone = LineTone::Fail;
        } else if (const auto whole = whole_of(*count)) {
            toned.tally = Tally{count->value, *whole, key(*whole)};
            if (toned.tally->complete()) toned.samples = std::max(toned.samples, count->value);
        } else {
            if (!count->nonzero) toned.tone = LineTone::Fail;
            toned.samples = std::max(toned.samples, count->value);
        }
    }

    /// The 4 of "2 of 4", or of "passed: 2, total tests: 4".
    [[nodiscard]] std::optional<std::uint64_t> whole_of(const Piece& count) const {
        if (count.whole) return count.whole;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            if (word(i) != "total") continue;
            std::size_t at = i + 1;
            if (at < pieces_.size() && is_in(kUnits, word(at))) ++at;
            if (at < pieces_.size() && pieces_[at].is_number() && pieces_[at].is_assigned() &&
                &pieces_[at] != &count) {
                return pieces_[at].value;
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] std::string key(std::uint64_t whole) const {
        std::string text = std::to_string(whole);
        for (const Piece& piece : pieces_) text += " " + piece.word;
        return text;
    }

    static constexpr std::size_t kNone = std::string_view::npos;
    std::vector<Piece> pieces_;
};

}  // namespace

TonedLine tone_of(std::string_view line) { return LineReading(line).read(); }

bool is_pass_word(std::string_view word) { return is_in(kPassWords, word); }

std::string tone_policy() {
    std::string text;
    for (const auto& [name, words] : kLists) {
        text += std::string(name) + ":";
        for (const std::string_view word : words) text += " " + std::string(word);
        text += "\n";
    }
    return text;
}

}  // namespace rtlgen::verify
