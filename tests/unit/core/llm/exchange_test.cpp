// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/core/llm/exchange_fixture.h"

TEST_CASE("one byte a second doesn't outlive the deadline of the whole call") {
    FakeClock clock;
    CountingReader reader;
    std::atomic<int> sent = 0;
    ScriptedServer server(ScriptedServer::Play{[&](const std::string&, Wire& wire) {
        wire.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
        for (int i = 1; i <= 1000; ++i) {
            if (!wire.send(":")) return;
            reader.wait_for(static_cast<std::size_t>(i));
            sent = i;
            clock.advance(seconds(1));
            if (i == 120) return wire.hold();
        }
    }});
    ExchangeOptions options;
    options.timeout = seconds(120);
    options.silence = seconds(30);
    Exchange exchange(options, clock);
    const auto response = exchange.send(call_of(server, &reader), {});
    REQUIRE_FALSE(response);
    CHECK(response.error().code == ErrorCode::Network);
    CHECK(response.error().message == "no whole answer in time (120 s)");
    CHECK(sent == 120);
    CHECK(reader.tries == 1);
}

TEST_CASE("a stream that falls silent is tried again") {
    FakeClock clock;
    CountingReader reader;
    std::atomic<int> tries = 0;
    ScriptedServer server(ScriptedServer::Play{[&](const std::string&, Wire& wire) {
        if (++tries == 3) {
            wire.send(http_response(200, "{}"));
            return;
        }
        if (tries == 2) wire.send(test::open_response(":x"));
        if (tries == 2) reader.wait_for(2);
        clock.advance(seconds(29));
        clock.advance(seconds(1));
        wire.hold();
    }});
    ExchangeOptions options;
    options.silence = seconds(30);
    Exchange exchange(options, clock);
    const auto response = exchange.send(call_of(server, &reader), {});
    REQUIRE(response);
    CHECK(response->body == "{}");
    CHECK(reader.tries == 3);
}

TEST_CASE("a whole answer may take long to begin, but not longer than the deadline") {
    FakeClock clock;
    ScriptedServer server(ScriptedServer::Play{[&](const std::string&, Wire& wire) {
        clock.advance(seconds(599));
        clock.advance(seconds(1));
        wire.hold();
    }});
    ExchangeOptions options;
    options.silence = seconds(30);
    Exchange exchange(options, clock);
    const auto response = exchange.send(call_of(server), {});
    REQUIRE_FALSE(response);
    CHECK(response.error().message == "no whole answer in time (600 s)");
    CHECK(server.requests().size() == 1);
}

TEST_CASE("waits between tries don't outlive the deadline of the whole call") {
    FakeClock clock;
    ScriptedServer server(
        [](const std::string&) { return http_response(503, "{}", "Retry-After: 40\r\n"); });
    ExchangeOptions options;
    options.timeout = seconds(100);
    Exchange exchange(options, clock);
    const auto response = exchange.send(call_of(server), {});
    REQUIRE_FALSE(response);
    CHECK(contains(response.error().message, "status 503"));
    CHECK(server.requests().size() == 3);
    CHECK(clock.sleeps() == std::vector<milliseconds>(2, seconds(40)));
}

TEST_CASE("an endless body ends at the cap, in little memory") {
    const std::string block(1U << 16U, 'x');
    const auto [head, streamed] = GENERATE_COPY(table<std::string, bool>({
        {"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"choices\":\"", false},
        {"HTTP/1.1 500 Oh\r\n\r\n", false},
        {test::open_response("data: "), true},
        {test::open_response(""), true},
    }));
    CAPTURE(head);
    FakeClock clock;
    CountingReader reader;
    ScriptedServer server(ScriptedServer::Play{[&, first = head](const std::string&, Wire& wire) {
        wire.send(first);
        while (wire.send(block)) {
        }
    }});
    Exchange exchange({}, clock);
    const long growth = test::memory_growth([&] {
        const auto response = exchange.send(call_of(server, streamed ? &reader : nullptr), {});
        REQUIRE_FALSE(response);
        CHECK(response.error().code == ErrorCode::Model);
        CHECK(response.error().message == "answered more than 16777216 bytes");
    });
    CHECK(growth < 64 * 1024);
    CHECK(server.requests().size() == 1);
}

TEST_CASE("endless headers end, too") {
    FakeClock clock;
    ScriptedServer server(ScriptedServer::Play{[](const std::string&, Wire& wire) {
        wire.send("HTTP/1.1 200 OK\r\n");
        const std::string header = "X-More: " + std::string(1000, 'x') + "\r\n";
        while (wire.send(header)) {
        }
    }});
    Exchange exchange({}, clock);
    const long growth =
        test::memory_growth([&] { REQUIRE_FALSE(exchange.send(call_of(server), {})); });
    CHECK(growth < 64 * 1024);
}

