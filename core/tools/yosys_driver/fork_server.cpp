// SPDX-License-Identifier: Apache-2.0
// Whatever a child does it can leave nothing to the next one: inputs are read into memory before
// the first child, its folder is made anew, and the answer is written when all of them have ended.
#include "core/tools/yosys_driver/fork_server.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "core/tools/yosys_driver/sealing.h"

namespace rtlgen::server {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kMagic = 0x3176726573677472ULL;  // "rtgserv1"
constexpr const char* kBaseLog = "base.log";

enum class End : std::uint64_t { Exited, Signaled, Wall, Cpu, Output };

struct Kept {
    std::string name;
    std::uint64_t cap = 0;
};

struct Input {
    std::string from;
    std::string to;
    std::string bytes;
};

struct Part {
    std::string script;
    ChildLimits limits;
    std::uint64_t wall_ms = 0;
    std::uint64_t output = 0;
    std::vector<Input> inputs;
    std::vector<Kept> kept;
};

struct Answer {
    End end = End::Exited;
    std::uint64_t code = 0;
    std::uint64_t wall_us = 0;
    std::uint64_t cpu_us = 0;
    std::uint64_t peak = 0;
    std::string printed;
    std::vector<std::pair<std::string, std::string>> files;
};

/// A regular file's bytes; false where it is none, or larger than `cap`.
bool read_file(const std::string& path, std::uint64_t cap, std::string& bytes) {
    const int file = open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) return false;
    struct stat status{};
    bool good = fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
                static_cast<std::uint64_t>(status.st_size) <= cap;
    if (good) {
        bytes.resize(static_cast<std::size_t>(status.st_size));
        std::size_t done = 0;
        while (done < bytes.size()) {
            const ssize_t got = read(file, bytes.data() + done, bytes.size() - done);
            if (got <= 0) break;
            done += static_cast<std::size_t>(got);
        }
        good = done == bytes.size();
    }
    close(file);
    return good;
}

bool parse_plan(const std::string& file, std::vector<Part>& parts) {
    std::ifstream stream(file);
    std::string line;
    while (std::getline(stream, line)) {
        std::istringstream words(line);
        std::string kind;
        words >> kind;
        if (kind == "base" || kind == "item") {
            if ((kind == "base") != parts.empty()) return false;
            words >> parts.emplace_back().script;
        } else if (parts.empty()) {
            return false;
        } else if (kind == "limits") {
            Part& part = parts.back();
            words >> part.limits.cpu_seconds >> part.wall_ms >> part.limits.memory >>
                part.limits.file >> part.output;
        } else if (kind == "input") {
            Input& input = parts.back().inputs.emplace_back();
            words >> input.from >> input.to;
        } else if (kind == "keep") {
            Kept& kept = parts.back().kept.emplace_back();
            words >> kept.name >> kept.cap;
        } else {
            return false;
        }
        if (!words) return false;
    }
    return !parts.empty();
}

bool load_inputs(std::vector<Part>& parts) {
    for (Part& part : parts) {
        for (Input& input : part.inputs) {
            if (!read_file(input.from, UINT64_MAX, input.bytes)) return false;
        }
    }
    return true;
}

void take_files(const std::string& folder, const Part& part, Answer& answer) {
    for (const Kept& kept : part.kept) {
        std::string bytes;
        if (!read_file(folder + kept.name, kept.cap, bytes)) continue;
        answer.files.emplace_back(kept.name, std::move(bytes));
    }
}

