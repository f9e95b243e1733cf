// SPDX-License-Identifier: Apache-2.0
#include "cli/report/synth_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

using synth::Memory;
using synth::Ppa;

/// "12 bits", "1 bit".
std::string counted(std::int64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

/// The commonest types first.
std::string by_type(const synth::CellCounts& cells) {
    std::vector<std::pair<std::string, std::int64_t>> rows(cells.begin(), cells.end());
    std::ranges::stable_sort(rows, std::ranges::greater{},
                             [](const auto& row) { return row.second; });
    std::vector<std::string> parts;
    for (const auto& [type, count] : rows) parts.push_back(fmt::format("{} {}", type, count));
    return join(parts, ", ");
}

void row(std::ostream& out, std::string_view name, const std::string& text) {
    out << fmt::format("  {:<12} {}\n", name, escape_for_terminal(text));
}

void write_state(std::ostream& out, const Ppa& ppa) {
    std::string registers = counted(ppa.registers, "bit");
    if (ppa.flip_flops != ppa.registers) {
        registers += "; " + counted(ppa.flip_flops, "flip-flop") + " in the netlist";
    }
    row(out, "registers", registers);
    std::string latches = counted(ppa.latch_bits(), "bit");
    for (const synth::LatchSignal& latch : ppa.latches) {
        latches += (latch.signal == ppa.latches.front().signal ? ": " : ", ") + latch.signal;
    }
    row(out, "latches", latches);
    std::string total = std::to_string(ppa.memories.size());
    if (!ppa.memories.empty()) total += ", " + counted(ppa.memory_bits(), "bit");
    row(out, "memories", total);
    for (const Memory& memory : ppa.memories) {
        row(out, "",
            fmt::format("{}: {} x {} bits, {}", memory.name, memory.words, memory.width,
                        memory.became == Memory::Became::Cells
                            ? "made of cells"
                            : "kept as a memory, in no count of cells and no area"));
    }
}

void write_depth(std::ostream& out, const Ppa& ppa) {
    if (!ppa.depth) return row(out, "logic depth", "not available: there is a combinational loop");
    std::string text = counted(ppa.depth->cells, "cell");
    if (!ppa.depth->from.empty() && !ppa.depth->to.empty()) {
        text += ", from " + ppa.depth->from + " to " + ppa.depth->to;
    }
    row(out, "logic depth", text);
}

void write_area(std::ostream& out, const Ppa& ppa) {
    if (!ppa.library || !ppa.area) {
        return row(out, "area", "not available: no --liberty was given");
    }
    std::string text = fmt::format("{:.2f} um2", ppa.area->value);
    if (!ppa.cells_without_area.empty()) {
        text += ", without what the library has no cell for: " + by_type(ppa.cells_without_area);
    }
    row(out, "area", text);
    std::string library = ppa.library->name;
    if (!ppa.library->corner.empty()) library += " (" + ppa.library->corner + ")";
    row(out, "library", library + ", " + ppa.library->path + ", sha256 " + ppa.library->sha256);
}

void write_ppa(std::ostream& out, const Ppa& ppa) {
    row(out, "cells", std::to_string(ppa.cells));
    if (!ppa.cells_by_type.empty()) row(out, "", by_type(ppa.cells_by_type));
    write_state(out, ppa);
    write_depth(out, ppa);
    write_area(out, ppa);
    for (const synth::BlackBox& box : ppa.black_boxes) {
        row(out, "black box", box.module + ": " + join(box.instances, ", "));
    }
}

std::string headline(const synth::SynthReport& report) {
    std::string line(to_string(report.outcome));
    std::ranges::transform(line, line.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c == '_' ? ' ' : c;
    });
    line += "  " + report.design.top;
    for (const synth::SynthAttempt& attempt : report.attempts) {
        if (attempt.outcome != report.outcome) continue;
        line += ", " + attempt.tool.name + " " + attempt.tool.version + " by " + attempt.reader;
        break;
    }
    return line + ", isolation " + std::string(process::to_string(report.isolation));
}

}  // namespace

void write_text(std::ostream& out, const synth::SynthReport& report) {
    out << escape_for_terminal(headline(report)) << "\n";
    // What a finding says is not said twice.
    const bool is_told = std::ranges::any_of(report.findings, [&](const Finding& finding) {
        return format_finding(finding) == report.reason;
    });
    if (!report.reason.empty() && !is_told) {
        out << "  " << escape_for_terminal(report.reason) << "\n";
    }
    for (const synth::SynthAttempt& attempt : report.attempts) {
        if (attempt.outcome == report.outcome) continue;
        out << "  " << attempt.tool.name << " " << attempt.tool.version << " by " << attempt.reader
            << ": " << escape_for_terminal(attempt.reason) << "\n";
    }
    if (report.ppa) write_ppa(out, *report.ppa);
    for (const Finding& finding : report.findings) out << format_finding(finding) << "\n";
}

}  // namespace rtlgen::cli
