// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/evidence.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/text.h"

namespace rtlgen::workflow {
namespace {

constexpr std::size_t kMostMessages = 20;
constexpr std::size_t kLongestMessage = 400;
constexpr std::size_t kLongestValue = 28;

/// Whole lines of `text` within `cap`, and what is said where some are left out.
std::string within(std::string text, Bytes cap, std::string_view left_out) {
    if (text.size() <= cap.count) return text;
    const std::size_t room = cap.count - std::min<std::size_t>(cap.count, left_out.size() + 1);
    const std::size_t end = text.rfind('\n', room);
    text.resize(end == std::string::npos ? 0 : end + 1);
    return text + std::string(left_out) + "\n";
}

std::string shortened(std::string_view text, std::size_t longest) {
    if (text.size() <= longest) return std::string(text);
    return std::string(text.substr(0, longest)) + "...";
}

/// One line, whatever stands in it.
std::string one_line(std::string_view text, std::size_t longest) {
    std::string line = shortened(text, longest);
    std::ranges::replace(line, '\n', ' ');
    std::ranges::replace(line, '\r', ' ');
    return line;
}

const Check* mismatch_check(const Verdict& verdict) {
    const auto found = std::ranges::find_if(
        verdict.checks, [](const Check& check) { return check.mismatch.has_value(); });
    return found == verdict.checks.end() ? nullptr : &*found;
}

std::string facts_of(const Verdict& verdict) {
    const Check* check = mismatch_check(verdict);
    if (check == nullptr) return {};
    Mismatch wrong = *check->mismatch;
    if (const auto& trace = verdict.failure_trace) {
        if (!trace->signal.empty()) wrong.signal = trace->signal;
        if (!trace->time.empty()) wrong.time = trace->time;
        if (trace->cycle) wrong.cycle = trace->cycle;
        if (!trace->expected.empty()) wrong.expected = trace->expected;
        if (!trace->got.empty()) wrong.got = trace->got;
    }
    std::string facts;
    const auto add = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) facts += std::string(name) + ": " + one_line(value, 200) + "\n";
    };
    add("first wrong output", wrong.signal);
    add("time", wrong.time);
    if (wrong.cycle) add("cycle", std::to_string(*wrong.cycle));
    add("expected", wrong.expected);
    add("got", wrong.got);
    if (wrong.mismatches && wrong.samples) {
        add("wrong samples",
            std::to_string(*wrong.mismatches) + " of " + std::to_string(*wrong.samples));
    }
    return facts;
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

std::string table_of(const FailureTrace& trace) {
    if (trace.rows.empty()) return {};
    const bool has_cycles = trace.rows.back().cycle.has_value();
    std::vector<std::vector<std::string>> columns;
    columns.push_back({has_cycles ? "cycle" : "time"});
    for (const TraceRow& row : trace.rows) {
        columns.back().push_back(row.cycle ? std::to_string(*row.cycle) : std::to_string(row.time));
    }
    // The last row is at the mismatch, which may lie between two edges.
    columns.back().back() += " (first wrong)";
    for (std::size_t i = 0; i < trace.signals.size(); ++i) {
        const TracedSignal& signal = trace.signals[i];
        columns.push_back(
            {std::string(to_string(signal.role)).substr(0, 3) + ":" + one_line(signal.name, 48)});
        for (const TraceRow& row : trace.rows) {
            columns.back().push_back(i < row.values.size() ? one_line(row.values[i], kLongestValue)
                                                           : "-");
        }
    }
    std::string text;
    for (std::size_t line = 0; line < trace.rows.size() + 1; ++line) {
        std::string row;
        for (const std::vector<std::string>& column : columns) {
            const std::size_t width = std::ranges::max(column, {}, &std::string::size).size();
            row += padded(column[line], width + 2);
        }
        text += std::string(trim(row)) + "\n";
    }
    return text;
}

const SourceFile* file_named(std::span<const SourceFile> files, std::string_view name) {
    const auto found = std::ranges::find(files, name, &SourceFile::path);
    return found == files.end() ? nullptr : &*found;
}

std::string drivers_of(const FailureTrace& trace, std::span<const SourceFile> files, Bytes cap) {
    // As many of the nearest lines as there is room for, told in the order of the files.
    for (std::size_t count = trace.drivers.size(); count > 0; --count) {
        std::map<std::string, std::vector<int>> lines;
        for (std::size_t i = 0; i < count; ++i) {
            lines[trace.drivers[i].file].push_back(trace.drivers[i].line);
        }
        std::string text;
        for (const SourceFile& file : files) {
            const auto found = lines.find(file.path);
            if (found == lines.end()) continue;
            if (files.size() > 1) text += one_line(file.path, 200) + ":\n";
            text += marked_lines(file.text, found->second);
        }
        if (text.size() <= cap.count) return text;
    }
    return {};
}

std::string finding_text(const Finding& finding, std::span<const SourceFile> files) {
    std::string text = one_line(format_finding(finding), kLongestMessage) + "\n";
    const SourceFile* file = file_named(files, finding.file);
    if (file != nullptr && finding.line > 0) {
        text += marked_lines(file->text, std::vector{finding.line});
    }
    return text;
}

std::string messages_of(const Verdict& verdict, std::span<const SourceFile> files, Bytes cap) {
    std::string text;
    for (const Check& check : verdict.checks) {
        const bool told = check.outcome == Outcome::Fail || check.outcome == Outcome::Unknown;
        if (told) text += check.name + ": " + one_line(check.reason, kLongestMessage) + "\n";
    }
    const Severity least =
        verdict.verdict_class == VerdictClass::Lint ? Severity::Warning : Severity::Error;
    std::size_t count = 0;
    std::size_t left = 0;
    for (const Finding& finding : verdict.findings) {
        if (finding.severity < least) continue;
        const std::string more = finding_text(finding, files);
        constexpr std::size_t kForTheRest = 40;
        if (count == kMostMessages || text.size() + more.size() + kForTheRest > cap.count) {
            ++left;
            continue;
        }
        ++count;
        text += more;
    }
    if (left > 0) text += "[" + std::to_string(left) + " more messages left out]\n";
    return within(std::move(text), cap, "[more left out]");
}

}  // namespace

