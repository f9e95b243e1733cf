// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"

namespace rtlgen::cli {

CommandRun configure_verify(CLI::App& app);

const std::vector<Command>& commands() {
    static const std::vector<Command> table = {
        {"verify", "Judge an existing design", configure_verify, TakesSources::FilesAndOptions},
    };
    return table;
}

}  // namespace rtlgen::cli
