// SPDX-License-Identifier: Apache-2.0
// The jail and the real tools, for tests that judge.
#pragma once

#include <memory>
#include <optional>

#include "core/base/clock.h"
#include "core/process/sandbox.h"
#include "verify/judge.h"

namespace rtlgen::test {

struct JudgeMachine {
    std::unique_ptr<process::Runner> runner;
    tools::Toolset toolset;
    std::unique_ptr<SystemClock> clock = std::make_unique<SystemClock>();

    [[nodiscard]] verify::JudgeTools tools() const {
        return {toolset, *runner, *clock, default_cache()};
    }
    [[nodiscard]] bool has(tools::ToolKind kind) const { return toolset.find(kind) != nullptr; }
};

/// None where no jail can be made.
inline std::optional<JudgeMachine> open_judge_machine() {
    auto runner = process::make_runner({});
    if (!runner) return std::nullopt;
    auto report = tools::probe_tools(tools::default_tool_search(), **runner);
    if (!report) return std::nullopt;
    return JudgeMachine{*std::move(runner), std::move(report->toolset)};
}

/// One that can hold a design against its reference on Icarus.
inline std::optional<JudgeMachine> open_comparing_machine() {
    auto machine = open_judge_machine();
    const bool usable =
        machine && machine->has(tools::ToolKind::Icarus) && machine->has(tools::ToolKind::Yosys);
    return usable ? std::move(machine) : std::nullopt;
}

}  // namespace rtlgen::test
