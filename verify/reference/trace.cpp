// SPDX-License-Identifier: Apache-2.0
#include "verify/reference/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_set>

#include "core/base/hash.h"
#include "core/base/text.h"

namespace rtlgen::verify {
namespace {

/// "[7:0]" within a vector whose highest bit belongs to the first port.
struct Slice {
    std::string name;
    int high;
    int low;
};

std::vector<Slice> slices_of(const std::vector<Port>& ports) {
    std::vector<Slice> slices;
    int bits = 0;
    for (const Port& port : ports) bits += port.width;
    for (const Port& port : ports) {
        slices.push_back({port.name, bits - 1, bits - port.width});
        bits -= port.width;
    }
    return slices;
}

/// A name of a port as Verilog has it, escaped where it is no simple one.
std::string written(const std::string& name) {
    return is_simple_identifier(name) ? name : "\\" + name + " ";
}

std::string connection(const Slice& slice, const std::string& vector) {
    return fmt::format("        .{}({}[{}:{}])", written(slice.name), vector, slice.high,
                       slice.low);
}

/// " #(.W(8))": parameters as an instance sets them.
std::string overrides(const std::vector<NameValue>& parameters) {
    if (parameters.empty()) return "";
    std::vector<std::string> settings;
    for (const NameValue& parameter : parameters) {
        settings.push_back(
            fmt::format(".{}({})", written(parameter.name), parameter.value.value_or("1")));
    }
    return fmt::format(" #({})", fmt::join(settings, ", "));
}

/// Clocks begin at 0, without an edge; data is unknown, so that each first value is a change.
std::string before_all(const DesignInterface& interface) {
    std::string bits;
    for (const Port& port : interface.inputs) {
        const bool clock = std::ranges::find(interface.clocks, port.name) != interface.clocks.end();
        bits.append(static_cast<std::size_t>(port.width), clock ? '0' : 'x');
    }
    return bits.empty() ? "1'b0" : fmt::format("{}'b{}", bits.size(), bits);
}

bool is_unknown(char bit) { return bit == 'x' || bit == 'z'; }

/// Walks a trace row by row.
class TraceWalk {
public:
    explicit TraceWalk(const Trace& trace) : trace_(trace) {}
    const std::string& at(std::size_t row) {
        while (next_ < trace_.changes.size() && trace_.changes[next_].row <= row) ++next_;
        return trace_.changes[next_ - 1].bits;
    }

private:
    const Trace& trace_;
    std::size_t next_ = 0;
};

/// How a row of the candidate differs from the reference's.
Difference difference_of(const std::string& expected, const std::string& got) {
    Difference worst = Difference::None;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (expected[i] == 'x' || expected[i] == got[i]) continue;
        if (!is_unknown(got[i])) return Difference::Value;
        worst = Difference::UnknownOnly;
    }
    return worst;
}

std::string as_value(std::string_view bits) { return fmt::format("{}'b{}", bits.size(), bits); }

Mismatch mismatch_at(std::size_t row, const std::string& expected, const std::string& got,
                     const DesignInterface& interface, const Stimulus& stimulus) {
    Mismatch mismatch;
    mismatch.time = std::to_string((row + 2) * kRowTime);
    mismatch.cycle = stimulus.cycles[row];
    std::size_t at = 0;
    for (const Port& port : interface.outputs) {
        const auto width = static_cast<std::size_t>(port.width);
        if (difference_of(expected.substr(at, width), got.substr(at, width)) != Difference::None) {
            mismatch.signal = port.name;
            mismatch.expected = as_value(std::string_view(expected).substr(at, width));
            mismatch.got = as_value(std::string_view(got).substr(at, width));
            break;
        }
        at += width;
    }
    return mismatch;
}

/// The first row in which an input that clocks something moves.
std::size_t first_edge(const DesignInterface& interface, const Stimulus& stimulus) {
    std::vector<std::size_t> clocks;
    std::size_t at = 0;
    for (const Port& port : interface.inputs) {
        if (std::ranges::find(interface.clocks, port.name) != interface.clocks.end()) {
            clocks.push_back(at);
        }
        at += static_cast<std::size_t>(port.width);
    }
    if (clocks.empty()) return 0;
    for (std::size_t row = 0; row < stimulus.rows.size(); ++row) {
        for (const std::size_t clock : clocks) {
            if (stimulus.rows[row][clock] == '1') return row;
        }
    }
    return stimulus.rows.size();
}

std::vector<std::string> constant_outputs(const Trace& reference,
                                          const DesignInterface& interface) {
    std::vector<std::string> constant;
    std::size_t at = 0;
    for (const Port& port : interface.outputs) {
        const auto width = static_cast<std::size_t>(port.width);
        const bool moved = std::ranges::any_of(reference.changes, [&](const Trace::Change& change) {
            return change.bits.compare(at, width, reference.changes.front().bits, at, width) != 0;
        });
        if (!moved) constant.push_back(port.name);
        at += width;
    }
    return constant;
}

}  // namespace

