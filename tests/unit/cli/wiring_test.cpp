// SPDX-License-Identifier: Apache-2.0
#include "cli/wiring.h"

#include "core/base/files.h"
#include "tests/catch.h"
#include "tests/unit/core/llm/fake_clock.h"
#include "tests/unit/core/llm/scripted_server.h"

using namespace rtlgen;
using namespace rtlgen::cli;
using config::Layer;
using test::chat_response;
using test::http_response;
using test::ScriptedServer;

namespace {

constexpr const char* kModels = R"({"data":[{"id":"qwen"}]})";

struct Bench {
    config::Config config;
    std::map<std::string, std::string> environment;
    test::FakeClock clock;
    std::vector<llm::LocalServer> servers;

    Result<OpenedModel> open() {
        const config::Getenv getenv = [this](const char* name) -> const char* {
            const auto found = environment.find(name);
            return found == environment.end() ? nullptr : found->second.c_str();
        };
        return open_model({config, getenv, clock, std::chrono::seconds(20), servers, purpose}, {});
    }
    ModelSettings::Purpose purpose = ModelSettings::Purpose::Ask;
    Bench& model(const std::string& name) {
        config.model.set(name, Layer::Flag, "--model");
        return *this;
    }
};

}  // namespace

TEST_CASE("a model is named as PROVIDER/NAME, and an unknown form names those that there are") {
    CHECK(Bench().model("command:cat -").open().value().backend->name() == "command:cat -");
    CHECK(Bench().model("library").open().value().backend->name() == "library");
    CHECK(Bench().model("replay:/nonexistent").open().error().code == ErrorCode::NotFound);
    for (const char* name : {"gpt", "openai/", "command:", "replay:", "library/x", "", "openai"}) {
        CAPTURE(name);
        const auto opened = Bench().model(name).open();
        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == ErrorCode::InvalidArgument);
        CHECK(contains(opened.error().message,
                       "openai/NAME, anthropic/NAME, command:PROGRAM, replay:FILE, library"));
    }
}

TEST_CASE("without a model, a server of this machine answers, and gets no key") {
    ScriptedServer server({http_response(200, kModels), chat_response("\"x\"")});
    Bench bench;
    bench.environment["OPENAI_API_KEY"] = "sk-canary";
    bench.servers = {{"mine", server.port()}};
    const auto opened = bench.open().value();
    CHECK(opened.backend->name() == "openai/qwen");
    CHECK(opened.reason == "a server that answers on this machine, mine");
    REQUIRE(opened.backend->complete({}, {}));
    for (const std::string& request : server.requests())
        CHECK_FALSE(contains(request, "sk-canary"));
}

TEST_CASE("to show what would be sent to a named model, no server is looked for") {
    ScriptedServer server({http_response(200, kModels)});
    Bench bench;
    bench.servers = {{"mine", server.port()}};
    bench.purpose = ModelSettings::Purpose::Show;
    const auto opened = bench.model("openai/m").open().value();
    CHECK(opened.backend->destination() == "http://127.0.0.1:PORT/v1");
    CHECK(contains(opened.reason, "which a dry run doesn't look for"));
    CHECK(server.requests().empty());
}

TEST_CASE("without a model and a server, the library answers, and says why") {
    const auto opened = Bench().open().value();
    CHECK(opened.backend->name() == "library");
    CHECK(opened.reason == "no model is named and no server answers on this machine");
}

TEST_CASE("a named server gets the key, whoever named it") {
    ScriptedServer server({chat_response("\"x\"")});
    Bench bench;
    bench.environment["OPENAI_API_KEY"] = "sk-canary";
    bench.config.openai.base_url.set(server.url(), Layer::Environment, "OPENAI_BASE_URL");
    const auto opened = bench.model("openai/m").open().value();
    REQUIRE(opened.backend->complete({}, {}));
    CHECK(contains(server.requests().at(0), "Authorization: Bearer sk-canary"));
}

