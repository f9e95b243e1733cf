// SPDX-License-Identifier: Apache-2.0
// All requests to one server: a thread that carries hundreds of them at once over kept connections,
// tries again what may pass later, and asks for no more at once than the server takes.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/units.h"
#include "core/config/secret.h"
#include "core/llm/http.h"
#include "core/llm/redaction.h"
#include "core/llm/retry.h"

namespace rtlgen::llm {

struct ExchangeOptions {
    std::string ca_file;  ///< in place of the system's; empty: the system's
    std::string proxy;    ///< empty: none, whatever the environment says
    /// Sent with each request. Their values, and what follows "Bearer " in them, are redacted.
    std::vector<std::pair<std::string, config::Secret>> headers;
    std::vector<std::pair<std::string, std::string>> plain_headers;  ///< those that hold no key
    std::string key_hint;  ///< where a key comes from, for a 401: "OPENAI_API_KEY"; may be empty
    /// Of a call from when it is first sent: its tries and the waits between them.
    std::chrono::milliseconds timeout{600'000};
    /// No byte for so long ends a try. A call without a StreamReader may be silent until its answer
    /// begins: such a server works all the while.
    std::chrono::milliseconds silence{300'000};
    std::chrono::milliseconds connect_timeout{15'000};
    Bytes body_cap = mebibytes(16);  ///< of one response, with all events of a stream
    RetryPolicy retry;
    int start_concurrency = 20;  ///< requests at once, until the server shows what it takes
    int max_concurrency = 64;    ///< and never more than these
};

struct Call {
    std::string url;
    std::optional<std::string> body;  ///< JSON, sent by POST; none: GET
    std::uint64_t jitter_seed = 0;    ///< of the waits between tries
    StreamReader* reader = nullptr;   ///< borrowed; none: the body is kept whole
    /// A status that the caller judges itself, as a response and not as an error; 0: none.
    int also_answers = 0;
};

class Exchange {
public:
    Exchange(ExchangeOptions options, Clock& clock);
    /// No call may be under way.
    ~Exchange();
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    /// Blocks until the response of status 200, or `also_answers`, is there, whole; from hundreds
    /// of threads at once. Redirects aren't followed. Errors, keys redacted: Network (no
    /// connection, a cut answer, a deadline, a server's fault, a redirect), Model (refused, or over
    /// body_cap, or what the reader says), Budget (the account's quota is spent), Interrupted (at
    /// once when `stop` is requested).
    Result<HttpResponse> send(const Call& call, const std::stop_token& stop);

    /// `text` without the keys of the headers and the password of the proxy: servers quote them.
    [[nodiscard]] std::string redact(std::string text) const;

private:
    class Traffic;
    std::unique_ptr<Traffic> traffic_;
    Redactor redactor_;
};

}  // namespace rtlgen::llm
