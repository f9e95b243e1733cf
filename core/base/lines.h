// SPDX-License-Identifier: Apache-2.0
// Lines of a stream, in and out, one at a time: of bounded length, and a stop ends the waiting.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/base/owned_fd.h"
#include "core/base/result.h"
#include "core/base/units.h"

namespace rtlgen {

struct InputLine {
    std::uint64_t number = 0;  ///< from 1
    std::string text;          ///< without its `\n` or `\r\n`; empty where it is too long
    bool too_long = false;
};

/// Reads a file, a pipe or standard input no further than it is asked to, but for one block.
class LineReader {
public:
    /// `path`: "-" is standard input. A longer line than `cap` is read past, not kept.
    /// Errors: NotFound, Unreadable.
    static Result<std::unique_ptr<LineReader>> open(const std::filesystem::path& path, Bytes cap);

    /// None at the end of the input. A byte order mark of UTF-8 before the first line is left out.
    /// Errors: Unreadable; Interrupted, by `stop`.
    Result<std::optional<InputLine>> next(const std::stop_token& stop);

    [[nodiscard]] const std::string& name() const { return name_; }

private:
    LineReader(std::string name, int fd, Bytes cap) : name_(std::move(name)), fd_(fd), cap_(cap) {}
    /// Adds a block to what is held. False at the end.
    Result<bool> read_more(const std::stop_token& stop);
    InputLine take(std::size_t length);

    std::string name_;
    OwnedFd fd_;
    Bytes cap_;
    std::string held_;
    std::size_t searched_ = 0;  ///< of held_, without a line's end
    bool skipping_ = false;     ///< the line's begin was too long and is gone
    std::uint64_t number_ = 0;
};

/// Writes all of `line` and a `\n`. Where nobody reads, a stop ends the waiting: `grace` later, so
/// that a reader gets the whole line. Errors: Io; Interrupted.
Status write_line(int fd, std::string_view line, const std::stop_token& stop,
                  std::chrono::milliseconds grace = std::chrono::milliseconds(1000));

}  // namespace rtlgen
