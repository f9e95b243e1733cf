// SPDX-License-Identifier: Apache-2.0
// The options of `rtlgen generate`, and what they mean together with the configuration.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "cli/batching.h"
#include "cli/keep.h"
#include "cli/machine.h"
#include "cli/model_options.h"
#include "cli/prompt_options.h"
#include "cli/proof_option.h"
#include "cli/workflow/generate.h"
#include "core/config/config.h"

namespace rtlgen::cli {

struct GenerateOptions {
    ModelOptions model;
    MachineOptions machine;
    PromptOptions prompt;
    BatchOptions batch;
    std::string spec;
    std::string output;
    bool allow_failing = false;
    std::string top;
    std::string interface_file;
    std::string testbench;
    std::string testbench_top;
    std::string reference;
    std::string reference_top;
    std::string run_dir;
    bool fresh = false;         ///< an unfinished Run of the same work is left as it is
    bool retry_errors = false;  ///< of a Run that is resumed, and those that a model answered with
    KeepOptions keep;           ///< unset: Failed; always under the Run's folder
    std::string seed;           ///< a whole number; empty: 1 for judging, none for the model
    double timeout = 30;
    bool json = false;
    bool dry_run = false;
    std::vector<std::string> require;
    ProveChoice prove = ProveChoice::Auto;
};

/// What judges a design, and for how long.
void add_bench_options(CLI::App& app, GenerateOptions& options);

void add_generate_options(CLI::App& app, GenerateOptions& options);

/// Reads the specification and what judges it. Errors: NotFound, Unreadable (empty, binary, over
/// 1 MiB), BadBench, Interrupted and those of filelists.
Result<Problem> load_problem(const GenerateOptions& options, const std::stop_token& stop = {});

/// "Prob001_zero" of "Prob001_zero_prompt.txt", "fifo" of "fifo/spec.md", else the file's name
/// without its ending.
[[nodiscard]] std::string problem_id(const std::string& spec_path);

/// Errors: InvalidArgument (counts out of range, an unknown requirement, a seed that is no number).
Result<workflow::GenerateRequest> make_request(const GenerateOptions& options,
                                               const config::Config& config, Problem problem);

}  // namespace rtlgen::cli