Driver make_driver(const DesignInterface& interface, const DrivenDesign& design,
                   std::span<const InputRow> rows, std::uint64_t secret) {
    Driver driver;
    const std::string mark = fmt::format("{:016x}", secret);
    driver.top = "rtlgen_drive_" + mark;
    // A design that knows its place (%m) doesn't know the word.
    driver.token = fmt::format("@{:016x}", sha256_seed("word/" + std::to_string(secret)));
    const int in_bits = interface.input_bits();
    const int out_bits = interface.output_bits();
    const std::string in = "in_" + mark;
    const std::string out = "out_" + mark;
    std::vector<std::string> connections;
    for (const Slice& slice : slices_of(interface.inputs)) {
        connections.push_back(connection(slice, in));
    }
    for (const Slice& slice : slices_of(interface.outputs)) {
        connections.push_back(connection(slice, out));
    }
    driver.text = fmt::format("`timescale 1ns/1ps\nmodule {};\n", driver.top);
    driver.text +=
        fmt::format("    reg [{0}:0] {1} = {2};\n    reg [{0}:0] rows_{3} [0:{4}];\n",
                    std::max(in_bits, 1) - 1, in, before_all(interface), mark, rows.size() - 1);
    driver.text +=
        fmt::format("    wire [{0}:0] {1};\n    reg [{0}:0] seen_{2};\n    integer row_{2};\n",
                    std::max(out_bits, 1) - 1, out, mark);
    driver.text += fmt::format("    {}{} dut_{} (\n{}\n    );\n", written(design.top),
                               overrides(design.parameters), mark, fmt::join(connections, ",\n"));
    driver.text += fmt::format(
        "    initial begin\n"
        "        $readmemb(\"{file}\", rows_{m});\n"
        "        #{time};\n"
        "        for (row_{m} = 0; row_{m} < {count}; row_{m} = row_{m} + 1) begin\n"
        "            {in} = rows_{m}[row_{m}];\n"
        "            #{time};\n"
        "            if (row_{m} == 0 || {out} !== seen_{m}) $display(\"{token} %0d %b\", row_{m}, "
        "{out});\n"
        "            seen_{m} = {out};\n"
        "        end\n"
        "        $display(\"{token} end %0d\", row_{m});\n"
        "        $finish;\n"
        "    end\nendmodule\n",
        fmt::arg("file", kRowsFile), fmt::arg("m", mark), fmt::arg("in", in), fmt::arg("out", out),
        fmt::arg("count", rows.size()), fmt::arg("time", kRowTime),
        fmt::arg("token", driver.token));
    for (const InputRow& row : rows) driver.rows += (row.empty() ? "0" : row) + "\n";
    return driver;
}

