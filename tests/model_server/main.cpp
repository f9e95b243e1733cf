// SPDX-License-Identifier: Apache-2.0
// A model server for tests and benchmarks: it answers chat completions, completions and messages on
// loopback with a fixed text, at once, over kept connections, on one thread with epoll.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tests/model_server/answers.h"

namespace {

using rtlgen::model_server::Answers;
using rtlgen::model_server::Request;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr const char* kUsage =
    "usage: model_server [--port N] [--log FILE] [--answer TEXT | --answer-file FILE]\n"
    "                    [--delay-ms N] [--fail-every N --fail-status S]\n"
    "Prints the port that it listens on, and serves until standard input ends or a signal comes.\n"
    "--log appends the body of each POST as a line, before it is answered. @N@ in the answer\n"
    "becomes the request's number. --fail-every N: each N-th POST gets status S (429, 500; 0 cuts\n"
    "the connection).\n";

struct Options {
    std::uint16_t port = 0;
    std::string log;
    std::string answer =
        "```verilog\nmodule m(input a, output y);\n  assign y = a;\nendmodule\n```\n";
    std::chrono::milliseconds delay{0};
    std::uint64_t fail_every = 0;
    int fail_status = 500;
};

[[noreturn]] void leave(const char* text) {
    std::fputs(text, stderr);
    std::exit(2);
}

int number_of(const std::string& text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0) leave(kUsage);
    return number;
}

Options parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; i += 2) {
        const std::string name = argv[i];
        if (i + 1 >= argc) leave(kUsage);
        const std::string value = argv[i + 1];
        if (name == "--port") {
            options.port = static_cast<std::uint16_t>(number_of(value));
        } else if (name == "--log") {
            options.log = value;
        } else if (name == "--answer") {
            options.answer = value;
        } else if (name == "--answer-file") {
            std::ifstream file(value);
            if (!file) leave("model_server: the answer's file can't be read\n");
            options.answer.assign(std::istreambuf_iterator<char>(file), {});
        } else if (name == "--delay-ms") {
            options.delay = std::chrono::milliseconds(number_of(value));
        } else if (name == "--fail-every") {
            options.fail_every = static_cast<std::uint64_t>(number_of(value));
        } else if (name == "--fail-status") {
            options.fail_status = number_of(value);
        } else {
            leave(kUsage);
        }
    }
    return options;
}

/// A client's connection; requests on it are answered in their order.
struct Connection {
    std::string in;
    std::string out;
    bool waits = false;  ///< for a delayed answer
    bool cut = false;    ///< closed once `out` is sent
    bool full = false;   ///< the client reads too slowly
};

