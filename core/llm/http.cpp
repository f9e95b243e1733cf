// SPDX-License-Identifier: Apache-2.0
#include "core/llm/http.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <memory>
#include <mutex>

#include "core/base/text.h"

namespace rtlgen::llm {
namespace {

struct EasyCleanup {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct MultiCleanup {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct ListCleanup {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, EasyCleanup>;
using Multi = std::unique_ptr<CURLM, MultiCleanup>;
using HeaderList = std::unique_ptr<curl_slist, ListCleanup>;

/// What the callbacks fill in.
struct Reception {
    HttpResponse response;
    std::size_t cap = 0;
    bool over_cap = false;
    bool headers_ended = false;  ///< libcurl takes a cut within the headers for an empty body
};

std::size_t on_body(char* bytes, std::size_t /*one*/, std::size_t count, void* user) {
    auto& reception = *static_cast<Reception*>(user);
    if (reception.response.body.size() + count > reception.cap) {
        reception.over_cap = true;
        return 0;
    }
    reception.response.body.append(bytes, count);
    return count;
}

std::size_t on_header(char* bytes, std::size_t /*one*/, std::size_t count, void* user) {
    auto& reception = *static_cast<Reception*>(user);
    const std::string_view line(bytes, count);
    reception.headers_ended = trim(line).empty();
    const std::size_t colon = line.find(':');
    constexpr std::size_t kMostHeaders = 200;
    if (colon != std::string_view::npos && reception.response.headers.size() < kMostHeaders) {
        reception.response.headers[to_lower(trim(line.substr(0, colon)))] =
            trim(line.substr(colon + 1));
    }
    return count;
}

void initialize_curl() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

HeaderList header_list(const HttpRequest& request) {
    HeaderList list;
    const auto add = [&list](const std::string& line) {
        curl_slist* longer = curl_slist_append(list.get(), line.c_str());
        if (longer != nullptr && !list) list.reset(longer);
    };
    if (request.body) add("Content-Type: application/json");
    add("Accept: application/json");
    add("Expect:");  // no pause before a long prompt is sent
    for (const auto& [name, value] : request.headers) add(name + ": " + value.reveal());
    return list;
}

void configure(CURL* easy, const HttpRequest& request, const HeaderList& headers,
               Reception& reception, char* error_buffer) {
    const auto milliseconds = [](std::chrono::milliseconds time) {
        return static_cast<long>(time.count());
    };
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error_buffer);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROXY, request.proxy.c_str());
    curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(request.connect_timeout));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, milliseconds(request.timeout));
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "rtlgen");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &reception);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &reception);
    if (!request.ca_file.empty()) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, request.ca_file.c_str());
    }
    if (request.body) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                         static_cast<curl_off_t>(request.body->size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body->c_str());
    }
}

/// Runs the transfer to its end; CURLE_ABORTED_BY_CALLBACK where `stop` came first.
CURLcode perform(CURL* easy, const std::stop_token& stop) {
    const Multi multi(curl_multi_init());
    const std::stop_callback wake(stop, [&multi] { curl_multi_wakeup(multi.get()); });
    curl_multi_add_handle(multi.get(), easy);
    CURLcode code = CURLE_ABORTED_BY_CALLBACK;
    int running = 1;
    while (!stop.stop_requested()) {
        if (curl_multi_perform(multi.get(), &running) != CURLM_OK) {
            code = CURLE_FAILED_INIT;
            break;
        }
        int left = 0;
        const CURLMsg* message = curl_multi_info_read(multi.get(), &left);
        if (message != nullptr && message->msg == CURLMSG_DONE) {
            code = message->data.result;
            break;
        }
        constexpr int kLongestWait = 60'000;
        curl_multi_poll(multi.get(), nullptr, 0, kLongestWait, nullptr);
    }
    curl_multi_remove_handle(multi.get(), easy);
    return code;
}

HttpFailure failure(CURLcode code, const char* detail, const Reception& reception,
                    const HttpRequest& request) {
    const auto error = [&request](ErrorCode error_code, std::string message) {
        return Error{error_code, std::move(message), request.url};
    };
    if (code == CURLE_ABORTED_BY_CALLBACK) return {error(ErrorCode::Interrupted, "interrupted")};
    if (reception.over_cap) {
        return {error(ErrorCode::Model, fmt::format("answered more than {} bytes", reception.cap))};
    }
    const std::string reason = *detail != 0 ? detail : curl_easy_strerror(code);
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return {error(ErrorCode::Network,
                          fmt::format("no whole answer in time ({})", to_lower(reason)))};
        case CURLE_COULDNT_CONNECT:
            return {
                error(ErrorCode::Network,
                      "nobody answers at this address; is the server running? (" + reason + ")")};
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
        case CURLE_GOT_NOTHING:
        case CURLE_PARTIAL_FILE:
            return {error(ErrorCode::Network, "the connection was cut (" + reason + ")"), true};
        default: return {error(ErrorCode::Network, reason)};
    }
}

}  // namespace

tl::expected<HttpResponse, HttpFailure> send_http(const HttpRequest& request,
                                                  const std::stop_token& stop) {
    initialize_curl();
    const Easy easy(curl_easy_init());
    if (!easy) {
        return tl::unexpected<HttpFailure>(
            {{ErrorCode::Network, "libcurl can't be started", request.url}, false});
    }
    const HeaderList headers = header_list(request);
    Reception reception;
    reception.cap = request.body_cap.count;
    std::array<char, CURL_ERROR_SIZE> detail{};
    configure(easy.get(), request, headers, reception, detail.data());
#if CURL_AT_LEAST_VERSION(7, 85, 0)
    curl_easy_setopt(easy.get(), CURLOPT_PROTOCOLS_STR, "http,https");
#endif
    const auto started = std::chrono::steady_clock::now();
    CURLcode code = perform(easy.get(), stop);
    if (code == CURLE_OK && !reception.headers_ended) code = CURLE_PARTIAL_FILE;
    if (code != CURLE_OK) {
        return tl::unexpected<HttpFailure>(failure(code, detail.data(), reception, request));
    }
    long status = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    reception.response.status = static_cast<int>(status);
    reception.response.latency = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - started);
    return std::move(reception.response);
}

}  // namespace rtlgen::llm
