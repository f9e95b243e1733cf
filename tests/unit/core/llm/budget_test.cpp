// SPDX-License-Identifier: Apache-2.0
// What may be spent, and what answers cost.
#include "core/llm/budget.h"

#include <atomic>
#include <thread>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/llm/metered_backend.h"
#include "core/llm/price_list.h"
#include "tests/catch.h"
#include "tests/unit/core/llm/fake_clock.h"

using namespace rtlgen;
using namespace rtlgen::llm;
using std::chrono::milliseconds;
using std::chrono::seconds;
using test::FakeClock;

namespace {

/// Answers by a function; its requests are 100 bytes long and its answers 50 tokens at most.
class AnsweringBackend final : public Backend {
public:
    using Answer = std::function<Result<Completion>(const std::stop_token&)>;
    explicit AnsweringBackend(Answer answer) : answer_(std::move(answer)) {}
    Result<Completion> complete(const CompletionRequest& /*request*/,
                                std::stop_token stop) override {
        ++calls;
        return answer_(stop);
    }
    [[nodiscard]] std::string name() const override { return "openai/m"; }
    [[nodiscard]] std::string destination() const override { return "https://h/v1"; }
    [[nodiscard]] std::string preview(const CompletionRequest& /*request*/) const override {
        return std::string(100, 'x');
    }
    [[nodiscard]] std::optional<std::int64_t> answer_limit(
        const CompletionRequest& /*request*/) const override {
        return limit;
    }
    std::atomic<int> calls = 0;
    std::optional<std::int64_t> limit = 50;

private:
    Answer answer_;
};

Result<Completion> answer_of(std::optional<std::int64_t> prompt, std::optional<std::int64_t> text) {
    Completion completion;
    completion.text = "module m; endmodule";
    completion.usage = {prompt, text};
    return completion;
}

struct Metered {
    AnsweringBackend* inner;
    std::unique_ptr<Backend> backend;
};

Metered metered(AnsweringBackend::Answer answer, Budget& budget, std::optional<Price> price = {}) {
    auto inner = std::make_unique<AnsweringBackend>(std::move(answer));
    AnsweringBackend* raw = inner.get();
    return {raw, MeteredBackend::create(std::move(inner), price, budget, {}).value()};
}

}  // namespace

TEST_CASE("tokens: a request is sent while its dearest answer fits, and not after") {
    FakeClock clock;
    // 30 + 10 a request, 150 put aside for each: the last one that fits begins at 350.
    Budget budget({std::nullopt, 500, std::nullopt}, clock);
    budget.begin({}, milliseconds(0));
    Metered model = metered([](const auto&) { return answer_of(30, 10); }, budget);
    int answered = 0;
    Result<Completion> last;
    while ((last = model.backend->complete({}, {}))) ++answered;
    CHECK(answered == 9);
    CHECK(model.inner->calls == 9);
    CHECK(last.error().code == ErrorCode::Budget);
    CHECK(last.error().message ==
          "the budget of 500 tokens is used up: 360 are spent, and the next answer may take 150");
}

TEST_CASE("money: what an answer cost is told, and the limit holds to the cent") {
    FakeClock clock;
    Budget budget({0.001, std::nullopt, std::nullopt}, clock);
    budget.begin({}, milliseconds(0));
    // At most 100 * 1 + 50 * 4 = 300 millionths; in fact 30 + 40 = 70.
    Metered model = metered([](const auto&) { return answer_of(30, 10); }, budget, Price{1, 4});
    double spent = 0;
    int answered = 0;
    for (;; ++answered) {
        const auto answer = model.backend->complete({}, {});
        if (!answer) {
            CHECK(answer.error().code == ErrorCode::Budget);
            break;
        }
        REQUIRE(answer->cost_usd);
        CHECK(*answer->cost_usd == Approx(70e-6));
        spent += *answer->cost_usd;
    }
    CHECK(answered == 11);
    CHECK(spent <= 0.001);
}

TEST_CASE("what a Run has spent before counts") {
    FakeClock clock;
    Budget budget({std::nullopt, 500, std::nullopt}, clock);
    budget.begin({0, 400}, milliseconds(0));
    Metered model = metered([](const auto&) { return answer_of(30, 10); }, budget);
    CHECK(model.backend->complete({}, {}).error().code == ErrorCode::Budget);
    CHECK(model.inner->calls == 0);
}