TEST_CASE("a key in the environment alone sends nothing anywhere") {
    Bench bench;
    bench.environment["OPENAI_API_KEY"] = "sk-canary";
    const auto opened = bench.model("openai/gpt").open();
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::Config);
    CHECK(contains(opened.error().message, "--api-base"));
    bench.config.openai.base_url.set("https://api.example.com", Layer::Environment,
                                     "OPENAI_BASE_URL");
    CHECK(contains(bench.open().error().message, "--allow-host api.example.com"));
    bench.config.openai.base_url.layer = Layer::Flag;
    CHECK(bench.open().value().backend->destination() == "https://api.example.com/v1");
}

TEST_CASE("a server without a model, and a header that is two, are refused") {
    Bench bench;
    bench.config.openai.base_url.set("http://127.0.0.1:1", Layer::Flag, "--api-base");
    CHECK(contains(bench.open().error().message, "add --model openai/NAME"));
    bench.config.openai.headers.set({{"X", "a\r\nY: b"}}, Layer::User, "f:1");
    CHECK(bench.model("openai/m").open().error().code == ErrorCode::Config);
}

TEST_CASE("anthropic/NAME goes to Anthropic where a person names it, and only with a key") {
    Bench bench;
    const auto message = [&bench] { return bench.open().error().message; };
    bench.model("anthropic/claude-x");
    CHECK(contains(message(), "set ANTHROPIC_API_KEY or models.anthropic.api_key_file"));
    bench.environment["ANTHROPIC_API_KEY"] = "sk-canary-1";
    CHECK(bench.open().value().backend->name() == "anthropic/claude-x");
    CHECK(bench.open().value().backend->destination() == "https://api.anthropic.com/v1");
    bench.config.model.layer = Layer::Project;
    CHECK(contains(message(), "api.anthropic.com is named by the project's file alone"));
    bench.config.model.layer = Layer::Environment;
    CHECK(contains(message(), "models.anthropic.allow_hosts"));
    bench.config.anthropic.allow_hosts.value = {"api.anthropic.com"};
    CHECK(bench.open());
    bench.config.model.layer = Layer::Flag;
    bench.config.anthropic.base_url.set("https://gate.example.com", Layer::Environment,
                                        "ANTHROPIC_BASE_URL");
    CHECK(contains(message(), "--allow-host gate.example.com"));
    bench.config.anthropic.version.set("1\r\nX: y", Layer::User, "f:1");
    bench.config.anthropic.base_url.layer = Layer::User;
    CHECK(bench.open().error().code == ErrorCode::Config);
}

TEST_CASE("anthropic/NAME goes where --api-base says, with Anthropic's key alone") {
    ScriptedServer server({http_response(200, R"({"type":"message","content":[]})")});
    Bench bench;
    bench.environment["ANTHROPIC_API_KEY"] = "sk-canary-1";
    bench.environment["OPENAI_API_KEY"] = "sk-canary-2";
    bench.config.openai.base_url.set(server.url(), Layer::Flag, "--api-base");
    REQUIRE(bench.model("anthropic/m").open().value().backend->complete({}, {}));
    CHECK(contains(server.requests().at(0), "x-api-key: sk-canary-1\r\n"));
    CHECK_FALSE(contains(server.requests().at(0), "sk-canary-2"));
}

TEST_CASE("the library has one answer, its testbench with it, or none") {
    const auto opened = Bench().model("library").open().value();
    llm::CompletionRequest request;
    request.spec.text = read_file(RTLGEN_SOURCE_DIR "/datasets/library/counter/spec.md").value();
    const auto completion = opened.backend->complete(request, {});
    REQUIRE(completion);
    CHECK(completion->origin == Origin::Library);
    CHECK(contains(completion->text, "module counter"));
    REQUIRE(completion->testbench);
    CHECK_FALSE(completion->testbench->top.empty());
    request.sample = 2;
    CHECK(opened.backend->complete(request, {}).error().code == ErrorCode::Model);
    request.sample = 1;
    request.spec.text = "Bake a cake.";
    const auto none = opened.backend->complete(request, {});
    REQUIRE_FALSE(none);
    CHECK(none.error().code == ErrorCode::Model);
    CHECK(contains(none.error().message, "no match"));
}
