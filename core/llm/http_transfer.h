// SPDX-License-Identifier: Apache-2.0
// One HTTP request and its response as a libcurl handle that can be used again: no redirects, no
// proxy but a configured one, a cap on the body.
#pragma once

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/units.h"
#include "core/config/secret.h"
#include "core/llm/http.h"

namespace rtlgen::llm {

/// Overwrites the keys that stand in headers.
struct ListCleanup {
    void operator()(curl_slist* list) const;
};
using HeaderList = std::unique_ptr<curl_slist, ListCleanup>;

/// What all requests to a server have in common.
struct TransferOptions {
    std::string ca_file;
    std::string proxy;
    std::chrono::milliseconds connect_timeout{15'000};
    Bytes body_cap = mebibytes(16);
    HeaderList get_headers;
    HeaderList post_headers;
};

/// Starts libcurl, once a process.
void initialize_curl();

enum class WithBody { No, Yes };
/// The headers of a request; an empty value is sent as such.
[[nodiscard]] HeaderList header_list(
    const std::vector<std::pair<std::string, config::Secret>>& headers, WithBody with_body);

/// Why a try brought no response: Network, Model (a body over the cap, or what a reader says).
struct HttpFailure {
    Error error;
    bool may_pass = false;     ///< a second try could go better: a reset, a cut answer
    bool unreachable = false;  ///< no connection: passes where the server was there before
};

/// Borrows its options and clock. Only one thread at a time may use it.
class HttpTransfer {
public:
    HttpTransfer(const TransferOptions& options, Clock& clock);
    ~HttpTransfer();
    HttpTransfer(const HttpTransfer&) = delete;
    HttpTransfer& operator=(const HttpTransfer&) = delete;

    /// Makes it ready for a request. Url, body and reader are borrowed until the next begin().
    void begin(const std::string& url, const std::optional<std::string>& body,
               StreamReader* reader);
    /// The outcome, once libcurl has said `code`.
    tl::expected<HttpResponse, HttpFailure> finish(CURLcode code);

    [[nodiscard]] CURL* handle() const { return easy_; }
    /// Whether a stream that has no end yet is whole all the same, by its reader.
    [[nodiscard]] bool whole_without_end() {
        return streaming_ && !reader_error_ && reader_->cut();
    }
    /// When the latest byte came; before the first one, when it began.
    [[nodiscard]] Clock::SteadyTime last_byte() const { return last_byte_; }
    /// Whether the response has begun.
    [[nodiscard]] bool answering() const { return status_ != 0; }
    /// Whether the stream's own end has come, so that nothing more need be waited for.
    [[nodiscard]] bool ended() const { return ended_; }

    void* owner = nullptr;  ///< for whoever started it

private:
    static std::size_t on_body(char* bytes, std::size_t one, std::size_t count, void* self);
    static std::size_t on_header(char* bytes, std::size_t one, std::size_t count, void* self);
    bool take_body(std::string_view bytes);
    void take_header(std::string_view line);
    [[nodiscard]] HttpFailure failure(CURLcode code) const;

    const TransferOptions& options_;
    Clock& clock_;
    CURL* easy_ = nullptr;
    std::array<char, CURL_ERROR_SIZE> detail_{};
    StreamReader* reader_ = nullptr;
    HttpResponse response_;
    std::optional<Error> reader_error_;
    std::size_t received_ = 0;
    int status_ = 0;
    bool streaming_ = false;
    bool over_cap_ = false;
    bool headers_ended_ = false;  ///< libcurl takes a cut within the headers for an empty body
    bool ended_ = false;
    Clock::SteadyTime begun_{};
    Clock::SteadyTime last_byte_{};
};

}  // namespace rtlgen::llm
