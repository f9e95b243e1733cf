// SPDX-License-Identifier: Apache-2.0
// Lists of models and their context lengths, over real connections, in the shapes of each server.
#include "core/llm/model_list.h"

#include <map>

#include "core/llm/context_warning.h"
#include "tests/catch.h"
#include "tests/unit/core/llm/fake_clock.h"
#include "tests/unit/core/llm/scripted_server.h"

using namespace rtlgen;
using namespace rtlgen::llm;
using test::FakeClock;
using test::http_response;
using test::ScriptedServer;

namespace {

/// Answers by method and path, such as "GET /v1/models"; anything else gets a 404.
struct Bench {
    std::map<std::string, std::string> answers;
    ScriptedServer server;
    FakeClock clock;

    explicit Bench(std::map<std::string, std::string> scripted)
        : answers(std::move(scripted)), server([this](const std::string& request) {
              const auto found = answers.find(request.substr(0, request.find(" HTTP/")));
              return found == answers.end() ? http_response(404, "{}")
                                            : http_response(200, found->second);
          }) {}
    ModelSource source() {
        return {server.url() + "/models", for_questions({}, std::chrono::seconds(20))};
    }
    std::vector<ListedModel> list(const std::string& only = "") {
        return list_models(source(), only, clock, {}).value();
    }
    std::vector<std::string> asked() const {
        std::vector<std::string> lines;
        for (const std::string& request : server.requests()) {
            lines.push_back(request.substr(0, request.find(" HTTP/")));
        }
        return lines;
    }
};

using Script = std::map<std::string, std::string>;
using Listed = std::vector<ListedModel>;

}  // namespace

TEST_CASE("a context length is read from the list, as each server says it") {
    const auto [entry, length] = GENERATE(table<std::string, std::optional<std::int64_t>>({
        {R"("max_model_len":4096,"owned_by":"vllm")", 4096},
        {R"("context_length":131072,"top_provider":{})", 131072},
        {R"("context_window":8192)", 8192},
        {R"("max_context_length":32768)", 32768},
        {R"("max_input_tokens":200000,"type":"model")", 200000},
        {R"("meta":{"n_ctx_train":2048})", 2048},
        {R"("meta":{"n_ctx_train":2048,"n_ctx":512})", 512},
        {R"("max_model_len":"many")", std::nullopt},
        {R"("max_model_len":-1)", std::nullopt},
        {R"("object":"model")", std::nullopt},
    }));
    CAPTURE(entry);
    Bench bench(Script{{"GET /v1/models", R"({"data":[{"id":"m",)" + entry + "}]}"}});
    CHECK(bench.list() == Listed{{"m", length}});
}

TEST_CASE("llama-server's slots may have less than its model was trained with") {
    Bench bench(
        Script{{"GET /v1/models",
                R"({"data":[{"id":"m","owned_by":"llamacpp","meta":{"n_ctx_train":8192}}]})"},
               {"GET /props", R"({"default_generation_settings":{"n_ctx":2048}})"}});
    CHECK(bench.list() == Listed{{"m", 2048}});
    bench.answers.erase("GET /props");
    CHECK(bench.list() == Listed{{"m", 8192}});
}

TEST_CASE("Ollama tells what is loaded, else what its file says, else what was trained") {
    const std::string models =
        R"({"data":[{"id":"a","owned_by":"library"},{"id":"b","owned_by":"library"}]})";
    Bench bench(Script{{"GET /v1/models", models},
                       {"GET /api/ps", R"({"models":[{"model":"a","context_length":4096}]})"},
                       {"POST /api/show", R"({"parameters":"stop \"x\"\nnum_ctx    16384\n",
                                        "model_info":{"llama.context_length":131072}})"}});
    CHECK(bench.list() == Listed{{"a", 4096}, {"b", 16384}});
    bench.answers["POST /api/show"] = R"({"model_info":{"llama.context_length":131072}})";
    CHECK(bench.list("b") == Listed{{"a", std::nullopt}, {"b", 131072}});
}

TEST_CASE("LM Studio tells at an address of its own") {
    Bench bench(
        Script{{"GET /v1/models", R"({"data":[{"id":"a","owned_by":"organization_owner"}]})"},
               {"GET /api/v0/models", R"({"data":[{"id":"a","max_context_length":32768,
                                                     "loaded_context_length":4096}]})"}});
    CHECK(bench.list() == Listed{{"a", 4096}});
}

TEST_CASE("a server that only lists is asked nothing else") {
    Bench bench(Script{{"GET /v1/models", R"({"data":[{"id":"a","owned_by":"openai"}]})"}});
    CHECK(bench.list() == Listed{{"a", std::nullopt}});
    CHECK(bench.asked() == std::vector<std::string>{"GET /v1/models"});
}

TEST_CASE("what is no list of models is an error, an empty list is none") {
    Bench bench(Script{{"GET /v1/models", "<html>hi</html>"}});
    const auto error_code = [&bench] {
        return list_models(bench.source(), "", bench.clock, {}).error().code;
    };
    CHECK(error_code() == ErrorCode::Model);
    bench.answers["GET /v1/models"] = R"({"data":{}})";
    CHECK(error_code() == ErrorCode::Model);
    bench.answers["GET /v1/models"] = R"({"data":[1,{"id":5},{"id":""}]})";
    CHECK(bench.list().empty());
    CHECK(bench.server.requests().size() == 3);
}

TEST_CASE("a context length is asked for once, and none is no error") {
    Bench bench(Script{{"GET /v1/models", R"({"data":[{"id":"m","max_model_len":4096}]})"}});
    ContextLength length;
    CHECK(length.of("m", bench.source(), bench.clock, {}) == 4096);
    CHECK(length.of("m", bench.source(), bench.clock, {}) == 4096);
    CHECK(bench.server.requests().size() == 1);
    ContextLength by_any_name;
    CHECK(by_any_name.of("other", bench.source(), bench.clock, {}) == 4096);
    bench.answers["GET /v1/models"] =
        R"({"data":[{"id":"m","max_model_len":4096},{"id":"n","max_model_len":8}]})";
    ContextLength unknown;
    CHECK_FALSE(unknown.of("other", bench.source(), bench.clock, {}));
    bench.answers.clear();
    ContextLength silent;
    CHECK_FALSE(silent.of("m", bench.source(), bench.clock, {}));
    CHECK_FALSE(silent.of("m", bench.source(), bench.clock, {}));
    CHECK(bench.server.requests().size() == 4);
}

TEST_CASE("a prompt near the context's length is warned of, with both numbers") {
    CompletionRequest request;
    request.messages = {{Role::System, std::string(384, 'x')},
                        {Role::User, std::string(3184, 'x')}};
    CHECK(estimated_tokens(request.messages) == 900);
    CHECK_FALSE(context_warning(request, std::nullopt, std::nullopt));
    CHECK_FALSE(context_warning(request, std::nullopt, 1000));
    const auto alone = context_warning(request, std::nullopt, 999);
    REQUIRE(alone);
    CHECK(contains(*alone, "about 900 tokens, without its answer"));
    CHECK(contains(*alone, "context has 999"));
    CHECK_FALSE(context_warning(request, 900, 2000));
    const auto both = context_warning(request, 901, 2000);
    REQUIRE(both);
    CHECK(contains(*both, "900 tokens and the answer up to 901 (--max-tokens), 1801 together"));
    CHECK(contains(*both, "context has 2000"));
}
