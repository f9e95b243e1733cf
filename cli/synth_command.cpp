// SPDX-License-Identifier: Apache-2.0
// `rtlgen synth FILE...`: numbers of the netlist that a design becomes.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/machine.h"
#include "cli/option_values.h"
#include "cli/report/synth_report.h"
#include "cli/source_loading.h"
#include "synth/report_json.h"
#include "synth/synthesize.h"

namespace rtlgen::cli {
namespace {

struct SynthOptions {
    MachineOptions machine;
    std::string liberty;
    double clock_period = 0;
    double timeout = 300;
    bool json = false;
};

int exit_code(synth::SynthOutcome outcome) {
    switch (outcome) {
        case synth::SynthOutcome::Synthesized: return 0;
        case synth::SynthOutcome::NotSynthesizable: return 1;
        case synth::SynthOutcome::Limit:
        case synth::SynthOutcome::NotRead: return 4;
        case synth::SynthOutcome::ToolError: break;
    }
    return 3;
}

Result<int> run_synth(const SynthOptions& options, Session& session) {
    synth::SynthRequest request;
    TRY_ASSIGN(request.design,
               load_design(session.source_arguments, {session.streams.err, session.stop}));
    if (!options.liberty.empty()) {
        TRY_ASSIGN(request.library, synth::load_library(options.liberty, session.stop));
    }
    if (options.clock_period > 0) request.clock_period = DelayNs{options.clock_period};
    request.limits = synth::flow_limits(
        std::chrono::milliseconds(static_cast<std::int64_t>(options.timeout * 1e3)));
    TRY_ASSIGN(const Machine machine, open_machine(options.machine, session.stop));
    const auto start = machine.clock->now();
    TRY_ASSIGN(const synth::SynthReport report,
               synth::synthesize(request, machine.probe.toolset, *machine.runner, session.stop));
    const std::chrono::duration<double> taken = machine.clock->now() - start;
    if (options.json) {
        session.streams.out << synth::to_json(report, taken.count()).dump() << "\n";
    } else {
        write_text(session.streams.out, report);
    }
    return exit_code(report.outcome);
}

}  // namespace

CommandRun configure_synth(CLI::App& app) {
    const auto options = std::make_shared<SynthOptions>();
    app.footer(
        "FILE... and Verilator's options: -f -F +incdir+ -I +define+ -D -y +libext+ -v -G --top");
    app.add_option("--liberty", options->liberty,
                   "Map to the cells of this Liberty file, and tell the area");
    app.add_option("--clock-period", options->clock_period,
                   "Nanoseconds that mapping to the library's cells aims at")
        ->check(number_from(1e-3, 1e6, "nanoseconds"));
    app.add_option("--timeout", options->timeout, "Seconds that a run of the tool may take")
        ->check(time_limit());
    app.add_flag("--json", options->json, "rtlgen.synth.v1 on standard output");
    add_machine_options(app, options->machine);
    return [options](Session& session) { return run_synth(*options, session); };
}

}  // namespace rtlgen::cli
