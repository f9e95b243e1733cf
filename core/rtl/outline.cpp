// SPDX-License-Identifier: Apache-2.0
// One pass over the tokens: units are opened and closed on a stack, statements are looked at by
// their first words alone.
#include <algorithm>
#include <array>
#include <deque>
#include <set>

#include "core/rtl/active_text.h"
#include "core/rtl/module_header.h"
#include "core/rtl/port_list.h"
#include "core/rtl/token_tree.h"

namespace rtlgen::rtl {
namespace {

struct UnitWord {
    std::string_view begin;
    std::string_view end;
    UnitKind kind;
};
constexpr std::array<UnitWord, 9> kUnitWords = {{{"module", "endmodule", UnitKind::Module},
                                                 {"macromodule", "endmodule", UnitKind::Module},
                                                 {"interface", "endinterface", UnitKind::Interface},
                                                 {"program", "endprogram", UnitKind::Program},
                                                 {"package", "endpackage", UnitKind::Package},
                                                 {"class", "endclass", UnitKind::Class},
                                                 {"primitive", "endprimitive", UnitKind::Primitive},
                                                 {"checker", "endchecker", UnitKind::Checker},
                                                 {"config", "endconfig", UnitKind::Config}}};

const UnitWord* unit_word(const Token& token, std::string_view UnitWord::* field) {
    if (token.kind != TokenKind::Identifier) return nullptr;
    const auto* found = std::ranges::find(kUnitWords, token.text, field);
    return found == kUnitWords.end() ? nullptr : found;
}

bool has_ports(UnitKind kind) {
    return kind != UnitKind::Package && kind != UnitKind::Class && kind != UnitKind::Config;
}

/// A unit that is being read.
struct OpenUnit {
    std::size_t index = 0;  ///< in Outline::units
    ConstantScope scope;
    bool has_parameter_list = false;
    std::set<std::string> packages;
    std::vector<PortItem> declarations;  ///< `input a;` of a body
};

class OutlineReader {
public:
    OutlineReader(std::string_view text, const HeaderOptions& options)
        : text_(text),
          options_(options),
          active_(active_text(text, options.defines)),
          tokens_(active_.tokens) {
        file_scope_.macros = &active_.macros;
        file_scope_.package_values = &package_values_;
    }

    Outline read() {
        while (at_ < tokens_.size()) {
            const std::size_t before = at_;
            step();
            if (at_ == before) ++at_;
        }
        while (!open_.empty()) close_unit(text_end(), text_end(), Closed::No);
        cut_unclosed();
        return std::move(outline_);
    }

private:
    enum class Closed { No, Yes };

    [[nodiscard]] const Token& token() const { return tokens_[at_]; }
    [[nodiscard]] std::size_t text_end() const { return text_.size(); }
    [[nodiscard]] DesignUnit& unit(const OpenUnit& open) { return outline_.units[open.index]; }

    /// One unit's begin or end, one statement's beginning, or one token.
    void step() {
        note_package();
        if (const UnitWord* word = unit_word(token(), &UnitWord::end)) {
            end_unit(*word);
        } else if (const UnitWord* begin = unit_word(token(), &UnitWord::begin);
                   begin != nullptr && begins_unit()) {
            begin_unit(*begin);
        } else if (skip_subroutine()) {
            return;
        } else if (at_statement()) {
            statement();
        }
    }

    void note_package() {
        if (!tokens_.see_name(at_) || !tokens_.see(at_ + 1, "::")) return;
        const std::string name(name_of(token()));
        if (all_packages_.insert(name).second) outline_.packages.push_back(name);
        if (open_.empty()) return;
        OpenUnit& open = open_.back();
        if (!open.packages.insert(name).second) return;
        unit(open).packages.push_back(name);
        open.scope.imports.push_back(name);
    }

