// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/design_rendering.h"

#include <algorithm>
#include <array>

#if __has_include(<kainjow/mustache.hpp>)
#include <kainjow/mustache.hpp>
#else
#include <mustache.hpp>
#endif

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/rtl/lexer.h"
#include "datasets/retrieval/design_rules.h"

namespace rtlgen::datasets {
namespace {

namespace mustache = kainjow::mustache;

/// Knows flags that aren't set, and remembers the first name that nobody has.
class StrictContext final : public mustache::context<std::string> {
public:
    StrictContext(const mustache::data* values, const mustache::data* partials)
        : context(values), partials_(partials) {}

    [[nodiscard]] const mustache::data* get(const std::string& name) const override {
        if (const mustache::data* found = context::get(name)) return found;
        constexpr std::array<std::string_view, 9> kFlags = {"has_",     "is_",        "async",
                                                            "tc_gated", "reset_last", "parity_",
                                                            "two_stop", "by_rate",    "dir_"};
        const bool flag = std::ranges::any_of(
            kFlags, [&](std::string_view prefix) { return name.starts_with(prefix); });
        if (flag) return &off_;
        if (missing_.empty()) missing_ = name;
        return nullptr;
    }
    [[nodiscard]] const mustache::data* get_partial(const std::string& name) const override {
        const mustache::data* found = partials_->get(name);
        if (found == nullptr && missing_.empty()) missing_ = "> " + name;
        return found;
    }
    [[nodiscard]] const std::string& missing() const { return missing_; }

private:
    const mustache::data* partials_;
    mustache::data off_{mustache::data::type::bool_false};
    mutable std::string missing_;
};
bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$';
}

/// `text` with the identifiers of `names` outside of tags given an ending.
std::string rename_outside_tags(std::string_view text, const std::set<std::string>& names) {
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        if (text.substr(at).starts_with("<%")) {
            const std::size_t end = std::min(text.find("%>", at), text.size() - 2) + 2;
            out += text.substr(at, end - at);
            at = end;
        } else if (is_name_char(text[at])) {
            const std::size_t begin = at;
            while (at < text.size() && is_name_char(text[at])) ++at;
            const std::string name(text.substr(begin, at - begin));
            out += name;
            if (names.contains(name)) out += "_int";
        } else {
            out += text[at++];
        }
    }
    return out;
}

