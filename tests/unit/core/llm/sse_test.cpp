// SPDX-License-Identifier: Apache-2.0
#include "core/llm/sse.h"

#include <vector>

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::llm;

namespace {

/// The events of `text`, fed in pieces that end at `cuts`.
std::vector<SseEvent> events_of(std::string_view text, std::vector<std::size_t> cuts = {}) {
    SseParser parser;
    std::vector<SseEvent> events;
    const auto keep = [&events](const SseEvent& event) -> Status {
        events.push_back(event);
        return {};
    };
    cuts.push_back(text.size());
    std::size_t from = 0;
    for (const std::size_t cut : cuts) {
        REQUIRE(parser.feed(text.substr(from, cut - from), keep));
        from = cut;
    }
    return events;
}

constexpr std::string_view kStream =
    "\xef\xbb\xbf: welcome\n\nevent: start\ndata: {\"a\":1}\n\n: ping\r\n\r\ndata:x\r\ndata: "
    "y\r\n\r\n"
    "id: 7\rretry: 10\rdata: {\"b\":\r\rdata\n\nevent: lonely\n\nerror: broken\n\ndata: [DONE]\n\n";

const std::vector<SseEvent> kEvents = {{"start", "{\"a\":1}"}, {"", "x\ny"},
                                       {"", "{\"b\":"},        {"", ""},
                                       {"error", "broken"},    {"", "[DONE]"}};

}  // namespace

TEST_CASE("events are read with any line end, pings and unknown fields passed over") {
    CHECK(events_of(kStream) == kEvents);
}

TEST_CASE("a stream that is cut at any two bytes gives the same events") {
    for (std::size_t first = 0; first <= kStream.size(); ++first) {
        for (std::size_t second = first; second <= kStream.size(); ++second) {
            if (events_of(kStream, {first, second}) != kEvents) {
                CAPTURE(first, second);
                FAIL("other events");
            }
        }
    }
    std::vector<std::size_t> each_byte(kStream.size());
    for (std::size_t i = 0; i < kStream.size(); ++i) each_byte[i] = i;
    CHECK(events_of(kStream, each_byte) == kEvents);
}

TEST_CASE("an event without its empty line is no event, and can be asked for") {
    SseParser parser;
    const auto none = [](const SseEvent&) -> Status { return fail(ErrorCode::Internal, "event"); };
    REQUIRE(parser.feed("event: a\ndata: [DO", none));
    CHECK(parser.unfinished() == SseEvent{"a", "[DO"});
    REQUIRE(parser.feed("NE]\n", none));
    CHECK(parser.unfinished() == SseEvent{"a", "[DONE]"});
    parser.reset();
    CHECK(parser.unfinished() == SseEvent{});
}

TEST_CASE("an event without an end is given up") {
    SseParser parser;
    const auto none = [](const SseEvent&) -> Status { return {}; };
    const std::string piece(1U << 20U, 'x');
    Status status = parser.feed("data: ", none);
    int pieces = 0;
    for (; status && pieces < 100; ++pieces) status = parser.feed(piece, none);
    REQUIRE_FALSE(status);
    CHECK(status.error().code == ErrorCode::Model);
    CHECK(pieces == 4);
}