class Server {
public:
    explicit Server(Options options)
        : options_(std::move(options)), answers_(options_.answer), epoll_(epoll_create1(0)) {
        if (!options_.log.empty()) {
            log_ = open(options_.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
            if (log_ < 0) leave("model_server: the log can't be written\n");
        }
        listener_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        const int yes = 1;
        setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(options_.port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        if (bind(listener_, generic, size) != 0 || listen(listener_, 4096) != 0 ||
            getsockname(listener_, generic, &size) != 0) {
            leave("model_server: the port can't be listened on\n");
        }
        watch(listener_, EPOLLIN, EPOLL_CTL_ADD);
        watch(STDIN_FILENO, EPOLLIN | EPOLLHUP, EPOLL_CTL_ADD);
        std::printf("%d\n", ntohs(address.sin_port));
        std::fflush(stdout);
    }

    void run() {
        std::array<epoll_event, 512> events{};
        for (;;) {
            const int count = epoll_wait(epoll_, events.data(), events.size(), wait_time());
            for (int i = 0; i < count; ++i) {
                const epoll_event& event = events[static_cast<std::size_t>(i)];
                if (event.data.fd == STDIN_FILENO) {
                    if (stdin_ended()) return;
                } else if (event.data.fd == listener_) {
                    accept_all();
                } else {
                    serve(event.data.fd);
                }
            }
            send_due();
        }
    }

private:
    void watch(int fd, std::uint32_t events, int how) const {
        epoll_event event{};
        event.events = events;
        event.data.fd = fd;
        epoll_ctl(epoll_, how, fd, &event);
    }

    static bool stdin_ended() {
        std::array<char, 256> bytes;
        return read(STDIN_FILENO, bytes.data(), bytes.size()) <= 0;
    }

    void accept_all() {
        for (;;) {
            const int fd = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (fd < 0) return;
            const int yes = 1;
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            connections_[fd] = {};
            watch(fd, EPOLLIN, EPOLL_CTL_ADD);
        }
    }

    void hang_up(int fd) {
        connections_.erase(fd);
        close(fd);
    }

    void serve(int fd) {
        const auto found = connections_.find(fd);
        if (found == connections_.end()) return;
        std::array<char, 65536> bytes;
        for (;;) {
            const ssize_t n = recv(fd, bytes.data(), bytes.size(), 0);
            if (n == 0 || (n < 0 && errno != EAGAIN)) return hang_up(fd);
            if (n < 0) break;
            found->second.in.append(bytes.data(), static_cast<std::size_t>(n));
            if (static_cast<std::size_t>(n) < bytes.size()) break;
        }
        take_requests(fd, found->second);
        flush(fd, found->second);
    }

    void take_requests(int fd, Connection& connection) {
        while (!connection.waits && !connection.cut) {
            const auto request = Request::take(connection.in);
            if (!request) return;
            answer(fd, connection, *request);
        }
    }

    void answer(int fd, Connection& connection, const Request& request) {
        if (request.method != "POST") {
            connection.out += answers_.models();
            return;
        }
        const std::uint64_t number = ++asked_;
        if (log_ >= 0) {
            const std::string line = request.body + "\n";
            if (write(log_, line.data(), line.size()) < 0) leave("model_server: the log is full\n");
        }
        std::string bytes;
        if (options_.fail_every != 0 && number % options_.fail_every == 0) {
            connection.cut = options_.fail_status == 0;
            if (!connection.cut) bytes = Answers::failure(options_.fail_status);
        } else {
            bytes = answers_.answer(request, number);
        }
        if (options_.delay.count() == 0) {
            connection.out += bytes;
        } else {
            connection.waits = true;
            due_.emplace(std::chrono::steady_clock::now() + options_.delay,
                         std::pair(fd, std::move(bytes)));
        }
    }

    void flush(int fd, Connection& connection) {
        while (!connection.out.empty()) {
            const ssize_t n = send(fd, connection.out.data(), connection.out.size(), MSG_NOSIGNAL);
            if (n < 0 && errno == EAGAIN) {
                connection.full = true;
                return watch(fd, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
            }
            if (n <= 0) return hang_up(fd);
            connection.out.erase(0, static_cast<std::size_t>(n));
        }
        if (std::exchange(connection.full, false)) watch(fd, EPOLLIN, EPOLL_CTL_MOD);
        if (connection.cut) hang_up(fd);
    }

    [[nodiscard]] int wait_time() const {
        if (due_.empty()) return -1;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            due_.begin()->first - std::chrono::steady_clock::now());
        return static_cast<int>(std::max<std::int64_t>(0, left.count()));
    }

    void send_due() {
        while (!due_.empty() && due_.begin()->first <= std::chrono::steady_clock::now()) {
            auto [fd, bytes] = std::move(due_.begin()->second);
            due_.erase(due_.begin());
            const auto found = connections_.find(fd);
            if (found == connections_.end() || !found->second.waits) continue;
            found->second.waits = false;
            found->second.out += bytes;
            take_requests(fd, found->second);
            flush(fd, found->second);
        }
    }

    Options options_;
    Answers answers_;
    int epoll_;
    int listener_ = -1;
    int log_ = -1;
    std::uint64_t asked_ = 0;
    std::unordered_map<int, Connection> connections_;
    std::multimap<SteadyTime, std::pair<int, std::string>> due_;
};

}  // namespace

int main(int argc, char** argv) {
    Server(parse(argc, argv)).run();
    return 0;
}