class Variables {
public:
    Variables(const DesignMetadata& design, const Adaptation& adaptation)
        : design_(design), adaptation_(adaptation), values_(mustache::data::type::object) {
        for (const std::string& flag : adaptation.flags) {
            values_.set(flag, mustache::data(mustache::data::type::bool_true));
        }
        set("top", adaptation.module_name);
        set("testbench", adaptation.module_name + "_tb");
        set("stimulus_seed", std::to_string(1 + sha256_seed(adaptation.design) % 4294967291U));
        names();
        reset();
        port_lists();
        parameter_lists();
        counter();
        fifo();
        uart();
        lfsr();
        table();
    }
    [[nodiscard]] const mustache::data& values() const { return values_; }

private:
    void set(const std::string& name, const std::string& text) {
        values_.set(name, mustache::data(text));
    }
    [[nodiscard]] std::string value(const std::string& parameter) const {
        const auto found = adaptation_.values.find(parameter);
        return found == adaptation_.values.end() ? "0" : std::to_string(found->second);
    }
    [[nodiscard]] std::string given(const std::string& parameter) const {
        for (const AdaptedParameter& one : adaptation_.parameters) {
            if (one.name == parameter) return one.given_name;
        }
        return parameter;
    }
    [[nodiscard]] bool declared(const std::string& parameter) const {
        return std::ranges::any_of(adaptation_.parameters, [&](const AdaptedParameter& one) {
            return one.name == parameter && one.declared;
        });
    }
    void names() {
        for (const AdaptedParameter& parameter : adaptation_.parameters) {
            set(parameter.name, parameter.given_name);
        }
        for (const AdaptedPort& port : adaptation_.ports) {
            set(port.role, port.name);
            set(port.role + "_on", (port.polarity == Polarity::Low ? "!" : "") + port.name);
        }
        const AdaptedPort* up = adaptation_.port("up");
        if (up != nullptr && adaptation_.has("up_low")) set("up_on", "!" + up->name);
        const AdaptedPort* dir = adaptation_.port("dir");
        if (dir != nullptr)
            set("dir_left", (adaptation_.has("dir_right_high") ? "!" : "") + dir->name);
        const AdaptedPort* serial = adaptation_.port("sin");
        set("sin_expr", serial == nullptr ? "1'b0" : serial->name);
    }
    void reset() {
        const AdaptedPort* clock = adaptation_.port("clk");
        std::string sensitivity =
            "posedge " + (clock == nullptr ? std::string("clk") : clock->name);
        const AdaptedPort* reset = adaptation_.port("rst");
        const bool async = adaptation_.has("async");
        if (reset != nullptr && async) {
            sensitivity +=
                (reset->polarity == Polarity::Low ? " or negedge " : " or posedge ") + reset->name;
        }
        set("sensitivity", sensitivity);
        std::string words = "no reset";
        if (reset != nullptr) {
            words = std::string(async ? "asynchronous" : "synchronous") + " reset, active " +
                    (reset->polarity == Polarity::Low ? "low" : "high");
        }
        set("reset_words", words);
        for (const Role& role : design_.roles) {
            if (role.kind == RoleKind::Reset) set(role.name + "_edge", reset_edge(role));
        }
    }
    /// " or negedge rst_n" of an asynchronous reset that is there, else nothing.
    [[nodiscard]] std::string reset_edge(const Role& role) const {
        const AdaptedPort* port = adaptation_.port(role.name);
        if (port == nullptr || !adaptation_.has("async")) return "";
        return (port->polarity == Polarity::Low ? " or negedge " : " or posedge ") + port->name;
    }
    /// A width in Verilog, parameters as the module calls them; empty where one isn't declared.
    [[nodiscard]] std::string width_expression(const std::string& width) const {
        std::string text;
        bool any = false;
        std::size_t end = 0;
        for (const rtl::Token& token : rtl::lex(width)) {
            text += width.substr(end, token.offset - end);
            end = token.end();
            const std::string name(token.text);
            if (token.kind != rtl::TokenKind::Identifier) {
                text += name;
            } else if (name == "clog2") {
                text += "$clog2";
            } else if (declared(name)) {
                text += given(name);
                any = true;
            } else {
                return "";
            }
        }
        return any ? text : "";
    }
    [[nodiscard]] std::string range_of(const AdaptedPort& port) const {
        if (!port.range.empty()) return " " + port.range;
        const std::string& width = design_.role(port.role)->width;
        if (width == "1") return "";
        const std::int64_t bits = role_width(width, adaptation_).value_or(1);
        const std::string expression = width_expression(width);
        if (!expression.empty()) return " [" + expression + "-1:0]";
        return bits == 1 ? "" : " [" + std::to_string(bits - 1) + ":0]";
    }
    void port_lists() {
        std::string ports;
        std::string connections;
        for (const AdaptedPort& port : adaptation_.ports) {
            const bool output = design_.role(port.role)->direction == PortDirection::Output;
            if (!ports.empty()) ports += ",\n";
            ports += std::string(output ? "    output wire" : "    input wire") + range_of(port) +
                     " " + port.name;
            if (!connections.empty()) connections += ",\n";
            const bool inverted = port.polarity == Polarity::Low ||
                                  (port.role == "up" && adaptation_.has("up_low")) ||
                                  (port.role == "dir" && adaptation_.has("dir_right_high"));
            const std::string signal = port.role == "dir" ? "left" : port.role;
            connections += "        ." + port.name + "(" + (inverted ? "!" : "") + signal + ")";
        }
        set("ports", ports);
        set("connections", connections);
    }