/// Yosys prints to standard output; what the base prints goes to a file.
Answer run_base(const Part& base, const RunScript& run) {
    Answer answer;
    std::fflush(stdout);
    const int saved = dup(1);
    const int log = open(kBaseLog, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    dup2(log, 1);
    try {
        run(base.script);
    } catch (const std::exception& error) {
        std::printf("ERROR: %s\n", error.what());
        answer.code = 1;
    }
    std::fflush(stdout);
    dup2(saved, 1);
    close(saved);
    close(log);
    constexpr std::uint64_t kLargestLog = 64U << 20U;
    read_file(kBaseLog, kLargestLog, answer.printed);
    take_files("", base, answer);
    return answer;
}

/// A folder that no child can have made before: its name comes from the system's randomness.
bool make_folder(const Part& part, std::string& folder) {
    std::uint64_t number = 0;
    if (getrandom(&number, sizeof number, 0) != sizeof number) return false;
    folder = "child." + std::to_string(number);
    if (mkdir(folder.c_str(), 0700) != 0) return false;
    for (const Input& input : part.inputs) {
        const fs::path path = fs::path(folder) / input.to;
        std::error_code error;
        fs::create_directories(path.parent_path(), error);
        std::ofstream stream(path, std::ios::binary);
        stream << input.bytes;
        if (!stream.flush()) return false;
    }
    return true;
}

[[noreturn]] void be_child(const Part& part, const std::string& folder, int out,
                           const RunScript& run) {
    setpgid(0, 0);
    dup2(out, 1);
    dup2(out, 2);
    // Nothing of the server's is open in a child but what it prints to.
    if (syscall(SYS_close_range, 3U, ~0U, 0U) != 0) {
        for (int file = 3; file < 256; ++file) close(file);
    }
    if (chdir(folder.c_str()) != 0 || !seal_child(part.limits)) {
        std::puts("ERROR: the child can't be sealed");
        std::fflush(stdout);
        _exit(126);
    }
    try {
        run(part.script);
    } catch (const std::exception& error) {
        std::printf("ERROR: %s\n", error.what());
        std::fflush(stdout);
        _exit(1);
    }
    std::fflush(stdout);
    _exit(0);
}

/// What the child prints, until it closes its output, prints too much or takes too long.
void listen(int from, pid_t child, const Part& part, Answer& answer) {
    const auto deadline = Clock::now() + std::chrono::milliseconds(part.wall_ms);
    char buffer[65536];
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        pollfd file{from, POLLIN, 0};
        if (left <= 0) {
            answer.end = End::Wall;
            break;
        }
        if (poll(&file, 1, static_cast<int>(left < 60'000 ? left : 60'000)) <= 0) continue;
        const ssize_t got = read(from, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return;
        const std::size_t room = part.output - answer.printed.size();
        answer.printed.append(
            buffer, static_cast<std::size_t>(got) < room ? static_cast<std::size_t>(got) : room);
        if (static_cast<std::size_t>(got) > room) {
            answer.end = End::Output;
            break;
        }
    }
    kill(child, SIGKILL);
}

std::uint64_t micros(const timeval& time) {
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000U +
           static_cast<std::uint64_t>(time.tv_usec);
}

void finish(pid_t child, const Part& part, Answer& answer) {
    // A child that closed its output and goes on is not waited for.
    const auto deadline = Clock::now() + std::chrono::milliseconds(part.wall_ms);
    int status = 0;
    rusage usage{};
    while (wait4(child, &status, WNOHANG, &usage) == 0) {
        if (Clock::now() > deadline) {
            answer.end = End::Wall;
            kill(child, SIGKILL);
        }
        usleep(500);
    }
    answer.cpu_us = micros(usage.ru_utime) + micros(usage.ru_stime);
    answer.peak = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024U;
    if (answer.end != End::Exited) return;
    if (WIFEXITED(status)) {
        answer.code = static_cast<std::uint64_t>(WEXITSTATUS(status));
        return;
    }
    answer.code = static_cast<std::uint64_t>(WTERMSIG(status));
    const bool by_time =
        answer.code == SIGXCPU ||
        (answer.code == SIGKILL && answer.cpu_us >= part.limits.cpu_seconds * 1'000'000U);
    answer.end = by_time ? End::Cpu : End::Signaled;
}

/// False: no other child can follow.
bool run_child(const Part& part, const RunScript& run, Answer& answer) {
    int ends[2];
    std::string folder;
    if (!make_folder(part, folder) || pipe2(ends, O_CLOEXEC) != 0) return false;
    const auto start = Clock::now();
    const pid_t child = fork();
    if (child < 0) return false;
    if (child == 0) be_child(part, folder, ends[1], run);
    close(ends[1]);
    listen(ends[0], child, part, answer);
    close(ends[0]);
    finish(child, part, answer);
    answer.wall_us = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start).count());
    take_files(folder + "/", part, answer);
    std::error_code error;
    fs::remove_all(folder, error);
    return true;
}

class Writer {
public:
    void number(std::uint64_t value) {
        for (int shift = 0; shift < 64; shift += 8) {
            bytes_.push_back(static_cast<char>((value >> shift) & 0xffU));
        }
    }
    void text(const std::string& value) {
        number(value.size());
        bytes_ += value;
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

bool write_answers(const std::string& path, const std::vector<Answer>& answers) {
    Writer writer;
    writer.number(kMagic);
    writer.number(answers.size());
    for (const Answer& answer : answers) {
        writer.number(static_cast<std::uint64_t>(answer.end));
        for (const std::uint64_t value :
             {answer.code, answer.wall_us, answer.cpu_us, answer.peak}) {
            writer.number(value);
        }
        writer.text(answer.printed);
        writer.number(answer.files.size());
        for (const auto& [name, bytes] : answer.files) {
            writer.text(name);
            writer.text(bytes);
        }
    }
    std::error_code error;
    fs::remove_all(path, error);
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return false;
    std::size_t done = 0;
    const std::string& bytes = writer.bytes();
    while (done < bytes.size()) {
        const ssize_t wrote = write(file, bytes.data() + done, bytes.size() - done);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) break;
        done += static_cast<std::size_t>(wrote);
    }
    return close(file) == 0 && done == bytes.size();
}

}  // namespace

int serve(const std::string& plan_file, const std::string& answer_file, const RunScript& run) {
    std::vector<Part> parts;
    if (!parse_plan(plan_file, parts) || !load_inputs(parts)) {
        std::fputs("rtlgen-yosys: the plan can't be read\n", stderr);
        return 2;
    }
    if (!seal_server()) {
        std::perror("rtlgen-yosys: the kernel refuses a filter");
        return 3;
    }
    std::vector<Answer> answers = {run_base(parts.front(), run)};
    // Without its beginning nothing can go on.
    if (answers.front().code != 0) parts.resize(1);
    for (std::size_t i = 1; i < parts.size(); ++i) {
        Answer answer;
        if (!run_child(parts[i], run, answer)) {
            std::perror("rtlgen-yosys: a child can't be started");
            break;
        }
        answers.push_back(std::move(answer));
    }
    if (!write_answers(answer_file, answers)) {
        std::perror("rtlgen-yosys: the answer can't be written");
        return 3;
    }
    return 0;
}

}  // namespace rtlgen::server
