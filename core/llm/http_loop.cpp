// SPDX-License-Identifier: Apache-2.0
#include "core/llm/http_loop.h"

#include <algorithm>

namespace rtlgen::llm {

using std::chrono::milliseconds;

HttpLoop::HttpLoop(Client& client, Clock& clock, int max_connections)
    : client_(client), clock_(clock) {
    initialize_curl();
    multi_.reset(curl_multi_init());
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(max_connections));
    clock_jumps_ = clock_.on_jump([this] { wake(); });
    thread_ = std::thread([this] { run(); });
}

HttpLoop::~HttpLoop() {
    clock_jumps_.reset();
    ending_ = true;
    wake();
    thread_.join();
}

void HttpLoop::wake() {
    if (woken_.exchange(true)) return;
    curl_multi_wakeup(multi_.get());
    const std::scoped_lock lock(sleep_mutex_);
    sleep_.request_stop();
}

bool HttpLoop::start(HttpTransfer& transfer) {
    if (curl_multi_add_handle(multi_.get(), transfer.handle()) != CURLM_OK) return false;
    ++transfers_;
    return true;
}

void HttpLoop::drop(HttpTransfer& transfer) {
    if (curl_multi_remove_handle(multi_.get(), transfer.handle()) == CURLM_OK) --transfers_;
}

void HttpLoop::run() {
    while (!ending_) {
        woken_ = false;
        perform();
        // Transfers that are started here are due at once: the wait ends before it has begun.
        wait(client_.look(clock_.now()));
    }
}

void HttpLoop::perform() {
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        const CURLcode code = message->data.result;
        void* transfer = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        drop(*static_cast<HttpTransfer*>(transfer));
        client_.done(*static_cast<HttpTransfer*>(transfer), code);
    }
}

void HttpLoop::wait(std::optional<Clock::SteadyTime> until) {
    constexpr milliseconds kLongestWait{60'000};
    const milliseconds time =
        until ? std::clamp(std::chrono::ceil<milliseconds>(*until - clock_.now()), milliseconds(0),
                           kLongestWait)
              : kLongestWait;
    if (transfers_ > 0 || !until) {
        curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(time.count()), nullptr);
        return;
    }
    // Nothing but time is waited for.
    std::stop_token woken;
    {
        const std::scoped_lock lock(sleep_mutex_);
        sleep_ = std::stop_source();
        woken = sleep_.get_token();
    }
    if (!woken_) clock_.sleep_for(time, woken);
}

}  // namespace rtlgen::llm
