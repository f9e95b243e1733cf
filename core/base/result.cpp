// SPDX-License-Identifier: Apache-2.0
#include "core/base/result.h"

namespace rtlgen {

std::string_view to_string(ErrorCode code) {
    switch (code) {
        case ErrorCode::InvalidArgument: return "invalid_argument";
        case ErrorCode::Config: return "config";
        case ErrorCode::NotFound: return "not_found";
        case ErrorCode::Unreadable: return "unreadable";
        case ErrorCode::BadBench: return "bad_bench";
        case ErrorCode::Io: return "io";
        case ErrorCode::ToolMissing: return "tool_missing";
        case ErrorCode::ToolFailed: return "tool_failed";
        case ErrorCode::Sandbox: return "sandbox";
        case ErrorCode::Network: return "network";
        case ErrorCode::Model: return "model";
        case ErrorCode::Budget: return "budget";
        case ErrorCode::Timeout: return "timeout";
        case ErrorCode::Deferred: return "deferred";
        case ErrorCode::Interrupted: return "interrupted";
        case ErrorCode::Internal: return "internal";
    }
    return "internal";
}

std::string Error::text() const { return where.empty() ? message : where + ": " + message; }

tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string where) {
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(where)});
}

}  // namespace rtlgen
