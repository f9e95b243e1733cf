// SPDX-License-Identifier: Apache-2.0
#include "core/llm/http_transfer.h"

#include <fmt/format.h>

#include <mutex>

#include "core/base/text.h"

namespace rtlgen::llm {

void initialize_curl() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

void ListCleanup::operator()(curl_slist* list) const {
    for (curl_slist* line = list; line != nullptr; line = line->next) {
        for (volatile char* byte = line->data; *byte != 0; ++byte) *byte = ' ';
    }
    curl_slist_free_all(list);
}

HeaderList header_list(const std::vector<std::pair<std::string, config::Secret>>& headers,
                       WithBody with_body) {
    HeaderList list;
    const auto add = [&list](const std::string& line) {
        curl_slist* longer = curl_slist_append(list.get(), line.c_str());
        if (longer != nullptr && !list) list.reset(longer);
    };
    if (with_body == WithBody::Yes) add("Content-Type: application/json");
    add("Accept: application/json, text/event-stream");
    add("Expect:");  // no pause before a long prompt is sent
    for (const auto& [name, value] : headers) {
        std::string line = name + (value.empty() ? ";" : ": " + value.reveal());
        add(line);
        const config::Secret wiped(std::move(line));
    }
    return list;
}

HttpTransfer::HttpTransfer(const TransferOptions& options, Clock& clock)
    : options_(options), clock_(clock), easy_(curl_easy_init()) {
    if (easy_ == nullptr) return;
    curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy_, CURLOPT_ERRORBUFFER, detail_.data());
    curl_easy_setopt(easy_, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy_, CURLOPT_PROXY, options.proxy.c_str());
    curl_easy_setopt(easy_, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(options.connect_timeout.count()));
    curl_easy_setopt(easy_, CURLOPT_USERAGENT, "rtlgen");
    curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy_, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy_, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy_, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy_, CURLOPT_TCP_KEEPALIVE, 1L);
    if (!options.ca_file.empty()) {
        curl_easy_setopt(easy_, CURLOPT_CAINFO, options.ca_file.c_str());
    }
#if CURL_AT_LEAST_VERSION(7, 85, 0)
    curl_easy_setopt(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
#endif
}

HttpTransfer::~HttpTransfer() { curl_easy_cleanup(easy_); }

void HttpTransfer::begin(const std::string& url, const std::optional<std::string>& body,
                         StreamReader* reader) {
    response_ = {};
    reader_error_.reset();
    reader_ = reader;
    received_ = 0;
    status_ = 0;
    streaming_ = over_cap_ = headers_ended_ = ended_ = false;
    detail_.front() = 0;
    begun_ = last_byte_ = clock_.now();
    if (reader_ != nullptr) reader_->restart();
    curl_easy_setopt(easy_, CURLOPT_URL, url.c_str());
    // Where a server may speak HTTP/2, its first connection is waited for and shared.
    curl_easy_setopt(easy_, CURLOPT_PIPEWAIT, url.starts_with("https:") ? 1L : 0L);
    if (body) {
        curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, options_.post_headers.get());
        curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
        curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, body->data());
    } else {
        curl_easy_setopt(easy_, CURLOPT_HTTPGET, 1L);
        curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, options_.get_headers.get());
    }
}

std::size_t HttpTransfer::on_body(char* bytes, std::size_t /*one*/, std::size_t count, void* self) {
    return static_cast<HttpTransfer*>(self)->take_body({bytes, count}) ? count : 0;
}

std::size_t HttpTransfer::on_header(char* bytes, std::size_t /*one*/, std::size_t count,
                                    void* self) {
    static_cast<HttpTransfer*>(self)->take_header({bytes, count});
    return count;
}

bool HttpTransfer::take_body(std::string_view bytes) {
    last_byte_ = clock_.now();
    received_ += bytes.size();
    over_cap_ = received_ > options_.body_cap.count;
    if (over_cap_) return false;
    if (!streaming_) {
        response_.body.append(bytes);
        return true;
    }
    if (ended_) return true;
    const auto progress = reader_->take(bytes);
    if (!progress) {
        reader_error_ = progress.error();
        return false;
    }
    ended_ = *progress == StreamReader::Progress::Ended;
    return true;
}

void HttpTransfer::take_header(std::string_view line) {
    last_byte_ = clock_.now();
    if (line.starts_with("HTTP/")) {
        // A 100 or a proxy's own answer may come first: the last head counts.
        long status = 0;
        curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
        status_ = static_cast<int>(status);
        response_.headers.clear();
        headers_ended_ = false;
        return;
    }
    if (trim(line).empty()) {
        headers_ended_ = true;
        const auto type = response_.headers.find("content-type");
        streaming_ = reader_ != nullptr && status_ == 200 && type != response_.headers.end() &&
                     to_lower(type->second).starts_with("text/event-stream");
        return;
    }
    constexpr std::size_t kMostHeaders = 200;
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && response_.headers.size() < kMostHeaders) {
        response_.headers[to_lower(trim(line.substr(0, colon)))] = trim(line.substr(colon + 1));
    }
}

HttpFailure HttpTransfer::failure(CURLcode code) const {
    if (over_cap_) {
        return {{ErrorCode::Model,
                 fmt::format("answered more than {} bytes", options_.body_cap.count), ""},
                false};
    }
    const std::string reason =
        detail_.front() != 0 ? detail_.data() : std::string(curl_easy_strerror(code));
    const auto network = [](std::string message) {
        return Error{ErrorCode::Network, std::move(message), ""};
    };
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return {network(fmt::format("no connection in time ({})", to_lower(reason))), true};
        case CURLE_COULDNT_CONNECT:
            return {
                network("nobody answers at this address; is the server running? (" + reason + ")"),
                false, true};
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_SSL_CONNECT_ERROR: return {network(reason), false, true};
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
        case CURLE_GOT_NOTHING:
        case CURLE_PARTIAL_FILE:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM: return {network("the connection was cut (" + reason + ")"), true};
        default: return {network(reason)};
    }
}

tl::expected<HttpResponse, HttpFailure> HttpTransfer::finish(CURLcode code) {
    if (reader_error_) {
        const bool may_pass = reader_error_->code == ErrorCode::Network;
        return tl::unexpected<HttpFailure>({*std::move(reader_error_), may_pass});
    }
    // A cut after the last event loses nothing.
    if (!ended_ && !(whole_without_end() && !over_cap_)) {
        if (code == CURLE_OK && !headers_ended_) code = CURLE_PARTIAL_FILE;
        if (code != CURLE_OK) return tl::unexpected<HttpFailure>(failure(code));
        if (streaming_) {
            const Error error = reader_->cut().error();
            return tl::unexpected<HttpFailure>({error, error.code == ErrorCode::Network});
        }
    }
    response_.status = status_;
    response_.latency =
        std::chrono::duration_cast<std::chrono::microseconds>(clock_.now() - begun_);
    return std::move(response_);
}

}  // namespace rtlgen::llm
