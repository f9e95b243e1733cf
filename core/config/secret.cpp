// SPDX-License-Identifier: Apache-2.0
#include "core/config/secret.h"

#include <sys/stat.h>

#include <algorithm>

#include "core/base/files.h"
#include "core/base/text.h"

namespace rtlgen::config {
namespace {

/// A key goes into a header: a line break in it would be another header.
Result<Secret> checked(std::string_view text, const std::string& where) {
    const std::string_view key = trim(text);
    const bool printable = std::ranges::all_of(key, [](char c) { return c > ' ' && c < '\x7f'; });
    if (key.empty() || !printable) {
        return fail(ErrorCode::Config, "a key is one word of printable ASCII characters", where);
    }
    return Secret(std::string(key));
}

}  // namespace

Secret::~Secret() {
    volatile char* bytes = bytes_.data();
    for (std::size_t i = 0; i < bytes_.size(); ++i) bytes[i] = 0;
}

std::string Secret::redact(std::string text) const {
    return bytes_.size() < kShortestRedacted ? text
                                             : replace_all(std::move(text), bytes_, "[redacted]");
}

Result<Secret> load_secret(const char* variable, const std::filesystem::path& file,
                           const Getenv& getenv) {
    if (const char* value = getenv(variable); value != nullptr && *value != 0) {
        return checked(value, variable);
    }
    if (file.empty()) return Secret();
    struct stat status{};
    if (::stat(file.c_str(), &status) == 0 && (status.st_mode & 077U) != 0) {
        return fail(ErrorCode::Config, "others may read this key; run chmod 600 on it",
                    file.string());
    }
    TRY_ASSIGN(const std::string text, read_file(file, kibibytes(64)));
    return checked(text, file.string());
}

}  // namespace rtlgen::config
