// SPDX-License-Identifier: Apache-2.0
// proc, flatten, memory_map, a miter and temporal induction (Eén and Sörensson 2003), as Yosys has
// them. A register is x at the start but for its initial value, an input is 0 or 1, and where the
// reference is x the design may be anything.
#include "verify/prove/proof_script.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/rtl/lexer.h"
#include "verify/plain_always.h"

namespace rtlgen::verify {
namespace {

constexpr std::string_view kTicks = "ticks.v";
constexpr std::string_view kSat = "-set-init-undef -set-def-inputs";

/// Registers that take their data in a step only where the clock input is 1 then. `sat` gives that
/// input any value at any step and looks at it nowhere else, so that asynchronous pins may come and
/// go between two edges.
std::string ticks_text() {
    struct Kind {
        const char* type;
        const char* pins;
        const char* parameters;  // with a blank before each
        const char* declarations;
    };
    static constexpr std::array<Kind, 4> kKinds = {{
        {"dff", "", "", ""},
        {"adff", "ARST", "ARST_POLARITY ARST_VALUE",
         "parameter ARST_POLARITY = 1; parameter [WIDTH-1:0] ARST_VALUE = 0; input ARST;"},
        {"aldff", "ALOAD AD", "ALOAD_POLARITY",
         "parameter ALOAD_POLARITY = 1; input ALOAD; input [WIDTH-1:0] AD;"},
        {"dffsr", "SET CLR", "SET_POLARITY CLR_POLARITY",
         "parameter SET_POLARITY = 1; parameter CLR_POLARITY = 1; input [WIDTH-1:0] SET, CLR;"},
    }};
    std::string text;
    for (const Kind& kind : kKinds) {
        std::string ports;
        std::string pins;
        std::string parameters;
        for (const std::string_view pin : split(kind.pins, ' ')) {
            if (pin.empty()) continue;
            ports += fmt::format(", {}", pin);
            pins += fmt::format(", .{0}({0})", pin);
        }
        for (const std::string_view name : split(kind.parameters, ' ')) {
            if (!name.empty()) parameters += fmt::format(", .{0}({0})", name);
        }
        text += fmt::format(
            "module \\${0} (CLK, D, Q{1});\n"
            "    parameter WIDTH = 1; parameter CLK_POLARITY = 1;\n"
            "    input CLK; input [WIDTH-1:0] D; output [WIDTH-1:0] Q;\n"
            "    {2}\n"
            "    \\${0} #(.WIDTH(WIDTH), .CLK_POLARITY(CLK_POLARITY){3}) _TECHMAP_REPLACE_\n"
            "        (.CLK(CLK), .D(CLK ? D : Q), .Q(Q){4});\nendmodule\n",
            kind.type, ports, kind.declarations, parameters, pins);
    }
    return text;
}

Status add_side(tools::YosysRun& run, tools::YosysReader reader, const SourceSet& set,
                const char* side) {
    const bool plain = reader == tools::YosysReader::Verilog;
    TRY(tools::add_reading(run, reader, plain ? with_plain_always(set) : set,
                           std::string(side) + "/"));
    // Formal cells of a design are nothing that it may ask of its inputs.
    run.script += fmt::format(
        "write_rtlil {0}.read.il\n"
        "setattr -mod -unset keep_hierarchy *\n"
        "proc\nflatten\nchformal -remove\ndelete t:$print t:$scopeinfo\n"
        "memory_collect\nmemory_map\nrename -top {0}\n"
        "write_rtlil {0}.il\ndesign -stash {0}\n",
        side);
    return {};
}

tools::YosysRun begin_run(const ProofBudget& budget) {
    tools::YosysRun run;
    run.name = "prove";
    run.limits.cpu = budget.cpu;
    // A busy machine gives a process a part of its time.
    run.limits.wall = 4 * budget.cpu;
    return run;
}

void keep(tools::YosysRun& run, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        run.outputs.push_back({std::string(name), mebibytes(64)});
    }
}

std::string_view model_commands(TimeModel model) {
    switch (model) {
        case TimeModel::None:
        case TimeModel::Cycles: return "";
        case TimeModel::Events: return "dffunmap\ntechmap -max_iter 1 -map ticks.v\nasync2sync\n";
        case TimeModel::Samples: return "clk2fflogic\n";
    }
    return "";
}

std::string depth_options(const ProofQuestion& question, const ProofBudget& budget) {
    if (question.model == TimeModel::None) return "-seq 1";
    if (question.kind == ProofQuestion::Kind::Induction) {
        return fmt::format("-tempinduct -maxsteps {}", budget.induction_steps);
    }
    return fmt::format("-tempinduct -tempinduct-baseonly -maxsteps {}", budget.bounded_steps);
}

/// Whether two edges are waited for by one process, or both edges of one signal by any.
struct EventWords {
    bool edge = false;
    bool two_edges = false;
    bool rises = false;
    bool falls = false;
    bool latch = false;
};

EventWords event_words(const std::string& text) {
    EventWords words;
    rtl::Lexer lexer(text);
    int edges = 0;
    for (rtl::Token token = lexer.next(); token.kind != rtl::TokenKind::End; token = lexer.next()) {
        if (token.is("@") || token.is("begin")) edges = 0;
        if (token.is("always_latch")) words.latch = true;
        const bool rises = token.is("posedge");
        if (!rises && !token.is("negedge")) continue;
        words.edge = true;
        words.rises |= rises;
        words.falls |= !rises;
        words.two_edges |= ++edges > 1;
    }
    return words;
}

}  // namespace

