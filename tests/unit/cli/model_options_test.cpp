// SPDX-License-Identifier: Apache-2.0
// Flags and configuration that say what a model is asked for, by what `--dry-run` shows.
#include "cli/model_options.h"

#include <algorithm>

#include "cli/openai_settings.h"
#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;

namespace {

Ran dry_run(const std::vector<std::string>& more, const std::string& model = "openai/m") {
    const TempFolder work = TempFolder::create().value();
    const std::string spec = (work.path() / "spec.md").string();
    REQUIRE(write_file_atomic(spec, "A gate and_gate(input a, input b, output y)."));
    std::vector<std::string> arguments = {
        "generate", spec, "--model", model, "--api-base", "http://127.0.0.1:9/v1", "--dry-run"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_rtlgen(arguments);
}

}  // namespace

TEST_CASE("each option of a model reaches the request") {
    struct Row {
        std::vector<std::string> options;
        std::string sent;
    };
    const std::vector<Row> rows = {
        {{"--top-k", "5"}, R"("top_k":5)"},
        {{"--stop", "END", "--stop", "```"}, R"("stop":["END","```"])"},
        {{"--logprobs", "2"}, R"("top_logprobs":2)"},
        {{"--reasoning-effort", "low"}, R"("reasoning_effort":"low")"},
        {{"--response-format", R"({"type":"text"})"}, R"("response_format":{"type":"text"})"},
        {{"--extra-body", R"({"min_p":0.1})"}, R"("min_p":0.1)"},
        {{"-n", "20", "--samples-at-once", "8"}, R"("n":8)"},
        {{"-n", "3", "--samples-at-once", "8"}, R"("n":3)"},
        {{"--no-stream"}, R"("stream":false)"},
        {{"--seed", "7"}, R"("seed":7)"},
        {{"--seed", "7", "--model-seed", "9"}, R"("seed":9)"},
        {{"--api", "completions"}, "POST http://127.0.0.1:9/v1/completions"},
    };
    for (const Row& row : rows) {
        const Ran ran = dry_run(row.options);
        CAPTURE(row.options, ran.err);
        CHECK(ran.code == 0);
        CHECK(contains(ran.out, row.sent));
    }
    CHECK_FALSE(contains(dry_run({"--seed", "7", "--model-seed", "none"}).out, "\"seed\""));
}

TEST_CASE("flags that aren't OpenAI's alone reach Anthropic too") {
    const std::string model = "anthropic/claude-opus-4-1";
    CHECK(contains(dry_run({}, model).out, R"("stream":true)"));
    CHECK_FALSE(contains(dry_run({"--no-stream"}, model).out, R"("stream":true)"));
}

TEST_CASE("a value that means nothing is told in one line before anything is sent") {
    const std::vector<std::vector<std::string>> wrong = {{"--top-k", "-1"},
                                                         {"--logprobs", "many"},
                                                         {"--response-format", "text"},
                                                         {"--extra-body", "[1]"},
                                                         {"--samples-at-once", "0"},
                                                         {"--max-concurrency", "0"},
                                                         {"--api", "speech"},
                                                         {"--stop", ""},
                                                         {"--model-seed", "x"},
                                                         {"--stream", "--no-stream"}};
    for (const auto& options : wrong) {
        const Ran ran = dry_run(options);
        CAPTURE(options, ran.err);
        CHECK(ran.code == 2);
        CHECK(ran.out.empty());
        CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
    }
}

TEST_CASE("what the configuration says of a server is checked") {
    config::OpenAiConfig config;
    config.key_header.set("api-key", config::Layer::User, "rtlgen.toml:2");
    config.length_key.set("max_completion_tokens", config::Layer::User, "rtlgen.toml:3");
    config.api_version.set("2024-10-21", config::Layer::User, "rtlgen.toml:4");
    const auto options = cli::openai_options(config);
    REQUIRE(options);
    CHECK(options->key_header == llm::KeyHeader::ApiKey);
    CHECK(options->format.length_key == llm::LengthKey::MaxCompletionTokens);
    CHECK(options->api_version == "2024-10-21");
    config.key_header.set("x-key", config::Layer::User, "rtlgen.toml:2");
    const auto refused = cli::openai_options(config);
    REQUIRE_FALSE(refused);
    CHECK(contains(refused.error().text(), "rtlgen.toml:2"));
    CHECK(contains(refused.error().text(), "authorization, api-key"));
}

TEST_CASE("what changes answers is a part of a Run's key, and the usual isn't") {
    config::OpenAiConfig config;
    CHECK(cli::openai_asked_by(config).empty());
    config.stream.set(false, config::Layer::Flag, "--no-stream");
    config.max_concurrency.set(4, config::Layer::Flag, "--max-concurrency");
    CHECK(cli::openai_asked_by(config).empty());
    config.api.set("completions", config::Layer::Flag, "--api");
    CHECK(cli::openai_asked_by(config) == R"({"api":"completions"})");
}
