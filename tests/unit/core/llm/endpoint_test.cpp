// SPDX-License-Identifier: Apache-2.0
#include "core/llm/endpoint.h"

#include "core/llm/retry.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::llm;
using config::Layer;

TEST_CASE("a base URL is brought to one form") {
    const auto base = [](const std::string& url) { return parse_endpoint(url).value().base_url; };
    CHECK(base("http://127.0.0.1:8080") == "http://127.0.0.1:8080/v1");
    CHECK(base("http://127.0.0.1:8080/") == "http://127.0.0.1:8080/v1");
    CHECK(base("https://api.example.com/v1/") == "https://api.example.com/v1");
    CHECK(base("https://x.example/openai/v1/chat/completions") == "https://x.example/openai/v1");
}

TEST_CASE("what is loopback is told by the host alone") {
    for (const char* url : {"http://localhost:1", "http://LOCALHOST", "http://127.0.0.1:9",
                            "http://127.9.8.7", "http://[::1]:8080/v1"}) {
        CAPTURE(url);
        CHECK(parse_endpoint(url).value().loopback);
    }
    for (const char* url :
         {"http://localhost.evil.example", "http://127.0.0.1.evil.example", "https://10.0.0.1",
          "http://0.0.0.0", "http://127.example", "http://[::2]", "http://example.com/localhost"}) {
        CAPTURE(url);
        CHECK_FALSE(parse_endpoint(url).value().loopback);
    }
}

TEST_CASE("what is no plain base URL is refused, and no secret in it is repeated") {
    for (const char* url : {"", "sk-canary-1", "ftp://x", "file:///etc/passwd", "http://",
                            "http://user:sk-canary-1@x", "http://x/?key=sk-canary-1",
                            "http://x/#sk-canary-1", "http://x y"}) {
        CAPTURE(url);
        const auto endpoint = parse_endpoint(url);
        REQUIRE_FALSE(endpoint);
        CHECK(endpoint.error().code == ErrorCode::Config);
        CHECK_FALSE(contains(endpoint.error().text(), "sk-canary"));
    }
}

TEST_CASE("another host is used only when a flag or the user's configuration names it") {
    const Endpoint remote = parse_endpoint("https://api.example.com/v1").value();
    const Endpoint local = parse_endpoint("http://127.0.0.1:1").value();
    CHECK(check_egress(remote, Layer::Flag, {}));
    CHECK(check_egress(remote, Layer::User, {}));
    CHECK(check_egress(remote, Layer::Environment, {"API.example.com"}));
    for (const Layer layer : {Layer::Environment, Layer::Project, Layer::Default}) {
        const Status status = check_egress(remote, layer, {"example.com", "other"});
        REQUIRE_FALSE(status);
        CHECK(status.error().code == ErrorCode::Config);
        CHECK(contains(status.error().message, "--allow-host api.example.com"));
        CHECK(check_egress(local, layer, {}));
    }
}

TEST_CASE("Retry-After is read as seconds or a date, and nothing else") {
    using std::chrono::milliseconds;
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
    FailedTry failed{3, 503, "", {}, 42};
    const auto delay = retry_delay(policy, failed);
    CHECK(delay == retry_delay(policy, failed));
    failed.jitter_seed = 43;
    CHECK(delay != retry_delay(policy, failed));
    failed.number = policy.max_tries;
    CHECK_FALSE(retry_delay(policy, failed));
}