TimeModel expected_model(const SourceSet& reference) {
    EventWords all;
    for (const SourceFile& file : reference.files) {
        const EventWords words = event_words(file.text);
        all.edge |= words.edge;
        all.two_edges |= words.two_edges;
        all.rises |= words.rises;
        all.falls |= words.falls;
        all.latch |= words.latch;
    }
    if (all.latch) return TimeModel::Samples;
    if (all.two_edges) return TimeModel::Events;
    if (all.rises && all.falls) return TimeModel::Samples;
    return all.edge ? TimeModel::Cycles : TimeModel::None;
}

Result<tools::YosysRun> plan_reference(const SourceSet& reference, tools::YosysReader reader,
                                       const ProofBudget& budget) {
    tools::YosysRun run = begin_run(budget);
    TRY(add_side(run, reader, reference, "reference"));
    keep(run, {proof_files::kReferenceRead, proof_files::kReference});
    return run;
}

Result<tools::YosysRun> plan_design(const SourceSet& design, const ProofQuestion& question,
                                    const ProofBudget& budget) {
    tools::YosysRun run = begin_run(budget);
    TRY(add_side(run, question.design_reader, design, "design"));
    run.inputs.push_back({std::string(kTicks), ticks_text(), false});
    run.script +=
        "design -copy-from reference -as gold reference\n"
        "design -copy-from design -as gate design\n"
        "miter -equiv -ignore_gold_x -make_outputs -flatten gold gate miter\n"
        "hierarchy -top miter\n" +
        std::string(model_commands(question.model)) +
        // Flattening the miter leaves notes of it as cells.
        "delete t:$scopeinfo\nopt_clean\nwrite_rtlil miter.il\n";
    // Functions are the same at every step: one is all of them.
    const bool is_timeless = question.model == TimeModel::None;
    run.script += fmt::format("tee -q -o {} sat -verify -seq {} {} -show trigger miter\n",
                              proof_files::kPossible, is_timeless ? 1 : 2, kSat);
    run.script += fmt::format(
        "tee -q -o {} sat -verify -timeout {} {} {} -show-ports -dump_vcd {} -prove trigger 0 "
        "miter\ntee -q -o {} ls\n",
        proof_files::kLog, std::max<std::int64_t>(1, budget.cpu.count() / 2),
        depth_options(question, budget), kSat, proof_files::kCounterexample, proof_files::kProven);
    // Of an output that is x for ever everything can be proven.
    const int settled = is_timeless ? 1 : budget.settling_steps;
    run.script += fmt::format(
        "select -set known miter/o:gold_*\n"
        "sat -verify -timeout {} -seq {} {} -set-def-at {} @known miter\n",
        std::max<std::int64_t>(1, budget.cpu.count() / 4), settled, kSat, settled);
    keep(run, {proof_files::kDesignRead, proof_files::kDesign, proof_files::kMiter,
               proof_files::kPossible, proof_files::kProven, proof_files::kCounterexample,
               proof_files::kLog});
    return run;
}

std::vector<InputValues> parse_counterexample(std::string_view vcd) {
    std::map<std::string, std::string, std::less<>> ports;  // by the dump's short name
    std::vector<InputValues> steps;
    InputValues now;
    bool is_step = false;
    const auto end_step = [&] {
        if (is_step) steps.push_back(now);
        is_step = false;
    };
    for (const std::string_view line : split_lines(vcd)) {
        const std::vector<std::string_view> words = split(trim(line), ' ');
        if (words[0] == "$var" && words.size() >= 5) {
            std::string_view name = words[4];
            if (name.starts_with('\\')) name.remove_prefix(1);
            if (name.starts_with("in_")) ports.emplace(words[3], name.substr(3));
        } else if (line.starts_with('#')) {
            end_step();
        } else if (line.starts_with('b') && words.size() == 2) {
            const auto port = ports.find(words[1]);
            if (port == ports.end()) continue;
            now[port->second] = words[0].substr(1);
            is_step = true;
        } else if (line.starts_with('0') || line.starts_with('1') || line.starts_with('x')) {
            const auto port = ports.find(line.substr(1));
            if (port == ports.end()) continue;
            now[port->second] = line.substr(0, 1);
            is_step = true;
        }
    }
    end_step();
    return steps;
}

}  // namespace rtlgen::verify
