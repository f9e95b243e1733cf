// SPDX-License-Identifier: Apache-2.0
#include "core/llm/redaction.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/base/text.h"

namespace rtlgen::llm {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kRedacted = "[redacted]";

bool is_plain_in_url(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~").find(c) != std::string_view::npos;
}

enum class Hex { Upper, Lower };

std::string percent_encoded(std::string_view text, Hex hex) {
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_plain_in_url(c)) {
            encoded += c;
        } else {
            encoded +=
                hex == Hex::Upper ? fmt::format("%{:02X}", byte) : fmt::format("%{:02x}", byte);
        }
    }
    return encoded;
}

std::string percent_decoded(std::string_view text) {
    const auto digit = [](char c) { return std::string_view("0123456789abcdef").find(c); };
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        decoded += text[i];
        if (text[i] != '%' || i + 2 >= text.size()) continue;
        const std::string pair = to_lower(text.substr(i + 1, 2));
        const std::size_t high = digit(pair[0]);
        const std::size_t low = digit(pair[1]);
        if (high > 15 || low > 15) continue;
        decoded.back() = static_cast<char>(high * 16 + low);
        i += 2;
    }
    return decoded;
}

/// Without the padding at its end, which is left out in places.
std::string base64(std::string_view text) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string encoded;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        std::uint32_t bits = 0;
        const std::size_t count = std::min<std::size_t>(3, text.size() - i);
        for (std::size_t k = 0; k < 3; ++k) {
            bits = bits << 8U | (k < count ? static_cast<unsigned char>(text[i + k]) : 0U);
        }
        for (std::size_t k = 0; k <= count; ++k) {
            encoded += kDigits[bits >> (18U - 6U * static_cast<unsigned>(k)) & 63U];
        }
    }
    return encoded;
}

/// As JSON strings have it: with and without a backslash before slashes, and the characters that
/// are special in HTML by their numbers.
std::vector<std::string> json_forms(const std::string& text) {
    const std::string dumped = ordered_json(text).dump(-1, ' ', true);
    std::string plain = dumped.substr(1, dumped.size() - 2);
    std::string slashes = replace_all(plain, "/", "\\/");
    std::string for_html = plain;
    for (const char c : {'&', '<', '>', '\'', '=', '+'}) {
        for_html = replace_all(for_html, std::string(1, c),
                               fmt::format("\\u{:04x}", static_cast<unsigned char>(c)));
    }
    return {std::move(plain), std::move(slashes), std::move(for_html)};
}

/// Names whose values are keys, in lower case without `-` and `_`.
bool is_key_name(std::string_view name) {
    static constexpr std::array<std::string_view, 11> kNames = {
        "apikey",      "xapikey", "authorization", "proxyauthorization", "accesstoken", "authtoken",
        "bearertoken", "secret",  "clientsecret",  "password",           "token"};
    std::string plain = to_lower(name);
    std::erase_if(plain, [](char c) { return c == '-' || c == '_'; });
    return std::ranges::find(kNames, plain) != kNames.end();
}

/// Whether anything was redacted.
bool redact_values(ordered_json& json) {
    bool changed = false;
    if (json.is_array()) {
        for (ordered_json& element : json) changed = redact_values(element) || changed;
    }
    if (!json.is_object()) return changed;
    for (auto& [name, value] : json.items()) {
        if (value.is_string() && is_key_name(name)) {
            value = kRedacted;
            changed = true;
        } else {
            changed = redact_values(value) || changed;
        }
    }
    return changed;
}

}  // namespace

void Redactor::add(const config::Secret& secret) {
    std::vector<std::string> forms = json_forms(to_valid_utf8(secret.reveal()));
    forms.push_back(secret.reveal());
    forms.push_back(percent_encoded(secret.reveal(), Hex::Upper));
    forms.push_back(percent_encoded(secret.reveal(), Hex::Lower));
    forms.push_back(base64(secret.reveal()));
    for (std::string& form : forms) {
        const config::Secret made(std::move(form));
        const bool known = std::ranges::any_of(forms_, [&made](const config::Secret& other) {
            return other.reveal() == made.reveal();
        });
        if (!known) forms_.push_back(made);
    }
    // A form may stand in another one: the longest is taken first.
    std::ranges::stable_sort(forms_, std::ranges::greater{},
                             [](const config::Secret& form) { return form.reveal().size(); });
}

void Redactor::add_url(std::string_view url) {
    const std::size_t scheme = url.find("://");
    const std::size_t begin = scheme == std::string_view::npos ? 0 : scheme + 3;
    const std::string_view host = url.substr(begin, url.find_first_of("/?#", begin) - begin);
    const std::size_t at = host.rfind('@');
    if (at == std::string_view::npos) return;
    const std::string_view user_info = host.substr(0, at);
    add(config::Secret(std::string(user_info)));
    add(config::Secret(percent_decoded(user_info)));
    const std::size_t colon = user_info.find(':');
    if (colon == std::string_view::npos) return;
    add(config::Secret(std::string(user_info.substr(colon + 1))));
    add(config::Secret(percent_decoded(user_info.substr(colon + 1))));
}

std::string Redactor::redact(std::string text) const {
    for (const config::Secret& form : forms_) text = form.redact(std::move(text));
    return text;
}

std::string redact_json_keys(std::string json) {
    ordered_json parsed = ordered_json::parse(json, nullptr, false);
    return parsed.is_object() && redact_values(parsed) ? parsed.dump() : json;
}

std::string redact_url(std::string_view url) {
    const std::string_view without_query = url.substr(0, url.find_first_of("?#"));
    const std::size_t scheme = without_query.find("://");
    if (scheme == std::string_view::npos) return std::string(without_query);
    const std::size_t begin = scheme + 3;
    const std::size_t end = std::min(without_query.find('/', begin), without_query.size());
    const std::size_t at = without_query.substr(0, end).rfind('@');
    if (at == std::string_view::npos || at < begin) return std::string(without_query);
    return std::string(without_query.substr(0, begin)) + std::string(without_query.substr(at + 1));
}

}  // namespace rtlgen::llm