TEST_CASE(
    "an answer without its usage has spent all that was put aside, and so has one that was cut") {
    FakeClock clock;
    for (const bool cut : {false, true}) {
        Budget budget({std::nullopt, 449, std::nullopt}, clock);
        budget.begin({}, milliseconds(0));
        Metered model = metered(
            [cut](const auto&) -> Result<Completion> {
                if (cut) return fail(ErrorCode::Network, "cut");
                return answer_of(std::nullopt, std::nullopt);
            },
            budget);
        for (int i = 0; i < 5; ++i) (void)model.backend->complete({}, {});
        CHECK(model.inner->calls == 2);
    }
}

TEST_CASE("a request that the server refused has spent nothing") {
    FakeClock clock;
    Budget budget({std::nullopt, 150, std::nullopt}, clock);
    budget.begin({}, milliseconds(0));
    Metered model = metered(
        [](const auto&) -> Result<Completion> { return fail(ErrorCode::Model, "no"); }, budget);
    for (int i = 0; i < 5; ++i) (void)model.backend->complete({}, {});
    CHECK(model.inner->calls == 5);
}

TEST_CASE("requests of many threads never spend more than there is, and use what comes back") {
    SystemClock clock;
    Budget budget({std::nullopt, 1000, std::nullopt}, clock);
    budget.begin({}, milliseconds(0));
    std::atomic<int> under_way = 0;
    std::atomic<int> most_under_way = 0;
    Metered model = metered(
        [&](const auto&) {
            const int now = ++under_way;
            int before = most_under_way;
            while (before < now && !most_under_way.compare_exchange_weak(before, now)) {
            }
            std::this_thread::yield();
            --under_way;
            return answer_of(30, 10);
        },
        budget);
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            while (model.backend->complete({}, {})) {
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    // 40 a request, 150 aside: the last one that fits begins at 850 or before.
    CHECK(model.inner->calls == 22);
    CHECK(most_under_way <= 6);
}

TEST_CASE("who waits for room that others may give back is stopped at once") {
    SystemClock clock;
    Budget budget({std::nullopt, 200, std::nullopt}, clock);
    budget.begin({}, milliseconds(0));
    REQUIRE(budget.reserve({0, 150}, {}));
    std::stop_source stop;
    Status waited;
    std::thread waiter([&] { waited = budget.reserve({0, 150}, stop.get_token()); });
    stop.request_stop();
    waiter.join();
    CHECK(waited.error().code == ErrorCode::Interrupted);
    budget.settle({0, 150}, {0, 10});
    CHECK(budget.reserve({0, 150}, {}));
}

TEST_CASE("when the time is up, what is under way is given up and nothing more is asked") {
    // Sleeping moves this clock on at once: the time is up as soon as somebody waits for it.
    FakeClock clock;
    Budget budget({std::nullopt, std::nullopt, seconds(60)}, clock);
    std::atomic<bool> asked = false;
    Metered model = metered(
        [&](const std::stop_token& stop) -> Result<Completion> {
            asked = true;
            while (!stop.stop_requested()) std::this_thread::yield();
            return fail(ErrorCode::Interrupted, "interrupted");
        },
        budget);
    Result<Completion> answer;
    std::thread asker([&] { answer = model.backend->complete({}, {}); });
    while (!asked) std::this_thread::yield();
    budget.begin({}, milliseconds(0));
    asker.join();
    CHECK(answer.error().code == ErrorCode::Budget);
    CHECK(answer.error().message == "the budget of 60 s is used up");
    CHECK(clock.sleeps() == std::vector{milliseconds(60'000)});
    CHECK(model.backend->complete({}, {}).error().code == ErrorCode::Budget);
    CHECK(model.inner->calls == 1);
}

TEST_CASE("time that the Run was busy before counts") {
    FakeClock clock;
    Budget budget({std::nullopt, std::nullopt, seconds(60)}, clock);
    budget.begin({}, seconds(61));
    CHECK(budget.reserve({}, {}).error().code == ErrorCode::Budget);
}

TEST_CASE("a budget that can't be kept is refused before anything is asked") {
    FakeClock clock;
    Budget dollars({1.0, std::nullopt, std::nullopt}, clock);
    const auto backend = [](std::optional<std::int64_t> limit) {
        auto made = std::make_unique<AnsweringBackend>([](const auto&) { return answer_of(1, 1); });
        made->limit = limit;
        return made;
    };
    const auto unpriced = MeteredBackend::create(backend(50), std::nullopt, dollars, {});
    REQUIRE_FALSE(unpriced);
    CHECK(unpriced.error().code == ErrorCode::InvalidArgument);
    CHECK(contains(unpriced.error().text(), "this model has none"));
    const auto endless = MeteredBackend::create(backend(std::nullopt), Price{1, 1}, dollars, {});
    REQUIRE_FALSE(endless);
    CHECK(contains(endless.error().text(), "--max-tokens"));
}

TEST_CASE("a price is found by host and name, dates at the name's end aside") {
    const PriceList list = PriceList::parse(R"(
price = [
    { host = "API.example.com", model = "m", input = 1, output = 2.5 },
    { host = "api.example.com", model = "m-mini", input = 0.5, output = 1 },
])",
                                            "p.toml")
                               .value();
    const auto output_of = [&](const char* host, const char* model) {
        const auto price = list.find(host, model);
        return price ? price->output : -1;
    };
    CHECK(output_of("api.example.com", "m") == 2.5);
    CHECK(output_of("api.example.com", "m-2025-04-14") == 2.5);
    CHECK(output_of("api.example.com", "m-20250929") == 2.5);
    CHECK(output_of("api.example.com", "m-latest") == 2.5);
    CHECK(output_of("api.example.com", "m-mini") == 1);
    CHECK(output_of("api.example.com", "m-pro") == -1);
    CHECK(output_of("api.example.com", "m-2025") == -1);
    CHECK(output_of("other.example.com", "m") == -1);
}

TEST_CASE("a price list that can't be read is told with its line") {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"price = 3", "p.toml:1: \"price\" must be a list of tables"},
        {"prices = []", "p.toml:1: unknown key \"prices\""},
        {"\nprice = [{ host = \"h\", model = \"m\", input = 1 }]",
         "p.toml:2: a price needs \"output\", USD for a million tokens, from 0"},
        {"price = [{ host = \"h\", model = \"m\", input = -1, output = 1 }]",
         "p.toml:1: a price needs \"input\", USD for a million tokens, from 0"},
        {"price = [{ model = \"m\", input = 1, output = 1 }]",
         "p.toml:1: a price needs \"host\", a string"},
        {"price = [{ host = \"h\", model = \"m\", input = 1, output = 1, tax = 2 }]",
         "p.toml:1: unknown key \"tax\""},
    };
    for (const auto& [text, error] : rows) {
        const auto list = PriceList::parse(text, "p.toml");
        CAPTURE(text);
        REQUIRE_FALSE(list);
        CHECK(list.error().code == ErrorCode::Config);
        CHECK(list.error().text() == error);
    }
}

TEST_CASE("a user's prices come before the built-in ones, which have the usual models") {
    const TempFolder folder = TempFolder::create().value();
    const auto file = folder.path() / "prices.toml";
    REQUIRE(write_file_atomic(
        file,
        R"(price = [{ host = "api.openai.com", model = "gpt-4.1", input = 9, output = 9 }])"));
    const PriceList list = PriceList::open(file).value();
    CHECK(list.find("api.openai.com", "gpt-4.1")->input == 9);
    CHECK(list.find("api.openai.com", "gpt-4.1-mini")->input == 0.4);
    CHECK(list.find("api.anthropic.com", "claude-sonnet-4-5-20250929")->output == 15);
    CHECK_FALSE(list.find("127.0.0.1", "gpt-4.1"));
    CHECK(PriceList::open(folder.path() / "none.toml").error().code == ErrorCode::NotFound);
}

TEST_CASE("a cost needs the whole usage: what isn't told is unpriced") {
    CHECK(*cost_of({2, 8}, {1'000'000, 500'000}) == Approx(6.0));
    CHECK_FALSE(cost_of({2, 8}, {100, std::nullopt}));
    CHECK_FALSE(cost_of({2, 8}, {std::nullopt, 100}));
}
