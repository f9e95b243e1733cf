// SPDX-License-Identifier: Apache-2.0
// From argv to exit code: the way every command runs.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "cli/commands.h"
#include "core/base/text.h"
#include "core/config/nearest.h"
#include "core/rtl/filelist.h"

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
    // One line whatever a file is called.
    constexpr std::size_t kLongestPlace = 250;
    Error shown = error;
    if (shown.where.size() > kLongestPlace) {
        shown.where =
            shown.where.substr(0, 100) + "..." + shown.where.substr(shown.where.size() - 100);
    }
    streams.err << "rtlgen: " << replace_all(escape_for_terminal(shown.text()), "\n", "\\n")
                << "\n";
    return exit_code(error.code);
}

/// `; did you mean 'WORD'?` or nothing.
std::string suggestion(const std::string& typed, const std::vector<std::string>& words) {
    const std::string nearest = config::nearest(typed, words);
    return nearest.empty() ? nearest : "; did you mean '" + nearest + "'?";
}

/// The command's name is the first word that is no option: the program's own options take no value.
std::optional<Error> unknown_command(const std::vector<Command>& table,
                                     const std::vector<std::string>& arguments) {
    const auto first = std::ranges::find_if(
        arguments, [](const std::string& word) { return !word.starts_with('-'); });
    if (first == arguments.end()) return std::nullopt;
    std::vector<std::string> names;
    for (const Command& command : table) names.push_back(command.name);
    if (std::ranges::find(names, *first) != names.end()) return std::nullopt;
    return Error{ErrorCode::InvalidArgument,
                 "there is no command '" + *first + "'" + suggestion(*first, names) +
                     " (rtlgen --help lists them)",
                 ""};
}

/// What CLI11 found wrong, in one line that names the option, the nearest one and the help to read.
Error usage_error(const CLI::App& app, const CLI::ParseError& error) {
    // `runs show` is two levels deep: the deepest that was reached is at fault.
    const CLI::App* command = &app;
    std::string path = "rtlgen";
    while (!command->get_subcommands().empty()) {
        command = command->get_subcommands().front();
        path += " " + command->get_name();
    }
    const std::string help = " (see " + path + " --help)";
    const std::vector<std::string> extras = command->remaining();
    if (extras.empty()) {
        return {ErrorCode::InvalidArgument, std::string(error.what()) + help, ""};
    }
    const std::string word = extras.front().substr(0, extras.front().find('='));
    const auto subcommands = command->get_subcommands([](const CLI::App*) { return true; });
    if (!word.starts_with('-') && subcommands.empty()) {
        return {ErrorCode::InvalidArgument, "'" + word + "' is one argument too many" + help, ""};
    }
    std::vector<std::string> names;
    if (!word.starts_with('-')) {
        for (const CLI::App* subcommand : subcommands) names.push_back(subcommand->get_name());
    }
    for (const CLI::Option* option : command->get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    const std::string what = word.starts_with('-') ? "option" : "command";
    return {ErrorCode::InvalidArgument,
            "there is no " + what + " '" + word + "'" + suggestion(word, names) + help, ""};
}

/// The options of a command whose next word is their value.
std::set<std::string> value_options(const CLI::App& command) {
    std::set<std::string> names;
    for (const CLI::Option* option : command.get_options()) {
        if (option->get_items_expected_max() == 0) continue;
        for (const std::string& name : option->get_lnames()) names.insert("--" + name);
        for (const std::string& name : option->get_snames()) names.insert("-" + name);
    }
    return names;
}

/// Takes the words that are sources out of `arguments`, for a command that reads them itself.
std::vector<std::string> take_sources(const CLI::App& app, const std::vector<Command>& table,
                                      std::vector<std::string>& arguments) {
    const auto name = std::ranges::find_if(
        arguments, [](const std::string& word) { return !word.starts_with('-'); });
    if (name == arguments.end()) return {};
    const auto command = std::ranges::find(table, *name, &Command::name);
    if (command == table.end() || command->takes_sources == TakesSources::No) return {};
    const std::vector<std::string> behind(name + 1, arguments.end());
    const std::set<std::string> valued = value_options(*app.get_subcommand(*name));
    rtl::SplitArguments split = command->takes_sources == TakesSources::FilesAndOptions
                                    ? rtl::split_source_files(behind, valued)
                                    : rtl::split_source_arguments(behind, valued);
    arguments.erase(name + 1, arguments.end());
    arguments.insert(arguments.end(), split.rest.begin(), split.rest.end());
    return std::move(split.source);
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
        // A design that takes too long is a verdict: what has no answer in time is a model.
        case ErrorCode::Timeout:
        case ErrorCode::Network:
        case ErrorCode::Model:
        case ErrorCode::Deferred:
        case ErrorCode::Budget: return 5;
        case ErrorCode::Interrupted: return 130;
    }
    return 3;
}

int run_program(const std::vector<std::string>& arguments, Streams streams, std::stop_token stop) {
    return run_program(commands(), arguments, streams, std::move(stop));
}

int run_program(const std::vector<Command>& table, const std::vector<std::string>& arguments,
                Streams streams, std::stop_token stop) {
    CLI::App app("Verilog from a specification, and a verdict that says how sure it is.", "rtlgen");
    app.set_version_flag("--version", "rtlgen " RTLGEN_VERSION);
    app.require_subcommand(1);
    CommandRun run;
    for (const Command& command : table) {
        CLI::App* sub = app.add_subcommand(command.name, command.summary);
        sub->parse_complete_callback([&run, chosen = command.configure(*sub)] { run = chosen; });
    }
    const bool json = wants_json(arguments);
    if (arguments.empty()) {
        streams.err << app.help();
        return exit_code(ErrorCode::InvalidArgument);
    }
    if (const auto unknown = unknown_command(table, arguments)) {
        return report_error(*unknown, json, streams);
    }
    std::vector<std::string> own = arguments;
    std::vector<std::string> sources = take_sources(app, table, own);
    try {
        std::vector<std::string> reversed(own.rbegin(), own.rend());
        app.parse(std::move(reversed));
    } catch (const CLI::CallForHelp&) {
        const auto parsed = app.get_subcommands();
        streams.out << (parsed.empty() ? app.help() : parsed.front()->help());
        return 0;
    } catch (const CLI::CallForVersion& version) {
        streams.out << version.what() << "\n";
        return 0;
    } catch (const CLI::ParseError& error) {
        return report_error(usage_error(app, error), json, streams);
    }
    Session session{streams, std::move(stop), std::move(sources)};
    const Result<int> code = run(session);
    return code ? *code : report_error(code.error(), json, streams);
}

}  // namespace rtlgen::cli
