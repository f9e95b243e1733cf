// SPDX-License-Identifier: Apache-2.0
#include "core/llm/retry.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::llm;
using std::chrono::milliseconds;

TEST_CASE("Retry-After is read as seconds or a date, and nothing else") {
    const Clock::WallTime now{std::chrono::seconds(1'000'000'000)};
    CHECK(parse_retry_after("0", now) == milliseconds(0));
    CHECK(parse_retry_after(" 1.5 ", now) == milliseconds(1500));
    CHECK(parse_retry_after("Sun, 09 Sep 2001 01:47:00 GMT", now) == milliseconds(20'000));
    CHECK_FALSE(parse_retry_after("Sun, 09 Sep 2001 01:46:00 GMT", now));
    CHECK_FALSE(parse_retry_after("-1", now));
    CHECK_FALSE(parse_retry_after("nan", now));
    CHECK_FALSE(parse_retry_after("", now));
    CHECK_FALSE(parse_retry_after("a while", now));
    CHECK(parse_retry_after("1e300", now) > milliseconds(1'000'000));
}

TEST_CASE("delays of equal failures are equal, and those of other requests differ") {
    const RetryPolicy policy;
    FailedTry failed;
    failed.faults = 3;
    failed.status = 503;
    failed.jitter_seed = 42;
    const auto delay = retry_delay(policy, failed);
    CHECK(delay == retry_delay(policy, failed));
    failed.jitter_seed = 43;
    CHECK(delay != retry_delay(policy, failed));
    failed.faults = policy.max_tries;
    CHECK_FALSE(retry_delay(policy, failed));
    failed.faults = 0;
    failed.refusals = policy.max_refusals;
    CHECK_FALSE(retry_delay(policy, failed));
}

TEST_CASE("full jitter spreads a crowd evenly from nothing to the doubled delay, under the cap") {
    const RetryPolicy policy;
    for (int number = 1; number <= 12; ++number) {
        CAPTURE(number);
        const milliseconds full =
            std::min(policy.first_delay * (1 << (number - 1)), policy.longest_delay);
        int low = 0;
        for (std::uint64_t seed = 0; seed < 1000; ++seed) {
            const milliseconds delay = full_jitter(policy, number, seed * 7919);
            REQUIRE(delay >= milliseconds(0));
            REQUIRE(delay <= full);
            if (delay < full / 2) ++low;
        }
        CHECK(low > 400);
        CHECK(low < 600);
    }
}

TEST_CASE("only what may pass later is tried again") {
    for (const int status : {0, 408, 409, 429, 500, 502, 503, 504, 529}) {
        CAPTURE(status);
        CHECK(may_pass_later(status));
    }
    for (const int status : {200, 204, 301, 307, 400, 401, 402, 403, 404, 422, 501}) {
        CAPTURE(status);
        CHECK_FALSE(may_pass_later(status));
        FailedTry failed;
        failed.status = status;
        failed.retry_after = "1";
        CHECK_FALSE(retry_delay({}, failed));
    }
}
