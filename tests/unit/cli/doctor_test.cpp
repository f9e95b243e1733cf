// SPDX-License-Identifier: Apache-2.0
// `rtlgen doctor`: tools, what is missing, isolation, endpoints.
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"
#include "tests/environment.h"
#include "tests/schema.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;
using nlohmann::json;

namespace {

/// A user's configuration of a test's own.
struct Configuration {
    TempFolder home = TempFolder::create().value();
    ScopedVariable variable{"XDG_CONFIG_HOME", home.path().string()};

    void write(const std::string& text) {
        std::filesystem::create_directories(home.path() / "rtlgen");
        REQUIRE(write_file_atomic(home.path() / "rtlgen" / "rtlgen.toml", text));
    }
};

json doctor_json() {
    const Ran ran = run_rtlgen({"doctor", "--json"});
    INFO(ran.out << ran.err);
    CHECK(ran.code == 0);
    json document = json::parse(ran.out);
    CHECK(schema_violations(read_schema("doctor.v1"), document) == "");
    return document;
}

std::vector<std::string> names_in(const json& list) {
    std::vector<std::string> names;
    for (const json& item : list) names.push_back(item["name"]);
    return names;
}

bool has_name(const json& list, const std::string& name) {
    const auto names = names_in(list);
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

TEST_CASE("doctor tells the level in use, each tool with its features, and the endpoints") {
    const Configuration none;
    const json report = doctor_json();
    CHECK(report["level"].is_string());
    CHECK(report["levels"].size() >= 2);
    CHECK(names_in(report["endpoints"]) ==
          std::vector<std::string>{"llama-server", "Ollama", "vLLM", "LM Studio"});
    if (!std::filesystem::exists("/usr/bin/iverilog")) SKIP_VISIBLY("iverilog is not installed");
    CHECK(has_name(report["tools"], "icarus"));
    const std::string text = run_rtlgen({"doctor"}).out;
    CHECK(contains(text, "level in use  " + report["level"].get<std::string>()));
    CHECK(contains(text, "tool  icarus "));
    CHECK(contains(text, "endpoint  Ollama at 127.0.0.1:11434"));
}

TEST_CASE("doctor says what a missing tool costs and how to get it") {
    const Configuration none;
    const ScopedVariable toolset("RTLGEN_TOOLSET", "none");
    const ScopedVariable path("PATH", none.home.path().string());
    const json report = doctor_json();
    CHECK(report["tools"].empty());
    CHECK(names_in(report["missing"]) ==
          std::vector<std::string>{"icarus", "verilator", "yosys", "abc", "cxx", "pinned toolset"});
    for (const json& tool : report["missing"])
        CHECK(contains(tool["cost"].get<std::string>(), "("));
}

TEST_CASE("doctor tells a configured server and whether it has a key, and never the key") {
    Configuration configuration;
    const ScopedVariable key("OPENAI_API_KEY", "sk-canary-771");
    configuration.write("[models.openai]\nbase_url = \"https://llm.example.com/v1\"\n");
    const json server = doctor_json()["endpoints"][0];
    CHECK(server["base_url"] == "https://llm.example.com/v1");
    CHECK(server["has_key"] == true);
    CHECK(contains(server["where"].get<std::string>(), "rtlgen.toml"));
    const Ran text = run_rtlgen({"doctor"});
    CHECK(contains(text.out, "https://llm.example.com/v1 named by"));
    CHECK_FALSE(contains(text.out + text.err, "canary-771"));
}

TEST_CASE("doctor tells of an address that is none, and reports all else") {
    const Configuration none;
    const ScopedVariable url("OPENAI_BASE_URL", "sk-canary-772");
    const json report = doctor_json();
    CHECK(report["levels"].size() >= 2);
    CHECK(contains(report["endpoints"][0]["problem"].get<std::string>(), "is no URL"));
    const Ran text = run_rtlgen({"doctor"});
    CHECK(text.code == 0);
    CHECK(contains(text.out, "endpoint  openai (no address) named by OPENAI_BASE_URL"));
    CHECK(contains(text.out, "endpoint  Ollama at 127.0.0.1:11434"));
    CHECK_FALSE(contains(text.out + text.err + report.dump(), "canary-772"));
}

TEST_CASE("doctor tells of a configuration that can't be read, and reports all else") {
    Configuration configuration;
    configuration.write("[models.openai]\nbase_uri = \"x\"\n");
    const Ran ran = run_rtlgen({"doctor", "--json"});
    CHECK(ran.code == 2);
    const json report = json::parse(ran.out);
    CHECK(schema_violations(read_schema("doctor.v1"), report) == "");
    CHECK(contains(report["error"].get<std::string>(), "rtlgen.toml:2: unknown key"));
    CHECK(report["levels"].size() >= 2);
    CHECK(has_name(report["endpoints"], "Ollama"));
}

TEST_CASE("doctor tells of Anthropic where it is named, and how to name it") {
    Configuration configuration;
    const ScopedVariable no_key("ANTHROPIC_API_KEY", "");
    const ScopedVariable url("ANTHROPIC_BASE_URL", "");
    CHECK(contains(run_rtlgen({"doctor"}).out, "endpoint  anthropic isn't named; --model"));
    configuration.write("model = \"anthropic/claude-opus-5\"\n");
    const json server = doctor_json()["endpoints"][0];
    CHECK(server["provider"] == "anthropic");
    CHECK(server["base_url"] == "https://api.anthropic.com/v1");
    CHECK(contains(server["problem"].get<std::string>(), "set ANTHROPIC_API_KEY"));
    const ScopedVariable key("ANTHROPIC_API_KEY", "sk-canary-773");
    const Ran text = run_rtlgen({"doctor"});
    CHECK(contains(text.out, "https://api.anthropic.com/v1 named by"));
    CHECK(contains(text.out, "with a key: not asked"));
    CHECK_FALSE(contains(text.out + text.err, "canary-773"));
}

TEST_CASE("doctor tells of a cache that can't be trusted") {
    const TempFolder home = TempFolder::create().value();
    const ScopedVariable variable("XDG_CACHE_HOME", home.path().string());
    std::filesystem::create_directories(cache_root());
    std::filesystem::permissions(cache_root(), std::filesystem::perms::others_write,
                                 std::filesystem::perm_options::add);
    CHECK(contains(run_rtlgen({"doctor"}).out, "problem  nothing is kept between runs: "));
}
