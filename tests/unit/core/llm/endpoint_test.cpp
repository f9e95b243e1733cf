// SPDX-License-Identifier: Apache-2.0
#include "core/llm/endpoint.h"

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