    /// `virtual interface x`, `typedef class x`, `extern module x` and `import "DPI"` begin none.
    [[nodiscard]] bool begins_unit() const {
        if (at_ > 0) {
            const Token& before = tokens_[at_ - 1];
            const bool base_class = before.is("virtual") && token().is("class");
            if (before.is("typedef") || before.is("extern") || before.is(".") ||
                (before.is("virtual") && !base_class) || before.is("(") || before.is(",")) {
                return false;
            }
        }
        return tokens_.see_name(name_index());
    }

    [[nodiscard]] std::size_t name_index() const {
        const bool lifetime = tokens_.see(at_ + 1, "automatic") || tokens_.see(at_ + 1, "static") ||
                              tokens_.see(at_ + 1, "class");
        return at_ + (lifetime ? 2 : 1);
    }

    void begin_unit(const UnitWord& word) {
        DesignUnit unit;
        unit.kind = tokens_.see(at_ + 1, "class") ? UnitKind::Class : word.kind;
        unit.line = token().line;
        unit.header.read_by = "lexer";
        unit.header_span.offset = unit.span.offset = token().offset;
        OpenUnit open;
        open.index = outline_.units.size();
        open.scope.macros = &active_.macros;
        open.scope.package_values = &package_values_;
        open.scope.outer = open_.empty() ? &file_scope_ : &open_.back().scope;
        ++open_kinds_.at(static_cast<std::size_t>(unit.kind));
        at_ = name_index();
        unit.header.name = name_of(token());
        std::size_t last = at_++;
        outline_.units.push_back(std::move(unit));
        open_.push_back(std::move(open));
        if (has_ports(outline_.units.back().kind)) {
            last = read_header(last);
        } else {
            while (at_ < tokens_.size() && !token().is(";") &&
                   unit_word(token(), &UnitWord::end) == nullptr) {
                last = at_++;
            }
        }
        if (at_ < tokens_.size() && token().is(";")) last = at_++;
        DesignUnit& stored = outline_.units.back();
        const std::size_t end = tokens_[last].end();
        stored.header_span.length = end - stored.header_span.offset;
        stored.body_span.offset = end;
    }

    /// Imports, parameters and ports; gives back the last token that belongs to them.
    std::size_t read_header(std::size_t last) {
        OpenUnit& open = open_.back();
        DesignUnit& unit = outline_.units.back();
        const HeaderContext context{tokens_, text_, open.scope};
        while (tokens_.see(at_, "import")) {
            while (at_ < tokens_.size() && !token().is(";")) {
                note_package();
                ++at_;
            }
            if (at_ < tokens_.size()) last = at_++;
        }
        if (tokens_.see(at_, "#") && tokens_.see(at_ + 1, "(")) {
            const TokenRange inside{at_ + 2, tokens_.partner(at_ + 1)};
            if (inside.end >= tokens_.size()) return last;
            open.has_parameter_list = true;
            note_packages(inside);
            unit.header.parameters =
                read_parameters(context, inside, ParameterPlace::List, options_.parameters);
            last = inside.end;
            at_ = last + 1;
        }
        if (tokens_.see(at_, "(") && tokens_.partner(at_) < tokens_.size()) {
            const TokenRange inside{at_ + 1, tokens_.partner(at_)};
            note_packages(inside);
            const std::vector<PortItem> items = read_port_items(context, inside);
            unit.ansi = items.empty() || items.front().declared;
            for (const PortItem& item : items) unit.header.ports.push_back(item.port);
            last = inside.end;
            at_ = last + 1;
        }
        return last;
    }

    void note_packages(TokenRange range) {
        const std::size_t kept = at_;
        for (at_ = range.begin; at_ < range.end; ++at_) note_package();
        at_ = kept;
    }

    void end_unit(const UnitWord& word) {
        std::size_t last = at_;
        if (tokens_.see(at_ + 1, ":") && at_ + 2 < tokens_.size()) last = at_ + 2;
        const bool matches = open_kinds_.at(static_cast<std::size_t>(word.kind)) > 0;
        const std::size_t body_end = token().offset;
        while (matches && unit(open_.back()).kind != word.kind) {
            close_unit(body_end, body_end, Closed::No);
        }
        if (matches) close_unit(body_end, tokens_[last].end(), Closed::Yes);
        at_ = last + 1;
    }