TEST_CASE(
    "a call that is stopped ends at once: while it is sent, while it rests, while it queues") {
    FakeClock clock;
    ExchangeOptions options;
    options.max_concurrency = 1;
    ScriptedServer server({"hold", "hold"});
    Exchange exchange(options, clock);
    std::stop_source stop_sent;
    std::stop_source stop_queued;
    Result<HttpResponse> sent;
    Result<HttpResponse> queued;
    std::thread first([&] { sent = exchange.send(call_of(server), stop_sent.get_token()); });
    server.wait_for_requests(1);
    std::thread second([&] { queued = exchange.send(call_of(server), stop_queued.get_token()); });
    stop_queued.request_stop();
    second.join();
    CHECK(queued.error().code == ErrorCode::Interrupted);
    stop_sent.request_stop();
    first.join();
    CHECK(sent.error().code == ErrorCode::Interrupted);
    CHECK(server.requests().size() == 1);

    // While it rests: by the machine's clock, whose minute isn't waited for.
    SystemClock real;
    ScriptedServer busy({http_response(503, "{}", "Retry-After: 60\r\n")});
    Exchange resting(options, real);
    std::stop_source stop;
    Result<HttpResponse> rested;
    std::thread third([&] { rested = resting.send(call_of(busy), stop.get_token()); });
    busy.wait_for_requests(1);
    stop.request_stop();
    third.join();
    CHECK(rested.error().code == ErrorCode::Interrupted);
    std::stop_source stopped;
    stopped.request_stop();
    CHECK(resting.send(call_of(busy), stopped.get_token()).error().code == ErrorCode::Interrupted);
}

TEST_CASE("a redirect to another host isn't followed, and the key stands in no error") {
    ScriptedServer elsewhere({http_response(200, "{}")});
    const int status = GENERATE(301, 302, 303, 307, 308);
    ScriptedServer server(
        {http_response(status, "",
                       "Location: http://localhost:" + std::to_string(elsewhere.port()) + "/?" +
                           kCanary + "\r\n")});
    FakeClock clock;
    Exchange exchange(options_with_key(), clock);
    const auto response = exchange.send(call_of(server), {});
    REQUIRE_FALSE(response);
    CHECK(response.error().code == ErrorCode::Network);
    CHECK(contains(response.error().message, "sends the request elsewhere"));
    CHECK_FALSE(contains(response.error().text(), kCanary));
    CHECK(server.requests().size() == 1);
    CHECK(contains(server.requests().at(0), kCanary));
    CHECK(elsewhere.requests().empty());
}

