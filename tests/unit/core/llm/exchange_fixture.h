// SPDX-License-Identifier: Apache-2.0
// What the tests of Exchange share.
#pragma once

#include <algorithm>
#include <atomic>
#include <thread>
#include "core/llm/exchange.h"
#include "tests/catch.h"
#include "tests/unit/core/llm/fake_clock.h"
#include "tests/unit/core/llm/memory_growth.h"
#include "tests/unit/core/llm/scripted_server.h"

using namespace rtlgen;
using namespace rtlgen::llm;
using std::chrono::milliseconds;
using std::chrono::seconds;
using test::FakeClock;
using test::http_response;
using test::ScriptedServer;
using test::Wire;

namespace {

constexpr const char* kCanary = "sk-canary-77aa";

ExchangeOptions options_with_key() {
    ExchangeOptions options;
    options.headers = {{"Authorization", config::Secret(std::string("Bearer ") + kCanary)}};
    return options;
}

Call call_of(const ScriptedServer& server, StreamReader* reader = nullptr) {
    Call call;
    call.url = server.url();
    call.body = "{}";
    call.reader = reader;
    return call;
}

/// Counts what comes, and lets a test wait for it.
class CountingReader final : public StreamReader {
public:
    void restart() override { ++tries; }
    Result<Progress> take(std::string_view bytes) override {
        const std::scoped_lock lock(mutex_);
        count_ += bytes.size();
        more_.notify_all();
        return Progress::More;
    }
    Status cut() override { return fail(ErrorCode::Network, "cut"); }
    void wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        more_.wait(lock, [&] { return count_ >= count; });
    }

    std::atomic<int> tries = 0;

private:
    std::mutex mutex_;
    std::condition_variable more_;
    std::size_t count_ = 0;
};

}  // namespace
