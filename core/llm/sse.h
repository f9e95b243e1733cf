// SPDX-License-Identifier: Apache-2.0
// Server-sent events (WHATWG HTML, section 9.2) out of bytes that may be cut anywhere.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace rtlgen::llm {

struct SseEvent {
    std::string name;  ///< of the field "event"; empty where there was none
    std::string data;  ///< its data lines, joined by line feeds
    bool operator==(const SseEvent&) const = default;
};

/// Lines end in LF, CR LF or CR; comments (pings) and unknown fields are passed over. A line
/// `error: TEXT`, as some servers send it, is an event of that name.
class SseParser {
public:
    using Handler = std::function<Status(const SseEvent&)>;

    /// Gives `handler` each event that the bytes complete. Its Error ends this and is returned.
    /// Error Model: an event of more than 4 MiB.
    Status feed(std::string_view bytes, const Handler& handler);
    /// The event that no empty line has ended yet, of whole lines and what there is of the last.
    [[nodiscard]] SseEvent unfinished() const;
    void reset() { *this = {}; }

private:
    static constexpr std::size_t kLargestEvent = std::size_t{4} << 20U;

    Status end_line(const Handler& handler);
    static void take_line(std::string_view line, SseEvent& event, bool& has_data);

    std::string line_;
    SseEvent event_;
    bool has_data_ = false;
    bool after_cr_ = false;
    bool first_line_ = true;
};

}  // namespace rtlgen::llm
