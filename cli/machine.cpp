// SPDX-License-Identifier: Apache-2.0
#include "cli/machine.h"

#include <CLI/CLI.hpp>

#include "core/base/files.h"

namespace rtlgen::cli {

void add_machine_options(CLI::App& app, MachineOptions& options) {
    app.add_flag("--unsafe-no-sandbox", options.unsafe_no_sandbox,
                 "Run tools without any isolation (level S0)");
    app.add_option("--jobs", options.jobs, "Jobs at once; 0: as many as processors")
        ->check(CLI::Range(0, 4096));
}

Result<Machine> open_machine(const MachineOptions& options) {
    process::SandboxChoice choice;
    choice.slots = options.jobs;
    if (options.unsafe_no_sandbox) {
        choice.minimum = process::IsolationLevel::S0;
        choice.maximum = process::IsolationLevel::S0;
    }
    Machine machine;
    TRY_ASSIGN(machine.runner, process::make_runner(choice));
    TRY_ASSIGN(machine.probe, tools::probe_tools(tools::default_tool_search(), *machine.runner));
    machine.clock = std::make_unique<SystemClock>();
    machine.cache_dir = cache_root() / "verilator";
    return machine;
}

}  // namespace rtlgen::cli
