// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "cli/report/report.h"
#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

std::string upper(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c == '_' ? ' ' : c;
    });
    return result;
}

/// "PASS  tested (200 samples) against the testbench".
std::string headline(const Verdict& verdict) {
    std::string line = upper(to_string(verdict.outcome));
    if (verdict.verdict_class != VerdictClass::None) {
        line += " " + std::string(to_string(verdict.verdict_class));
    }
    line += "  grade " + std::string(to_string(verdict.grade));
    if (verdict.grade == Grade::Tested && verdict.evidence.samples > 0) {
        line += " (" + std::to_string(verdict.evidence.samples) + " samples)";
    }
    line += ", assurance " + std::string(to_string(verdict.assurance));
    line += ", origin " + std::string(to_string(verdict.candidate.origin));
    if (!verdict.isolation_level.empty()) line += ", isolation " + verdict.isolation_level;
    return line;
}

void write_mismatch(std::ostream& out, const Mismatch& mismatch) {
    std::string line;
    const auto add = [&](const std::string& text) { line += (line.empty() ? "" : ", ") + text; };
    if (!mismatch.signal.empty()) add("signal " + mismatch.signal);
    if (!mismatch.time.empty()) add("time " + mismatch.time);
    if (mismatch.cycle) add("cycle " + std::to_string(*mismatch.cycle));
    if (!mismatch.expected.empty()) add("expected " + mismatch.expected);
    if (!mismatch.got.empty()) add("got " + mismatch.got);
    if (!line.empty()) out << "  first mismatch: " << escape_for_terminal(line) << "\n";
}

/// The files that not every front end reads: a column for each, `reads` or `-`.
void write_reading(std::ostream& out, const std::vector<FileReading>& reading) {
    std::vector<const FileReading*> differing;
    std::size_t width = 0;
    for (const FileReading& file : reading) {
        const bool all = std::ranges::all_of(file.tools, &FileReading::Tool::reads);
        if (all) continue;
        differing.push_back(&file);
        width = std::max(width, file.file.size());
    }
    if (differing.empty()) return;
    const auto pad = [](std::string text, std::size_t to) {
        text.resize(std::max(to, text.size()), ' ');
        return text;
    };
    out << "  " << pad("not read by all", width);
    for (const FileReading::Tool& tool : differing.front()->tools) out << "  " << tool.front_end;
    out << "\n";
    for (const FileReading* file : differing) {
        std::string line = "  " + pad(escape_for_terminal(file->file), width);
        for (const FileReading::Tool& tool : file->tools) {
            line += "  " + pad(tool.reads ? "reads" : "-", tool.front_end.size());
        }
        while (line.ends_with(' ')) line.pop_back();
        out << line << "\n";
    }
}

/// "verilator/UNUSEDSIGNAL 120, icarus/implicit-wire 3": the commonest first.
std::string by_rule(const std::vector<Finding>& findings) {
    std::map<std::string_view, int> counts;
    for (const Finding& finding : findings) {
        ++counts[finding.rule.empty() ? std::string_view("without a rule") : finding.rule];
    }
    std::vector<std::pair<std::string_view, int>> rows(counts.begin(), counts.end());
    std::ranges::stable_sort(rows, std::ranges::greater{},
                             [](const auto& row) { return row.second; });
    std::vector<std::string> parts;
    for (const auto& [rule, count] : rows) {
        parts.push_back(std::string(rule) + " " + std::to_string(count));
    }
    return join(parts, ", ");
}

}  // namespace

void write_text(std::ostream& out, const Verdict& verdict) {
    out << headline(verdict) << "\n";
    for (const Check& check : verdict.checks) {
        out << "  " << check.name << ": " << to_string(check.outcome);
        if (check.tool) out << " (" << check.tool->name << " " << check.tool->version << ")";
        if (!check.reason.empty()) out << ": " << escape_for_terminal(check.reason);
        out << "\n";
        if (check.mismatch) write_mismatch(out, *check.mismatch);
        const bool differ = std::ranges::any_of(
            check.detail, [](const auto& row) { return row.second != "reads it"; });
        if (check.name != "compile" || !differ) continue;
        for (const auto& [tool, what] : check.detail) {
            out << "    " << tool << " " << escape_for_terminal(what) << "\n";
        }
    }
    write_reading(out, verdict.reading);
    constexpr std::size_t kMostFindings = 30;
    std::size_t shown = 0;
    for (const Finding& finding : verdict.findings) {
        if (shown++ == kMostFindings) {
            out << "... and " << verdict.findings.size() - kMostFindings
                << " more (--json has all)\n"
                << "by rule: " << escape_for_terminal(by_rule(verdict.findings)) << "\n";
            break;
        }
        out << format_finding(finding) << "\n";
    }
}

}  // namespace rtlgen::cli