    void close_unit(std::size_t body_end, std::size_t end, Closed closed) {
        const OpenUnit open = std::move(open_.back());
        open_.pop_back();
        DesignUnit& done = unit(open);
        --open_kinds_.at(static_cast<std::size_t>(done.kind));
        done.closed = closed == Closed::Yes;
        done.span.length = end - done.span.offset;
        done.body_span.length = std::max(body_end, done.body_span.offset) - done.body_span.offset;
        if (!done.ansi) merge_declarations(done.header.ports, open.declarations);
        if (done.kind == UnitKind::Package) {
            for (const auto& [name, value] : open.scope.values) {
                if (name.find("::") == std::string::npos) {
                    package_values_[done.header.name + "::" + name] = value;
                }
            }
        }
    }

    static void merge_declarations(std::vector<Port>& ports,
                                   const std::vector<PortItem>& declarations) {
        std::map<std::string_view, const Port*> by_name;
        for (const PortItem& item : declarations) by_name.emplace(item.port.name, &item.port);
        for (Port& port : ports) {
            const auto found = by_name.find(port.name);
            if (found != by_name.end()) port = *found->second;
        }
    }

    /// A unit without its end can't reach into the next one: it lost its endmodule.
    void cut_unclosed() {
        for (std::size_t i = 0; i + 1 < outline_.units.size(); ++i) {
            DesignUnit& unit = outline_.units[i];
            const std::size_t next = outline_.units[i + 1].span.offset;
            if (unit.closed || unit.span.end() <= next) continue;
            unit.span.length = next - unit.span.offset;
            unit.body_span.length = next > unit.body_span.offset ? next - unit.body_span.offset : 0;
        }
    }

    bool skip_subroutine() {
        const bool function = token().is("function");
        if ((!function && !token().is("task")) || open_.empty()) return false;
        if (at_ > 0) {  // prototypes have no end
            const Token& before = tokens_[at_ - 1];
            if (before.is("extern") || before.is("pure") || before.is("virtual") ||
                before.is("context") || before.is("with") || before.kind == TokenKind::String ||
                before.is("import") || before.is("export") || before.is("=")) {
                return false;
            }
        }
        const std::string_view end = function ? "endfunction" : "endtask";
        std::size_t& no_end_before = no_end_before_.at(function ? 0 : 1);
        if (no_end_before > at_) return false;
        for (std::size_t i = at_; i < tokens_.size(); ++i) {
            if (tokens_[i].is(end)) {
                note_packages({at_, i});
                at_ = i + 1;
                return true;
            }
            no_end_before = i + 1;
            if (unit_word(tokens_[i], &UnitWord::end) != nullptr) break;
        }
        return false;
    }

    /// Whether a statement may begin here.
    [[nodiscard]] bool at_statement() const {
        if (at_ == 0) return true;
        static constexpr std::array<std::string_view, 11> kBefore = {
            ";", "begin",   "end",     "else",        ")",          "generate",
            ":", "endcase", "endtask", "endfunction", "endgenerate"};
        const Token& before = tokens_[at_ - 1];
        if (before.kind == TokenKind::Macro || unit_word(before, &UnitWord::end) != nullptr) {
            return true;
        }
        if (std::ranges::any_of(kBefore, [&](auto word) { return before.is(word); })) return true;
        // begin : label
        return at_ > 1 && before.kind == TokenKind::Identifier && tokens_[at_ - 2].is(":");
    }

