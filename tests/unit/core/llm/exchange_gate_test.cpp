// SPDX-License-Identifier: Apache-2.0
#include "core/llm/exchange_gate.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::llm;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr ExchangeGate::Time kNow{seconds(1000)};

/// Sends as many as may be sent.
int fill(ExchangeGate& gate, ExchangeGate::Time now = kNow) {
    int count = 0;
    for (; gate.open(now); ++count) gate.sent();
    return count;
}

}  // namespace

TEST_CASE("the window starts at 20 and grows with each answer up to the most") {
    ExchangeGate gate(20, 24, {});
    CHECK(fill(gate) == 20);
    gate.answered();
    CHECK(fill(gate) == 2);
    for (int i = 0; i < 10; ++i) gate.answered();
    CHECK(gate.window() == 24);
    gate.ended();
    CHECK(fill(gate) == 24 - 10);
}

TEST_CASE("one refusal makes the window 0.8 of itself, and it grows by one a window after that") {
    ExchangeGate gate(20, 64, {});
    gate.sent();
    gate.refused(kNow, seconds(3), 1);
    CHECK(gate.window() == 16);
    for (int i = 0; i < 16; ++i) {
        gate.sent();
        gate.answered();
    }
    CHECK(gate.window() == 16);
    gate.sent();
    gate.answered();
    CHECK(gate.window() == 17);
}

TEST_CASE("while the server asks for a wait, nobody is sent") {
    ExchangeGate gate(20, 64, {});
    fill(gate);
    gate.refused(kNow, seconds(3), 1);
    for (int i = 0; i < 19; ++i) gate.answered();
    CHECK_FALSE(gate.open(kNow));
    CHECK(gate.opens(kNow) == kNow + seconds(3));
    CHECK_FALSE(gate.open(kNow + milliseconds(2999)));
    CHECK(gate.open(kNow + seconds(3)));
    CHECK_FALSE(gate.opens(kNow + seconds(3)));
    gate.hold(kNow, seconds(1));
    CHECK_FALSE(gate.open(kNow + milliseconds(2999)));
}

TEST_CASE("one wave of refusals shrinks the window to no less than half, the next one further") {
    ExchangeGate gate(1000, 1000, {});
    CHECK(fill(gate) == 1000);
    for (int i = 0; i < 1000; ++i) gate.refused(kNow, std::nullopt, 1);
    CHECK(gate.window() == 500);
    CHECK(gate.in_flight() == 0);
    for (int wave = 0; wave < 12; ++wave) {
        const ExchangeGate::Time later = kNow + seconds(100 * (wave + 1));
        const int sent = fill(gate, later);
        for (int i = 0; i < sent; ++i) gate.refused(later, std::nullopt, 1);
    }
    CHECK(gate.window() == 1);
}

TEST_CASE("refusals without a time make everybody wait longer from wave to wave") {
    RetryPolicy policy;
    ExchangeGate gate(1, 1, policy);
    ExchangeGate::Time now = kNow;
    milliseconds total{0};
    for (int wave = 1; wave <= 6; ++wave) {
        gate.sent();
        gate.refused(now, std::nullopt, 3);
        const auto opens = gate.opens(now).value_or(now);
        CHECK(opens - now <= policy.first_delay * (1 << (wave - 1)));
        total += std::chrono::duration_cast<milliseconds>(opens - now);
        now = opens;
    }
    CHECK(total > seconds(3));
    gate.sent();
    gate.answered();
    gate.sent();
    gate.refused(now, std::nullopt, 3);
    CHECK(gate.opens(now).value_or(now) - now <= policy.first_delay);
}
