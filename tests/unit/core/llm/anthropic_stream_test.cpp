// SPDX-License-Identifier: Apache-2.0
// Streamed answers of AnthropicBackend over real connections, and what goes wrong with them.
#include <atomic>

#include "tests/unit/core/llm/anthropic_fixture.h"

using test::chunked_response;

namespace {

/// An answer with everything that a stream may hold.
std::string whole_stream() {
    const std::string thought = ",\"index\":0";
    return begin() + event("ping") +
           event("content_block_start",
                 thought + R"(,"content_block":{"type":"thinking","thinking":"","signature":""})") +
           event("content_block_delta",
                 thought + R"(,"delta":{"type":"thinking_delta","thinking":"hm é"})") +
           event("content_block_delta",
                 thought + R"(,"delta":{"type":"signature_delta","signature":"Zm9v"})") +
           event("content_block_stop", thought) + "event: ping\ndata:\n\n" +
           text("module m;\\n", 1) + event("of_the_future", R"(,"index":1,"delta":{"text":"no"})") +
           text("endmodule", 2) + end();
}

}  // namespace

TEST_CASE("a streamed message is put together, thinking apart, however it is cut into packets") {
    const std::string stream = whole_stream();
    const std::string answer = GENERATE_COPY(
        open_response(stream), chunked_response(stream, 1) + "0\r\n\r\n",
        chunked_response(stream, 7) + "0\r\n\r\n", chunked_response(stream, 100000) + "0\r\n\r\n");
    Bench bench(Answers{answer});
    const auto completion = bench.ask();
    REQUIRE(completion);
    CHECK(completion->text == "module m;\nendmodule");
    CHECK(completion->reasoning == "hm é");
    CHECK(completion->finish_reason == FinishReason::Stop);
    CHECK(completion->usage == Usage{11, 7});
    CHECK(completion->raw == stream);
}

TEST_CASE("a message stream cut at any byte before its end event is no answer") {
    const std::string stream = whole_stream();
    // Only the empty line may be missing.
    const std::size_t finished = stream.size() - 2;
    const bool chunked = GENERATE(false, true);
    std::atomic<std::size_t> length = 0;
    Bench bench([&](const std::string&) {
        const std::string part = stream.substr(0, length);
        return chunked ? chunked_response(part, 50) : open_response(part);
    });
    for (; length <= stream.size(); ++length) {
        const auto completion = bench.ask();
        CAPTURE(length.load(), finished);
        REQUIRE(completion.has_value() == (length >= finished));
        if (completion) {
            REQUIRE(completion->text == "module m;\nendmodule");
        } else {
            REQUIRE(completion.error().code == ErrorCode::Network);
        }
    }
}

TEST_CASE("a stream that says why it ends, but never ends, is no answer") {
    const std::string no_stop =
        begin() + text("module m;") +
        event("message_delta",
              R"(,"delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7})");
    Bench bench(Answers{open_response(no_stop), chunked_response(no_stop, 9) + "0\r\n\r\n",
                        open_response(no_stop + "data: [DONE]\n\n")});
    for (int i = 0; i < 3; ++i) {
        CAPTURE(i);
        const auto completion = bench.ask();
        REQUIRE_FALSE(completion);
        CHECK(completion.error().code == ErrorCode::Network);
    }
}

TEST_CASE("a cut message stream is asked for again, and nothing of the first try is left") {
    Bench bench(Answers{open_response(begin() + text("half ")), "reset", stream_of("whole")},
                "claude-sonnet-4-5", 3);
    const auto completion = bench.ask();
    REQUIRE(completion);
    CHECK(completion->text == "whole");
    CHECK_FALSE(contains(completion->raw, "half"));
    CHECK(bench.server.requests().size() == 3);
}

TEST_CASE("an error event inside a message stream is an error, asked again where it may pass") {
    const auto [type, again] = GENERATE(table<std::string, bool>({
        {"overloaded_error", true},
        {"api_error", true},
        {"rate_limit_error", true},
        {"invalid_request_error", false},
        {"billing_error", false},
    }));
    CAPTURE(type);
    const std::string error =
        event("error", R"(,"error":{"type":")" + type + R"(","message":"for sk-ant-canary-51c0"})");
    Bench bench(Answers{open_response(begin() + text("half ") + error + end()), stream_of("good")},
                "claude-sonnet-4-5", 3);
    const auto completion = bench.ask();
    CHECK(completion.has_value() == again);
    if (completion) {
        CHECK(completion->text == "good");
    } else {
        CHECK(completion.error().code != ErrorCode::Network);
        CHECK_FALSE(contains(completion.error().text(), kCanary));
        CHECK(bench.server.requests().size() == 1);
    }
}

TEST_CASE("bad JSON in a message stream is an error, bad UTF-8 is replaced") {
    Bench broken(Answers{open_response(begin() + "data: {\"type\":\n\n" + end())});
    CHECK(broken.ask().error().code == ErrorCode::Model);
    Bench latin(Answers{stream_of("caf\xe9 \xff")});
    CHECK(latin.ask().value().text == "caf\xef\xbf\xbd \xef\xbf\xbd");
}

TEST_CASE("a message in more parts than anyone sends is refused, not cut") {
    std::string many = begin();
    for (int i = 0; i < 5000; ++i) {
        many += event("content_block_delta", ",\"index\":" + std::to_string(i) +
                                                 R"(,"delta":{"type":"text_delta","text":"x"})");
    }
    Bench bench(Answers{open_response(many + end())});
    CHECK(bench.ask().error().code == ErrorCode::Model);
}

TEST_CASE("Ctrl-C ends the wait for a message at once") {
    Bench bench(Answers{"hold"});
    std::stop_source source;
    std::thread stopper([&] {
        bench.server.wait_for_requests(1);
        source.request_stop();
    });
    const auto completion = bench.ask(source.get_token());
    stopper.join();
    CHECK(completion.error().code == ErrorCode::Interrupted);
}
