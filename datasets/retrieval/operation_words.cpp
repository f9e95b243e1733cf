// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/operation_words.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "core/base/text.h"
#include "datasets/retrieval/learned_answers.h"
#include "datasets/retrieval/operation_meaning.h"
#include "datasets/retrieval/operation_phrases.h"
#include "datasets/retrieval/operation_readers.h"

namespace rtlgen::datasets {
namespace {

/// "`left` shifted left": the word without quotes is no operand where others of its kind have them.
bool is_direction(std::span<const SpecToken> tokens, std::size_t at) {
    const SpecToken& token = tokens[at];
    if (token.quoted || (token.norm != "left" && token.norm != "right")) return false;
    return std::ranges::any_of(tokens, [&](const SpecToken& other) {
        return other.quoted && (other.norm == "left" || other.norm == "right");
    });
}

bool is_shift(std::string_view name) { return name == "sll" || name == "srl" || name == "sra"; }

/// "the logical sum" is an OR, "EXOR" an XOR: the word for what stands at `at`, and how many tokens
/// it is; 0: it stands for itself.
std::pair<std::string_view, std::size_t> other_word(std::span<const SpecToken> tokens,
                                                    std::size_t at) {
    const auto norm = [&](std::size_t k) {
        return k < tokens.size() ? std::string_view(tokens[k].norm) : std::string_view();
    };
    if (norm(at) == "exor" || norm(at) == "eor") return {"xor", 1};
    if (norm(at) == "ex" && norm(at + 1) == "-" && norm(at + 2) == "or") return {"xor", 3};
    if (norm(at) == "logical" || norm(at) == "boolean") {
        if (norm(at + 1) == "sum") return {"or", 2};
        if (norm(at + 1) == "product") return {"and", 2};
    }
    const std::size_t two = norm(at + 1) == "-" ? at + 2 : at + 1;
    const bool sum = norm(two + 1) == "sum" || norm(two + 1) == "addition";
    if (norm(at) == "modulo" && norm(two) == "2" && sum) return {"xor", two + 2 - at};
    return {"", 0};
}

/// "both have a 1", "a bit is set": no operand, though one may have this name.
bool is_article(std::span<const SpecToken> tokens, std::size_t at) {
    constexpr std::array<std::string_view, 4> kHave = {"have", "has", "is", "with"};
    if (tokens[at].raw != "a" || tokens[at].quoted || at + 1 >= tokens.size()) return false;
    const std::string_view next = tokens[at + 1].norm;
    const std::string_view last = at > 0 ? std::string_view(tokens[at - 1].norm) : "";
    if (next == "result" || next == "given") return true;
    if (next == "1" || next == "0") return std::ranges::find(kHave, last) != kHave.end();
    if (next != "bit" || at + 2 >= tokens.size()) return false;
    const std::string_view third = tokens[at + 2].norm;
    return third == "is" || third == "of" || third == "become" || third == "becomes";
}

/// What stands for an operand in prose: "the left operand", "first word".
std::vector<SpecToken> with_operands(const RuleContext& context,
                                     std::span<const SpecToken> tokens) {
    constexpr std::array<std::string_view, 4> kFirst = {"left", "first", "a", "1st"};
    constexpr std::array<std::string_view, 4> kSecond = {"right", "second", "b", "2nd"};
    constexpr std::array<std::string_view, 6> kThing = {"operand", "word",  "argument",
                                                        "value",   "input", "number"};
    auto among = [](std::string_view word, std::span<const std::string_view> words) {
        return std::ranges::find(words, word) != words.end();
    };
    auto named = [](const std::string& name) {
        return SpecToken{name, to_lower(name), std::nullopt, true, true, 0};
    };
    std::vector<SpecToken> out;
    for (std::size_t k = 0; k < tokens.size(); ++k) {
        const std::string_view next =
            k + 1 < tokens.size() ? std::string_view(tokens[k + 1].norm) : std::string_view();
        if (is_article(tokens, k)) continue;
        if (const auto [word, length] = other_word(tokens, k); length > 0) {
            out.push_back({std::string(word), std::string(word), std::nullopt, true, false, 0});
            k += length - 1;
            continue;
        }
        const bool first = among(tokens[k].norm, kFirst) && among(next, kThing);
        const bool second = among(tokens[k].norm, kSecond) && among(next, kThing);
        if (first || second) {
            out.push_back(named(context.role(first ? "a" : "b")));
            ++k;
        } else {
            out.push_back(tokens[k]);
            if (is_direction(tokens, k)) out.back().raw = "to the " + tokens[k].raw;
        }
    }
    return out;
}

const Operation* operation_named(const RuleContext& context, std::string_view name) {
    const auto& operations = context.design.operations;
    const auto found =
        std::ranges::find_if(operations, [&](const Operation& one) { return one.name == name; });
    return found == operations.end() ? nullptr : &*found;
}

/// Whether a word says that `name` isn't all: "a minus b, but 0 if negative", "two's complement of
/// a", "the sum of the bits of a", "towards the low end".
bool denied(std::string_view name, const RuleContext& context, std::span<const SpecToken> tokens) {
    const auto has = [&](std::initializer_list<std::string_view> words) {
        return std::ranges::any_of(tokens, [&](const SpecToken& token) {
            return std::ranges::find(words, token.norm) != words.end();
        });
    };
    const auto names = [&](const char* role) {
        const std::string port = context.role(role);
        return std::ranges::any_of(
            tokens, [&](const SpecToken& token) { return to_lower(token.raw) == port; });
    };
    if (name == "add" || name == "sub") {
        const bool limited =
            has({"if", "when", "unless"}) &&
            has({"negative", "larger", "greater", "clamped", "limited", "maximum"});
        const bool of_bits = has({"bit"}) && !has({"low", "lower", "keep", "wide"}) && names("a") &&
                             !names("b") && has({"of"}) && !has({"operand"});
        return limited || of_bits;
    }
    if (name == "not") return has({"2"});
    return is_shift(name) && denies_shift(name, tokens);
}

/// By a sentence each word of which is understood; null where there is none.
const Operation* operation_told(const RuleContext& context, std::span<const SpecToken> plain) {
    constexpr auto kReaders =
        std::to_array({operation_by_comparison, operation_by_bits, operation_by_movement});
    for (const auto read : kReaders) {
        if (const std::string name = read(context, plain); !name.empty()) {
            return operation_named(context, name);
        }
    }
    return nullptr;
}

}  // namespace

const Operation* operation_of(const RuleContext& context, std::span<const SpecToken> tokens) {
    const std::vector<SpecToken> plain = with_operands(context, tokens);
    if (const Operation* told = operation_told(context, plain)) return told;
    const Operation* described = operation_by_phrases(context, plain);
    const std::string name = rather_learned_operation(
        context, plain,
        described != nullptr ? described->name : operation_by_meaning(context, plain));
    return denied(name, context, plain) ? nullptr : operation_named(context, name);
}

const Operation* operation_of_sentence(const RuleContext& context,
                                       std::span<const SpecToken> tokens) {
    return operation_told(context, with_operands(context, tokens));
}

}  // namespace rtlgen::datasets
