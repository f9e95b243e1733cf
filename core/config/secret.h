// SPDX-License-Identifier: Apache-2.0
// A key of a service: it can be sent, and neither printed, formatted, compared nor stored.
#pragma once

#include <filesystem>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace rtlgen::config {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string bytes) : bytes_(std::move(bytes)) {}
    Secret(const Secret&) = default;
    Secret(Secret&&) = default;
    Secret& operator=(const Secret&) = default;
    Secret& operator=(Secret&&) = default;
    /// Overwrites its bytes, so that a core file of later doesn't have them.
    ~Secret();

    [[nodiscard]] bool empty() const { return bytes_.empty(); }
    /// For the one place that sends it.
    [[nodiscard]] const std::string& reveal() const { return bytes_; }
    /// What is shorter is no key, but a word that stands in answers: "EMPTY", "rtl".
    static constexpr std::size_t kShortestRedacted = 8;
    /// `text` with every occurrence of the key as "[redacted]": servers quote keys in their errors.
    [[nodiscard]] std::string redact(std::string text) const;

    friend std::ostream& operator<<(std::ostream&, const Secret&) = delete;

private:
    std::string bytes_;
};

/// How the environment is read: std::getenv's shape, so that tests bring their own.
using Getenv = std::function<const char*(const char*)>;

/// The key in the variable, else in `file` (not named: empty), else an empty Secret.
/// Errors: Config (the file can be read by others, or isn't one line of printable text), NotFound,
/// Unreadable.
Result<Secret> load_secret(const char* variable, const std::filesystem::path& file,
                           const Getenv& getenv);

}  // namespace rtlgen::config
