// SPDX-License-Identifier: Apache-2.0
#include "core/tools/icarus/icarus_log.h"

#include <array>

#include "core/base/text.h"
#include "core/tools/located_line.h"
#include "core/tools/runtime_log.h"

namespace rtlgen::tools::icarus {
namespace {

/// Most telling first: a message may hold words of several rows.
constexpr std::array kErrorRules = {
    MessageRule{"syntax error", "icarus/syntax"},
    MessageRule{"Syntax error", "icarus/syntax"},
    MessageRule{"Invalid module item", "icarus/syntax"},
    MessageRule{"invalid module item", "icarus/syntax"},
    MessageRule{"Invalid module instantiation", "icarus/syntax"},
    MessageRule{"Malformed statement", "icarus/syntax"},
    MessageRule{"malformed statement", "icarus/syntax"},
    MessageRule{"Errors in", "icarus/syntax"},
    MessageRule{"Error in", "icarus/syntax"},
    MessageRule{"doesn't name a type", "icarus/syntax"},
    MessageRule{"does not match", "icarus/syntax"},
    MessageRule{"Unable to find the root module", "icarus/missing-top"},
    MessageRule{"No top level modules", "icarus/missing-top"},
    MessageRule{"Unknown module type", "icarus/missing-module"},
    MessageRule{"Include file", "icarus/missing-include"},
    MessageRule{"No such file or directory", "icarus/missing-file"},
    MessageRule{"is not a port of", "icarus/port-name"},
    MessageRule{"port ``", "icarus/port-name"},
    MessageRule{"Wrong number of ports", "icarus/port-count"},
    MessageRule{"too many port", "icarus/port-count"},
    MessageRule{"already been declared", "icarus/redeclared"},
    MessageRule{"already declared", "icarus/redeclared"},
    MessageRule{"Unable to bind", "icarus/undeclared"},
    MessageRule{"Could not find variable", "icarus/undeclared"},
    MessageRule{"No function named", "icarus/undeclared"},
    MessageRule{"Enable of unknown task", "icarus/undeclared"},
    MessageRule{"not a valid l-value", "icarus/l-value"},
    MessageRule{"cannot be driven", "icarus/l-value"},
    MessageRule{"variable with continuous assignment", "icarus/multiple-drivers"},
    MessageRule{"multiple drivers", "icarus/multiple-drivers"},
    MessageRule{"cannot have multiple drivers", "icarus/multiple-drivers"},
    MessageRule{"requires SystemVerilog", "icarus/language"},
};

constexpr std::array kWarningRules = {
    MessageRule{"implicit definition of wire", "icarus/implicit-wire"},
    MessageRule{"Port ", "icarus/port-width"},
    MessageRule{"is dangling", "icarus/port-unconnected"},
    MessageRule{"Instantiating module", "icarus/port-unconnected"},
    MessageRule{"port unconnected", "icarus/port-unconnected"},
    MessageRule{"is coerced to inout", "icarus/driven-input"},
    MessageRule{"input port ", "icarus/port-unconnected"},
    MessageRule{"output port ", "icarus/port-unconnected"},
    MessageRule{"truncated", "icarus/constant-truncated"},
    MessageRule{"timescale", "icarus/timescale"},
    MessageRule{"@* is sensitive to all", "icarus/sensitivity"},
    MessageRule{"found no sensitivities", "icarus/sensitivity"},
    MessageRule{"has no sensitivities", "icarus/sensitivity"},
    MessageRule{"redefin", "icarus/macro-redefined"},
    MessageRule{"macro", "icarus/macro"},
    MessageRule{"infinite", "icarus/infinite-loop"},
    MessageRule{"does not have any delay", "icarus/infinite-loop"},
    MessageRule{"may not have any delay", "icarus/infinite-loop"},
    MessageRule{"select", "icarus/select"},
    MessageRule{"Not enough words", "icarus/readmem"},
};

bool consume(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text = trim(text.substr(prefix.size()));
    return true;
}

/// Fills severity, rule and message from what follows the location.
void classify(Finding& finding, std::string_view rest) {
    finding.severity = Severity::Error;
    if (consume(rest, "warning:")) {
        finding.severity = Severity::Warning;
        finding.rule = find_rule(kWarningRules, rest, "icarus/warning");
    } else if (consume(rest, "sorry:") || consume(rest, "sorry,")) {
        finding.rule = "icarus/unsupported";
    } else if (consume(rest, "internal error:") || consume(rest, "assert:")) {
        finding.rule = "icarus/internal";
    } else {
        consume(rest, "error:");
        consume(rest, "Error:");
        finding.rule = find_rule(kErrorRules, rest, "icarus/error");
    }
    finding.message = std::string(rest);
}

/// Counts and farewells that repeat what other lines said.
bool is_summary(std::string_view line) {
    return line.empty() || line.find("error(s) ") != std::string_view::npos ||
           line.starts_with("I give up") || line.starts_with("***") ||
           line.find(" referenced ") != std::string_view::npos ||
           line.find("error(s).") != std::string_view::npos;
}

bool is_message_without_file(std::string_view line) {
    return line.starts_with("warning:") || line.starts_with("error:") ||
           line.starts_with("Error:") || line.starts_with("No top level modules") ||
           line.starts_with("internal error:") ||
           line.find("No such file or directory") != std::string_view::npos ||
           line.find("Assertion `") != std::string_view::npos;
}

}  // namespace

std::vector<Finding> parse_messages(std::string_view log) {
    std::vector<Finding> findings;
    for (const std::string_view raw : split_lines(log)) {
        const std::string_view line = trim(raw);
        if (is_summary(line)) continue;
        if (line.starts_with(": ") && !findings.empty()) {  // "     : more of the line before"
            findings.back().message += " " + std::string(trim(line.substr(1)));
            continue;
        }
        Finding finding;
        if (const auto located = split_location(line)) {
            const std::size_t mark = located->rest.find(": ");  // ": text" or "...: text"
            const bool continues =
                located->rest.starts_with(": ") || located->rest.starts_with("...: ");
            if (continues && !findings.empty()) {  // a further place
                findings.back().message += " (" + located->file + ":" +
                                           std::to_string(located->line) + ": " +
                                           std::string(trim(located->rest.substr(mark + 1))) + ")";
                continue;
            }
            finding.file = located->file;
            finding.line = located->line;
            classify(finding, located->rest);
        } else if (is_message_without_file(line)) {
            classify(finding, line);
        } else {
            continue;
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

bool tells_internal_error(std::string_view log) {
    return log.find("internal error:") != std::string_view::npos ||
           log.find("Internal error:") != std::string_view::npos ||
           log.find("failed assertion") != std::string_view::npos ||
           log.find("Assertion `") != std::string_view::npos;
}

std::vector<Finding> parse_runtime(std::string_view out) {
    static const std::vector<RuntimeHead> heads = {
        {"ERROR:", Severity::Error, "icarus/$error"},
        {"FATAL:", Severity::Error, "icarus/$fatal"},
        {"WARNING:", Severity::Warning, "icarus/$warning"}};
    return parse_runtime_lines(out, heads, [](std::string_view&) { return true; });
}

}  // namespace rtlgen::tools::icarus
