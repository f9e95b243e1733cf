// SPDX-License-Identifier: Apache-2.0
// Which servers are asked for their models, and what they said.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/wiring.h"
#include "core/llm/listed_model.h"

namespace rtlgen::cli {

/// A server that is named, or one of this machine that answers.
struct ServerListing {
    std::string provider;  ///< "openai"
    std::string base_url;  ///< empty where it isn't known
    std::string where;     ///< who names it; "llama-server on this machine"
    std::optional<Error> problem;
    std::vector<llm::ListedModel> models;
};

/// What is asked, and what isn't, with how to have it asked.
struct ModelListing {
    std::vector<ServerListing> endpoints;
    std::vector<std::string> notes;
};

/// The named servers, of `provider` alone where it isn't empty ("openai", "anthropic", which names
/// Anthropic's own server too), then the local ones of `settings` that answer. A server's failure
/// is a part of the listing.
ModelListing list_endpoints(const ModelSettings& settings, const std::string& provider,
                            const std::stop_token& stop);

}  // namespace rtlgen::cli
