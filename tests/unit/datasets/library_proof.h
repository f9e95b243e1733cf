// SPDX-License-Identifier: Apache-2.0
// Yosys proves two forms of a design equal: its netlist and its text, or a mutant and the original.
// By induction over the registers that both have (equiv_make, equiv_induct), else from reset on by
// temporal induction, else for a number of cycles. Clocks are taken for one.
#pragma once

#include <string>

#include "core/tools/yosys.h"
#include "tests/unit/datasets/library_fixture.h"

namespace rtlgen::test {

inline SourceSet sources_of(const datasets::LibraryAnswer& answer) {
    SourceSet set;
    set.files.push_back({"design.v", {}, answer.code});
    set.top = answer.top;
    return set;
}

/// A question to Yosys about `set`.
struct YosysQuestion {
    SourceSet set;
    std::string prepare;  ///< leaves modules gold and gate
    std::vector<process::InputFile> inputs;
    std::chrono::seconds cpu{120};  ///< of each try
};

/// Whether a script behind the reading and the preparation ran to its end, and what was said.
struct YosysReply {
    bool ok = false;
    std::string log;

    [[nodiscard]] std::string last_words() const {
        constexpr std::size_t kMost = 1500;
        return log.substr(log.size() - std::min(log.size(), kMost));
    }
};

inline YosysReply run_script(const Machine& machine, const YosysQuestion& question,
                             const std::string& script) {
    const tools::Tool* yosys = machine.toolset.find(tools::ToolKind::Yosys);
    if (yosys == nullptr) return {false, "error: no Yosys"};
    tools::YosysRun run;
    run.name = "yosys-library";
    run.limits.cpu = question.cpu;
    run.limits.wall = 30 * question.cpu;
    if (const Status read = tools::add_reading(run, tools::YosysReader::Verilog, question.set);
        !read) {
        return {false, "error: " + read.error().text()};
    }
    run.script += question.prepare + script;
    for (const process::InputFile& input : question.inputs) run.inputs.push_back(input);
    auto result = tools::run_yosys(*yosys, run, question.set, *machine.runner, {});
    if (!result) return {false, "error: " + result.error().text()};
    return {result->ok, result->log};
}

/// Flip-flops without enable and reset pins, memories as registers.
inline constexpr const char* kFlat = "proc\nflatten\nopt_expr\nopt_clean\nmemory\nopt_clean\n";
inline constexpr const char* kPlainRegisters = "async2sync\ndffunmap\nopt_clean\n";
inline constexpr const char* kByRegisters =
    "equiv_make gold gate both\nhierarchy -top both\nclean\nequiv_simple -undef\n"
    "equiv_induct -undef\nequiv_status -assert\n";

/// From a state on of which nothing is known, for all inputs; what gold leaves open (x) may differ.
inline std::string by_steps(const std::string& how) {
    return "miter -equiv -ignore_gold_x -flatten gold gate both\nhierarchy -top both\nclean\n"
           "sat -verify -prove trigger 0 -set-init-undef -set-def-inputs " +
           how + " both\n";
}

/// "proven" (for all time), "differs", or "unknown".
inline std::string prove_for_all_time(const Machine& machine, const YosysQuestion& question) {
    if (run_script(machine, question, kByRegisters).ok) return "proven";
    const YosysReply reply = run_script(machine, question, by_steps("-tempinduct -maxsteps 12"));
    if (reply.ok) return "proven";
    return contains(reply.log, "model found for base case") ? "differs" : "unknown";
}

/// As that, or "bounded N" (equal for N cycles), or what Yosys said where it can't tell. `depth`:
/// cycles of a bounded proof; 0: without a bound, else 24 cycles.
inline std::string prove_equal(const Machine& machine, const YosysQuestion& question, int depth) {
    if (depth == 0) {
        const std::string proof = prove_for_all_time(machine, question);
        if (proof != "unknown") return proof;
    }
    const int steps = depth == 0 ? 24 : depth;
    const YosysReply reply =
        run_script(machine, question,
                   by_steps("-tempinduct -tempinduct-baseonly -maxsteps " + std::to_string(steps)));
    if (reply.ok) return "bounded " + std::to_string(steps);
    if (contains(reply.log, "model found for base case")) return "differs";
    return reply.last_words();
}

/// The netlist of the design against its text.
inline std::string prove_netlist(const Machine& machine, const datasets::LibraryAnswer& answer,
                                 int depth) {
    const std::string& top = answer.top;
    const std::string prepare = std::string(kFlat) + "rename " + top +
                                " gold\ndesign -stash text\n" + "design -copy-from text -as " +
                                top + " gold\nsynth -top " + top + "\nrename " + top + " gate\n" +
                                kPlainRegisters +
                                "design -stash netlist\ndesign -copy-from text -as gold gold\n" +
                                kPlainRegisters + "design -copy-from netlist -as gate gate\n";
    return prove_equal(machine, {sources_of(answer), prepare, {}}, depth);
}

/// `mutant` against the design's code.
inline std::string prove_mutant(const Machine& machine, const datasets::LibraryAnswer& answer,
                                const std::string& mutant) {
    const std::string& top = answer.top;
    const std::string flat = std::string(kFlat) + kPlainRegisters;
    const std::string prepare = flat + "rename " + top + " gold\ndesign -stash text\n" +
                                "read_verilog -sv mutant.v\nhierarchy -top " + top + "\n" + flat +
                                "rename " + top + " gate\ndesign -stash mutant\n" +
                                "design -copy-from text -as gold gold\n" +
                                "design -copy-from mutant -as gate gate\n";
    constexpr std::chrono::seconds kCpu(10);
    return prove_for_all_time(machine, {sources_of(answer), prepare, {{"mutant.v", mutant}}, kCpu});
}

/// Empty, or what is wrong with the netlist: latches, loops, several drivers.
inline std::string complain_of_synthesis(const Machine& machine,
                                         const datasets::LibraryAnswer& answer) {
    const YosysReply reply =
        run_script(machine, {sources_of(answer), "synth -flatten\n", {}},
                   "check -assert\nselect -assert-none t:$dlatch* t:$_DLATCH* t:$sr t:$_SR_*\n");
    return reply.ok ? "" : reply.last_words();
}

}  // namespace rtlgen::test
