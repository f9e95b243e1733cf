// SPDX-License-Identifier: Apache-2.0
// One HTTP exchange by libcurl: no redirects, no proxy but a configured one, a cap on the body, a
// deadline, and an end at once when asked to stop.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/config/secret.h"

namespace rtlgen::llm {

struct HttpRequest {
    std::string url;
    std::optional<std::string> body;  ///< JSON, sent by POST; none: GET
    std::vector<std::pair<std::string, config::Secret>> headers;
    std::string ca_file;  ///< in place of the system's; empty: the system's
    std::string proxy;    ///< empty: none, whatever the environment says
    std::chrono::milliseconds connect_timeout{15'000};
    std::chrono::milliseconds timeout{600'000};  ///< of the whole exchange
    Bytes body_cap = mebibytes(16);
};

struct HttpResponse {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case; the last of equal ones
    std::string body;                            ///< whole: a cut one is a failure
    std::chrono::microseconds latency{0};
};

/// Why there is no response: Network, Model (a body over the cap), Interrupted.
struct HttpFailure {
    Error error;
    bool may_pass = false;  ///< a second try could go better: a reset, a cut answer
};

/// Blocks. A response with any status is a response.
tl::expected<HttpResponse, HttpFailure> send_http(const HttpRequest& request,
                                                  const std::stop_token& stop);

}  // namespace rtlgen::llm
