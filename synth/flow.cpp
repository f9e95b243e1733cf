// SPDX-License-Identifier: Apache-2.0
#include "synth/flow.h"

#include <cmath>

#include "core/base/files.h"
#include "synth/latch_map.h"

namespace rtlgen::synth {
namespace {

constexpr std::string_view kLibraryFile = "cells.lib";
constexpr std::string_view kLatchMap = "latches.v";
constexpr std::string_view kConstraints = "empty.constr";
constexpr Bytes kLargestLibrary = mebibytes(128);

/// To a flat netlist of words. No state machine is encoded anew and no case becomes a table: the
/// registers that are counted are the source's.
constexpr std::string_view kToWords =
    "proc -norom\n"
    "setattr -mod -unset keep_hierarchy\n"
    "flatten\n"
    "chformal -remove\n"
    "delete */t:$print */t:$scopeinfo\n"
    "tribuf\n"
    "opt_expr\n"
    "opt_clean\n"
    "check\n"
    "opt\n"
    "wreduce\n"
    "peepopt\n"
    "opt_clean\n"
    "alumacc\n"
    "opt\n"
    // A register behind a memory's port stays a register.
    "memory -nomap -norom -nordff\n"
    "opt_clean\n";

/// State in single bits, so that a bit of a register that nothing reads goes before they are
/// counted.
constexpr std::string_view kCountState =
    "simplemap t:$*ff* t:$*latch* t:$sr\n"
    "opt -fast\n"
    "write_json rtl.json\n";

/// The set of memories that become flip-flops. A selection compares parameters with numbers, and
/// can't multiply: so word widths go by powers of two.
std::string select_small_memories() {
    std::string script = "select -set small t:$mem* r:SIZE<=0 %i\n";
    std::int64_t width = 1;
    for (std::int64_t words = kLargestMappedMemory; words > 0; words /= 2) {
        script += "select -set small @small t:$mem* r:WIDTH<=" + std::to_string(width) +
                  " %i r:SIZE<=" + std::to_string(words) + " %i %u\n";
        width *= 2;
    }
    return script;
}

constexpr std::string_view kToGates =
    "memory_map @small\n"
    "opt -undriven -fine\n"
    "techmap\n"
    "opt -fast\n";

/// Gates by name: the default set isn't the same in all versions.
constexpr std::string_view kMapToGates =
    "abc -g AND,NAND,OR,NOR,XOR,XNOR,ANDNOT,ORNOT,MUX\n"
    "opt_clean\n"
    "tee -o stat.txt stat\n";

/// Latches of all polarities and resets, as Yosys's gates name them.
std::vector<std::string> latch_gates() {
    std::vector<std::string> gates;
    const std::string polarities = "NP";
    for (const char enable : polarities) {
        gates.push_back(std::string("DLATCH_") + enable + "_");
        for (const char set : polarities) {
            gates.push_back(std::string("SR_") + enable + set + "_");
            for (const char reset : polarities) {
                gates.push_back(std::string("DLATCHSR_") + enable + set + reset + "_");
            }
            for (const char value : {'0', '1'}) {
                gates.push_back(std::string("DLATCH_") + enable + set + value + "_");
            }
        }
    }
    return gates;
}

/// The command that makes cells of type `from` cells of type `to`.
std::string retype(const std::string& from, const std::string& to) {
    return "chtype -set " + to + " t:" + from + "\n";
}

/// Latches and flip-flops become the library's. A newer dfflibmap refuses latches that the library
/// doesn't have, an older one leaves them: under another type they are left by both.
std::string map_to_library(const FlowTarget& target) {
    std::string hide;
    std::string show;
    for (const std::string& gate : latch_gates()) {
        hide += retype("$_" + gate, "rtlgen_" + gate);
        show += retype("rtlgen_" + gate, "$_" + gate);
    }
    std::string script;
    if (!latch_map(target.library->cells).empty()) {
        script += "techmap -map " + std::string(kLatchMap) + "\n";
    }
    script += hide + "dfflibmap -liberty cells.lib\n" + show + "abc -liberty cells.lib";
    // In picoseconds. Only with constraints, even none, does abc buffer and size cells for it.
    if (target.clock_period) {
        script += " -constr " + std::string(kConstraints) + " -D " +
                  std::to_string(std::llround(target.clock_period->value * 1e3));
    }
    return script + "\nopt_clean\ntee -o stat.txt stat -liberty cells.lib\n";
}

/// The places in the source were told by rtl.json; here they are half of the file.
constexpr std::string_view kWriteNetlist =
    "setattr -unset src t:*\n"
    "write_json netlist.json\n";

}  // namespace

Result<Library> load_library(const std::string& path, const std::stop_token& stop) {
    Library library;
    library.path = path;
    TRY_ASSIGN(library.text, read_text(path, kLargestLibrary, stop));
    TRY_ASSIGN(library.cells, parse_liberty(library.text, path));
    return library;
}

Result<tools::YosysRun> plan_flow(const SourceSet& design, tools::YosysReader reader,
                                  const FlowTarget& target, const process::Limits& limits) {
    tools::YosysRun run;
    run.name = "yosys-synth";
    run.limits = limits;
    TRY(tools::add_reading(run, reader, design));
    run.script += kToWords;
    run.script += kCountState;
    run.script += select_small_memories();
    run.script += kToGates;
    run.script += target.library == nullptr ? std::string(kMapToGates) : map_to_library(target);
    run.script += kWriteNetlist;
    if (target.library != nullptr) {
        run.inputs.push_back({std::string(kLibraryFile), target.library->text, false});
        run.inputs.push_back({std::string(kLatchMap), latch_map(target.library->cells), false});
        run.inputs.push_back({std::string(kConstraints), "", false});
    }
    run.outputs.push_back({"rtl.json", limits.file});
    run.outputs.push_back({"stat.txt"});
    run.outputs.push_back({"netlist.json", limits.file});
    return run;
}

}  // namespace rtlgen::synth
