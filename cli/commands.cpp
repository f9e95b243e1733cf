// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"

namespace rtlgen::cli {

CommandRun configure_generate(CLI::App& app);
CommandRun configure_verify(CLI::App& app);
CommandRun configure_edit(CLI::App& app);
CommandRun configure_synth(CLI::App& app);
CommandRun configure_runs(CLI::App& app);
CommandRun configure_reproduce(CLI::App& app);
CommandRun configure_doctor(CLI::App& app);
CommandRun configure_models(CLI::App& app);
CommandRun configure_cache(CLI::App& app);

const std::vector<Command>& commands() {
    static const std::vector<Command> table = {
        {"generate", "Make Verilog from a specification, and judge it", configure_generate},
        {"verify", "Judge an existing design", configure_verify, TakesSources::FilesAndOptions},
        {"edit", "Change an existing design by a task, as a judged diff", configure_edit,
         TakesSources::FilesAndOptions},
        {"synth", "Synthesize a design: cells, registers, memories, depth, area", configure_synth,
         TakesSources::FilesAndOptions},
        {"runs", "List, show, compare and export what was tried", configure_runs},
        {"reproduce", "Judge a Run's answers again, and say what differs", configure_reproduce},
        {"doctor", "Say what works on this machine", configure_doctor},
        {"models", "Say which models answer", configure_models},
        {"cache", "Show and shrink what is kept between runs", configure_cache},
    };
    return table;
}

}  // namespace rtlgen::cli
