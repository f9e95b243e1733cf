// SPDX-License-Identifier: Apache-2.0
#include "core/llm/command_backend.h"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "core/base/temp_folder.h"
#include "core/base/text.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::llm;

namespace {

CompletionRequest request_of(std::string prompt) {
    CompletionRequest request;
    request.messages = {{Role::System, "You write RTL."}, {Role::User, std::move(prompt)}};
    return request;
}

Result<Completion> ask(const std::string& command, const std::string& prompt,
                       CommandOptions options = {}, const std::stop_token& stop = {}) {
    return CommandBackend::create(command, options).value()->complete(request_of(prompt), stop);
}

/// Blocks until a line has been written into the named pipe.
std::string read_line_of(const std::filesystem::path& pipe) {
    std::ifstream in(pipe);
    std::string line;
    std::getline(in, line);
    return line;
}

}  // namespace

TEST_CASE("a command gets system and user text on standard input and answers on standard output") {
    const auto completion = ask("cat", "A gate.");
    REQUIRE(completion);
    CHECK(completion->text == "You write RTL.\n\nA gate.\n");
    CHECK(completion->finish_reason == FinishReason::Stop);
    CHECK(completion->bytes_sent == completion->text.size());
}

TEST_CASE("a prompt and an answer larger than any pipe go through") {
    const std::string prompt(3'000'000, 'x');
    const auto completion = ask("cat", prompt);
    REQUIRE(completion);
    CHECK(completion->text.size() == prompt.size() + std::string("You write RTL.\n\n\n").size());
}

TEST_CASE("a command that doesn't read its input still answers") {
    const auto completion = ask("echo hello", std::string(1'000'000, 'x'));
    REQUIRE(completion);
    CHECK(completion->text == "hello\n");
}

TEST_CASE("an answer that a command's own child goes on with is taken to its end") {
    const auto completion = ask("sh -c '(sleep 0.3; echo late) & echo early'", "x");
    REQUIRE(completion);
    CHECK(completion->text == "early\nlate\n");
}

TEST_CASE(
    "a command that leaves its output open is no whole answer, and is ended at the deadline") {
    CommandOptions options;
    options.timeout = std::chrono::milliseconds(300);
    const auto completion = ask("sh -c 'echo part; sleep 1000 &'", "x", options);
    REQUIRE_FALSE(completion);
    CHECK(completion.error().code == ErrorCode::Timeout);
    CHECK(contains(completion.error().message, "output open"));
}

TEST_CASE("what a command left running is killed, whether it failed or answered") {
    const TempFolder folder = TempFolder::create().value();
    const auto pipe = folder.path() / "pid";
    REQUIRE(system(("mkfifo " + pipe.string()).c_str()) == 0);
    for (const std::string end : {"exit 3", "echo answer >&3"}) {
        // The process that is left holds the pipe open: its end is the reader's end of file.
        const std::string command = "sh -c 'exec 3>&1 4>" + pipe.string() +
                                    "; sleep 1000 >/dev/null 2>&1 3>&- & exec 4>&-; " + end + "'";
        std::string held;
        std::thread reader([&] { held = read_line_of(pipe); });
        const auto start = std::chrono::steady_clock::now();
        const auto completion = ask(command, "x");
        reader.join();
        CHECK(completion.has_value() == (end != "exit 3"));
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
    }
    const auto failed = ask("sh -c 'sleep 1000 & exit 3'", "x");
    REQUIRE_FALSE(failed);
    CHECK(failed.error().message == "exited with 3");
}

TEST_CASE("a command that fails is a Model error with its exit code and last words") {
    const auto completion = ask("sh -c 'echo first >&2; echo no key >&2; exit 7'", "x");
    REQUIRE_FALSE(completion);
    CHECK(completion.error().code == ErrorCode::Model);
    CHECK(completion.error().text() == "sh: exited with 7: no key");
    const auto killed = ask("sh -c 'kill -9 $$'", "x");
    REQUIRE_FALSE(killed);
    CHECK(killed.error().message == "was ended by signal 9");
}

TEST_CASE("a command that says nothing is a Model error") {
    const auto completion = ask("true", "x");
    REQUIRE_FALSE(completion);
    CHECK(completion.error().code == ErrorCode::Model);
}

TEST_CASE("a program that isn't there is ToolMissing and names it") {
    const auto completion = ask("no-such-program-here --x", "x");
    REQUIRE_FALSE(completion);
    CHECK(completion.error().code == ErrorCode::ToolMissing);
    CHECK(completion.error().where == "no-such-program-here");
}

TEST_CASE("a command that never answers is killed at its deadline") {
    CommandOptions options;
    options.timeout = std::chrono::milliseconds(50);
    const auto completion = ask("sh -c 'sleep 1000'", "x", options);
    REQUIRE_FALSE(completion);
    CHECK(completion.error().code == ErrorCode::Timeout);
}

TEST_CASE("a command that floods is killed at the cap") {
    CommandOptions options;
    options.answer_cap = kibibytes(64);
    const auto completion = ask("yes", "x", options);
    REQUIRE_FALSE(completion);
    CHECK(completion.error().code == ErrorCode::Model);
    CHECK(completion.error().message == "answered more than 65536 bytes");
}

TEST_CASE("a stop request kills the command and what it started") {
    const TempFolder folder = TempFolder::create().value();
    const auto pipe = folder.path() / "pid";
    REQUIRE(system(("mkfifo " + pipe.string()).c_str()) == 0);
    std::stop_source stop;
    Result<Completion> completion;
    std::thread asker([&] {
        completion = ask("sh -c 'sleep 1000 & echo $! >" + pipe.string() + "; wait'", "x", {},
                         stop.get_token());
    });
    const std::string grandchild = read_line_of(pipe);
    stop.request_stop();
    asker.join();
    REQUIRE_FALSE(completion);
    CHECK(completion.error().code == ErrorCode::Interrupted);
    const auto pid = static_cast<pid_t>(parse_int(grandchild).value());
    // Killed, it is gone or waits to be reaped by init: its memory map is empty either way.
    for (int i = 0; i < 100'000; ++i) {
        std::ifstream maps("/proc/" + std::to_string(pid) + "/maps");
        if (maps.peek() == std::ifstream::traits_type::eof()) break;
        std::this_thread::yield();
    }
    std::ifstream maps("/proc/" + std::to_string(pid) + "/maps");
    CHECK(maps.peek() == std::ifstream::traits_type::eof());
}

TEST_CASE("a command line is split as a shell would, without expanding anything") {
    const auto words = split_command(R"(llm -m "a b" 'c "d' e\ f $HOME "")");
    REQUIRE(words);
    CHECK(*words == std::vector<std::string>{"llm", "-m", "a b", "c \"d", "e f", "$HOME", ""});
    CHECK(*split_command(R"(p "a\nb" "q\"\\\$\`" a\nb)") ==
          std::vector<std::string>{"p", "a\\nb", "q\"\\$`", "anb"});
    CHECK_FALSE(split_command(""));
    CHECK_FALSE(split_command("   "));
    CHECK(split_command("a 'b").error().message == "a quote is left open");
}
