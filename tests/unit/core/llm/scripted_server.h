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
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>
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

class ScriptedServer {
public:
    /// Gives the bytes for a request (head and body as they came); "hold" says nothing until the
    /// client goes away, "reset" cuts the connection at once.
    using Script = std::function<std::string(const std::string& request)>;

    /// Answers in this order; more requests get a 404.
    explicit ScriptedServer(std::vector<std::string> answers)
        : ScriptedServer([answers = std::move(answers),
                          next = std::size_t{0}](const std::string& /*request*/) mutable {
              return next < answers.size() ? answers[next++] : http_response(404, "{}");
          }) {}

    explicit ScriptedServer(Script script) : script_(std::move(script)) {
        listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        if (bind(listener_, generic, size) != 0 || listen(listener_, 64) != 0 ||
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
        std::string bytes;
        {
            const std::scoped_lock lock(mutex_);
            requests_.push_back(request);
            bytes = script_(request);
        }
        arrived_.notify_all();
        if (bytes == "hold") {
            std::array<char, 64> buffer{};
            while (recv(connection, buffer.data(), buffer.size(), 0) > 0) {
            }
        } else if (bytes == "reset") {
            const linger at_once{1, 0};
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        } else {
            std::size_t sent = 0;
            while (sent < bytes.size()) {
                const ssize_t n =
                    send(connection, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
                if (n <= 0) break;
                sent += static_cast<std::size_t>(n);
            }
        }
        close(connection);
    }

    static std::string read_request(int connection) {
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

    Script script_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<std::string> requests_;
    std::vector<std::thread> connections_;
    std::thread thread_;
};

}  // namespace rtlgen::test
