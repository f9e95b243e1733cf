// SPDX-License-Identifier: Apache-2.0
// The inside of an Exchange: which call is sent when, what becomes of each try.
#pragma once

#include <atomic>
#include <deque>
#include <future>
#include <mutex>
#include <vector>

#include "core/llm/exchange.h"
#include "core/llm/exchange_gate.h"
#include "core/llm/http_loop.h"

namespace rtlgen::llm {

/// Callers post calls and wait; everything else happens on the loop's thread.
class Exchange::Traffic final : public HttpLoop::Client {
public:
    Traffic(ExchangeOptions options, Clock& clock);

    using Time = Clock::SteadyTime;

    Result<HttpResponse> send(const Call& call, const std::stop_token& stop);

    std::optional<Time> look(Time now) override;
    void done(HttpTransfer& transfer, CURLcode code) override;

private:
    using Transfer = std::unique_ptr<HttpTransfer>;

    /// A call on its way; shared with the caller that waits for it.
    struct Job {
        const Call* call = nullptr;
        std::promise<Result<HttpResponse>> promise;
        std::atomic<bool> stopped = false;
        bool sent_before = false;
        int faults = 0;
        int refusals = 0;
        Time deadline{};  ///< set when it is first sent
        Time rests_until{};
        Error last_error;   ///< of its latest try
        Transfer transfer;  ///< set while a try is under way
    };
    using JobPointer = std::shared_ptr<Job>;

    void take_posted();
    void end_stopped();
    void check_active(Time now);
    void wake_resting(Time now);
    void end_late(Time now);
    void send_ready(Time now);
    [[nodiscard]] std::optional<Time> next_look(Time now) const;
    [[nodiscard]] std::optional<Time> silence_ends(const Job& job) const;

    void start(const JobPointer& job, Time now);
    /// The transfer of an active job is taken back.
    void put_away(Job& job);
    void judge(const JobPointer& job, tl::expected<HttpResponse, HttpFailure> outcome);
    /// Tries again later, or ends the job with `error`.
    void retry(const JobPointer& job, const HttpResponse* response, Error error);
    static void end(Job& job, Result<HttpResponse> result);

    ExchangeOptions options_;
    Clock& clock_;
    TransferOptions transfer_options_;
    ExchangeGate gate_;

    std::mutex mutex_;
    std::vector<JobPointer> posted_;  ///< guarded by mutex_
    std::atomic<bool> any_stopped_ = false;

    bool reached_ = false;  ///< the server has answered, whatever it was
    std::deque<JobPointer> ready_;
    std::vector<JobPointer> resting_;
    std::vector<JobPointer> active_;
    std::vector<Transfer> spare_;
    std::optional<HttpLoop> loop_;  ///< last: its thread uses all the others
};

}  // namespace rtlgen::llm
