// SPDX-License-Identifier: Apache-2.0
// Precedence climbing over tokens; a budget bounds what nested macros could multiply.
#include "core/rtl/constant_expression.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <limits>

namespace rtlgen::rtl {
namespace {

using Value = std::optional<std::int64_t>;

struct BinaryOperator {
    std::string_view text;
    int precedence;
};

// Table 11-2, tighter is higher; ** binds to the left there too.
constexpr std::array<BinaryOperator, 20> kBinary = {
    {{"**", 11}, {"*", 10},  {"/", 10},  {"%", 10}, {"+", 9},  {"-", 9}, {"<<", 8},
     {">>", 8},  {"<<<", 8}, {">>>", 8}, {"<", 7},  {"<=", 7}, {">", 7}, {">=", 7},
     {"==", 6},  {"!=", 6},  {"&", 5},   {"^", 4},  {"|", 3},  {"&&", 2}}};

int precedence_of(const Token& token) {
    if (token.kind != TokenKind::Operator) return -1;
    if (token.text == "||") return 1;
    const auto* found = std::ranges::find(kBinary, token.text, &BinaryOperator::text);
    return found == kBinary.end() ? -1 : found->precedence;
}

Value power(std::int64_t base, std::int64_t exponent) {
    if (exponent < 0) return base == 1 ? Value(1) : Value();
    if (base == 0 || base == 1) return exponent == 0 ? 1 : base;
    if (base == -1) return exponent % 2 == 0 ? 1 : -1;
    std::int64_t result = 1;
    for (std::int64_t i = 0; i < exponent; ++i) {  // ends by overflow at 64 at the latest
        if (__builtin_mul_overflow(result, base, &result)) return std::nullopt;
    }
    return result;
}

Value shift(std::string_view op, std::int64_t left, std::int64_t right) {
    if (right < 0) return std::nullopt;
    if (op == ">>" || op == ">>>") return right > 63 ? Value(0) : Value(left >> right);
    if (right > 62 || left < 0 || (left >> (62 - right)) > 1) return std::nullopt;
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(left)
                                     << static_cast<std::uint64_t>(right));
}

Value arithmetic(std::string_view op, std::int64_t left, std::int64_t right) {
    std::int64_t result = 0;
    if (op == "+") return __builtin_add_overflow(left, right, &result) ? Value() : Value(result);
    if (op == "-") return __builtin_sub_overflow(left, right, &result) ? Value() : Value(result);
    if (op == "*") return __builtin_mul_overflow(left, right, &result) ? Value() : Value(result);
    if (op == "**") return power(left, right);
    if (op == "/" || op == "%") {
        if (right == 0 || (right == -1 && left == std::numeric_limits<std::int64_t>::min())) {
            return std::nullopt;
        }
        return op == "/" ? left / right : left % right;
    }
    return shift(op, left, right);
}

std::optional<bool> compare(std::string_view op, std::int64_t left, std::int64_t right) {
    if (op == "<") return left < right;
    if (op == "<=") return left <= right;
    if (op == ">") return left > right;
    if (op == ">=") return left >= right;
    if (op == "==") return left == right;
    if (op == "!=") return left != right;
    return std::nullopt;
}

Value apply(std::string_view op, std::int64_t left, std::int64_t right) {
    if (const auto holds = compare(op, left, right)) return *holds ? 1 : 0;
    if (op == "&&") return (left != 0 && right != 0) ? 1 : 0;
    if (op == "||") return (left != 0 || right != 0) ? 1 : 0;
    if (op == "&") return left & right;
    if (op == "|") return left | right;
    if (op == "^") return left ^ right;
    return arithmetic(op, left, right);
}

std::int64_t clog2(std::int64_t value) {
    if (value <= 1) return 0;
    return static_cast<std::int64_t>(std::bit_width(static_cast<std::uint64_t>(value - 1)));
}

/// Whether one pair of brackets holds all of `tokens`.
bool is_bracketed(std::span<const Token> tokens) {
    int open = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].is("(")) ++open;
        if (tokens[i].is(")")) --open;
        if (open <= 0 && i + 1 < tokens.size()) return false;
    }
    return open == 0;
}

/// What one evaluation may spend, macros within it together.
struct Budget {
    int steps = 5'000;
    int depth = 200;

    /// Goes one level down; false where the budget is spent.
    bool enter() {
        --depth;
        --steps;
        return depth > 0 && steps > 0;
    }
    void leave() { ++depth; }
};

class Parser {
public:
    Parser(std::span<const Token> tokens, const ConstantScope& scope, Budget& budget)
        : tokens_(tokens), scope_(scope), budget_(budget) {}

    Value whole() {
        const Value value = expression();
        return at_ == tokens_.size() ? value : std::nullopt;
    }

private:
    [[nodiscard]] bool see(std::string_view text) const {
        return at_ < tokens_.size() && tokens_[at_].is(text);
    }
    bool take(std::string_view text) {
        if (!see(text)) return false;
        ++at_;
        return true;
    }

    Value expression() {
        const Value value = budget_.enter() ? conditional() : give_up();
        budget_.leave();
        return value;
    }

    Value give_up() {
        at_ = tokens_.size();
        return std::nullopt;
    }

