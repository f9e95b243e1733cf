// SPDX-License-Identifier: Apache-2.0
// The generate and runs commands as a user calls them: a scripted server, the real judge.
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/commands.h"
#include "cli/generate_options.h"
#include "core/base/files.h"
#include "core/base/text.h"
#include "core/store/run_store.h"
#include "tests/catch.h"
#include "tests/unit/cli/generate_place.h"
#include "tests/unit/core/llm/scripted_server.h"

using namespace rtlgen;
using test::Called;
using test::can_simulate;
using test::chat_response;
using test::gate;
using test::http_response;
using test::kKey;
using test::Place;
using test::ScriptedServer;
namespace fs = std::filesystem;

TEST_CASE("a repair turns a fail into a pass, which is written, and no key is anywhere") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    Place place;
    ScriptedServer server({chat_response(gate("|")), chat_response(gate("&"))});
    const Called called = place.generate(server.url(), {"-o", "out.v"});
    INFO(called.out << called.err);
    CHECK(called.code == 0);
    CHECK(called.out.starts_with("PASS  grade tested"));
    CHECK(contains(called.out, "origin model"));
    CHECK(contains(called.out, "model openai/m, sample 1, repair 1, written to out.v"));
    CHECK(contains(called.err, "model openai/m: named by --model"));
    CHECK(contains(called.err, "sample 1: fail mismatch\nsample 1, repair 1: pass\n"));
    CHECK(contains(called.err, "2 requests, 22 + 14 tokens, unpriced, "));
    CHECK(contains(read_file("out.v").value(), "assign y = a & b;"));
    REQUIRE(server.requests().size() == 2);
    CHECK(contains(server.requests()[0], kKey));
    CHECK(contains(server.requests()[1], "What went wrong"));

    const Called shown = place.call({"runs", "show", "run"});
    CHECK(shown.code == 0);
    CHECK(contains(shown.out, "s01.t0  sample 1: fail mismatch\n"));
    CHECK(contains(shown.out, "s01.t1  sample 1, repair 1: pass\n"));
    CHECK(contains(shown.out, "2 requests, 22 + 14 tokens, unpriced, "));
    const Called attempt = place.call({"runs", "show", "run", "s01.t0"});
    CHECK(contains(attempt.out, "run/attempts/s01.t0/prompt.md\n"));
    CHECK(contains(attempt.out, "run/attempts/s01.t0/answer.md\n"));
    CHECK(contains(attempt.out, "FAIL mismatch"));
    CHECK(place.call({"runs", "show", "run", "s09.t0"}).code == 2);
    const Called list = place.call({"runs", "list", "."});
    CHECK(contains(list.out, "./run  "));
    CHECK(contains(list.out, "2 attempts, best sample 1, repair 1: pass\n"));
    CHECK_FALSE(place.key_leaked());
}

TEST_CASE("a design that fails is written only where that is asked for, and exits 1") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    Place place;
    ScriptedServer server({chat_response(gate("|")), chat_response(gate("^"))});
    REQUIRE(write_file_atomic("out.v", "before\n"));
    const Called refused = place.generate(server.url(), {"-o", "out.v", "--max-repairs", "0"});
    CHECK(refused.code == 1);
    CHECK(refused.out.starts_with("FAIL mismatch"));
    CHECK(contains(refused.err, "out.v is not written: no attempt passed (--allow-failing"));
    CHECK(read_file("out.v").value() == "before\n");
    fs::remove_all("run");
    const Called written =
        place.generate(server.url(), {"-o", "out.v", "--max-repairs", "0", "--allow-failing"});
    CHECK(written.code == 1);
    CHECK(contains(read_file("out.v").value(), "assign y = a ^ b;"));
}

TEST_CASE("with --json generate gives one document that names run, attempts and the best verdict") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    Place place;
    ScriptedServer server([](const std::string&) { return chat_response(gate("&")); });
    const Called called = place.generate(server.url(), {"--json", "-n", "3", "-o", "out.v"});
    CHECK(called.code == 0);
    const auto json = nlohmann::json::parse(called.out);
    CHECK(json.at("schema") == "rtlgen.generate.v1");
    CHECK(json.at("output") == "out.v");
    CHECK(json.at("run") == "run");
    CHECK(json.at("best").at("sample") == 1);
    CHECK(json.at("best").at("verdict").at("verdict") == "pass");
    REQUIRE(json.at("attempts").size() == 3);
    for (std::size_t i = 0; i < 3; ++i) CHECK(json["attempts"][i]["sample"] == i + 1);
    CHECK(json.at("totals").at("completion_tokens") == 21);
}

