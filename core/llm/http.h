// SPDX-License-Identifier: Apache-2.0
// What comes back from an HTTP server, and who reads an answer that comes as a stream.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace rtlgen::llm {

struct HttpResponse {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case; the last of equal ones
    std::string body;  ///< whole: a cut one is a failure; empty where a StreamReader took it
    std::chrono::microseconds latency{0};  ///< of the try that succeeded
};

/// Takes the events of a response of status 200 and type text/event-stream as they come. It is
/// called on the thread that carries all requests: it must not block.
/// An error of code Network means that another try may go better; any other one ends the call.
class StreamReader {
public:
    enum class Progress { More, Ended };

    virtual ~StreamReader() = default;
    /// A try begins: what came before it is forgotten.
    virtual void restart() = 0;
    /// The next bytes, cut anywhere. Ended: the stream's own end has come, nothing more is read.
    virtual Result<Progress> take(std::string_view bytes) = 0;
    /// The connection ended without the stream's own end. Success: the answer is whole all the
    /// same.
    virtual Status cut() = 0;
};

}  // namespace rtlgen::llm