    void parameter_lists() {
        std::string header;
        std::string local;
        std::string bench;
        std::string overrides;
        for (const AdaptedParameter& parameter : adaptation_.parameters) {
            const std::string equals = " = " + std::to_string(parameter.value);
            if (parameter.declared) {
                header += (header.empty() ? " #(\n" : ",\n") +
                          ("    parameter " + parameter.given_name) + equals;
                overrides += (overrides.empty() ? "#(" : ", ") + ("." + parameter.given_name) +
                             "(" + parameter.name + ")";
            } else {
                local += "\n    localparam " + parameter.given_name + equals + ";";
            }
            bench += (bench.empty() ? "" : ", ") + parameter.name + equals;
        }
        set("header_parameters", header.empty() ? "" : header + "\n)");
        set("local_parameters", local);
        set("tb_parameters", bench);
        set("tb_overrides", overrides.empty() ? "" : overrides + ") ");
    }

    void counter() {
        const std::string width = given("WIDTH");
        const bool range = adaptation_.has("is_range");
        const std::string first =
            range ? given("FIRST") + "[" + width + "-1:0]" : "{" + width + "{1'b0}}";
        const std::string last =
            range ? given("LAST") + "[" + width + "-1:0]" : "{" + width + "{1'b1}}";
        set("first_expr", first);
        set("last_expr", last);
        set("reset_expr", adaptation_.has("reset_last") ? last : first);
        set("first_value", value("FIRST"));
        set("last_value", value("LAST"));
    }

    void fifo() {
        for (const auto& [name, parameter] :
             {std::pair("almost_full", "ALMOST_FULL"), std::pair("almost_empty", "ALMOST_EMPTY")}) {
            set(std::string(name) + "_expr", given(parameter));
            set(std::string(name) + "_tb", parameter);
        }
    }

    void uart() {
        const int stops = adaptation_.has("two_stop") ? 2 : 1;
        const bool parity = adaptation_.has("has_parity");
        if (adaptation_.design.starts_with("uart_")) {
            set("clocks_per_bit", std::to_string(clocks_per_bit(adaptation_)));
        }
        set("extra_bits", std::to_string(1 + stops + (parity ? 1 : 0)));
        set("stop_ones", stops == 2 ? "2'b11" : "1'b1");
        set("stop_words", stops == 2 ? "two stop bits" : "one stop bit");
        set("parity_words", adaptation_.has("parity_odd") ? "odd" : "even");
    }

    /// Taps and seed in the register's width: they may be too wide for a plain number.
    void lfsr() {
        const std::int64_t width =
            adaptation_.values.contains("WIDTH") ? adaptation_.values.at("WIDTH") : 1;
        for (const char* name : {"TAPS", "SEED"}) {
            const auto found = adaptation_.values.find(name);
            if (found == adaptation_.values.end()) continue;
            set(to_lower(name) + "_literal",
                std::to_string(width) + "'d" + std::to_string(found->second));
        }
    }

    [[nodiscard]] std::string filled(std::string text) const {
        for (const AdaptedPort& port : adaptation_.ports) {
            text = replace_all(std::move(text), "{" + port.role + "}", port.name);
        }
        return replace_all(std::move(text), "{WIDTH}", given("WIDTH"));
    }