    Value conditional() {
        const Value condition = binary(1);
        if (!take("?")) return condition;
        const Value first = expression();
        if (!take(":")) return std::nullopt;
        const Value second = expression();
        if (!condition) return std::nullopt;
        return *condition != 0 ? first : second;
    }

    Value binary(int least) {
        Value left = unary();
        while (at_ < tokens_.size()) {
            const int precedence = precedence_of(tokens_[at_]);
            if (precedence < least) return left;
            const std::string_view op = tokens_[at_++].text;
            const Value right = binary(precedence + 1);
            left = left && right ? apply(op, *left, *right) : std::nullopt;
        }
        return left;
    }

    Value unary() {
        const Value value = budget_.enter() ? operand() : give_up();
        budget_.leave();
        return value;
    }

    Value operand() {
        if (take("+")) return unary();
        if (take("-")) return negate(unary());
        if (take("!")) {
            const Value value = unary();
            return value ? Value(*value == 0 ? 1 : 0) : std::nullopt;
        }
        if (take("~")) {
            const Value value = unary();
            return value ? Value(~*value) : std::nullopt;
        }
        if (see("$clog2") || see("$unsigned") || see("$signed")) return call();
        if (take("(")) {
            const Value value = expression();
            return take(")") ? value : std::nullopt;
        }
        if (at_ >= tokens_.size()) return std::nullopt;
        const Token& token = tokens_[at_++];
        if (token.kind == TokenKind::Number) return integer_value(token.text);
        if (token.kind == TokenKind::Macro) return macro(token.text.substr(1));
        if (token.kind == TokenKind::Identifier || token.kind == TokenKind::EscapedIdentifier) {
            return name(name_of(token));
        }
        return std::nullopt;
    }

    static Value negate(Value value) { return value ? arithmetic("-", 0, *value) : std::nullopt; }

    Value call() {
        const bool log = tokens_[at_++].text == "$clog2";
        if (!take("(")) return std::nullopt;
        const Value value = expression();
        if (!take(")") || !value) return std::nullopt;
        return log ? clog2(*value) : *value;
    }

    Value name(std::string_view first) {
        std::string full(first);
        if (take("::")) {
            if (at_ >= tokens_.size()) return std::nullopt;
            full += "::" + std::string(name_of(tokens_[at_++]));
        } else if (full == "int" && take("'")) {  // int'(x)
            return operand();
        }
        return scope_.find(full);
    }

    Value macro(std::string_view macro_name) {
        if (scope_.macros == nullptr) return std::nullopt;
        const auto found = scope_.macros->find(macro_name);
        if (found == scope_.macros->end() || found->second.empty()) return std::nullopt;
        if (found->second.size() > 4096) return std::nullopt;
        const std::vector<Token> body = lex(found->second);
        // A macro's text is pasted: within an expression only a single operand keeps its value.
        const bool operand = body.size() == 1 || is_bracketed(body);
        if (!operand && tokens_.size() > 1) return std::nullopt;
        return Parser(body, scope_, budget_).whole();
    }

    std::span<const Token> tokens_;
    const ConstantScope& scope_;
    Budget& budget_;
    std::size_t at_ = 0;
};

Value find_in(const ConstantScope::Values& values, std::string_view name) {
    const auto found = values.find(name);
    return found == values.end() ? Value() : Value(found->second);
}

}  // namespace

Value ConstantScope::find(std::string_view name) const {
    constexpr std::size_t kMaxImports = 64;
    constexpr int kMaxScopes = 16;
    if (name.find("::") != std::string_view::npos) {
        return package_values == nullptr ? Value() : find_in(*package_values, name);
    }
    const ConstantScope* scope = this;
    for (int depth = 0; scope != nullptr && depth < kMaxScopes; ++depth, scope = scope->outer) {
        if (const Value value = find_in(scope->values, name)) return value;
        for (std::size_t i = 0; i < std::min(scope->imports.size(), kMaxImports); ++i) {
            if (package_values == nullptr) break;
            std::string full = scope->imports[i] + "::";
            full += name;
            if (const Value value = find_in(*package_values, full)) return value;
        }
    }
    return std::nullopt;
}

Value integer_value(std::string_view number) {
    std::string digits;
    int base = 10;
    const std::size_t quote = number.find('\'');
    if (quote != std::string_view::npos) {
        number.remove_prefix(quote + 1);
        if (number.empty()) return std::nullopt;
        if (number.front() == 's' || number.front() == 'S') number.remove_prefix(1);
        if (number.empty()) return std::nullopt;
        switch (number.front()) {
            case 'b':
            case 'B': base = 2; break;
            case 'o':
            case 'O': base = 8; break;
            case 'd':
            case 'D': base = 10; break;
            case 'h':
            case 'H': base = 16; break;
            default: return number == "0" ? Value(0) : std::nullopt;
        }
        number.remove_prefix(1);
    }
    for (const char c : number) {
        if (c != '_' && c != ' ' && c != '\t') digits += c;
    }
    std::int64_t value = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

Value evaluate(std::span<const Token> expression, const ConstantScope& scope) {
    Budget budget;
    return Parser(expression, scope, budget).whole();
}

}  // namespace rtlgen::rtl
