// SPDX-License-Identifier: Apache-2.0
#include "cli/batching.h"

#include <CLI/CLI.hpp>
#include <ostream>

#include "cli/openai_settings.h"
#include "cli/output_check.h"
#include "core/base/files.h"
#include "core/base/text.h"

namespace rtlgen::cli {

void add_batch_options(CLI::App& app, BatchOptions& options) {
    app.add_option(
        "--batch-requests", options.requests,
        "Send nothing: write what would be asked of openai/NAME to this file, as OpenAI's "
        "batches and vLLM's run_batch read it");
    app.add_option("--batch-answers", options.answers,
                   "The answers to such a file: the same command goes on with them");
}

Result<OpenedModel> open_batch(const BatchOptions& options, const config::Config& config,
                               llm::BatchRequests& requests, const std::stop_token& stop) {
    constexpr std::string_view kPrefix = "openai/";
    const config::Setting<std::string>& model = config.model;
    if (!model.value.starts_with(kPrefix) || model.value.size() == kPrefix.size()) {
        return fail(ErrorCode::InvalidArgument,
                    "batch files are for models with OpenAI's interface; add --model openai/NAME");
    }
    if (!options.requests.empty()) TRY(check_output_file("--batch-requests", options.requests));
    TRY_ASSIGN(const llm::OpenAiOptions openai, openai_options(config.openai));
    OpenedModel opened;
    TRY_ASSIGN(opened.backend,
               llm::BatchBackend::open(model.value.substr(kPrefix.size()), openai.format,
                                       options.answers, requests, stop));
    opened.reason = "named by " + model.where + ", through the files of a batch";
    opened.asked_by = openai_asked_by(config.openai);
    return opened;
}

Status write_batch(const BatchOptions& options, const llm::BatchRequests& requests,
                   std::ostream& err) {
    const std::size_t count = requests.count();
    const std::string wait =
        std::to_string(count) + (count == 1 ? " request waits" : " requests wait");
    if (count == 0) return {};
    if (options.requests.empty()) {
        err << wait << " for a batch; --batch-requests FILE writes them\n";
        return {};
    }
    TRY(write_file_atomic(options.requests, requests.text()));
    err << wait << " in " << escape_for_terminal(options.requests)
        << "; the same command goes on with --batch-answers FILE\n";
    return {};
}

}  // namespace rtlgen::cli
