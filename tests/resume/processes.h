// SPDX-License-Identifier: Apache-2.0
// Child processes of the kill test: the program under test and a model server.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

namespace rtlgen::test {

[[noreturn]] inline void give_up(const std::string& why) {
    std::fprintf(stderr, "kill_resume: %s\n", why.c_str());
    std::exit(2);
}

struct Descriptors {
    int in = -1;
    int out = -1;
    int err = -1;
};

/// Starts `argv` in `folder`; descriptors of -1 are /dev/null.
inline pid_t start(const std::vector<std::string>& argv, const std::filesystem::path& folder,
                   Descriptors use) {
    std::vector<char*> words;
    for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    const pid_t child = fork();
    if (child < 0) give_up("no process can be started");
    if (child > 0) return child;
    // A job in the background of a script ignores SIGINT, which exec would inherit.
    signal(SIGINT, SIG_DFL);
    const int nothing = open("/dev/null", O_RDWR);
    if (nothing < 0) _exit(127);
    dup2(use.in < 0 ? nothing : use.in, 0);
    dup2(use.out < 0 ? nothing : use.out, 1);
    dup2(use.err < 0 ? nothing : use.err, 2);
    if (chdir(folder.c_str()) == 0) execv(words[0], words.data());
    _exit(127);
}

/// The exit code, or 128 and the signal.
inline int wait_for(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

inline std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A model server for one go: its log has each request's body before it is answered.
class Server {
public:
    struct Options {
        std::string program;
        std::filesystem::path log;
        std::string answer;
        int delay_ms = 0;
        int port = 0;  ///< 0: any that is free
    };

    explicit Server(const Options& options) : log_(options.log) {
        std::ofstream(log_, std::ios::trunc).close();
        int input[2];
        int output[2];
        if (pipe2(input, O_CLOEXEC) != 0 || pipe2(output, O_CLOEXEC) != 0) give_up("no pipe");
        child_ =
            start({options.program, "--port", std::to_string(options.port), "--log", log_.string(),
                   "--answer", options.answer, "--delay-ms", std::to_string(options.delay_ms)},
                  "/", {input[0], output[1], 2});
        close(input[0]);
        close(output[1]);
        input_ = input[1];
        std::string line;
        for (char c = 0; read(output[0], &c, 1) == 1 && c != '\n';) line += c;
        close(output[0]);
        port_ = std::atoi(line.c_str());
        if (port_ == 0) give_up("the model server doesn't start");
    }
    /// It is gone, and its log complete, when this returns.
    ~Server() { stop(); }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    void stop() {
        if (child_ == 0) return;
        close(input_);
        wait_for(child_);
        child_ = 0;
    }
    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] std::size_t requests() const {
        std::size_t count = 0;
        for (const char c : text_of(log_)) count += c == '\n' ? 1 : 0;
        return count;
    }
    /// The seeds of the requests: what tells samples from each other.
    [[nodiscard]] std::multiset<int> seeds() const {
        std::multiset<int> seeds;
        const std::string text = text_of(log_);
        const std::string key = "\"seed\":";
        for (std::size_t at = text.find(key); at != std::string::npos;
             at = text.find(key, at + 1)) {
            seeds.insert(std::atoi(text.c_str() + at + key.size()));
        }
        return seeds;
    }
    /// Returns when so many requests have come, or `child` has ended.
    void wait_for_requests(std::size_t count, pid_t child) const {
        const int notes = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
        inotify_add_watch(notes, log_.c_str(), IN_MODIFY);
        while (requests() < count) {
            siginfo_t info{};
            if (waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
                info.si_pid == child) {
                break;
            }
            pollfd waiting{notes, POLLIN, 0};
            poll(&waiting, 1, 20);
            char buffer[4096];
            while (read(notes, buffer, sizeof buffer) > 0) {
            }
        }
        close(notes);
    }

private:
    std::filesystem::path log_;
    pid_t child_ = 0;
    int input_ = -1;
    int port_ = 0;
};

}  // namespace rtlgen::test
