// SPDX-License-Identifier: Apache-2.0
// Errors as values: Result<T> is a T or an Error that says what, where and what to do.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace rtlgen {

/// What went wrong, by who can mend it. Callers branch on this, never on the text.
enum class ErrorCode {
    InvalidArgument,  ///< a value that the caller or user gave; usage
    Config,           ///< a configuration file or key
    NotFound,         ///< a file, row or name that isn't there
    Unreadable,       ///< a file that is there and can't be read, or is no text, or is too large
    BadBench,         ///< a testbench or reference that is itself broken
    Io,               ///< disk full, permission, broken pipe
    ToolMissing,      ///< a program that isn't installed
    ToolFailed,       ///< a program that crashed or answered nonsense
    Sandbox,          ///< no isolation level that the user accepts
    Network,          ///< no connection, a server's error, a cut stream
    Model,            ///< a model that answered with an error or nothing
    Budget,           ///< money, tokens or seconds used up
    Timeout,          ///< a deadline passed
    Deferred,         ///< asked for in a batch, whose answers come later
    Interrupted,      ///< SIGINT or SIGTERM
    Internal,         ///< a broken invariant of ours
};

/// The enumerator in snake_case, as it stands in `rtlgen.error.v1`.
std::string_view to_string(ErrorCode code);

struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;  ///< one line: what happened and what to do about it
    std::string where;    ///< file, file:line, tool or URL; may be empty

    bool operator==(const Error&) const = default;

    /// `where: message`, or the message alone.
    [[nodiscard]] std::string text() const;
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

/// An Error to return from a function whose result is a Result.
tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string where = {});

}  // namespace rtlgen

#define RTLGEN_CONCAT_INNER(a, b) a##b
#define RTLGEN_CONCAT(a, b) RTLGEN_CONCAT_INNER(a, b)

/// TRY(expression): returns the Error of a Status to the caller.
#define TRY(expression)                                                 \
    do {                                                                \
        if (auto try_status = (expression); !try_status) {              \
            return tl::unexpected<::rtlgen::Error>(try_status.error()); \
        }                                                               \
    } while (false)

/// TRY_ASSIGN(auto x, expression): x is the value, or the Error goes to the caller.
/// `target` declares a name, so that it can't stand in parentheses.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define TRY_ASSIGN(target, expression)                                \
    auto RTLGEN_CONCAT(try_result_, __LINE__) = (expression);         \
    if (!RTLGEN_CONCAT(try_result_, __LINE__)) {                      \
        return tl::unexpected<::rtlgen::Error>(                       \
            std::move(RTLGEN_CONCAT(try_result_, __LINE__)).error()); \
    }                                                                 \
    target = *std::move(RTLGEN_CONCAT(try_result_, __LINE__))
// NOLINTEND(bugprone-macro-parentheses)
