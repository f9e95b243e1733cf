// SPDX-License-Identifier: Apache-2.0
// The table of subcommands: a row each, an options struct and a run function in the command's file.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace CLI {
class App;
}

namespace rtlgen::cli {

/// Standard streams as a command sees them, so that it is tested without a process.
struct Streams {
    std::ostream& out;  ///< answers: with --json nothing but JSON
    std::ostream& err;  ///< logs, progress, messages
    /// Whether somebody watches `err`, so that a line may be written over.
    enum class Watched { No, Yes } watched = Watched::No;
    int out_fd = -1;  ///< the file behind `out`, for what a stop must not wait for; -1: none
};

/// What every command gets.
struct Session {
    Streams streams;
    std::stop_token stop;  ///< requested by SIGINT and SIGTERM
    /// Files and Verilator-style options, in order, for commands that take them (rtl/filelist.h).
    std::vector<std::string> source_arguments;
};

/// Which words of the command line are sources and Verilator-style options rather than ours.
enum class TakesSources { No, Options, FilesAndOptions };

/// Runs with the options that were parsed. The value is the exit code of what was judged (0, 1, 4);
/// an Error becomes one line and its own exit code.
using CommandRun = std::function<Result<int>(Session&)>;

/// A command: `configure` adds its options to its CLI11 subcommand and gives back what runs.
struct Command {
    std::string name;
    std::string summary;
    CommandRun (*configure)(CLI::App& app);
    TakesSources takes_sources = TakesSources::No;
};

/// Rows of all commands, in the order of `--help`.
const std::vector<Command>& commands();

/// The exit code of an error: 2 usage and input, 3 tool and machine, 5 model and network, 130.
int exit_code(ErrorCode code);

/// All of the program but its signal handlers: parses `arguments` (without the program's name),
/// runs, prints errors. With --json an error is `rtlgen.error.v1`. Without arguments it prints its
/// help on `streams.err` and gives 2.
int run_program(const std::vector<Command>& table, const std::vector<std::string>& arguments,
                Streams streams, std::stop_token stop);

/// The same with the table `commands()`.
int run_program(const std::vector<std::string>& arguments, Streams streams, std::stop_token stop);

}  // namespace rtlgen::cli