TEST_CASE("requests after one another share a connection") {
    FakeClock clock;
    std::atomic<int> connections = 0;
    std::atomic<int> answered = 0;
    ScriptedServer server(ScriptedServer::Play{[&](const std::string&, Wire& wire) {
        ++connections;
        do {
            ++answered;
        } while (wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") && wire.receive());
    }});
    {
        Exchange exchange({}, clock);
        for (int i = 0; i < 10; ++i) REQUIRE(exchange.send(call_of(server), {}));
    }
    CHECK(answered == 10);
    CHECK(connections == 1);
}

TEST_CASE("a kept connection that the server has closed meanwhile costs no answer") {
    FakeClock clock;
    ScriptedServer server([](const std::string&) {
        return std::string("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    });
    ExchangeOptions options;
    options.retry.max_tries = 1;
    Exchange exchange(options, clock);
    for (int i = 0; i < 10; ++i) REQUIRE(exchange.send(call_of(server), {}));
    CHECK(server.requests().size() == 10);
}

TEST_CASE("no more requests than allowed are under way at once") {
    FakeClock clock;
    std::atomic<int> now = 0;
    std::atomic<int> most = 0;
    ScriptedServer server(ScriptedServer::Play{[&](const std::string&, Wire& wire) {
        const int mine = ++now;
        int seen = most;
        while (seen < mine && !most.compare_exchange_weak(seen, mine)) {
        }
        --now;
        wire.send(http_response(200, "{}"));
    }});
    ExchangeOptions options;
    options.max_concurrency = 7;
    Exchange exchange(options, clock);
    std::vector<std::thread> callers;
    std::atomic<int> good = 0;
    for (int i = 0; i < 100; ++i) {
        callers.emplace_back([&] { good += exchange.send(call_of(server), {}) ? 1 : 0; });
    }
    for (std::thread& caller : callers) caller.join();
    CHECK(good == 100);
    CHECK(most <= 7);
    CHECK(server.requests().size() == 100);
}

TEST_CASE("1,000 answers of 429 at once make no storm, and every call is answered in the end") {
    const std::string retry_after = GENERATE(as<std::string>(), "", "Retry-After: 2\r\n");
    CAPTURE(retry_after);
    FakeClock clock;
    std::atomic<int> arrived = 0;
    std::once_flag counted;
    std::size_t second_wave = 0;
    ScriptedServer* self = nullptr;
    ScriptedServer server(ScriptedServer::Play{[&](const std::string&, Wire& wire) {
        if (++arrived <= 1000) {
            self->wait_for_requests(1000);  // all of them are there: refused at once
            wire.send(http_response(429, "{}", retry_after));
            return;
        }
        // Half of them come back; nobody is answered before.
        self->wait_for_requests(1500);
        std::call_once(counted, [&] { second_wave = self->requests().size(); });
        wire.send(http_response(200, "{}"));
    }});
    self = &server;
    ExchangeOptions options;
    options.start_concurrency = options.max_concurrency = 1000;
    Exchange exchange(options, clock);
    std::vector<std::thread> callers;
    std::atomic<int> good = 0;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        callers.emplace_back([&, i] {
            Call call = call_of(server);
            call.jitter_seed = i * 7919;
            good += exchange.send(call, {}) ? 1 : 0;
        });
    }
    for (std::thread& caller : callers) caller.join();
    CHECK(good == 1000);
    CHECK(second_wave == 1500);
    CHECK(server.requests().size() == 2000);
    const auto sleeps = clock.sleeps();
    CHECK(sleeps.size() == 1);
    if (!retry_after.empty()) CHECK(sleeps == std::vector<milliseconds>{seconds(2)});
}

TEST_CASE("a server that refuses for ever gets fewer and fewer requests") {
    FakeClock clock;
    ScriptedServer server(
        [](const std::string&) { return http_response(429, "{}", "Retry-After: 10\r\n"); });
    ExchangeOptions options;
    options.timeout = seconds(600);
    Exchange exchange(options, clock);
    std::vector<std::thread> callers;
    std::atomic<int> refused = 0;
    for (int i = 0; i < 40; ++i) {
        callers.emplace_back([&] {
            const auto response = exchange.send(call_of(server), {});
            refused += !response && contains(response.error().message, "status 429") ? 1 : 0;
        });
    }
    for (std::thread& caller : callers) caller.join();
    CHECK(refused == 40);
    // 20 at first, then in each ten seconds a window that shrinks to one.
    const auto sleeps = clock.sleeps();
    CHECK(server.requests().size() < 20 + 16 + 13 + 10 + 8 + 7 + 5 + 4 + 3 + 2 + 2 * sleeps.size());
    CHECK(server.requests().size() <= 40U * 10U);
}

TEST_CASE(
    "an overloaded server's error object in a 200 is tried again, another one isn't looked at") {
    FakeClock clock;
    ScriptedServer server({http_response(200, R"({"error":{"code":503,"message":"loading"}})"),
                           http_response(200, R"({"error":{"type":"overloaded_error"}})"),
                           http_response(200, R"({"error":{"message":"bad prompt"}})")});
    Exchange exchange({}, clock);
    const auto response = exchange.send(call_of(server), {});
    REQUIRE(response);
    CHECK(contains(response->body, "bad prompt"));
}

TEST_CASE("a server that is gone is tried again only where it was there before") {
    FakeClock clock;
    Exchange exchange({}, clock);
    Call call;
    call.body = "{}";
    {
        ScriptedServer server({http_response(200, "{}")});
        call.url = server.url();
        REQUIRE(exchange.send(call, {}));
    }
    REQUIRE_FALSE(exchange.send(call, {}));
    CHECK(clock.sleeps().size() == 4);
    Exchange fresh({}, clock);
    const auto response = fresh.send(call, {});
    REQUIRE_FALSE(response);
    CHECK(contains(response.error().message, "is the server running?"));
    CHECK(clock.sleeps().size() == 4);
}

TEST_CASE("hundreds of callers are served over one exchange") {
    FakeClock clock;
    ScriptedServer server([](const std::string& request) {
        return http_response(200, request.substr(request.size() - 8));
    });
    ExchangeOptions options;
    options.max_concurrency = 256;
    Exchange exchange(options, clock);
    std::vector<std::thread> callers;
    std::atomic<int> good = 0;
    for (int i = 0; i < 300; ++i) {
        callers.emplace_back([&, i] {
            Call call = call_of(server);
            call.body = std::to_string(10'000'000 + i);
            const auto response = exchange.send(call, {});
            good += response && response->body == *call.body ? 1 : 0;
        });
    }
    for (std::thread& caller : callers) caller.join();
    CHECK(good == 300);
}
