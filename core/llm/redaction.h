// SPDX-License-Identifier: Apache-2.0
// Takes keys out of what servers, proxies and errors say, as they stand and as they are usually
// spelled: in JSON, in URLs, in base64 (RFC 4648).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/config/secret.h"

namespace rtlgen::llm {

class Redactor {
public:
    /// What is shorter than Secret::kShortestRedacted is a word, and stays.
    void add(const config::Secret& secret);
    /// The name and password of a URL, "http://user:password@host", if it has them.
    void add_url(std::string_view url);

    /// `text` with every added key as "[redacted]".
    [[nodiscard]] std::string redact(std::string text) const;

private:
    std::vector<config::Secret> forms_;
};

/// A JSON object whose values under names of keys ("api_key", "Authorization", "token", ...) are
/// "[redacted]", at any depth; `json` as it is where it is no object or has no such name.
[[nodiscard]] std::string redact_json_keys(std::string json);

/// A URL without its name, password, query and fragment.
[[nodiscard]] std::string redact_url(std::string_view url);

}  // namespace rtlgen::llm
