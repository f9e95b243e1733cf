// SPDX-License-Identifier: Apache-2.0
// Where requests may go: a server on another host is used only when a person named it, by a flag or
// in the user's configuration, never because a key or an address lies in the environment.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/config/config.h"

namespace rtlgen::llm {

struct Endpoint {
    std::string base_url;  ///< "https://host/v1", without a slash at its end
    std::string host;      ///< lower case, without brackets
    bool loopback = false;
    bool operator==(const Endpoint&) const = default;
};

/// A base URL of http or https; without a path it gets `/v1`, and a `/chat/completions` at its end
/// is taken away. Error Config: no such URL, or a user's name, a query or a fragment in it.
Result<Endpoint> parse_endpoint(const std::string& url);

/// Whether the endpoint may be used, named by `layer`. `allow_hosts`: those of the user's
/// configuration and flags, exact names. section: of the configuration, for the message.
/// Error Config says how to allow it.
Status check_egress(const Endpoint& endpoint, config::Layer layer,
                    const std::vector<std::string>& allow_hosts,
                    std::string_view section = "models.openai");

/// A header of the configuration must not make another header. Error Config, with `where`.
Status check_header(const std::string& name, const std::string& value, std::string_view section,
                    const std::string& where);

}  // namespace rtlgen::llm