    void table() {
        set("op_bits", std::to_string(adaptation_.table_bits));
        mustache::data rows(mustache::data::type::list);
        for (const TableRow& row : adaptation_.table) {
            const auto operation = std::ranges::find_if(
                design_.operations,
                [&](const Operation& one) { return one.name == row.operation; });
            if (operation == design_.operations.end()) continue;
            mustache::data entry(mustache::data::type::object);
            auto flag = [&](const char* name, bool on) {
                entry.set(name, mustache::data(on ? mustache::data::type::bool_true
                                                  : mustache::data::type::bool_false));
            };
            const bool add = row.operation == "add";
            const bool sub = row.operation == "sub";
            entry.set("code", mustache::data(std::to_string(adaptation_.table_bits) + "'d" +
                                             std::to_string(row.code)));
            entry.set("words", mustache::data(operation->words));
            flag("is_add", add);
            flag("is_sub", sub);
            flag("is_arithmetic", add || sub);
            entry.set("expression", mustache::data(filled(operation->expression)));
            std::string model;
            for (const std::string_view line : split_lines(operation->model)) {
                model += (model.empty() ? "" : "\n") + std::string(20, ' ') + std::string(line);
            }
            entry.set("model", mustache::data(model));
            rows << entry;
        }
        values_.set("operations", rows);
    }

    const DesignMetadata& design_;
    const Adaptation& adaptation_;
    mustache::data values_;
};

struct TemplateText {
    std::string name;
    std::string text;
    std::string tasks;
};

Result<std::string> render(const TemplateText& source, const mustache::data& values) {
    mustache::mustache parsed("{{=<% %>=}}" + source.text);
    if (!parsed.is_valid()) {
        return fail(ErrorCode::Config, "bad template: " + parsed.error_message(), source.name);
    }
    parsed.set_custom_escape([](const std::string& text) { return text; });
    mustache::data partials(mustache::data::type::object);
    std::string tasks = "{{=<% %>=}}" + source.tasks;
    partials.set("testbench_tasks", mustache::data(mustache::partial([&tasks] { return tasks; })));
    StrictContext context(&values, &partials);
    std::string text = parsed.render(context);
    if (!context.missing().empty()) {
        return fail(ErrorCode::Config,
                    "the template uses <%" + context.missing() + "%>, which isn't given to it",
                    source.name);
    }
    return text;
}

Status check_names(const Adaptation& adaptation) {
    std::set<std::string> names = {adaptation.module_name};
    auto usable = [&](const std::string& name) {
        return is_simple_identifier(name) && !rtl::is_keyword(name);
    };
    if (!usable(adaptation.module_name)) {
        return fail(ErrorCode::NotFound, adaptation.module_name + " can't be a module's name");
    }
    for (const AdaptedPort& port : adaptation.ports) {
        if (!usable(port.name)) {
            return fail(ErrorCode::NotFound, port.name + " can't be a port's name");
        }
        if (!names.insert(port.name).second) {
            return fail(ErrorCode::NotFound, "the name " + port.name + " is used twice");
        }
    }
    return {};
}

}  // namespace

Result<RenderedDesign> render_design(const DesignMetadata& design, const Adaptation& adaptation,
                                     const DesignTemplates& templates) {
    TRY(check_names(adaptation));
    Adaptation named = adaptation;
    // The user's names come first: what the template calls the same gets an ending.
    std::set<std::string> users = {named.module_name};
    for (const AdaptedPort& port : named.ports) users.insert(port.name);
    std::set<std::string> clashing;
    for (AdaptedParameter& parameter : named.parameters) {
        if (!parameter.declared && users.contains(parameter.given_name))
            parameter.given_name += "_VALUE";
        users.insert(parameter.given_name);
    }
    for (const std::string& internal : design.internals) {
        if (users.contains(internal)) clashing.insert(internal);
    }
    const Variables variables(design, named);
    RenderedDesign rendered;
    rendered.testbench_top = named.module_name + "_tb";
    TRY_ASSIGN(rendered.code, render({design.name + "/design.sv.mustache",
                                      rename_outside_tags(templates.design, clashing), ""},
                                     variables.values()));
    TRY_ASSIGN(rendered.testbench, render({design.name + "/testbench.sv.mustache",
                                           templates.testbench, templates.tasks},
                                          variables.values()));
    return rendered;
}

}  // namespace rtlgen::datasets
