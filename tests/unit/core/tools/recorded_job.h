// SPDX-License-Identifier: Apache-2.0
// A JobResult as a text file, so that what a tool once said can be parsed again.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/process/job.h"
#include "core/tools/located_line.h"

namespace rtlgen::tools {

/// `@@ step END CODE`, `@@ out`, `@@ err` and `@@ file NAME` head what follows them, to the next
/// `@@ `.
inline std::string write_recording(const process::JobResult& result) {
    std::string text;
    const auto add = [&](const std::string& head, std::string_view body) {
        text += "@@ " + head + "\n";
        text.append(body);
        if (!body.empty() && !body.ends_with('\n')) text += '\n';
    };
    for (const process::StepResult& step : result.steps) {
        add("step " + std::to_string(static_cast<int>(step.end)) + " " +
                std::to_string(step.exit_code),
            "");
        add("out", step.out);
        add("err", step.err);
    }
    for (const auto& [name, bytes] : result.outputs) add("file " + name, bytes);
    return text;
}

inline process::JobResult read_recording(std::string_view text) {
    process::JobResult result;
    std::string* body = nullptr;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (!line.starts_with("@@ ")) {
            if (body != nullptr) body->append(line).append("\n");
            continue;
        }
        const std::string head(line.substr(3));
        if (head.starts_with("step ")) {
            process::StepResult step;
            const std::size_t space = head.rfind(' ');
            step.end = static_cast<process::StepEnd>(parse_position(head.substr(5, space - 5)));
            step.exit_code = parse_position(head.substr(space + 1));
            result.steps.push_back(std::move(step));
            body = nullptr;
        } else if (head.starts_with("file ")) {
            body = &result.outputs[head.substr(5)];
        } else {
            body = head == "out" ? &result.steps.back().out : &result.steps.back().err;
        }
    }
    return result;
}

}  // namespace rtlgen::tools