Result<Trace> parse_trace(std::string_view printed, const Driver& driver, std::size_t rows,
                          int output_bits) {
    const auto foreign = [](std::string_view line) {
        return fail(ErrorCode::ToolFailed,
                    fmt::format("the trace holds a line that no driver prints: {}",
                                escape_for_terminal(std::string(line.substr(0, 80)))));
    };
    const auto width = static_cast<std::size_t>(std::max(output_bits, 1));
    Trace trace;
    trace.rows = rows;
    for (const std::string_view line : split_lines(printed)) {
        if (!line.starts_with(driver.token)) continue;
        const std::vector<std::string_view> words = split(line, ' ');
        if (trace.complete || words.size() != 3) return foreign(line);
        if (words[1] == "end") {
            if (parse_int(words[2]) != static_cast<std::int64_t>(rows)) return foreign(line);
            trace.complete = !trace.changes.empty();
            continue;
        }
        const auto row = parse_int(words[1]);
        const bool in_order = row && *row >= 0 && *row < static_cast<std::int64_t>(rows) &&
                              (trace.changes.empty() ? *row == 0 : *row > trace.changes.back().row);
        const bool is_value = words[2].size() == width &&
                              words[2].find_first_not_of("01xz") == std::string_view::npos;
        if (!in_order || !is_value) return foreign(line);
        trace.changes.push_back({static_cast<std::uint32_t>(*row), std::string(words[2])});
    }
    return trace;
}

TraceComparison compare_traces(const Trace& reference, const Trace& candidate,
                               const DesignInterface& interface, const Stimulus& stimulus) {
    TraceComparison result;
    TraceWalk expected(reference);
    TraceWalk got(candidate);
    const std::size_t edge = first_edge(interface, stimulus);
    const std::size_t rows = std::min(reference.rows, candidate.rows);
    result.before_first_edge = true;
    for (std::size_t row = 0; row < rows; ++row) {
        const std::string& want = expected.at(row);
        const std::string& have = got.at(row);
        if (want.find_first_not_of('x') != std::string::npos) ++result.compared;
        const Difference difference = difference_of(want, have);
        if (difference == Difference::None) continue;
        ++result.mismatches;
        if (row >= edge) result.before_first_edge = false;
        const bool stronger =
            result.difference != Difference::Value && difference == Difference::Value;
        if (!result.first || stronger) {
            result.first = mismatch_at(row, want, have, interface, stimulus);
        }
        if (result.difference == Difference::None || stronger) result.difference = difference;
    }
    result.before_first_edge = result.before_first_edge && result.mismatches > 0;
    if (result.first) {
        result.first->mismatches = result.mismatches;
        result.first->samples = result.compared;
    }
    result.constant_outputs = constant_outputs(reference, interface);
    return result;
}

Trace what_is_known(const Trace& one, const Trace& other) {
    Trace known = one;
    known.changes.clear();
    TraceWalk left(one);
    TraceWalk right(other);
    std::string before;
    for (std::uint32_t row = 0; row < one.rows; ++row) {
        std::string bits = left.at(row);
        const std::string& others = right.at(row);
        for (std::size_t i = 0; i < bits.size(); ++i) {
            if (bits[i] != others[i]) bits[i] = 'x';
        }
        if (row == 0 || bits != before) known.changes.push_back({row, bits});
        before = std::move(bits);
    }
    return known;
}

std::size_t rows_that_suffice(const Trace& reference, const Stimulus& stimulus) {
    if (stimulus.stages.empty()) return stimulus.rows.size();
    std::unordered_set<std::string> values;
    std::vector<std::uint32_t> new_values;  // rows
    std::set<std::pair<std::size_t, char>> moves;
    std::size_t last_move = 0;
    const std::string* before = nullptr;
    for (const Trace::Change& change : reference.changes) {
        for (std::size_t i = 0; before != nullptr && i < change.bits.size(); ++i) {
            if ((*before)[i] == change.bits[i]) continue;
            if (moves.emplace(i, change.bits[i]).second) last_move = change.row;
        }
        if (values.insert(change.bits).second) new_values.push_back(change.row);
        before = &change.bits;
    }
    // Many values are data, of which there are always new ones; few are states.
    constexpr std::size_t kMostStates = 1'000;
    constexpr std::size_t kFew = 100;  // one new state in a hundred is few
    for (std::size_t stage = 0; stage < stimulus.stages.size(); ++stage) {
        const std::size_t end = stimulus.stages[stage];
        if (stage + 1 < stimulus.fewest_stages) continue;
        const auto later = static_cast<std::size_t>(
            std::ranges::count_if(new_values, [end](std::uint32_t row) { return row >= end; }));
        const bool are_data = values.size() > kMostStates;
        if (last_move < end && (are_data || later * kFew <= values.size())) return end;
    }
    return stimulus.stages.back();
}

}  // namespace rtlgen::verify