TEST_CASE("with -o - the design stands alone on standard output") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    Place place;
    ScriptedServer server({chat_response(gate("&"))});
    const Called called = place.generate(server.url(), {"-o", "-"});
    CHECK(called.code == 0);
    CHECK(called.out.starts_with("module gate("));
    CHECK(called.out.ends_with("endmodule\n"));
    CHECK(contains(called.err, "PASS  grade tested"));
}

TEST_CASE("a server that refuses is one line with its words but not its key, and exit 5") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    Place place;
    ScriptedServer server({http_response(
        401, std::string(R"({"error":{"message":"bad key )") + kKey + R"(","code":"x"}})")});
    const Called called = place.generate(server.url(), {"-o", "out.v"});
    CHECK(called.code == 5);
    CHECK(contains(called.err, "status 401: bad key [redacted]"));
    CHECK_FALSE(fs::exists("out.v"));
    CHECK_FALSE(place.key_leaked());
}

TEST_CASE("an interrupted run keeps what has arrived, and exits 130") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    Place place;
    // The second answer never comes the first time.
    int count = 0;
    ScriptedServer server([&count](const std::string&) {
        ++count;
        if (count == 2) return std::string("hold");
        return chat_response(gate(count == 1 ? "|" : "&"));
    });
    std::stop_source stop;
    std::jthread interrupter([&] {
        server.wait_for_requests(2);
        stop.request_stop();
    });
    const Called called = place.generate(server.url(), {"-o", "out.v"}, stop.get_token());
    CHECK(called.code == 130);
    CHECK(contains(called.err, "what had arrived is kept"));
    CHECK_FALSE(fs::exists("out.v"));
    const auto attempts = store::RunStore::open("run").value().attempts().value();
    REQUIRE(attempts.size() == 2);
    CHECK(contains(attempts[0].candidate_code, "assign y = a | b;"));
    CHECK(attempts[0].verdict->outcome == Outcome::Fail);
    CHECK(attempts[1].error->code == ErrorCode::Interrupted);
    CHECK(store::RunStore::open("run")->state().value() == store::RunState::Interrupted);

    // The same command goes on from there: the repair alone is asked for.
    const Called resumed = place.generate(server.url(), {"-o", "out.v"});
    INFO(resumed.err);
    CHECK(resumed.code == 0);
    CHECK(server.requests().size() == 3);
    CHECK(contains(resumed.err, "run run is resumed: 1 answers and 1 verdicts are there"));
    CHECK(fs::exists("out.v"));
    const Called finished = place.generate(server.url(), {"-o", "again.v"});
    CHECK(finished.code == 0);
    CHECK(server.requests().size() == 3);
    CHECK(contains(finished.err, "run run is finished: nothing is asked or judged"));
    CHECK(fs::exists("again.v"));
    CHECK_FALSE(place.key_leaked());
}

TEST_CASE("a folder that holds a run of other work is one line and exit 2, and nothing is sent") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    Place place;
    ScriptedServer server([](const std::string&) { return chat_response(gate("&")); });
    REQUIRE(place.generate(server.url()).code == 0);
    const std::size_t before = server.requests().size();
    for (const std::vector<std::string>& other :
         {std::vector<std::string>{"-n", "2"}, {"--temperature", "0.1"}, {"--require", "lint"}}) {
        const Called called = place.generate(server.url(), other);
        CHECK(called.code == 2);
        CHECK(contains(called.err, "rtlgen: run: holds a run of other work"));
    }
    CHECK(place.generate(server.url(), {"--fresh"}).code == 2);
    REQUIRE(write_file_atomic("tb.v", std::string(test::kGateTestbench) + "// changed\n"));
    CHECK(place.generate(server.url()).code == 2);
    CHECK(server.requests().size() == before);
}

TEST_CASE("a seed that is no whole number is an error, and one that is reaches the model") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    Place place;
    ScriptedServer server([](const std::string&) { return chat_response(gate("&")); });
    for (const char* seed : {"abc", "12345678901234567890", "-1", "1.5", "0x10"}) {
        const Called called = place.generate(server.url(), {"--seed", seed});
        CHECK(called.code == 2);
        CHECK(contains(called.err, "--seed is '" + std::string(seed)));
    }
    CHECK(server.requests().empty());
    CHECK(place.generate(server.url(), {"--seed", "41"}).code == 0);
    CHECK(contains(server.requests().at(0), "\"seed\":41"));
}

TEST_CASE("a testbench that doesn't compile is told before anything is asked or made") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    Place place;
    ScriptedServer server([](const std::string&) { return chat_response(gate("&")); });
    for (const char* bench :
         {"module tb; initial begin $display(1) end endmodule\n", "wire x;\n"}) {
        REQUIRE(write_file_atomic("tb.v", bench));
        const Called called = place.generate(server.url(), {"-n", "30"});
        INFO(called.err);
        CHECK(called.code == 2);
    }
    CHECK(server.requests().empty());
    CHECK_FALSE(fs::exists("run"));
}

