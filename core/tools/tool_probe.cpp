// SPDX-License-Identifier: Apache-2.0
#include "core/tools/tool_probe.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/tools/icarus/icarus_plan.h"
#include "core/tools/located_line.h"
#include "core/tools/read_outcome.h"
#include "core/tools/verilator/verilator_plan.h"

namespace rtlgen::tools {
namespace {

constexpr std::string_view kTinyDesign =
    "module probe;\n  initial begin\n    #1 $finish;\n  end\nendmodule\n";

process::Step step_of(std::vector<std::string> argv) {
    process::Step step;
    step.argv = std::move(argv);
    step.on_failure = process::Step::OnFailure::Continue;
    return step;
}

/// Who hangs or dies here isn't asked anything else.
process::Step version_step(const Tool& tool, const std::string& option) {
    process::Step step;
    step.argv = {tool.binary.string(), option};
    return step;
}

SourceSet tiny_set() {
    SourceSet set;
    set.files.push_back({"probe.sv", {}, std::string(kTinyDesign)});
    set.top = "probe";
    return set;
}

void plan_icarus(process::JobSpec& job, const Tool& tool) {
    job.steps.push_back(step_of({tool.binary.string(), "-V"}));
    const SourceSet set = tiny_set();
    const auto sources = jail_sources(set);
    icarus::add_compile_steps(job, tool, set, *sources,
                              {icarus::Target::Vvp, icarus::Warnings::None});
    job.steps.push_back(step_of({tool.part("vvp").string(), "-n", std::string(icarus::kProgram)}));
}

void plan_verilator(process::JobSpec& job, const Tool& tool) {
    job.inputs.push_back({"probe.sv", std::string(kTinyDesign), false});
    job.inputs.push_back(
        {"wire.sv", "module probe(output q);\n  assign q = 1'b1;\nendmodule\n", false});
    job.steps.push_back(version_step(tool, "--version"));
    job.steps.back().env = verilator::environment(tool);
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"--lint-only", "--timing", "probe.sv"},
          {"--json-only", "--Mdir", "json", "wire.sv"},
          {"--xml-only", "--Mdir", "xml", "wire.sv"}}) {
        job.steps.push_back(step_of(verilator::command(tool, arguments)));
        job.steps.back().env = verilator::environment(tool);
    }
}

void plan_yosys(process::JobSpec& job, const Tool& tool) {
    job.steps.push_back(version_step(tool, "-V"));
    job.steps.push_back(step_of({tool.binary.string(), "-Q", "-T", "-p", "help read_slang"}));
    job.steps.push_back(step_of({tool.binary.string(), "--serve"}));
}

/// The first word after `marker`.
std::string word_after(std::string_view text, std::string_view marker) {
    const std::size_t at = text.find(marker);
    if (at == std::string_view::npos) return {};
    text = trim(text.substr(at + marker.size()));
    return std::string(text.substr(0, text.find_first_of(" \t\r\n(,)")));
}

/// `g++ (Debian 12.2.0-14) 12.2.0`, `Debian clang version 19.1.4 (1~deb12u1)`.
std::string compiler_version(std::string_view text) {
    std::string clang = word_after(text, "clang version ");
    if (!clang.empty()) return clang;
    const std::string_view line = trim(text.substr(0, text.find('\n')));
    const std::size_t space = line.rfind(' ');
    if (space == std::string_view::npos) return {};
    const std::string_view last = line.substr(space + 1);
    return last.find('.') == std::string_view::npos ? std::string() : std::string(last);
}

void read_features(Tool& tool, const process::JobResult& result) {
    const auto& steps = result.steps;
    if (tool.kind == ToolKind::Icarus && steps.size() >= 4) {
        if (steps[3].ok()) tool.features.insert("runs");
    } else if (tool.kind == ToolKind::Verilator && steps.size() >= 4) {
        if (steps[1].ok()) tool.features.insert("timing");
        if (steps[2].ok()) tool.features.insert("json_only");
        if (steps[3].ok()) tool.features.insert("xml_only");
    } else if (tool.kind == ToolKind::Cxx && !steps.empty()) {
        if (steps[0].out.find("clang version ") != std::string::npos) {
            tool.features.insert("clang");
        }
    } else if (tool.kind == ToolKind::Yosys && steps.size() >= 2) {
        const std::string slang = step_log(steps[1]);
        if (steps[1].ok() && slang.find("No such command") == std::string::npos) {
            tool.features.insert("read_slang");
            if (slang.find("--diag-json") != std::string::npos) tool.features.insert("diag_json");
        }
        // Without its arguments, the program around libyosys tells how it is called.
        if (steps.size() >= 3 && step_log(steps[2]).find("--serve PLAN") != std::string::npos) {
            tool.features.insert("serve");
        }
    }
}

std::string read_version(ToolKind kind, std::string_view text) {
    switch (kind) {
        case ToolKind::Icarus: return word_after(text, " version ");
        case ToolKind::Verilator: return word_after(text, "Verilator ");
        case ToolKind::Yosys: return word_after(text, "Yosys ");
        case ToolKind::Abc: return word_after(text, "Berkeley, ABC ");
        case ToolKind::Cxx: return compiler_version(text);
    }
    return {};
}

}  // namespace

process::JobSpec plan_probe(const Tool& tool) {
    process::JobSpec job;
    job.name = "probe-" + std::string(to_string(tool.kind));
    tool.bind_to(job);
    switch (tool.kind) {
        case ToolKind::Icarus: plan_icarus(job, tool); break;
        case ToolKind::Verilator: plan_verilator(job, tool); break;
        case ToolKind::Yosys: plan_yosys(job, tool); break;
        case ToolKind::Abc:
            job.steps.push_back(step_of({tool.binary.string(), "-c", "version"}));
            break;
        case ToolKind::Cxx:
            job.steps.push_back(step_of({tool.binary.string(), "--version"}));
            break;
    }
    return job;
}

Result<Tool> parse_probe(const Tool& tool, const process::JobResult& result) {
    const auto broken = [&](std::string reason) {
        return fail(ErrorCode::ToolFailed, std::move(reason), tool.binary.string());
    };
    if (result.steps.empty()) return broken("wasn't run");
    const process::StepResult& first = result.steps.front();
    if (first.end != process::StepEnd::Exited) {
        return broken("can't be used: asked for its version it ended by " +
                      std::string(process::to_string(first.end)));
    }
    Tool probed = tool;
    if (std::string version = read_version(tool.kind, step_log(first)); !version.empty()) {
        probed.version = std::move(version);
    }
    if (probed.version.empty()) return broken("can't be used: it told no version");
    read_features(probed, result);
    if (tool.kind == ToolKind::Icarus && !probed.has("runs")) {
        std::string reason = "can't be used: a module of five lines doesn't run";
        for (const process::StepResult& step : result.steps) {
            const std::string_view said = trim(step.err);
            if (!step.ok() && !said.empty()) {
                reason += " (" + escape_for_terminal(said.substr(0, said.find('\n'))) + ")";
                break;
            }
        }
        return broken(reason);
    }
    return probed;
}

bool is_complete(const process::JobResult& result) {
    return std::ranges::all_of(result.steps, [](const process::StepResult& step) {
        return step.end == process::StepEnd::Exited || step.end == process::StepEnd::Signaled;
    });
}

}  // namespace rtlgen::tools
