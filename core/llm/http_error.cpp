// SPDX-License-Identifier: Apache-2.0
#include "core/llm/http_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/llm/json_fields.h"
#include "core/llm/retry.h"

namespace rtlgen::llm {
namespace {

using nlohmann::ordered_json;

/// Cut between words: what is left of a key that was cut in two would not be redacted.
std::string_view beginning_of(std::string_view text) {
    constexpr std::size_t kLongest = 300;
    if (text.size() <= kLongest) return text;
    const std::size_t blank = text.substr(0, kLongest).find_last_of(" \t\r\n");
    return text.substr(0, blank == std::string_view::npos ? 0 : blank);
}

std::string one_line(std::string_view text) {
    std::string line = to_valid_utf8(trim(beginning_of(text)));
    for (char& c : line) {
        if (static_cast<unsigned char>(c) < ' ') c = ' ';
    }
    return line;
}

/// Errors are small: a large body isn't taken apart for one.
ordered_json parse_error_body(const std::string& body) {
    constexpr std::size_t kLargest = std::size_t{1} << 20U;
    return ordered_json::parse(body.size() > kLargest ? std::string_view() : std::string_view(body),
                               nullptr, false);
}

std::string hint_of(int status, const std::string& key_hint) {
    switch (status) {
        case 401:
        case 403:
            return key_hint.empty() ? "; is the key right?"
                                    : "; is the key right? (" + key_hint + ")";
        case 404: return "; is the URL right, and does the server have this model?";
        case 429: return "; wait, or ask for fewer at once";
        default: return "";
    }
}

std::string message_of(const ordered_json& json) {
    const auto error = json.find("error");
    if (error != json.end() && error->is_string()) return one_line(error->get<std::string>());
    if (error != json.end() && error->is_object()) return one_line(string_at(*error, "message"));
    for (const char* key : {"message", "detail"}) {
        if (const std::string text = string_at(json, key); !text.empty()) return one_line(text);
    }
    return "";
}

bool says_quota_spent(const ordered_json& json) {
    if (!json.is_object()) return false;
    const auto error = json.find("error");
    if (error == json.end() || !error->is_object()) return false;
    static constexpr std::array<std::string_view, 4> kSpent = {
        "insufficient_quota", "billing_error", "billing_hard_limit_reached",
        "insufficient_credits"};
    // Anthropic says so in words alone.
    if (string_at(*error, "message").starts_with("Your credit balance is too low")) return true;
    return std::ranges::any_of(std::array{"code", "type"}, [&error](const char* key) {
        return std::ranges::find(kSpent, string_at(*error, key)) != kSpent.end();
    });
}

/// Whether an error object that came without a status tells of a fault that passes.
bool says_it_passes(const ordered_json& error) {
    if (!error.is_object()) return false;
    if (const auto code = error.find("code"); code != error.end() && code->is_number_integer()) {
        return may_pass_later(code->get<int>());
    }
    const std::string kind = to_lower(string_at(error, "type") + " " + string_at(error, "code"));
    static constexpr std::array<std::string_view, 6> kPassing = {
        "overloaded", "rate_limit", "server_error", "api_error", "timeout", "unavailable"};
    return std::ranges::any_of(
        kPassing, [&kind](std::string_view part) { return kind.find(part) != std::string::npos; });
}

}  // namespace

std::string error_message(const std::string& body) {
    ordered_json json = parse_error_body(body);
    // Some gateways wrap the object in a list.
    if (json.is_array() && !json.empty()) json = ordered_json(json.front());
    return json.is_object() ? message_of(json) : "";
}

std::optional<Error> error_in_answer(const ordered_json& json) {
    const auto error = json.find("error");
    const bool object = string_at(json, "object") == "error" || string_at(json, "type") == "error";
    if ((error == json.end() || error->is_null()) && !object) return std::nullopt;
    const bool passes = says_it_passes(error == json.end() ? json : *error);
    const ErrorCode code = says_quota_spent(json) ? ErrorCode::Budget
                           : passes               ? ErrorCode::Network
                                                  : ErrorCode::Model;
    return Error{code, "answered with an error: " + message_of(json), ""};
}

Error error_of_response(const HttpResponse& response, const std::string& key_hint) {
    if (response.status >= 300 && response.status < 400) {
        const auto location = response.headers.find("location");
        return {ErrorCode::Network,
                fmt::format(
                    "the server sends the request elsewhere (status {}{}); name that URL "
                    "yourself if you trust it",
                    response.status,
                    location == response.headers.end() ? "" : ", to " + one_line(location->second)),
                ""};
    }
    const std::string said = error_message(response.body);
    const ErrorCode code = is_quota_spent(response) ? ErrorCode::Budget
                           : response.status >= 500 ? ErrorCode::Network
                                                    : ErrorCode::Model;
    const std::string text = fmt::format("the server answered with status {}{}{}", response.status,
                                         said.empty() ? "" : ": ", said);
    return {code, text + (code == ErrorCode::Budget ? "" : hint_of(response.status, key_hint)), ""};
}

bool is_quota_spent(const HttpResponse& response) {
    return response.status == 402 || says_quota_spent(parse_error_body(response.body));
}

}  // namespace rtlgen::llm
