// SPDX-License-Identifier: Apache-2.0
// `generate` with a budget, a price list and a preset.
#include <algorithm>

#include "tests/unit/cli/generate_place.h"
#include "tests/unit/core/llm/scripted_server.h"

using namespace rtlgen;
using test::Called;
using test::can_simulate;
using test::chat_response;
using test::gate;
using test::Place;
using test::ScriptedServer;

namespace {

/// 11 + 7 tokens each, and wrong.
std::string wrong_answer(const std::string& /*request*/) { return chat_response(gate("|")); }

/// Wrong, and so long that one of them leaves no room for the dearest next one.
std::string long_answer(const std::string& /*request*/) {
    return test::http_response(200,
                               R"({"choices":[{"message":{"content":)" + gate("|") +
                                   R"(},"finish_reason":"stop"}],)"
                                   R"("usage":{"prompt_tokens":500,"completion_tokens":9500}})");
}

/// Requests for an answer; its models are asked for too.
std::ptrdiff_t asked_of(const ScriptedServer& server) {
    return std::ranges::count_if(
        server.requests(), [](const std::string& request) { return request.starts_with("POST "); });
}

}  // namespace

TEST_CASE("a token budget ends the asking, is told, and the Run goes on with a larger one") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    Place place;
    ScriptedServer server(long_answer);
    const std::vector<std::string> options = {"-n",
                                              "6",
                                              "--max-repairs",
                                              "0",
                                              "--max-tokens",
                                              "20000",
                                              "--max-concurrency",
                                              "1",
                                              "--budget-tokens"};
    auto with = [&](const char* tokens) {
        std::vector<std::string> all = options;
        all.emplace_back(tokens);
        return place.generate(server.url(), all);
    };
    const Called first = with("25000");
    INFO(first.err);
    CHECK(first.code == 1);
    CHECK(asked_of(server) == 1);
    CHECK(contains(first.err, "the budget of 25000 tokens is used up: 10000 are spent, and the "));
    const Called second = with("1000000");
    CHECK(second.code == 1);
    CHECK(asked_of(server) == 6);
    CHECK(contains(second.err, "6 requests, 3000 + 57000 tokens, unpriced"));
}

TEST_CASE("with a price, the cost is told and kept, and money is a limit") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    Place place;
    ScriptedServer server(wrong_answer);
    std::filesystem::create_directories("../config/rtlgen");
    REQUIRE(
        write_file_atomic("../config/rtlgen/prices.toml",
                          "price = [{ host = \"127.0.0.1\", model = \"m\", input = 1000, output "
                          "= 2000 }]\n"));
    REQUIRE(write_file_atomic("../config/rtlgen/rtlgen.toml",
                              "[models]\nprice_file = \"prices.toml\"\n"));
    const Called called = place.generate(
        server.url(),
        {"-n", "2", "--max-repairs", "0", "--max-tokens", "100", "--budget-usd", "100"});
    INFO(called.err);
    // 2 * (11 * 0.001 + 7 * 0.002)
    CHECK(contains(called.err, "2 requests, 22 + 14 tokens, 0.0500 USD, "));
    const Called shown = place.call({"runs", "show", "run"});
    CHECK(contains(shown.out, "0.0500 USD"));
    std::filesystem::remove_all("run");
    const Called refused = place.generate(
        server.url(), {"--max-repairs", "0", "--max-tokens", "100", "--budget-usd", "0.1"});
    CHECK(refused.code == 5);
    CHECK(contains(refused.err, "the budget of 0.1 USD is used up: 0.0000 are spent"));
    CHECK(asked_of(server) == 2);
}

TEST_CASE("a budget that can't be kept is refused in one line, before a Run is made") {
    Place place;
    const std::string url = "http://127.0.0.1:9/v1";
    for (const auto& options : std::vector<std::vector<std::string>>{
             {"--budget-usd", "5", "--max-tokens", "100"}, {"--budget-tokens", "5000"}}) {
        const Called called = place.generate(url, options);
        CAPTURE(options, called.err);
        CHECK(called.code == 2);
        CHECK_FALSE(std::filesystem::exists("run"));
    }
    CHECK(place.generate(url, {"--budget-usd", "-1"}).code == 2);
    CHECK(place.generate(url, {"--budget-seconds", "soon"}).code == 2);
}

TEST_CASE("a preset is asked for by name, and a flag beside it wins") {
    Place place;
    const std::string url = "http://127.0.0.1:9/v1";
    const Called called =
        place.generate(url, {"--preset", "verilog-eval-v2/high", "--top-p", "0.5", "--dry-run"});
    INFO(called.err);
    CHECK(called.code == 0);
    CHECK(contains(called.out, "20 times"));
    CHECK(contains(called.out, R"("temperature":0.85)"));
    CHECK(contains(called.out, R"("top_p":0.5)"));
    const Called unknown = place.generate(url, {"--preset", "high", "--dry-run"});
    CHECK(unknown.code == 2);
    CHECK(contains(unknown.err, "there are verilog-eval-v2/high, verilog-eval-v2/low"));
}
