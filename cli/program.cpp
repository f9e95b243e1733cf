// SPDX-License-Identifier: Apache-2.0
// From argv to exit code: the way every command runs.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

bool wants_json(const std::vector<std::string>& arguments) {
    return std::ranges::find(arguments, "--json") != arguments.end();
}

int report_error(const Error& error, bool json, Streams streams) {
    if (json) {
        const nlohmann::ordered_json document = {{"schema", "rtlgen.error.v1"},
                                                 {"code", to_string(error.code)},
                                                 {"message", to_valid_utf8(error.message)},
                                                 {"where", to_valid_utf8(error.where)}};
        streams.out << document.dump() << "\n";
    }
    streams.err << "rtlgen: " << escape_for_terminal(error.text()) << "\n";
    return exit_code(error.code);
}

}  // namespace

int exit_code(ErrorCode code) {
    switch (code) {
        case ErrorCode::InvalidArgument:
        case ErrorCode::Config:
        case ErrorCode::NotFound:
        case ErrorCode::Unreadable:
        case ErrorCode::BadBench: return 2;
        case ErrorCode::Io:
        case ErrorCode::ToolMissing:
        case ErrorCode::ToolFailed:
        case ErrorCode::Sandbox:
        case ErrorCode::Internal: return 3;
        case ErrorCode::Timeout: return 4;
        case ErrorCode::Network:
        case ErrorCode::Model:
        case ErrorCode::Budget: return 5;
        case ErrorCode::Interrupted: return 130;
    }
    return 3;
}

int run_program(const std::vector<std::string>& arguments, Streams streams, std::stop_token stop) {
    CLI::App app("Verilog from a specification, and a verdict that says how sure it is.", "rtlgen");
    app.set_version_flag("--version", "rtlgen " RTLGEN_VERSION);
    app.require_subcommand(1);
    CommandRun run;
    for (const Command& command : commands()) {
        CLI::App* sub = app.add_subcommand(command.name, command.summary);
        sub->parse_complete_callback([&run, chosen = command.configure(*sub)] { run = chosen; });
    }
    const bool json = wants_json(arguments);
    try {
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        app.parse(std::move(reversed));
    } catch (const CLI::CallForHelp&) {
        const auto parsed = app.get_subcommands();
        streams.out << (parsed.empty() ? app.help() : parsed.front()->help());
        return 0;
    } catch (const CLI::CallForVersion& version) {
        streams.out << version.what() << "\n";
        return 0;
    } catch (const CLI::ParseError& error) {
        return report_error(
            {ErrorCode::InvalidArgument, std::string(error.what()) + "; see rtlgen --help", ""},
            json, streams);
    }
    Session session{streams, std::move(stop)};
    const Result<int> code = run(session);
    return code ? *code : report_error(code.error(), json, streams);
}

}  // namespace rtlgen::cli
