// SPDX-License-Identifier: Apache-2.0
#include "core/tools/yosys/yosys_log.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/text.h"
#include "core/tools/located_line.h"

namespace rtlgen::tools::yosys {
namespace {

constexpr std::array kErrorRules = {
    MessageRule{"syntax error", "yosys/syntax"},
    MessageRule{"undefined macro", "yosys/undefined-macro"},
    MessageRule{"is not part of the design", "yosys/missing-module"},
    MessageRule{"does not have a port named", "yosys/port-name"},
    MessageRule{"too many positional", "yosys/port-count"},
    MessageRule{"Can't open include file", "yosys/missing-include"},
    MessageRule{"not found or is a directory", "yosys/missing-file"},
    MessageRule{"Can't open input file", "yosys/missing-file"},
    MessageRule{"Re-definition of", "yosys/redeclared"},
    MessageRule{"already exists", "yosys/redeclared"},
    MessageRule{"not found!", "yosys/missing-top"},
    MessageRule{"Unable to find a top module", "yosys/missing-top"},
    MessageRule{"does not have a parameter", "yosys/missing-parameter"},
    MessageRule{"nsupported", "yosys/unsupported"},
    MessageRule{"not supported", "yosys/unsupported"},
    MessageRule{"nimplemented", "yosys/unsupported"},
    MessageRule{"Assert `", "yosys/internal"},
};

constexpr std::array kWarningRules = {
    MessageRule{"implicitly declared", "yosys/implicit-wire"},
    MessageRule{"conflicting drivers", "yosys/multiple-drivers"},
    MessageRule{"multiple drivers", "yosys/multiple-drivers"},
    MessageRule{"is used but has no driver", "yosys/undriven"},
    MessageRule{"logic loop", "yosys/loop"},
    MessageRule{"assigned in a continuous assignment", "yosys/assigned-reg"},
    MessageRule{"assigned in a block", "yosys/assigned-wire"},
    MessageRule{"Resizing cell port", "yosys/port-width"},
    MessageRule{"Range ", "yosys/select"},
    MessageRule{"out of bounds", "yosys/select"},
    MessageRule{"System task", "yosys/system-task"},
    MessageRule{"Replacing memory", "yosys/memory-to-registers"},
};

bool consume(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text = trim(text.substr(prefix.size()));
    return true;
}

/// `... at FILE:LINE.COL-LINE.COL.`, as many warnings end.
void take_trailing_place(Finding& finding) {
    const std::string_view message = finding.message;
    const std::size_t at = message.rfind(" at ");
    if (at == std::string_view::npos) return;
    const std::string_view place = message.substr(at + 4);
    const std::size_t colon = place.rfind(':');
    if (colon == std::string_view::npos) return;
    const std::string_view numbers = place.substr(colon + 1);
    const std::string_view line = numbers.substr(0, numbers.find_first_of(".-"));
    if (parse_position(line) == 0) return;
    finding.line = parse_position(line);
    if (line.size() < numbers.size() && numbers[line.size()] == '.') {
        const std::string_view rest = numbers.substr(line.size() + 1);
        finding.column = parse_position(rest.substr(0, rest.find_first_of(".-")));
    }
    finding.file = std::string(place.substr(0, colon));
    finding.message.resize(at);
}

std::optional<Finding> parse_line(std::string_view line) {
    Finding finding;
    std::string_view rest = trim(line);
    if (rest.starts_with("Warning: Latch inferred")) consume(rest, "Warning:");
    if (consume(rest, "Latch inferred for signal ")) {
        finding.severity = Severity::Warning;
        finding.rule = "yosys/latch";
        finding.message =
            "Latch inferred for signal " + std::string(rest.substr(0, rest.find(" from process")));
        return finding;
    }
    const auto located = split_location(rest);
    std::string_view after = located ? located->rest : rest;
    if (located && (after.starts_with("ERROR:") || after.starts_with("Warning:"))) {
        finding.file = located->file;
        finding.line = located->line;
        finding.column = located->column;
        rest = after;
    }
    if (consume(rest, "ERROR:")) {
        finding.rule = find_rule(kErrorRules, rest, "yosys/error");
    } else if (consume(rest, "Warning:")) {
        finding.severity = Severity::Warning;
        finding.rule = find_rule(kWarningRules, rest, "yosys/warning");
    } else {
        return std::nullopt;
    }
    finding.message = std::string(rest);
    if (finding.line == 0) take_trailing_place(finding);
    return finding;
}

Finding parse_diagnostic(const nlohmann::json& diagnostic) {
    Finding finding;
    const std::string severity = diagnostic.value("severity", "error");
    if (severity == "warning") finding.severity = Severity::Warning;
    if (severity == "note" || severity == "ignored") finding.severity = Severity::Note;
    std::string code = diagnostic.value("code", "");
    if (code.empty()) code = diagnostic.value("optionName", "error");
    finding.rule = "slang/" + code;
    finding.message = diagnostic.value("message", "");
    const std::string place = diagnostic.value("location", "") + ":";
    // A message about the whole has `:0:0`.
    if (const auto located = split_location(place); located && !place.starts_with(':')) {
        finding.file = located->file;
        finding.line = located->line;
        finding.column = located->column;
    }
    return finding;
}

}  // namespace

std::vector<Finding> parse_messages(std::string_view log) {
    std::vector<Finding> findings;
    for (const std::string_view line : split_lines(log)) {
        auto finding = parse_line(line);
        if (finding && std::ranges::find(findings, *finding) == findings.end()) {
            findings.push_back(*std::move(finding));
        }
    }
    return findings;
}

std::vector<Finding> parse_diagnostics(std::string_view json) {
    std::vector<Finding> findings;
    const auto list = nlohmann::json::parse(json, nullptr, false);
    if (!list.is_array()) return findings;
    for (const auto& diagnostic : list) {
        if (!diagnostic.is_object()) continue;
        try {
            findings.push_back(parse_diagnostic(diagnostic));
        } catch (const nlohmann::json::exception&) {
            continue;  // a field of another type than any slang writes
        }
    }
    return findings;
}

std::vector<std::string> parse_module_list(std::string_view listing) {
    std::vector<std::string> modules;
    for (const std::string_view line : split_lines(listing)) {
        if (line.starts_with("  ")) modules.emplace_back(trim(line));
    }
    return modules;
}

bool tells_internal_error(std::string_view log) {
    return log.find("ERROR: Assert `") != std::string_view::npos ||
           log.find("ERROR: Abort in ") != std::string_view::npos;
}

}  // namespace rtlgen::tools::yosys
