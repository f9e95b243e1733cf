// SPDX-License-Identifier: Apache-2.0
#include "verify/duplicate_modules.h"

#include <map>
#include <string>

#include "core/rtl/lexer.h"
#include "core/rtl/module_header.h"
#include "core/rtl/token_hash.h"

namespace rtlgen::verify {
namespace {

struct Definition {
    std::string hash;
    std::string place;
};

/// Whether `offset` stands between an `ifdef and its `endif.
class Conditions {
public:
    explicit Conditions(const std::string& text) : tokens_(rtl::lex(text)) {}

    /// Offsets must not fall from call to call.
    bool covers(std::size_t offset) {
        for (; next_ < tokens_.size() && tokens_[next_].offset < offset; ++next_) {
            const rtl::Token& token = tokens_[next_];
            if (token.kind != rtl::TokenKind::Directive) continue;
            if (token.is("`ifdef") || token.is("`ifndef")) ++depth_;
            if (token.is("`endif")) --depth_;
        }
        return depth_ > 0;
    }

private:
    std::vector<rtl::Token> tokens_;
    std::size_t next_ = 0;
    int depth_ = 0;
};

}  // namespace

std::vector<Finding> find_duplicate_modules(const SourceSet& set) {
    std::vector<Finding> findings;
    std::map<std::string, Definition, std::less<>> seen;
    for (const SourceFile& file : set.files) {
        const rtl::Outline outline = rtl::read_outline(file.text);
        Conditions conditions(file.text);
        std::size_t outer_end = 0;
        for (const rtl::DesignUnit& unit : outline.units) {
            const bool nested = unit.span.offset < outer_end;
            if (nested || !unit.closed || conditions.covers(unit.span.offset)) continue;
            outer_end = unit.span.end();
            if (unit.kind != rtl::UnitKind::Module && unit.kind != rtl::UnitKind::Interface) {
                continue;
            }
            const Definition definition{rtl::token_hash(std::string_view(file.text).substr(
                                            unit.span.offset, unit.span.length)),
                                        file.path + ":" + std::to_string(unit.line)};
            const auto [first, is_new] = seen.emplace(unit.header.name, definition);
            if (is_new || first->second.hash == definition.hash) continue;
            findings.push_back({Severity::Error, "gate/duplicate-module", file.path, unit.line, 0,
                                "module `" + unit.header.name + "` is defined otherwise in " +
                                    first->second.place + "; remove or rename one"});
        }
    }
    return findings;
}

}  // namespace rtlgen::verify
