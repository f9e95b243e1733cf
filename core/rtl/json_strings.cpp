// SPDX-License-Identifier: Apache-2.0
// Strings of JSON (RFC 8259) as models write it: cut, with line ends in strings, with a comma too
// many. A parser would refuse most of it.
#include <cstdint>
#include <optional>

#include "core/base/text.h"
#include "core/rtl/answer_text.h"

namespace rtlgen::rtl {
namespace {

std::optional<std::uint32_t> hex4(std::string_view digits) {
    if (digits.size() < 4) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : digits.substr(0, 4)) {
        value *= 16;
        if (c >= '0' && c <= '9') {
            value += static_cast<std::uint32_t>(c - '0');
        } else if (c >= 'a' && c <= 'f') {
            value += static_cast<std::uint32_t>(c - 'a' + 10);
        } else if (c >= 'A' && c <= 'F') {
            value += static_cast<std::uint32_t>(c - 'A' + 10);
        } else {
            return std::nullopt;
        }
    }
    return value;
}

/// A character of the basic plane as UTF-8; half of a pair is U+FFFD.
void add_character(std::string& text, std::uint32_t value) {
    if (value >= 0xD800 && value < 0xE000) value = 0xFFFD;
    if (value < 0x80) {
        text += static_cast<char>(value);
    } else if (value < 0x800) {
        text += static_cast<char>(0xC0U | (value >> 6U));
        text += static_cast<char>(0x80U | (value & 0x3FU));
    } else {
        text += static_cast<char>(0xE0U | (value >> 12U));
        text += static_cast<char>(0x80U | ((value >> 6U) & 0x3FU));
        text += static_cast<char>(0x80U | (value & 0x3FU));
    }
}

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    std::vector<JsonString> read() {
        std::vector<JsonString> found;
        std::string key;
        while (at_ < text_.size()) {
            const char c = text_[at_++];
            if (c == ',' || c == '{') key.clear();
            if (c != '"') continue;
            JsonString string;
            string.closed = read_string(string.text);
            if (is_key()) {
                key = std::move(string.text);
            } else {
                string.key = key;
                found.push_back(std::move(string));
            }
        }
        return found;
    }

private:
    bool read_string(std::string& text) {
        while (at_ < text_.size()) {
            const char c = text_[at_++];
            if (c == '"') return true;
            if (c != '\\') {
                text += c;
            } else if (at_ < text_.size()) {
                read_escape(text);
            }
        }
        return false;
    }

    void read_escape(std::string& text) {
        const char c = text_[at_++];
        if (c == 'n') {
            text += '\n';
        } else if (c == 't') {
            text += '\t';
        } else if (c == 'u') {
            const auto value = hex4(text_.substr(at_));
            if (!value) return;
            at_ += 4;
            add_character(text, *value);
        } else if (c != 'r' && c != 'b' && c != 'f') {
            text += c;  // \" \\ \/
        }
    }

    [[nodiscard]] bool is_key() const {
        const std::size_t next = text_.find_first_not_of(" \t\r\n", at_);
        return next != std::string_view::npos && text_[next] == ':';
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<JsonString> json_strings(std::string_view text) {
    const std::string_view content = trim(text);
    if (content.empty() || (content[0] != '{' && content[0] != '[' && content[0] != '"')) return {};
    return Scanner(content).read();
}

}  // namespace rtlgen::rtl
