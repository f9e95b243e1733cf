// SPDX-License-Identifier: Apache-2.0
#include "core/tools/verilator/verilator_log.h"

#include <array>

#include "core/base/text.h"
#include "core/tools/located_line.h"
#include "core/tools/runtime_log.h"

namespace rtlgen::tools::verilator {
namespace {

/// For errors that Verilator gives no name.
constexpr std::array kErrorRules = {
    MessageRule{"syntax error", "verilator/syntax"},
    MessageRule{"Cannot find file containing module", "verilator/MODMISSING"},
    MessageRule{"Cannot find file containing interface", "verilator/MODMISSING"},
    MessageRule{"Specified --top-module", "verilator/missing-top"},
    MessageRule{"No top level module", "verilator/missing-top"},
    MessageRule{"Cannot find include file", "verilator/missing-include"},
    MessageRule{"Cannot open", "verilator/missing-file"},
    MessageRule{"Pin not found", "verilator/PINNOTFOUND"},
    MessageRule{"Duplicate pin connection", "verilator/PINDUP"},
    MessageRule{"Can't find definition", "verilator/undeclared"},
    MessageRule{"Signal definition not found", "verilator/undeclared"},
    MessageRule{"Can't resolve", "verilator/undeclared"},
    MessageRule{"Can't find typedef", "verilator/undeclared"},
    MessageRule{"Package/class", "verilator/undeclared"},
    MessageRule{"Importing from missing package", "verilator/undeclared"},
    MessageRule{"Duplicate declaration", "verilator/redeclared"},
    MessageRule{"Unsupported", "verilator/UNSUPPORTED"},
    MessageRule{"Parameters from the command line were not found", "verilator/missing-parameter"},
    MessageRule{"Define or directive not defined", "verilator/undefined-macro"},
    MessageRule{"Internal Error", "verilator/internal"},
};

bool consume(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

bool is_rule_char(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

/// `-NAME: rest` or `: rest`; none where it is neither.
std::optional<std::string> take_name(std::string_view& text) {
    std::string name;
    if (consume(text, "-")) {
        while (!text.empty() && is_rule_char(text.front())) {
            name += text.front();
            text.remove_prefix(1);
        }
    }
    if (!consume(text, ":")) return std::nullopt;
    text = trim(text);
    return name;
}

std::optional<Finding> parse_head(std::string_view line) {
    Finding finding;
    std::string_view rest = line;
    if (consume(rest, "%Warning")) {
        finding.severity = Severity::Warning;
    } else if (!consume(rest, "%Error")) {
        return std::nullopt;
    }
    const auto name = take_name(rest);
    if (!name || rest.starts_with("Exiting due to") || rest.starts_with("Cannot continue") ||
        rest.starts_with("Command Failed")) {
        return std::nullopt;
    }
    const bool internal = consume(rest, "Internal Error: ");
    if (const auto located = split_location(rest)) {
        finding.file = located->file;
        finding.line = located->line;
        finding.column = located->column;
        rest = located->rest;
    }
    // Advice on the error before, which old versions print as one of its own.
    if (rest.starts_with("... ") || rest.starts_with("This may be because")) return std::nullopt;
    finding.message = std::string(rest);
    if (internal) {
        finding.rule = "verilator/internal";
    } else if (!name->empty()) {
        finding.rule = "verilator/" + *name;
    } else {
        finding.rule = find_rule(kErrorRules, rest, "verilator/error");
    }
    return finding;
}

/// What follows a message: `      : ... text`, the source line and a caret, advice.
void add_continuation(Finding& finding, std::string_view line) {
    std::string_view rest = trim(line);
    consume(rest, ": ");
    if (!consume(rest, "... ")) return;
    for (const std::string_view noise :
         {"In instance", "note: In instance", "For ", "Use \"", "See ", "This may be because",
          "Looked in", "With current working directory", "This fatal error may be caused"}) {
        if (rest.starts_with(noise)) return;
    }
    finding.message += " (" + std::string(rest) + ")";
}

}  // namespace

std::vector<Finding> parse_messages(std::string_view log) {
    std::vector<Finding> findings;
    bool continues = false;
    for (const std::string_view line : split_lines(log)) {
        if (line.starts_with('%')) {
            auto finding = parse_head(line);
            continues = finding.has_value();
            if (finding) findings.push_back(*std::move(finding));
        } else if (continues && line.starts_with(' ')) {
            add_continuation(findings.back(), line);
        }
    }
    return findings;
}

bool tells_internal_error(std::string_view log) {
    return log.find("Internal Error:") != std::string_view::npos ||
           log.find("Verilator internal fault") != std::string_view::npos ||
           log.find("Verilator aborted") != std::string_view::npos;
}

std::vector<Finding> parse_runtime(std::string_view out) {
    static const std::vector<RuntimeHead> heads = {
        {"Warning: ", Severity::Warning, "verilator/$warning"},
        {"Fatal: ", Severity::Error, "verilator/$fatal"},
        {"Error: ", Severity::Error, "verilator/$error"}};
    return parse_runtime_lines(out, heads, [](std::string_view& line) {  // "[TIME] %"
        const std::size_t close = line.find("] %");
        if (!line.starts_with('[') || close == std::string_view::npos) return false;
        line.remove_prefix(close + 3);
        return true;
    });
}

std::optional<FinishSite> parse_finish(std::string_view out) {
    // A text without its line's end may stand before the message, so it is looked for anywhere. The
    // paths that tools are given have no space.
    constexpr std::string_view kSays = ": Verilog $";
    std::optional<FinishSite> site;
    for (std::size_t at = out.find(kSays); at != std::string_view::npos;
         at = out.find(kSays, at + 1)) {
        const std::string_view word = out.substr(at + kSays.size());
        const bool finish = word.starts_with("finish");
        if (!finish && !word.starts_with("stop")) continue;
        const std::string_view before = out.substr(0, at + 1);
        const std::size_t space = before.find_last_of(" \n");
        const auto located =
            split_location(space == std::string_view::npos ? before : before.substr(space + 1));
        if (!located) continue;
        // A second one is a forgery: nobody knows which.
        if (site) return FinishSite{site->task, {}, 0};
        site = FinishSite{finish ? "$finish" : "$stop", located->file, located->line};
    }
    return site;
}

std::string without_report(std::string_view out) {
    if (out.find("- S i m u l a t i o n") == std::string_view::npos) return std::string(out);
    std::string kept;
    for (const std::string_view line : split_lines(out)) {
        if (line.starts_with("- S i m u l a t i o n") ||
            line.starts_with("- Verilator: $finish at") || line.starts_with("- Verilator: cpu")) {
            continue;
        }
        kept.append(line).append("\n");
    }
    return kept;
}

}  // namespace rtlgen::tools::verilator