    void statement() {
        if (open_.empty()) {
            if (token().is("bind")) return instance();
            if (token().is("parameter") || token().is("localparam")) constants(file_scope_);
            return;
        }
        OpenUnit& open = open_.back();
        if (token().is("input") || token().is("output") || token().is("inout")) {
            if (unit(open).ansi) return;
            const HeaderContext context{tokens_, text_, open.scope};
            const TokenRange range{at_, statement_end()};
            for (PortItem& item : read_port_items(context, range)) {
                open.declarations.push_back(std::move(item));
            }
            at_ = range.end;
        } else if (token().is("parameter") || token().is("localparam")) {
            constants(open.scope);
        } else if (token().is("import")) {
            const TokenRange range{at_, statement_end()};
            note_packages(range);
            at_ = range.end;
        } else if (token().is("bind") || !module_name(at_).empty()) {
            instance();
        }
    }

    [[nodiscard]] std::size_t statement_end() const {
        std::size_t end = at_;
        while (end < tokens_.size() && !tokens_[end].is(";") &&
               unit_word(tokens_[end], &UnitWord::end) == nullptr) {
            ++end;
        }
        return end;
    }

    void constants(ConstantScope& scope) {
        const bool local = token().is("localparam") || open_.empty() ||
                           open_.back().has_parameter_list || !has_ports(unit(open_.back()).kind);
        const HeaderContext context{tokens_, text_, scope};
        const TokenRange range{at_, statement_end()};
        note_packages(range);
        std::vector<Parameter> parameters =
            read_parameters(context, range, local ? ParameterPlace::Inner : ParameterPlace::Header,
                            options_.parameters);
        if (!open_.empty()) {
            std::vector<Parameter>& all = unit(open_.back()).header.parameters;
            std::ranges::move(parameters, std::back_inserter(all));
        }
        at_ = range.end;
    }

    /// The name that stands at `i`, or in the text of the macro there; empty where it is none.
    [[nodiscard]] std::string module_name(std::size_t i) const {
        if (tokens_.see_name(i)) return std::string(name_of(tokens_[i]));
        return i < tokens_.size() ? name_in_macro(tokens_[i], active_.macros) : std::string();
    }

    void instance() {
        const std::size_t first = at_;
        std::size_t at = at_;
        if (token().is("bind")) {  // bind target[.path] module name (...)
            ++at;
            while (tokens_.see_name(at) && !tokens_.see_name(at + 1) && !tokens_.see(at + 1, "#")) {
                at += 2;
            }
            ++at;
            if (!tokens_.see_name(at)) return;
        }
        const std::size_t module_at = at++;
        if (tokens_.see(at, "#")) {
            const bool list = tokens_.see(at + 1, "(");
            if (list && tokens_.partner(at + 1) >= tokens_.size()) return;
            at = list ? tokens_.partner(at + 1) + 1 : at + 2;
        }
        if (!tokens_.see_name(at)) return;
        const std::size_t name_at = at++;
        while (tokens_.see(at, "[") && tokens_.partner(at) < tokens_.size()) {
            at = tokens_.partner(at) + 1;
        }
        if (!tokens_.see(at, "(")) return;
        Instance found{module_name(module_at), std::string(name_of(tokens_[name_at])),
                       tokens_[first].line};
        if (open_.empty()) {
            outline_.binds.push_back({std::string(name_of(tokens_[first + 1])), std::move(found)});
        } else {
            unit(open_.back()).instances.push_back(std::move(found));
        }
        note_packages({first, at});
        at_ = at;
    }

    std::string_view text_;
    const HeaderOptions& options_;
    ActiveText active_;
    TokenTree tokens_;
    std::size_t at_ = 0;
    Outline outline_;
    std::deque<OpenUnit> open_;  // scopes point to those around them
    std::array<int, 8> open_kinds_{};
    std::set<std::string> all_packages_;
    ConstantScope file_scope_;
    std::array<std::size_t, 2> no_end_before_{};  // no endfunction, no endtask before this token
    std::map<std::string, std::int64_t, std::less<>> package_values_;
};

}  // namespace

Outline read_outline(std::string_view text, const HeaderOptions& options) {
    return OutlineReader(text, options).read();
}

}  // namespace rtlgen::rtl