std::string marked_lines(std::string_view text, std::span<const int> lines) {
    const std::vector<std::string_view> all = split_lines(text);
    const std::set<int> marked(lines.begin(), lines.end());
    std::set<int> shown;
    const int last = static_cast<int>(all.size());
    for (const int line : marked) {
        if (line < 1 || line > last) continue;
        for (int near = std::max(1, line - kLinesAround);
             near <= std::min(last, line + kLinesAround); ++near) {
            shown.insert(near);
        }
    }
    std::string out;
    int before = 0;
    for (const int line : shown) {
        if (before != 0 && line != before + 1) out += "  ...\n";
        before = line;
        std::string number = std::to_string(line);
        number.insert(0, number.size() < 4 ? 4 - number.size() : 0, ' ');
        out += (marked.contains(line) ? ">" : " ") + number + " | " +
               shortened(all[static_cast<std::size_t>(line) - 1], kLongestLine) + "\n";
    }
    return out;
}

EvidenceTexts evidence_of(const Verdict& verdict, std::span<const SourceFile> files,
                          const EvidenceCaps& caps) {
    EvidenceTexts texts;
    texts.facts = within(facts_of(verdict), caps.facts, "[more left out]");
    texts.messages = messages_of(verdict, files, caps.messages);
    if (!verdict.failure_trace) return texts;
    const FailureTrace& trace = *verdict.failure_trace;
    texts.table = within(table_of(trace), caps.table, "[more left out]");
    texts.drivers = drivers_of(trace, files, caps.drivers);
    if (trace.rows.empty()) texts.missing.push_back("the values, " + trace.values_from);
    if (texts.drivers.empty()) texts.missing.emplace_back("the driving lines, which aren't known");
    return texts;
}

}  // namespace rtlgen::workflow
