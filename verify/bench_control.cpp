// SPDX-License-Identifier: Apache-2.0
#include "verify/bench_control.h"

#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/rtl/lexer.h"
#include "core/rtl/module_header.h"
#include "core/rtl/token_tree.h"
#include "core/tools/rules.h"

namespace rtlgen::verify {
namespace {

using rtl::TokenRange;
using rtl::TokenTree;

/// What the testbench's instances of one module ask of it.
struct Wanted {
    std::vector<std::string> parameters;
    std::vector<std::string> ports;
    std::size_t positional_parameters = 0;
    std::size_t positional_ports = 0;
    bool all_ports = false;  ///< `.*`
    bool instantiated = false;
};

void add_name(std::vector<std::string>& names, std::string name) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
}

/// As it is written: an escaped name ends with white space.
std::string spelled(const rtl::Token& token) {
    std::string text(token.text);
    if (token.kind == rtl::TokenKind::EscapedIdentifier) text += ' ';
    return text;
}

/// Reads the list in the brackets at `open`: `.NAME(...)`, `.NAME`, `.*`, or expressions in order.
void read_list(const TokenTree& tree, std::size_t open, std::vector<std::string>& names,
               std::size_t& positional, bool& all) {
    const std::vector<TokenRange> parts = tree.split_commas({open + 1, tree.partner(open)});
    for (const TokenRange& part : parts) {
        if (tree.see(part.begin, ".*") ||
            (tree.see(part.begin, ".") && tree.see(part.begin + 1, "*"))) {
            all = true;
        } else if (tree.see(part.begin, ".") && tree.see_name(part.begin + 1)) {
            add_name(names, spelled(tree[part.begin + 1]));
        } else {
            positional = std::max(positional, parts.size());
        }
    }
}

/// The instances of modules in `wanted` that a testbench's file has.
class InstanceReader {
public:
    InstanceReader(const SourceFile& file, std::map<std::string, Wanted, std::less<>>& wanted,
                   std::vector<DesignInstance>& instances)
        : file_(file),
          tokens_(rtl::lex(file.text)),
          tree_(tokens_),
          wanted_(wanted),
          instances_(instances) {}

    void read() {
        for (std::size_t i = 0; i < tree_.size(); ++i) {
            if (!tree_.see_name(i) || (i > 0 && (tree_.see(i - 1, ".") || tree_.see(i - 1, "::"))))
                continue;
            const auto module = wanted_.find(rtl::name_of(tree_[i]));
            if (module != wanted_.end()) read_instances(i, module->second);
        }
    }

private:
    /// `MODULE #(...) NAME [..] (...), NAME (...)`, its module's name at `begin`.
    void read_instances(std::size_t begin, Wanted& wanted) {
        std::size_t at = begin + 1;
        std::size_t values = 0;
        if (tree_.see(at, "#") && tree_.see(at + 1, "(")) {
            values = at + 1;
            at = tree_.partner(values) + 1;
        }
        while (tree_.see_name(at)) {
            const std::size_t name = at++;
            while (tree_.see(at, "[")) at = tree_.partner(at) + 1;
            if (!tree_.see(at, "(") || tree_.partner(at) == tree_.size()) return;
            bool ignored = false;
            wanted.instantiated = true;
            if (values != 0)
                read_list(tree_, values, wanted.parameters, wanted.positional_parameters, ignored);
            read_list(tree_, at, wanted.ports, wanted.positional_ports, wanted.all_ports);
            at = tree_.partner(at);
            instances_.push_back({file_.path, std::string(rtl::name_of(tree_[name])),
                                  tree_[begin].line, tree_[at].line});
            if (!tree_.see(++at, ",")) return;
            ++at;
        }
    }

