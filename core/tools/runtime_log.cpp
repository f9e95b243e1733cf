// SPDX-License-Identifier: Apache-2.0
#include "core/tools/runtime_log.h"

#include "core/base/text.h"
#include "core/tools/located_line.h"

namespace rtlgen::tools {
namespace {

const RuntimeHead* take_head(std::string_view& rest, const std::vector<RuntimeHead>& heads) {
    for (const RuntimeHead& head : heads) {
        if (!rest.starts_with(head.text)) continue;
        rest.remove_prefix(head.text.size());
        return &head;
    }
    return nullptr;
}

}  // namespace

std::vector<Finding> parse_runtime_lines(std::string_view out,
                                         const std::vector<RuntimeHead>& heads,
                                         bool (*before)(std::string_view& line)) {
    std::vector<Finding> findings;
    for (std::string_view line : split_lines(out)) {
        if (!before(line)) continue;
        const RuntimeHead* head = take_head(line, heads);
        if (head == nullptr) continue;
        const auto located = split_location(trim(line));
        if (!located) continue;
        Finding finding;
        finding.severity = head->severity;
        finding.rule = std::string(head->rule);
        finding.file = located->file;
        finding.line = located->line;
        finding.message = std::string(located->rest);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace rtlgen::tools
