// SPDX-License-Identifier: Apache-2.0
// A model that is asked through the files of a batch API.
#pragma once

#include <iosfwd>
#include <stop_token>
#include <string>

#include "cli/wiring.h"
#include "core/llm/batch_backend.h"

namespace CLI {
class App;
}

namespace rtlgen::cli {

struct BatchOptions {
    std::string requests;  ///< where requests without an answer are written; empty: nowhere
    std::string answers;   ///< a file of answers; empty: there are none yet
    [[nodiscard]] bool any() const { return !requests.empty() || !answers.empty(); }
};

void add_batch_options(CLI::App& app, BatchOptions& options);

/// The model of `config` through files; nothing is sent. `requests` outlives it.
/// Errors: InvalidArgument (no openai/NAME is named; the file of requests can't be written), those
/// of openai_options and of the file of answers.
Result<OpenedModel> open_batch(const BatchOptions& options, const config::Config& config,
                               llm::BatchRequests& requests, const std::stop_token& stop);

/// Writes what was collected, and says so. Error Io.
Status write_batch(const BatchOptions& options, const llm::BatchRequests& requests,
                   std::ostream& err);

}  // namespace rtlgen::cli
