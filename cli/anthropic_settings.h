// SPDX-License-Identifier: Apache-2.0
// What the configuration says of Anthropic's API, checked.
#pragma once

#include "core/base/result.h"
#include "core/config/config.h"
#include "core/llm/anthropic_backend.h"

namespace rtlgen::cli {

/// Where anthropic/NAME goes, and who said so.
struct AnthropicServer {
    llm::Endpoint endpoint;
    config::Layer layer = config::Layer::Default;
    std::string where;  ///< "--api-base"; "--model" where only the provider was named
};

/// The server of --api-base, of the configuration or the environment, else Anthropic's own, which
/// counts as named by who names the model. Error Config: no URL.
Result<AnthropicServer> anthropic_server(const config::Config& config);

/// Everything but the model, the server being one that may be asked. Errors: Config (a host that
/// nobody allowed, a header that is none, no key for Anthropic's own host), those of the key's
/// file.
Result<llm::AnthropicOptions> anthropic_options(const config::Config& config,
                                                const config::Getenv& getenv);

}  // namespace rtlgen::cli
