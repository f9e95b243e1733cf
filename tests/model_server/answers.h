// SPDX-License-Identifier: Apache-2.0
// HTTP requests as they come over a socket, and what the tests' model server answers to them.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace rtlgen::model_server {

struct Request {
    std::string method;
    std::string path;
    std::string body;

    /// Takes one whole request out of the front of `in`; none until it is whole.
    static std::optional<Request> take(std::string& in) {
        const std::size_t head = in.find("\r\n\r\n");
        if (head == std::string::npos) return std::nullopt;
        const std::size_t at = in.find("Content-Length: ");
        const std::size_t length = at < head ? std::strtoul(in.c_str() + at + 16, nullptr, 10) : 0;
        if (in.size() < head + 4 + length) return std::nullopt;
        Request request;
        const std::size_t space = in.find(' ');
        request.method = in.substr(0, space);
        request.path = in.substr(space + 1, in.find(' ', space + 1) - space - 1);
        request.body = in.substr(head + 4, length);
        in.erase(0, head + 4 + length);
        return request;
    }

    /// Whether a key of the body's top level has this text as its value. The body is compact JSON;
    /// quotes within its strings are escaped, so that no text looks like a key.
    [[nodiscard]] bool has(std::string_view key_and_value) const {
        for (const char before : {',', '{'}) {
            if (body.find(before + std::string(key_and_value)) != std::string::npos) return true;
        }
        return false;
    }

    [[nodiscard]] int choices() const {
        const std::size_t at = body.find(",\"n\":");
        return at == std::string::npos ? 1 : std::atoi(body.c_str() + at + 5);
    }
};

class Answers {
public:
    explicit Answers(std::string text)
        : text_(std::move(text)), numbered_(text_.find("@N@") != std::string::npos) {}

    [[nodiscard]] std::string answer(const Request& request, std::uint64_t number) const {
        const std::string text = nlohmann::json(text_for(number)).dump();
        const bool stream = request.has("\"stream\":true");
        if (request.path.ends_with("/messages")) {
            return stream ? message_stream(text) : whole(message(text));
        }
        const bool chat = request.path.ends_with("/chat/completions");
        return stream ? chat_stream(text, request.choices(), chat)
                      : whole(completion(text, request.choices(), chat));
    }

    [[nodiscard]] std::string models() const {
        return whole(R"({"object":"list","data":[{"id":"scripted","object":"model"}]})");
    }

    static std::string failure(int status) {
        return response(std::to_string(status) + " Scripted", "application/json",
                        R"({"error":{"message":"scripted failure"}})");
    }

private:
    static std::string response(const std::string& status, const std::string& type,
                                const std::string& body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: " + type +
               "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    static std::string whole(const std::string& body) {
        return response("200 OK", "application/json", body);
    }

    [[nodiscard]] std::string text_for(std::uint64_t number) const {
        std::string text = text_;
        if (!numbered_) return text;
        for (std::size_t at = 0; (at = text.find("@N@", at)) != std::string::npos;) {
            text.replace(at, 3, std::to_string(number));
        }
        return text;
    }

    static std::string completion(const std::string& text, int choices, bool chat) {
        std::string body = R"({"id":"c-1","object":")";
        body += chat ? "chat.completion" : "text_completion";
        body += R"(","created":1,"model":"scripted","choices":[)";
        for (int i = 0; i < choices; ++i) {
            body += (i == 0 ? R"({"index":)" : R"(,{"index":)") + std::to_string(i);
            body += chat ? R"(,"message":{"role":"assistant","content":)" + text + "}"
                         : ",\"text\":" + text;
            body += R"(,"finish_reason":"stop"})";
        }
        return body + R"(],"usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30}})";
    }

    static std::string chat_stream(const std::string& text, int choices, bool chat) {
        std::string body;
        for (int i = 0; i < choices; ++i) {
            const std::string index = R"({"index":)" + std::to_string(i);
            const std::string head = R"(data: {"id":"c-1","model":"scripted","choices":[)" + index;
            body += head;
            body += chat ? R"(,"delta":{"role":"assistant","content":)" + text + "}"
                         : ",\"text\":" + text;
            body += ",\"finish_reason\":null}]}\n\n" + head +
                    (chat ? R"(,"delta":{})" : R"(,"text":"")") +
                    ",\"finish_reason\":\"stop\"}]}\n\n";
        }
        body +=
            "data: {\"id\":\"c-1\",\"model\":\"scripted\",\"choices\":[],\"usage\":"
            "{\"prompt_tokens\":10,\"completion_tokens\":20,\"total_tokens\":30}}\n\n"
            "data: [DONE]\n\n";
        return response("200 OK", "text/event-stream", body);
    }

    static std::string message(const std::string& text) {
        return R"({"id":"m-1","type":"message","role":"assistant","model":"scripted","content":)"
               R"([{"type":"text","text":)" +
               text +
               R"(}],"stop_reason":"end_turn","usage":{"input_tokens":10,"output_tokens":20}})";
    }

    static std::string message_stream(const std::string& text) {
        const auto event = [](const std::string& type, const std::string& rest) {
            return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + rest + "}\n\n";
        };
        return response(
            "200 OK", "text/event-stream",
            event("message_start",
                  R"(,"message":{"id":"m-1","model":"scripted","usage":{"input_tokens":10,)"
                  R"("output_tokens":1}})") +
                event("content_block_start",
                      R"(,"index":0,"content_block":{"type":"text","text":""})") +
                event("content_block_delta",
                      R"(,"index":0,"delta":{"type":"text_delta","text":)" + text + "}") +
                event("content_block_stop", ",\"index\":0") +
                event("message_delta",
                      R"(,"delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":20})") +
                event("message_stop", ""));
    }

    std::string text_;
    bool numbered_;
};

}  // namespace rtlgen::model_server
