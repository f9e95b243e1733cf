// SPDX-License-Identifier: Apache-2.0
// A recording as it is written: whole lines, once each, into no file of somebody else.
#include "core/llm/recording_file.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/base/text.h"
#include "core/llm/recording_backend.h"
#include "core/llm/replay_backend.h"
#include "tests/catch.h"
#include "tests/schema.h"

using namespace rtlgen;
using namespace rtlgen::llm;
namespace fs = std::filesystem;

namespace {

CompletionRequest request_for(int sample, int turn = 0) {
    CompletionRequest request;
    request.problem = "p";
    request.messages = {{Role::System, "Be brief."}, {Role::User, "Build \"it\"."}};
    request.sampling.temperature = 0.8;
    request.sampling.extra_body = R"({"api_key":"hidden-canary","min_p":0.1})";
    request.sample = sample;
    request.turn = turn;
    return request;
}

Completion completion_of(const std::string& text) {
    Completion completion;
    completion.text = text;
    completion.reasoning = "hm";
    completion.finish_reason = FinishReason::Stop;
    completion.model = "m";
    completion.usage = {3, 4};
    completion.sent = R"({"api_key":"hidden-canary","temperature":0.8})";
    completion.endpoint = "https://me:hidden-canary@host/v1?key=hidden-canary";
    completion.raw = "data: x\n";
    completion.logprobs = "[1]";
    completion.cost_usd = 0.5;
    return completion;
}

struct Folder {
    TempFolder folder = TempFolder::create().value();
    fs::path path = folder.path() / "r.jsonl";
    std::string text() const { return read_file(path).value(); }
    void write(const std::string& text) const { std::ofstream(path) << text; }
};

class EchoBackend final : public Backend {
public:
    Result<Completion> complete(const CompletionRequest& request, std::stop_token) override {
        if (request.sample == 13) return fail(ErrorCode::Network, "cut");
        return completion_of("answer " + std::to_string(request.sample) + std::string(9000, '.'));
    }
    std::string name() const override { return "echo"; }
    std::string destination() const override { return "nowhere"; }
    std::string preview(const CompletionRequest&) const override { return ""; }
};

}  // namespace

TEST_CASE("a recording holds what was asked and answered, and no keys") {
    const Folder test;
    {
        const auto file = RecordingFile::open(test.path).value();
        REQUIRE(file->add(request_for(2, 1), completion_of("yes"), "openai/m"));
    }
    const std::string text = test.text();
    CHECK_FALSE(contains(text, "hidden-canary"));
    const auto line = nlohmann::json::parse(text);
    CHECK(schema_violations(read_schema("recording.v1"), line) == "");
    CHECK(line["asked_model"] == "openai/m");
    CHECK(line["messages"][1]["content"] == "Build \"it\".");
    CHECK(line["sent"]["temperature"] == 0.8);
    CHECK(line["endpoint"] == "https://host/v1");
    const auto answers = parse_recording(text, "r").value();
    REQUIRE(answers.size() == 1);
    Completion expected = completion_of("yes");
    expected.sent.clear();
    expected.endpoint.clear();
    expected.cost_usd.reset();
    CHECK(answers.front() ==
          RecordedAnswer{"p", request_hash(request_for(2, 1)), 2, 1, expected, std::nullopt});
}

TEST_CASE("many threads record whole lines, and a replay gives the same answers") {
    const Folder test;
    {
        RecordingBackend backend(std::make_unique<EchoBackend>(),
                                 RecordingFile::open(test.path).value(),
                                 [](const Error& error) { FAIL(error.text()); });
        std::vector<std::jthread> threads;
        for (int i = 1; i <= 100; ++i) {
            threads.emplace_back([&backend, i] { (void)backend.complete(request_for(i), {}); });
        }
    }
    const auto replay = ReplayBackend::open(test.path).value();
    EchoBackend echo;
    for (int i = 1; i <= 100; ++i) {
        INFO(i);
        const auto answer = replay->complete(request_for(i), {});
        REQUIRE(answer.has_value() == (i != 13));
        if (answer) CHECK(answer->text == echo.complete(request_for(i), {})->text);
    }
}

TEST_CASE("a recording is gone on with: half a line is cut away, no line is written twice") {
    const Folder test;
    {
        const auto file = RecordingFile::open(test.path).value();
        REQUIRE(file->add(request_for(1), completion_of("one"), "m"));
    }
    const std::string one = test.text();
    test.write(one + one.substr(0, one.size() / 2));
    {
        const auto file = RecordingFile::open(test.path).value();
        REQUIRE(file->add(request_for(1), completion_of("one"), "m"));
        REQUIRE(file->add(request_for(2), completion_of("two"), "m"));
        REQUIRE(file->add(request_for(2), completion_of("two"), "m"));
    }
    CHECK(split_lines(test.text()).size() == 2);
    CHECK(test.text().starts_with(one));
    test.write(one.substr(0, one.size() - 1));
    REQUIRE(RecordingFile::open(test.path).value()->add(request_for(3), completion_of("3"), "m"));
    CHECK(parse_recording(test.text(), "r").value().size() == 2);
}

TEST_CASE("a file that holds anything else is refused and left as it is") {
    const Folder test;
    for (const std::string text :
         {"module m;\n", "{\"completion\":\"by hand\"}\n", "no line",
          "\x7f"
          "ELF",
          "{\"schema\":\"rtlgen.recording.v1\",\"completion\":\"a\"}\nother"}) {
        test.write(text);
        const auto file = RecordingFile::open(test.path);
        REQUIRE_FALSE(file);
        CHECK(file.error().code == ErrorCode::InvalidArgument);
        CHECK(test.text() == text);
    }
    CHECK_FALSE(RecordingFile::open(test.folder.path()));
    REQUIRE(::mkfifo((test.folder.path() / "pipe").c_str(), 0600) == 0);
    CHECK_FALSE(RecordingFile::open(test.folder.path() / "pipe"));
}

TEST_CASE("two processes don't record into one file at once") {
    const Folder test;
    const auto file = RecordingFile::open(test.path).value();
    const auto second = RecordingFile::open(test.path);
    REQUIRE_FALSE(second);
    CHECK(contains(second.error().message, "another rtlgen"));
}

TEST_CASE("a full disk ends a recording with one warning, whole lines, and no answer lost") {
    const Folder test;
    int warnings = 0;
    RecordingBackend backend(std::make_unique<EchoBackend>(),
                             RecordingFile::open(test.path).value(),
                             [&warnings](const Error&) { ++warnings; });
    struct rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    std::signal(SIGXFSZ, SIG_IGN);
    const struct rlimit small{25'000, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    int answers = 0;
    for (int i = 1; i <= 10; ++i) answers += backend.complete(request_for(i), {}) ? 1 : 0;
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    CHECK(answers == 10);
    CHECK(warnings == 1);
    CHECK(parse_recording(test.text(), "r").value().size() == 2);
    CHECK(test.text().ends_with('\n'));
}