TEST_CASE("a program that gives no answer in time is exit 5") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    Place place;
    const Called called = place.call(
        {"generate", "gate.md", "--model", "command:sleep 60", "--answer-timeout", "0.2"});
    INFO(called.err);
    CHECK(called.code == 5);
}

TEST_CASE("a dry run says what would be sent where, and sends nothing") {
    Place place;
    ScriptedServer server({chat_response(gate("&"))});
    const Called called =
        place.generate(server.url(), {"--dry-run", "-n", "4", "--temperature", "0.5"});
    CHECK(called.code == 0);
    CHECK(contains(called.out, "would send to " + server.url() + ", 4 times"));
    CHECK(contains(called.out, "\"temperature\":0.5"));
    CHECK(contains(called.out, "y is a and b."));
    CHECK(server.requests().empty());
    CHECK_FALSE(fs::exists("run"));
    CHECK_FALSE(place.key_leaked());
}

TEST_CASE("a prompt near the context's length is warned of once, before it is sent") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    Place place;
    const auto serve = [](const std::string& request) {
        return request.starts_with("GET ")
                   ? http_response(200, R"({"data":[{"id":"m","max_model_len":1000}]})")
                   : chat_response(gate("&"));
    };
    ScriptedServer server(serve);
    const auto count = [](const std::string& text) {
        constexpr std::string_view kWarning = "warning: the prompt takes about ";
        int found = 0;
        for (std::size_t at = 0; (at = text.find(kWarning, at)) != std::string::npos; ++at) ++found;
        return found;
    };
    const Called dry = place.generate(server.url(), {"--dry-run", "--max-tokens", "800"});
    CHECK(count(dry.err) == 1);
    CHECK(contains(dry.err, "the model's context has 1000"));
    const Called called = place.generate(server.url(), {"-n", "3", "--max-tokens", "800"});
    CHECK(count(called.err) == 1);
    const Called small = place.generate(server.url(), {"--dry-run", "--max-tokens", "300"});
    CHECK(count(small.err) == 0);
}

TEST_CASE("a specification that can't be used is one line and exit 2") {
    Place place;
    REQUIRE(write_file_atomic("empty.md", " \n"));
    REQUIRE(write_file_atomic("binary.md", std::string("a\0b", 3)));
    REQUIRE(write_file_atomic("huge.md", std::string(2'000'000, 'x')));
    for (const char* file : {"missing.md", "empty.md", "binary.md", "huge.md", "."}) {
        CAPTURE(file);
        const Called called = place.call({"generate", file, "--model", "library"});
        CHECK(called.code == 2);
        CHECK(called.out.empty());
        CHECK(contains(called.err, std::string("rtlgen: ") + file + ": "));
        CHECK(split_lines(called.err).size() == 1);
    }
    CHECK_FALSE(fs::exists("rtlgen-runs"));
}

TEST_CASE("a bad configuration and bad options are exit 2, before anything is sent") {
    Place place;
    ScriptedServer server({chat_response(gate("&"))});
    CHECK(place.generate(server.url(), {"-n", "0"}).code == 2);
    CHECK(place.generate(server.url(), {"--require", "beauty"}).code == 2);
    CHECK(place.generate(server.url(), {"--top", "a b"}).code == 2);
    REQUIRE(write_file_atomic("no_module.v", "wire x;\n"));
    CHECK(place.generate(server.url(), {"--interface", "no_module.v"}).code == 2);
    REQUIRE(write_file_atomic("rtlgen.toml", "[models.openai]\nbase_url = \"http://x\"\n"));
    const Called called = place.generate(server.url());
    CHECK(called.code == 2);
    CHECK(contains(called.err, "a project's file can't set \"models.openai.base_url\""));
    CHECK(server.requests().empty());
}

TEST_CASE("an option that may be repeated doesn't swallow the specification") {
    Place place;
    const Called called =
        place.call({"generate", "--allow-host", "a", "--allow-host", "b", "--require", "lint,synth",
                    "gate.md", "--model", "library", "--dry-run"});
    INFO(called.err);
    CHECK(called.code == 0);
}

TEST_CASE("the id of a problem is what its suite calls it") {
    CHECK(cli::problem_id("x/Prob001_zero_prompt.txt") == "Prob001_zero");
    CHECK(cli::problem_id("library/fifo/spec.md") == "fifo");
    CHECK(cli::problem_id("Arithmetic/accu/design_description.txt") == "accu");
    CHECK(cli::problem_id("my gate.md") == "my gate");
    CHECK(cli::problem_id("-") == "spec");
}
