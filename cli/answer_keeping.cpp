// SPDX-License-Identifier: Apache-2.0
#include "cli/answer_keeping.h"

#include <CLI/CLI.hpp>
#include <mutex>
#include <ostream>

#include "core/base/text.h"
#include "core/llm/endpoint.h"
#include "core/llm/recording_backend.h"
#include "core/store/cached_backend.h"

namespace rtlgen::cli {
namespace {

/// A line on `err`, whichever thread it comes from.
std::function<void(const Error&)> teller(std::ostream& err, std::string what) {
    auto mutex = std::make_shared<std::mutex>();
    return [&err, mutex, what = std::move(what)](const Error& error) {
        const std::scoped_lock lock(*mutex);
        err << "rtlgen: warning: " + escape_for_terminal(error.text()) + what + "\n" << std::flush;
    };
}

}  // namespace

void add_answer_options(CLI::App& app, AnswerOptions& options) {
    app.add_option("--record", options.record,
                   "Write each answer to this file as it comes, for --model replay:FILE; a "
                   "recording that is there is gone on with");
    app.add_option("--response-cache", options.response_cache,
                   "Answers that were got before come from the cache: on or off (default: on for "
                   "servers on other hosts)")
        ->check(CLI::IsMember({"on", "off"}));
}

bool is_cached(const llm::Backend& backend, const AnswerOptions& options) {
    const std::string name = backend.name();
    if (options.response_cache == "off" || name == "library" || name.starts_with("replay:")) {
        return false;
    }
    if (options.response_cache == "on") return true;
    const auto endpoint = llm::parse_endpoint(backend.destination());
    return endpoint && !endpoint->loopback;
}

Result<std::unique_ptr<llm::Backend>> keep_answers(std::unique_ptr<llm::Backend> backend,
                                                   const AnswerOptions& options,
                                                   const AnswerPlaces& places,
                                                   const std::stop_token& stop) {
    std::unique_ptr<llm::RecordingFile> recording;
    if (!options.record.empty()) {
        TRY_ASSIGN(recording, llm::RecordingFile::open(options.record, stop));
    }
    if (!places.cache.empty() && is_cached(*backend, options)) {
        const auto tell = teller(places.err, "; the run goes on without the response cache");
        auto cache = store::ResponseCache::open(places.cache, stop);
        if (cache) {
            backend = std::make_unique<store::CachedBackend>(std::move(backend), *std::move(cache),
                                                             places.clock, tell);
        } else {
            tell(cache.error());
        }
    }
    if (recording) {
        backend = std::make_unique<llm::RecordingBackend>(
            std::move(backend), std::move(recording),
            teller(places.err, "; the recording ends here, the run goes on"));
    }
    return backend;
}

}  // namespace rtlgen::cli
