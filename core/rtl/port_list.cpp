// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/port_list.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/base/text.h"

namespace rtlgen::rtl {
namespace {

std::optional<PortDirection> direction_of(const Token& token) {
    if (token.is("input")) return PortDirection::Input;
    if (token.is("output")) return PortDirection::Output;
    if (token.is("inout") || token.is("ref")) return PortDirection::Inout;
    return std::nullopt;
}

struct AtomType {
    std::string_view name;
    int width;
    bool is_signed;
};
constexpr std::array<AtomType, 6> kAtoms = {{{"byte", 8, true},
                                             {"shortint", 16, true},
                                             {"int", 32, true},
                                             {"integer", 32, true},
                                             {"longint", 64, true},
                                             {"time", 64, false}}};

bool is_bit_type(const Token& token) {
    static constexpr std::array<std::string_view, 18> kWords = {
        "wire", "reg",    "logic", "bit",    "var",   "tri",    "tri0",     "tri1",    "wand",
        "wor",  "triand", "trior", "trireg", "uwire", "signed", "unsigned", "supply0", "supply1"};
    return token.kind == TokenKind::Identifier &&
           std::ranges::find(kWords, token.text) != kWords.end();
}

/// Bits of a product of packed dimensions; 0 where one isn't `[constant:constant]`.
int packed_width(const HeaderContext& context, TokenRange dimensions) {
    std::int64_t width = 1;
    for (std::size_t i = dimensions.begin; i < dimensions.end; i = context.tokens.partner(i) + 1) {
        if (!context.tokens.see(i, "[")) return 0;
        const TokenRange inside{i + 1, context.tokens.partner(i)};
        const std::size_t colon = context.tokens.find(inside, ":");
        const auto msb = evaluate(context.tokens.tokens({inside.begin, colon}), context.scope);
        const auto lsb =
            colon >= inside.end
                ? std::nullopt
                : evaluate(context.tokens.tokens({colon + 1, inside.end}), context.scope);
        constexpr std::int64_t kLimit = std::numeric_limits<int>::max();
        if (!msb || !lsb || std::max(*msb, *lsb) > kLimit || std::min(*msb, *lsb) < -kLimit) {
            return 0;
        }
        width *= std::abs(*msb - *lsb) + 1;
        if (width > kLimit) return 0;
    }
    return static_cast<int>(width);
}

/// Reads the items of a list, each of which may take over what stood before it.
class PortReader {
public:
    explicit PortReader(const HeaderContext& context)
        : context_(context), tokens_(context.tokens) {}

    std::optional<PortItem> read(TokenRange item) {
        item.end = tokens_.find(item, "=");
        std::size_t at = item.begin;
        bool has_direction = false;
        if (at < item.end) {
            if (const auto direction = direction_of(tokens_[at])) {
                direction_ = *direction;
                has_direction = true;
                ++at;
            }
        }
        if (tokens_.see(at, ".") && at + 1 < item.end) return explicit_port(at + 1, has_direction);
        return named_port(item, at, has_direction);
    }

private:
    /// `.name(expression)`.
    std::optional<PortItem> explicit_port(std::size_t name, bool has_direction) {
        PortItem item;
        item.port.name = name_of(tokens_[name]);
        item.port.direction = direction_;
        item.port.width = 0;
        item.declared = has_direction;
        return item;
    }

    std::optional<PortItem> named_port(TokenRange item, std::size_t at, bool has_direction) {
        std::size_t name = item.end;
        for (std::size_t i = at; i < item.end; ++i) {
            if (tokens_[i].kind == TokenKind::Identifier ||
                tokens_[i].kind == TokenKind::EscapedIdentifier) {
                name = i;
            }
            if (tokens_.partner(i) < item.end) i = tokens_.partner(i);
        }
        if (name >= item.end || !tokens_.see_name(name)) return std::nullopt;
        const bool has_type = name > at;
        if (has_direction || has_type) read_type({at, name});
        PortItem result;
        result.declared = has_direction || has_type || inherits_;
        result.port = type_;
        result.port.name = name_of(tokens_[name]);
        result.port.direction = interface_ ? PortDirection::Inout : direction_;
        if (name + 1 < item.end) result.port.width = 0;  // unpacked dimensions
        inherits_ = result.declared;
        return result;
    }

    void read_type(TokenRange range) {
        type_ = Port{};
        interface_ = false;
        std::size_t dimensions = range.end;
        bool named_type = false;
        for (std::size_t i = range.begin; i < range.end; ++i) {
            const Token& token = tokens_[i];
            const auto* atom = std::ranges::find(kAtoms, token.text, &AtomType::name);
            if (token.is("[")) {
                dimensions = std::min(dimensions, i);
                if (tokens_.partner(i) >= range.end) {
                    named_type = true;
                    break;
                }
                i = tokens_.partner(i);
            } else if (atom != kAtoms.end()) {
                type_.width = atom->width;
                type_.is_signed = atom->is_signed;
            } else if (token.is("signed") || token.is("unsigned")) {
                type_.is_signed = token.is("signed");
            } else if (!is_bit_type(token)) {
                named_type = true;
                interface_ = interface_ || token.is("interface") || token.is(".");
            }
        }
        if (dimensions < range.end && !named_type) {
            type_.range = tokens_.source({dimensions, range.end}, context_.text);
            type_.width = packed_width(context_, {dimensions, range.end});
        }
        if (named_type) type_.width = 0;
    }

    const HeaderContext& context_;
    const TokenTree& tokens_;
    PortDirection direction_ = PortDirection::Inout;
    Port type_;
    bool inherits_ = false;   ///< the item before was declared
    bool interface_ = false;  ///< its type was `name.modport` or `interface`
};

}  // namespace

std::vector<PortItem> read_port_items(const HeaderContext& context, TokenRange range) {
    std::vector<PortItem> items;
    PortReader reader(context);
    for (const TokenRange part : context.tokens.split_commas(range)) {
        if (auto item = reader.read(part)) items.push_back(*std::move(item));
    }
    return items;
}

std::vector<Parameter> read_parameters(const HeaderContext& context, TokenRange range,
                                       ParameterPlace place,
                                       const std::vector<NameValue>& overrides) {
    std::vector<Parameter> parameters;
    const TokenTree& tokens = context.tokens;
    bool local = place == ParameterPlace::Inner;
    for (const TokenRange part : tokens.split_commas(range)) {
        if (tokens.see(part.begin, "localparam")) local = true;
        if (tokens.see(part.begin, "parameter")) local = place == ParameterPlace::Inner;
        const std::size_t equals = tokens.find(part, "=");
        std::size_t name = part.end;
        for (std::size_t i = part.begin; i < equals; ++i) {
            if (tokens.see_name(i)) name = i;
            if (tokens.partner(i) < equals) i = tokens.partner(i);
        }
        if (name >= part.end) continue;
        Parameter parameter;
        parameter.name = name_of(tokens[name]);
        const TokenRange value{std::min(equals + 1, part.end), part.end};
        parameter.default_value = tokens.source(value, context.text);
        const auto given = std::ranges::find(overrides, parameter.name, &NameValue::name);
        std::optional<std::int64_t> number;
        if (!local && given != overrides.end() && given->value) {
            number = evaluate(lex(*given->value), context.scope);
        } else {
            number = evaluate(tokens.tokens(value), context.scope);
        }
        if (number) context.scope.values[parameter.name] = *number;
        if (!local) parameters.push_back(std::move(parameter));
    }
    return parameters;
}

}  // namespace rtlgen::rtl