    const SourceFile& file_;
    std::vector<rtl::Token> tokens_;
    TokenTree tree_;
    std::map<std::string, Wanted, std::less<>>& wanted_;
    std::vector<DesignInstance>& instances_;
};

void fill_up(std::vector<std::string>& names, std::size_t count) {
    if (!names.empty()) return;
    for (std::size_t i = 0; i < count; ++i) names.push_back("rtlgen_" + std::to_string(i));
}

std::string module_text(const ModuleHeader& header, Wanted wanted) {
    if (wanted.all_ports) {
        std::vector<std::string> ports;
        for (const Port& port : header.ports) ports.push_back(port.name);
        for (std::string& port : wanted.ports) add_name(ports, std::move(port));
        wanted.ports = std::move(ports);
    }
    fill_up(wanted.parameters, wanted.positional_parameters);
    fill_up(wanted.ports, wanted.positional_ports);
    for (std::string& parameter : wanted.parameters) parameter += " = 1";
    std::string text = "module " + header.name;
    if (!wanted.parameters.empty()) {
        text += " #(parameter " + join(wanted.parameters, ", ") + ")";
    }
    if (!wanted.ports.empty()) text += " (input " + join(wanted.ports, ", ") + ")";
    return text + "; endmodule";
}

bool is_at(const Finding& finding, const DesignInstance& instance) {
    return finding.file == instance.file && finding.line >= instance.first_line &&
           finding.line <= instance.last_line;
}

/// Whether a message is about a name within an instance of the design.
bool names_inside(const Finding& finding, const StandIn& stand_in) {
    return std::ranges::any_of(stand_in.instances, [&](const DesignInstance& instance) {
        return finding.message.find(instance.name + ".") != std::string::npos;
    });
}

/// Whether the design has a part in an error that the control has too.
bool touches_design(const Finding& finding, const StandIn& stand_in) {
    const auto is_file = [&](const SourceFile& file) { return file.path == finding.file; };
    if (std::ranges::any_of(stand_in.design.files, is_file)) return true;
    if (stand_in.instances.empty()) return tools::is_missing_part(finding);
    return std::ranges::any_of(stand_in.instances, [&](const DesignInstance& instance) {
        return is_at(finding, instance) && !finding.rule.ends_with("/undeclared");
    });
}

}  // namespace

StandIn stand_in_for(const SourceSet& design, const SourceSet& testbench) {
    std::vector<std::vector<rtl::DesignUnit>> units;
    std::map<std::string, Wanted, std::less<>> wanted;
    for (const SourceFile& file : design.files) {
        units.push_back(rtl::read_outline(file.text).units);
        for (const rtl::DesignUnit& unit : units.back()) {
            if (unit.kind == rtl::UnitKind::Module) wanted[unit.header.name];
        }
    }
    StandIn stand_in{design, {}};
    for (const SourceFile& file : testbench.files) {
        InstanceReader(file, wanted, stand_in.instances).read();
    }
    for (std::size_t i = 0; i < stand_in.design.files.size(); ++i) {
        SourceFile& file = stand_in.design.files[i];
        std::string text;
        std::size_t copied = 0;
        for (const rtl::DesignUnit& unit : units[i]) {
            if (unit.kind != rtl::UnitKind::Module || unit.span.offset < copied) continue;
            const Wanted& asked = wanted[unit.header.name];
            if (!asked.instantiated) continue;
            text.append(file.text, copied, unit.span.offset - copied);
            text += module_text(unit.header, asked);
            copied = unit.span.end();
        }
        text.append(file.text, copied);
        file.text = std::move(text);
        file.host_path.clear();
    }
    return stand_in;
}

std::optional<Finding> bench_fault(const std::vector<Finding>& findings,
                                   const std::vector<Finding>& control, const StandIn& stand_in) {
    for (const Finding& finding : findings) {
        if (finding.severity != Severity::Error || touches_design(finding, stand_in)) continue;
        // One error has others after it, which stand in the same line.
        const bool is_inside = std::ranges::any_of(findings, [&](const Finding& other) {
            return other.file == finding.file && other.line == finding.line &&
                   names_inside(other, stand_in);
        });
        if (is_inside) continue;
        const bool is_own = std::ranges::any_of(control, [&](const Finding& said) {
            return said.severity == Severity::Error && said.file == finding.file &&
                   said.line == finding.line && said.rule == finding.rule;
        });
        if (is_own) return finding;
    }
    return std::nullopt;
}

}  // namespace rtlgen::verify
