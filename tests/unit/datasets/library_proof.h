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

/// What Yosys says of a script behind the reading of `set`.
inline tools::YosysResult run_script(const Machine& machine, const SourceSet& set,
                                     const std::string& script,
                                     std::vector<process::InputFile> inputs = {}) {
    const tools::Tool* yosys = machine.toolset.find(tools::ToolKind::Yosys);
    REQUIRE(yosys != nullptr);
    tools::YosysRun run;
    run.name = "yosys-library";
    run.limits.wall = std::chrono::milliseconds(300'000);
    run.limits.cpu = std::chrono::seconds(120);
    REQUIRE(tools::add_reading(run, tools::YosysReader::Verilog, set));
    run.script += script;
    for (process::InputFile& input : inputs) run.inputs.push_back(std::move(input));
    auto result = tools::run_yosys(*yosys, run, set, *machine.runner, {});
    INFO((result ? std::string() : result.error().text()));
    REQUIRE(result);
    return *std::move(result);
}

/// Flip-flops without enable and reset pins, memories as registers.
inline constexpr const char* kFlat = "proc\nflatten\nopt_expr\nopt_clean\nmemory\nopt_clean\n";
inline constexpr const char* kPlainRegisters = "async2sync\ndffunmap\nopt_clean\n";
inline constexpr const char* kByRegisters =
    "equiv_make gold gate both\nhierarchy -top both\nclean\nequiv_simple -undef\n"
    "equiv_induct -undef\nequiv_status -assert\n";

inline std::string by_steps(const std::string& how) {
    return "miter -equiv -ignore_gold_x -flatten gold gate both\nhierarchy -top both\nclean\n"
           "sat -verify -prove trigger 0 -set-init-undef -set-def-inputs " +
           how + " -timeout 60 both\n";
}

/// "proven", "bounded N", or what Yosys said where they aren't equal, or it can't tell.
/// `prepare`: leaves modules gold and gate.
inline std::string prove_equal(const Machine& machine, const SourceSet& set,
                               const std::string& prepare, std::vector<process::InputFile> inputs,
                               int depth) {
    if (depth == 0) {
        if (run_script(machine, set, prepare + kByRegisters, inputs).ok) return "proven";
        const std::string induct = by_steps("-tempinduct -maxsteps 12");
        if (run_script(machine, set, prepare + induct, inputs).ok) return "proven";
    }
    const int steps = depth == 0 ? 24 : depth;
    const std::string bounded =
        by_steps("-tempinduct -tempinduct-baseonly -maxsteps " + std::to_string(steps));
    const tools::YosysResult result = run_script(machine, set, prepare + bounded, inputs);
    if (result.ok) return "bounded " + std::to_string(steps);
    return result.log.substr(result.log.size() - std::min<std::size_t>(result.log.size(), 1500));
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
    return prove_equal(machine, sources_of(answer), prepare, {}, depth);
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
    return prove_equal(machine, sources_of(answer), prepare, {{"mutant.v", mutant}}, 0);
}

/// Empty, or what is wrong with the netlist: latches, loops, several drivers.
inline std::string complain_of_synthesis(const Machine& machine,
                                         const datasets::LibraryAnswer& answer) {
    const tools::YosysResult result =
        run_script(machine, sources_of(answer),
                   "synth -flatten\ncheck -assert\nselect -assert-none t:$dlatch* t:$_DLATCH* "
                   "t:$sr t:$_SR_*\n");
    if (result.ok) return "";
    return result.log.substr(result.log.size() - std::min<std::size_t>(result.log.size(), 1500));
}

}  // namespace rtlgen::test
