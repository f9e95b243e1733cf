// SPDX-License-Identifier: Apache-2.0
#include "core/domain/finding.h"

#include "core/base/text.h"

namespace rtlgen {

std::string_view to_string(Severity severity) {
    switch (severity) {
        case Severity::Note: return "note";
        case Severity::Warning: return "warning";
        case Severity::Error: return "error";
    }
    return "error";
}

std::string format_finding(const Finding& finding) {
    std::string text;
    if (!finding.file.empty()) {
        text += finding.file;
        if (finding.line > 0) text += ":" + std::to_string(finding.line);
        if (finding.line > 0 && finding.column > 0) text += ":" + std::to_string(finding.column);
        text += ": ";
    }
    text += to_string(finding.severity);
    text += ": " + finding.message;
    if (!finding.rule.empty()) text += " [" + finding.rule + "]";
    return escape_for_terminal(text);
}

}  // namespace rtlgen
