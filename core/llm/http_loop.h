// SPDX-License-Identifier: Apache-2.0
// A thread with one libcurl multi handle: it carries transfers and keeps their connections.
#pragma once

#include <curl/curl.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "core/base/clock.h"
#include "core/llm/http_transfer.h"

namespace rtlgen::llm {

class HttpLoop {
public:
    /// Whom it serves; all of it is called on the loop's thread.
    class Client {
    public:
        virtual ~Client() = default;
        /// Starts and drops transfers. Gives the time when it wants to look again unasked.
        virtual std::optional<Clock::SteadyTime> look(Clock::SteadyTime now) = 0;
        /// The transfer has come to its end, and is no longer the loop's.
        virtual void done(HttpTransfer& transfer, CURLcode code) = 0;
    };

    /// The thread starts at once. max_connections: how many are kept open.
    HttpLoop(Client& client, Clock& clock, int max_connections);
    /// The client has dropped all transfers before.
    ~HttpLoop();
    HttpLoop(const HttpLoop&) = delete;
    HttpLoop& operator=(const HttpLoop&) = delete;

    /// Lets the client look, soon. From any thread.
    void wake();

    /// On the loop's thread alone.
    /// False where libcurl can't (no memory).
    [[nodiscard]] bool start(HttpTransfer& transfer);
    void drop(HttpTransfer& transfer);

private:
    struct MultiCleanup {
        void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
    };

    void run();
    void perform();
    void wait(std::optional<Clock::SteadyTime> until);

    Client& client_;
    Clock& clock_;
    std::unique_ptr<CURLM, MultiCleanup> multi_;
    int transfers_ = 0;
    std::atomic<bool> ending_ = false;
    std::atomic<bool> woken_ = false;
    std::mutex sleep_mutex_;
    std::stop_source sleep_;  ///< guarded; ends the sleep of a loop that has no transfers
    std::shared_ptr<void> clock_jumps_;
    std::thread thread_;
};

}  // namespace rtlgen::llm
