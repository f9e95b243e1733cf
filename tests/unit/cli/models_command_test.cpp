// SPDX-License-Identifier: Apache-2.0
// `rtlgen models`: named servers, those of this machine, context lengths, what is missing.
#include <nlohmann/json.hpp>

#include "cli/model_listing.h"
#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"
#include "tests/environment.h"
#include "tests/schema.h"
#include "tests/unit/cli/run_rtlgen.h"
#include "tests/unit/core/llm/fake_clock.h"
#include "tests/unit/core/llm/scripted_server.h"

using namespace rtlgen;
using nlohmann::json;
using test::http_response;
using test::ScriptedServer;

namespace {

constexpr const char* kVllm = R"({"data":[{"id":"qwen","max_model_len":4096},{"id":"x"}]})";
constexpr const char* kClaude =
    R"({"data":[{"type":"model","id":"claude-x","max_input_tokens":200000}],"has_more":false})";

/// A user without a configuration, and keys of a test's own.
struct User {
    TempFolder home = TempFolder::create().value();
    ScopedVariable config{"XDG_CONFIG_HOME", home.path().string()};
    ScopedVariable openai_key{"OPENAI_API_KEY", "sk-canary-one"};
    ScopedVariable anthropic_key{"ANTHROPIC_API_KEY", "sk-canary-two"};
    ScopedVariable openai_url{"OPENAI_BASE_URL", ""};
    ScopedVariable anthropic_url{"ANTHROPIC_BASE_URL", ""};
    ScopedVariable model{"RTLGEN_MODEL", ""};

    static json models(const std::vector<std::string>& more, int code = 0) {
        std::vector<std::string> arguments = {"models", "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const Ran ran = run_rtlgen(arguments);
        INFO(ran.out << ran.err);
        CHECK(ran.code == code);
        CHECK_FALSE(contains(ran.out + ran.err, "canary"));
        json document = json::parse(ran.out);
        CHECK(schema_violations(read_schema("models.v1"), document) == "");
        return document;
    }
};

}  // namespace

TEST_CASE("models lists what a named server has, with context lengths, as --model takes them") {
    const User user;
    ScriptedServer server({http_response(200, kVllm), http_response(200, kVllm)});
    const json listed = User::models({"--api-base", server.url(), "openai"});
    const json& endpoint = listed["endpoints"][0];
    CHECK(endpoint["base_url"] == server.url());
    CHECK(endpoint["where"] == "named by --api-base");
    CHECK(endpoint["models"] == json::parse(R"([{"model":"openai/qwen","context_length":4096},
                                                {"model":"openai/x","context_length":null}])"));
    CHECK(contains(server.requests().at(0), "Authorization: Bearer sk-canary-one"));
    const Ran text = run_rtlgen({"models", "--api-base", server.url(), "openai"});
    CHECK(contains(text.out, "openai/qwen                       context 4096, " + server.url()));
    CHECK(contains(text.out, "library "));
    CHECK(contains(text.out, "command:PROGRAM "));
    CHECK(contains(text.out, "replay:FILE "));
}

TEST_CASE("models asks Anthropic where it is named, with its own key and version") {
    const User user;
    ScriptedServer server({http_response(200, kClaude)});
    const json listed = User::models({"anthropic", "--api-base", server.url()});
    REQUIRE(listed["endpoints"].size() == 1);
    CHECK(listed["endpoints"][0]["models"] ==
          json::parse(R"([{"model":"anthropic/claude-x","context_length":200000}])"));
    const std::string asked = server.requests().at(0);
    CHECK(asked.starts_with("GET /v1/models?limit=1000 HTTP/1.1\r\n"));
    CHECK(contains(asked, "x-api-key: sk-canary-two\r\n"));
    CHECK(contains(asked, "anthropic-version: 2023-06-01\r\n"));
}

TEST_CASE("models asks nobody because a key lies in the environment, and says how to name one") {
    const User user;
    const json listed = User::models({"anthropic", "--api-base", "http://127.0.0.1:1"}, 5);
    CHECK(contains(listed["endpoints"][0]["problem"].get<std::string>(), "is the server running?"));
    test::FakeClock clock;
    const config::Config nothing;
    const cli::ModelListing none = cli::list_endpoints(
        {nothing, [](const char*) -> const char* { return "sk-canary"; }, clock, {}, {}}, "", {});
    CHECK(none.endpoints.empty());
    REQUIRE(none.notes.size() == 2);
    CHECK(contains(none.notes[0], "--api-base URL"));
    CHECK(contains(none.notes[1], "rtlgen models anthropic"));
}

TEST_CASE("models says which variable a missing key belongs to") {
    const User user;
    const ScopedVariable no_key("ANTHROPIC_API_KEY", "");
    const json listed = User::models({"anthropic"}, 2);
    CHECK(contains(listed["endpoints"][0]["problem"].get<std::string>(), "set ANTHROPIC_API_KEY"));
    ScriptedServer server({http_response(401, R"({"error":{"message":"no key"}})")});
    const json refused = User::models({"openai", "--api-base", server.url()}, 5);
    CHECK(contains(refused["endpoints"][0]["problem"].get<std::string>(), "OPENAI_API_KEY"));
}

TEST_CASE("models finds a server of this machine, and sends it no key") {
    ScriptedServer server([](const std::string& request) {
        return request.starts_with("GET /v1/models ") ? http_response(200, kVllm)
                                                      : http_response(404, "{}");
    });
    test::FakeClock clock;
    const config::Config nothing;
    const cli::ModelListing found =
        cli::list_endpoints({nothing,
                             [](const char*) -> const char* { return "sk-canary"; },
                             clock,
                             {},
                             {{"mine", server.port()}}},
                            "", {});
    REQUIRE(found.endpoints.size() == 1);
    CHECK(found.endpoints[0].where == "mine on this machine");
    CHECK(found.endpoints[0].models.at(0) == llm::ListedModel{"qwen", 4096});
    for (const std::string& request : server.requests())
        CHECK_FALSE(contains(request, "sk-canary"));
}

TEST_CASE("a host that only the environment names isn't asked for its models") {
    const User user;
    const ScopedVariable url("OPENAI_BASE_URL", "https://llm.example.com/v1");
    const json listed = User::models({"openai"}, 2);
    CHECK(contains(listed["endpoints"][0]["problem"].get<std::string>(),
                   "--allow-host llm.example.com"));
}
