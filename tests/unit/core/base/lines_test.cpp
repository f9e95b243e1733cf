// SPDX-License-Identifier: Apache-2.0
#include "core/base/lines.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"

using namespace rtlgen;

namespace {

constexpr Bytes kCap{20};

/// All lines of a file with these bytes: `1:text`, `2!` for one that is too long.
std::vector<std::string> lines_of(const std::string& bytes) {
    const TempFolder folder = TempFolder::create().value();
    const auto path = folder.path() / "in";
    REQUIRE(write_file_atomic(path, bytes));
    const auto reader = LineReader::open(path, kCap).value();
    std::vector<std::string> lines;
    while (const auto line = reader->next({}).value()) {
        lines.push_back(std::to_string(line->number) + (line->too_long ? "!" : ":") + line->text);
    }
    return lines;
}

struct Pipe {
    Pipe() { REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0); }
    ~Pipe() {
        ::close(ends[0]);
        if (ends[1] >= 0) ::close(ends[1]);
    }
    std::array<int, 2> ends{-1, -1};
};

}  // namespace

TEST_CASE("lines come by number, without their ends, the last one with or without") {
    CHECK(lines_of("").empty());
    CHECK(lines_of("a\nb") == std::vector<std::string>{"1:a", "2:b"});
    CHECK(lines_of("a\r\n\nb\n") == std::vector<std::string>{"1:a", "2:", "3:b"});
    CHECK(lines_of("\xef\xbb\xbf{}\n") == std::vector<std::string>{"1:{}"});
    CHECK(lines_of(std::string("a\0b\n", 4)) == std::vector<std::string>{std::string("1:a\0b", 5)});
}

TEST_CASE("a line beyond the cap is read past and the next one is whole") {
    const std::string at_cap(20, 'x');
    CHECK(lines_of(at_cap + "\nb\n") == std::vector<std::string>{"1:" + at_cap, "2:b"});
    CHECK(lines_of(at_cap + "y\nb\n") == std::vector<std::string>{"1!", "2:b"});
    CHECK(lines_of("a\n" + std::string(500'000, 'x') + "\nb\n") ==
          std::vector<std::string>{"1:a", "2!", "3:b"});
    CHECK(lines_of(std::string(500'000, 'x')) == std::vector<std::string>{"1!"});
}

TEST_CASE("what can't be read as lines is an error") {
    const TempFolder folder = TempFolder::create().value();
    CHECK(LineReader::open(folder.path(), kCap).error().code == ErrorCode::Unreadable);
    CHECK(LineReader::open(folder.path() / "none", kCap).error().code == ErrorCode::NotFound);
}

TEST_CASE("a stop ends the waiting for a line that doesn't come") {
    const TempFolder folder = TempFolder::create().value();
    const auto path = folder.path() / "pipe";
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    const auto reader = LineReader::open(path, kCap).value();
    std::stop_source stop;
    std::jthread later([&] { stop.request_stop(); });
    CHECK(reader->next(stop.get_token()).error().code == ErrorCode::Interrupted);
}

TEST_CASE("a written line has its end, however long it is") {
    Pipe pipe;
    const std::string line(1'000'000, 'x');
    std::string got;
    std::jthread reader([&] {
        std::string block(65536, '\0');
        for (ssize_t n = 0; (n = ::read(pipe.ends[0], block.data(), block.size())) > 0;) {
            got.append(block, 0, static_cast<std::size_t>(n));
        }
    });
    CHECK(write_line(pipe.ends[1], line, {}));
    ::close(std::exchange(pipe.ends[1], -1));
    reader.join();
    CHECK(got == line + "\n");
}

TEST_CASE("a stop ends the writing to somebody who doesn't read") {
    Pipe pipe;
    std::stop_source stop;
    stop.request_stop();
    const std::string line(1'000'000, 'x');
    const Status written =
        write_line(pipe.ends[1], line, stop.get_token(), std::chrono::milliseconds(1));
    CHECK(written.error().code == ErrorCode::Interrupted);
    // Who reads gets what is left of the line.
    Pipe read;
    CHECK(write_line(read.ends[1], "short", stop.get_token(), std::chrono::milliseconds(1)));
}

TEST_CASE("a reader that has gone is an error of the output") {
    Pipe pipe;
    ::close(pipe.ends[0]);
    const auto old = ::signal(SIGPIPE, SIG_IGN);
    CHECK(write_line(pipe.ends[1], "line", {}).error().code == ErrorCode::Io);
    ::signal(SIGPIPE, old);
    pipe.ends[0] = ::dup(pipe.ends[1]);
}
