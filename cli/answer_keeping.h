// SPDX-License-Identifier: Apache-2.0
// What is kept of a model's answers beside the Run: the response cache and a recording.
#pragma once

#include <iosfwd>
#include <memory>
#include <stop_token>
#include <string>

#include "core/base/cache_folder.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/llm/backend.h"

namespace CLI {
class App;
}

namespace rtlgen::cli {

struct AnswerOptions {
    std::string record;          ///< a file; empty: none
    std::string response_cache;  ///< "on", "off"; empty: on for servers on other hosts
};

void add_answer_options(CLI::App& app, AnswerOptions& options);

struct AnswerPlaces {
    const CacheFolder& cache;
    Clock& clock;       ///< outlives the Backend
    std::ostream& err;  ///< told where cache or recording fail; outlives the Backend
};

/// `backend` in front of what the options ask for: what is recorded comes from the cache too. A
/// cache that can't be opened is told, and done without. Errors: those of llm::RecordingFile.
Result<std::unique_ptr<llm::Backend>> keep_answers(std::unique_ptr<llm::Backend> backend,
                                                   const AnswerOptions& options,
                                                   const AnswerPlaces& places,
                                                   const std::stop_token& stop);

/// Whether the answers of `backend` are cached: those of servers on other hosts are paid for. A
/// server on this machine, or a program, may have become another one under the same name: its
/// answers are cached where that is asked for. Recordings and the library never are.
[[nodiscard]] bool is_cached(const llm::Backend& backend, const AnswerOptions& options);

}  // namespace rtlgen::cli
