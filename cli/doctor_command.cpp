// SPDX-License-Identifier: Apache-2.0
// `rtlgen doctor`: what works on this machine, and how to mend what doesn't.
#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/machine.h"
#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

using tools::ToolKind;

/// What is lost without a tool, and the package that has it.
struct Advice {
    ToolKind kind;
    std::string_view text;
};
constexpr Advice kAdvice[] = {
    {ToolKind::Icarus, "no 4-state simulation (Debian package iverilog)"},
    {ToolKind::Verilator, "no lint, no fast simulation (Debian package verilator)"},
    {ToolKind::Yosys, "no synthesis, no proof (Debian package yosys)"},
    {ToolKind::Abc, "no mapping to gates (Debian package yosys)"},
    {ToolKind::Cxx, "Verilator can't simulate (Debian package g++)"},
};

void tell_tools(std::ostream& out, const tools::ProbeReport& probe) {
    for (const tools::Tool& tool : probe.toolset.tools) {
        out << "tool  " << tools::to_string(tool.kind) << " " << escape_for_terminal(tool.version);
        for (const std::string& feature : tool.features) out << " " << feature;
        out << "  " << escape_for_terminal(tool.binary.string()) << "\n";
    }
    for (const Advice& advice : kAdvice) {
        if (probe.toolset.find(advice.kind) == nullptr) {
            out << "missing  " << tools::to_string(advice.kind) << ": " << advice.text << "\n";
        }
    }
    for (const std::string& problem : probe.problems) {
        out << "problem  " << escape_for_terminal(problem) << "\n";
    }
}

Result<int> run_doctor(const MachineOptions& options, Session& session) {
    TRY_ASSIGN(const std::vector<process::LevelReport> levels, process::probe_levels({}));
    for (const process::LevelReport& level : levels) {
        session.streams.out << "isolation  " << process::to_string(level.level) << " "
                            << (level.works ? "works" : level.reason) << "\n";
        if (!level.works && !level.remedy.empty()) {
            session.streams.out << "           " << level.remedy << "\n";
        }
    }
    TRY_ASSIGN(const Machine machine, open_machine(options));
    session.streams.out << "level in use  " << process::to_string(machine.runner->level()) << " ("
                        << process::mechanism(machine.runner->level()) << ")\n";
    tell_tools(session.streams.out, machine.probe);
    return 0;
}

}  // namespace

CommandRun configure_doctor(CLI::App& app) {
    const auto options = std::make_shared<MachineOptions>();
    add_machine_options(app, *options);
    return [options](Session& session) { return run_doctor(*options, session); };
}

}  // namespace rtlgen::cli
