// SPDX-License-Identifier: Apache-2.0
// An HTTP server on loopback that answers what a test wrote down, over plain sockets, and keeps
// what it was asked.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace rtlgen::test {

/// The bytes of a whole response.
inline std::string http_response(int status, const std::string& body,
                                 const std::string& more_headers = "") {
    return "HTTP/1.1 " + std::to_string(status) +
           " Scripted\r\nContent-Type: application/json\r\n" + more_headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
           body;
}

/// A chat completion whose answer is the JSON string `content_json`.
inline std::string chat_response(const std::string& content_json,
                                 const std::string& finish_reason = "stop") {
    return http_response(200,
                         R"({"model":"m-1","choices":[{"message":{"role":"assistant","content":)" +
                             content_json + R"(},"finish_reason":")" + finish_reason +
                             R"("}],"usage":{"prompt_tokens":11,"completion_tokens":7}})");
}

/// The bytes of a response that ends where the connection does.
inline std::string open_response(const std::string& body,
                                 const std::string& type = "text/event-stream") {
    return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n" + body;
}

/// A response in chunks of so many bytes each, without its last chunk.
inline std::string chunked_response(const std::string& body, std::size_t size,
                                    const std::string& type = "text/event-stream") {
    std::string bytes =
        "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t at = 0; at < body.size(); at += size) {
        const std::string chunk = body.substr(at, size);
        std::array<char, 20> length{};
        std::snprintf(length.data(), length.size(), "%zx\r\n", chunk.size());
        bytes += length.data() + chunk + "\r\n";
    }
    return bytes;
}

/// A whole request; less where the client goes away before.
inline std::string read_request(int connection) {
    std::string request;
    std::array<char, 65536> buffer;
    for (;;) {
        const std::size_t head = request.find("\r\n\r\n");
        if (head != std::string::npos) {
            const std::size_t at = request.find("Content-Length: ");
            const std::size_t length =
                at < head ? std::strtoul(request.c_str() + at + 16, nullptr, 10) : 0;
            if (request.size() >= head + 4 + length) return request;
        }
        const ssize_t n = recv(connection, buffer.data(), buffer.size(), 0);
        if (n <= 0) return request;
        request.append(buffer.data(), static_cast<std::size_t>(n));
    }
}

/// The server's end of a connection, in the hands of a test.
class Wire {
public:
    explicit Wire(int connection) : connection_(connection) {}
    /// False where the client is gone.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t n = ::send(connection_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }
    /// Says nothing until the client goes away.
    void hold() {
        std::array<char, 64> buffer{};
        while (recv(connection_, buffer.data(), buffer.size(), 0) > 0) {
        }
    }
    /// Blocks for the next request on this connection; false where the client is gone. What comes
    /// this way isn't in ScriptedServer::requests().
    bool receive() { return !read_request(connection_).empty(); }
    /// Whether the client is still there.
    bool open() const {
        char byte = 0;
        return recv(connection_, &byte, 1, MSG_DONTWAIT) != 0;
    }
    /// The connection will end in a reset.
    void reset() {
        const linger at_once{1, 0};
        setsockopt(connection_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }

private:
    int connection_;
};

class ScriptedServer {
public:
    /// Gives the bytes for a request (head and body as they came); "hold" says nothing until the
    /// client goes away, "reset" cuts the connection at once.
    using Script = std::function<std::string(const std::string& request)>;

    /// Plays a whole connection; run for several at once.
    struct Play {
        std::function<void(const std::string& request, Wire& wire)> play;
    };

    /// Answers in this order; more requests get a 404.
    explicit ScriptedServer(std::vector<std::string> answers)
        : ScriptedServer([answers = std::move(answers),
                          next = std::size_t{0}](const std::string& /*request*/) mutable {
              return next < answers.size() ? answers[next++] : http_response(404, "{}");
          }) {}

    explicit ScriptedServer(Script script)
        : ScriptedServer(
              Play{[this, script = std::move(script)](const std::string& request, Wire& wire) {
                  std::string bytes;
                  {
                      const std::scoped_lock lock(script_mutex_);
                      bytes = script(request);
                  }
                  if (bytes == "hold") {
                      wire.hold();
                  } else if (bytes == "reset") {
                      wire.reset();
                  } else {
                      wire.send(bytes);
                  }
              }}) {}

    explicit ScriptedServer(Play play) : play_(std::move(play)) {
        listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        if (bind(listener_, generic, size) != 0 || listen(listener_, 4096) != 0 ||
            getsockname(listener_, generic, &size) != 0) {
            std::abort();
        }
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~ScriptedServer() {
        shutdown(listener_, SHUT_RDWR);
        thread_.join();
        for (std::thread& connection : connections_) connection.join();
        close(listener_);
    }
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string url() const {
        return "http://127.0.0.1:" + std::to_string(port_) + "/v1";
    }
    [[nodiscard]] std::vector<std::string> requests() const {
        const std::scoped_lock lock(mutex_);
        return requests_;
    }
    /// Blocks until so many requests have come.
    void wait_for_requests(std::size_t count) {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [&] { return requests_.size() >= count; });
    }

private:
    void serve() {
        for (;;) {
            const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (connection < 0) return;
            connections_.emplace_back([this, connection] { answer(connection); });
        }
    }

    void answer(int connection) {
        const std::string request = read_request(connection);
        {
            const std::scoped_lock lock(mutex_);
            requests_.push_back(request);
        }
        arrived_.notify_all();
        Wire wire(connection);
        play_.play(request, wire);
        close(connection);
    }

    Play play_;
    std::mutex script_mutex_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<std::string> requests_;
    std::vector<std::thread> connections_;
    std::thread thread_;
};

}  // namespace rtlgen::test
