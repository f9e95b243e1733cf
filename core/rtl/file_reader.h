// SPDX-License-Identifier: Apache-2.0
// What reading filelists and sources sees of the machine, so that tests need no disk.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "core/base/result.h"

namespace rtlgen::rtl {

class FileReader {
public:
    virtual ~FileReader() = default;
    /// A whole text; `path` is absolute, or "-" for standard input. Errors as of read_text.
    [[nodiscard]] virtual Result<std::string> read(const std::filesystem::path& path) const = 0;
    /// Whether a regular file is there.
    [[nodiscard]] virtual bool exists(const std::filesystem::path& path) const = 0;
    /// An environment variable.
    [[nodiscard]] virtual std::optional<std::string> variable(const std::string& name) const = 0;
};

/// The machine's files and environment.
class HostFileReader final : public FileReader {
public:
    HostFileReader() = default;
    /// `stop` ends the wait for a pipe or a terminal: Interrupted.
    explicit HostFileReader(std::stop_token stop) : stop_(std::move(stop)) {}
    [[nodiscard]] Result<std::string> read(const std::filesystem::path& path) const override;
    [[nodiscard]] bool exists(const std::filesystem::path& path) const override;
    [[nodiscard]] std::optional<std::string> variable(const std::string& name) const override;

private:
    std::stop_token stop_;
};

/// Files by absolute path and variables, in memory.
class MemoryFileReader final : public FileReader {
public:
    std::map<std::filesystem::path, std::string> files;
    std::map<std::string, std::string> variables;

    [[nodiscard]] Result<std::string> read(const std::filesystem::path& path) const override;
    [[nodiscard]] bool exists(const std::filesystem::path& path) const override;
    [[nodiscard]] std::optional<std::string> variable(const std::string& name) const override;
};

}  // namespace rtlgen::rtl
