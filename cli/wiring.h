// SPDX-License-Identifier: Apache-2.0
// Which backend a `--model` names: the table that joins what lies in different folders.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/config/config.h"
#include "core/llm/backend.h"
#include "core/llm/openai_backend.h"

namespace rtlgen::cli {

/// What a backend is made of.
struct ModelSettings {
    const config::Config& config;  ///< flags included
    config::Getenv getenv;
    Clock& clock;
    std::chrono::milliseconds answer_timeout{600'000};
    std::vector<llm::LocalServer> local_servers;  ///< asked where no server is named
    /// Only to show what would be sent: where a model is named, no server is looked for.
    enum class Purpose { Ask, Show } purpose = Purpose::Ask;
};

/// A backend, and how it came to be chosen.
struct OpenedModel {
    std::unique_ptr<llm::Backend> backend;
    std::string reason;  ///< "named by --model", "a server that answers on this machine (Ollama)"
    std::string asked_by = {};  ///< JSON of what else changes its answers; empty: nothing
};

/// One provider of completions.
struct Provider {
    std::string_view form;  ///< "openai/NAME": what --model takes
    std::string_view help;
    Result<std::unique_ptr<llm::Backend>> (*open)(const std::string& name,
                                                  const ModelSettings& settings,
                                                  const std::stop_token& stop);
};

/// All of them, in the order of the help.
const std::vector<Provider>& providers();

/// The model of the flags or the configuration, else a server that answers on this machine, else
/// the library. Errors: InvalidArgument (no such form; it names those that there are), Config, and
/// those of the backend.
Result<OpenedModel> open_model(const ModelSettings& settings, const std::stop_token& stop);

}  // namespace rtlgen::cli
