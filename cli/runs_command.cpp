// SPDX-License-Identifier: Apache-2.0
// `rtlgen runs`: list, show, prompt, answer, diff, reproduce, export; and `rtlgen reproduce`.
#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/runs/runs.h"

namespace rtlgen::cli {
namespace {

using Options = std::shared_ptr<RunsOptions>;
using Act = Result<int> (*)(const RunsOptions&, Session&);

/// A subcommand that sets `act` where it is the one that was called.
CLI::App* add(CLI::App& app, const std::string& name, const std::string& help,
              const std::shared_ptr<Act>& chosen, Act act) {
    CLI::App* sub = app.add_subcommand(name, help);
    sub->callback([chosen, act] { *chosen = act; });
    return sub;
}

void add_run(CLI::App& sub, const Options& options) {
    sub.add_option("RUN", options->run, "A Run's folder")->required();
}

CLI::Option* add_attempt(CLI::App& sub, const Options& options) {
    return sub.add_option("ATTEMPT", options->attempt, "Such as s01.t0");
}

void add_reproduce_options(CLI::App& sub, const Options& options) {
    add_run(sub, options);
    sub.add_flag("--json", options->json, "rtlgen.reproduction.v1 on standard output");
    add_machine_options(sub, options->machine);
}

}  // namespace

CommandRun configure_runs(CLI::App& app) {
    const auto options = std::make_shared<RunsOptions>();
    const auto chosen = std::make_shared<Act>(nullptr);
    app.require_subcommand(1);
    CLI::App* list = add(app, "list", "The Runs in a folder", chosen, list_runs);
    list->add_option("FOLDER", options->root, "Default: rtlgen-runs");
    list->add_flag("--json", options->json, "A JSON line for each");
    CLI::App* show = add(app, "show", "The attempts of a Run, or one of them", chosen, show_run);
    add_run(*show, options);
    add_attempt(*show, options);
    show->add_flag("--json", options->json, "rtlgen.generate.v1 on standard output");
    CLI::App* prompt = add(app, "prompt", "What the model was asked", chosen, print_prompt);
    add_run(*prompt, options);
    add_attempt(*prompt, options)->required();
    prompt->add_flag("--json", options->json, "The messages with their roles");
    CLI::App* answer = add(app, "answer", "What it answered, as it came", chosen, print_answer);
    add_run(*answer, options);
    add_attempt(*answer, options)->required();
    answer->add_flag("--json", options->json, "A line of a recording, which replay: reads");
    CLI::App* diff = add(app, "diff", "What differs between two attempts: code and verdict", chosen,
                         diff_attempts);
    add_run(*diff, options);
    diff->add_option("BEFORE", options->attempt, "An attempt, such as s01.t0")->required();
    diff->add_option("AFTER", options->other, "Another one")->required();
    diff->add_flag("--json", options->json, "rtlgen.attempt_diff.v1 on standard output");
    CLI::App* reproduce = add(app, "reproduce", "Judge all answers again, and say what differs",
                              chosen, reproduce_run);
    add_reproduce_options(*reproduce, options);
    CLI::App* exported = add(app, "export", "The attempts as JSON lines, which replay: reads too",
                             chosen, export_run);
    add_run(*exported, options);
    exported->add_flag("--all", options->all, "Attempts without an answer too");
    exported->add_flag("--json", options->json, "The same: JSON lines");
    return [options, chosen](Session& session) { return (*chosen)(*options, session); };
}

CommandRun configure_reproduce(CLI::App& app) {
    const auto options = std::make_shared<RunsOptions>();
    add_reproduce_options(app, options);
    return [options](Session& session) { return reproduce_run(*options, session); };
}

}  // namespace rtlgen::cli
