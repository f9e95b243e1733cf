// SPDX-License-Identifier: Apache-2.0
// One message of a check or a tool, in the user's coordinates.
#pragma once

#include <string>
#include <string_view>

namespace rtlgen {

enum class Severity { Note, Warning, Error };
std::string_view to_string(Severity severity);

struct Finding {
    Severity severity = Severity::Error;
    std::string rule;     ///< as `tool/RULE`, such as "verilator/WIDTHTRUNC", "icarus/syntax"
    std::string file;     ///< as the user named it; empty where no file is to blame
    int line = 0;         ///< from 1; 0 unknown
    int column = 0;       ///< from 1; 0 unknown
    std::string message;  ///< may hold bytes of an untrusted source
    bool operator==(const Finding&) const = default;
};

/// `FILE:LINE:COL: severity: text [rule]`, without the parts that are unknown, escaped for a
/// terminal.
[[nodiscard]] std::string format_finding(const Finding& finding);

}  // namespace rtlgen
