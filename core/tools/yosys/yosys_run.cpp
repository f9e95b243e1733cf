// SPDX-License-Identifier: Apache-2.0
// Scripts with fixed file names: Yosys's script language has no quoting to rely on, and runs shell
// commands where a line begins with `!`.
#include <algorithm>

#include "core/base/text.h"
#include "core/tools/jailed_sources.h"
#include "core/tools/read_outcome.h"
#include "core/tools/yosys.h"
#include "core/tools/yosys/yosys_log.h"

namespace rtlgen::tools {
namespace {

constexpr std::string_view kScript = "run.ys";
constexpr std::string_view kDefines = "yosys.defines.svh";
constexpr std::string_view kSlangArguments = "slang.args";
constexpr std::string_view kDiagnostics = "slang.diag.json";
/// Loops that clear a memory have as many turns as it has words; the job's limits hold anyway.
constexpr std::string_view kUnrollLimit = "100000";
/// Written by the last command: a script that ends early with the exit code 0 doesn't come to it.
constexpr std::string_view kEnd = "end.txt";

/// Values that need no quoting in a script, or within double quotes in slang's file of arguments.
bool is_plain_value(std::string_view value) {
    return !value.empty() && std::ranges::all_of(value, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view("_'.+-*()").find(c) != std::string_view::npos;
    });
}

Status check_parameters(const SourceSet& set) {
    for (const NameValue& parameter : set.parameters) {
        if (is_plain_value(parameter.value.value_or("1"))) continue;
        return fail(ErrorCode::InvalidArgument,
                    "the parameter " + parameter.name +
                        " has a value that Yosys can't be given: it takes numbers and names",
                    escape_for_terminal(*parameter.value));
    }
    return {};
}

/// Defines as a file before all others: their values may hold anything.
std::string defines_text(const SourceSet& set) {
    std::string text;
    for (const NameValue& define : set.defines) {
        text += "`define " + define.name + " " + define.value.value_or("") + "\n";
    }
    return text;
}

/// Copies stand under `folder`.
void move_copies(JailedSources& sources, const std::string& folder) {
    if (folder.empty()) return;
    for (process::InputFile& input : sources.inputs) input.path = folder + input.path;
    for (auto* paths : {&sources.files, &sources.library_files, &sources.include_dirs}) {
        for (std::string& path : *paths) {
            if (!path.starts_with('/')) path = folder + path;
        }
    }
}

std::string slang_arguments(const SourceSet& set, const JailedSources& sources,
                            const std::string& place) {
    std::string text = "--single-unit\n--libraries-inherit-macros\n--diag-abs-paths\n";
    text += "--unroll-limit " + std::string(kUnrollLimit) + "\n";
    if (!set.top.empty()) text += "--top " + set.top + "\n";
    for (const NameValue& parameter : set.parameters) {
        text += "-G \"" + parameter.name + "=" + parameter.value.value_or("1") + "\"\n";
    }
    for (const std::string& folder : sources.include_dirs) text += "-I \"" + folder + "\"\n";
    for (const std::string& folder : sources.library_dirs) text += "-y \"" + folder + "\"\n";
    if (!sources.library_dirs.empty()) {
        for (const std::string& extension : sources.library_extensions) {
            text += "-Y \"" + extension + "\"\n";
        }
    }
    for (const std::string& file : sources.library_files) text += "-v \"" + file + "\"\n";
    text += place + std::string(kDefines) + "\n";
    for (const std::string& file : sources.files) text += "\"" + file + "\"\n";
    return text;
}

std::string verilog_script(const SourceSet& set, const JailedSources& sources,
                           const std::string& place) {
    std::string script = "read_verilog -sv";
    for (const std::string& folder : sources.include_dirs) script += " -I" + folder;
    script += " " + place + std::string(kDefines);
    for (const std::string& file : sources.library_files) script += " " + file;
    for (const std::string& file : sources.files) script += " " + file;
    script += "\nhierarchy -check";
    if (!set.top.empty()) script += " -top " + set.top;
    for (const std::string& folder : sources.library_dirs) script += " -libdir " + folder;
    if (!set.top.empty()) {
        for (const NameValue& parameter : set.parameters) {
            script += " -chparam " + parameter.name + " " + parameter.value.value_or("1");
        }
    }
    return script + "\n";
}

/// Adds Yosys's own messages. What slang has said is printed once more in Yosys's form, without
/// column and code: that is left out.
void add_messages(std::vector<Finding>& findings, std::vector<Finding> messages) {
    const std::vector<Finding> told = findings;
    const bool error_is_told = std::ranges::any_of(
        told, [](const Finding& finding) { return finding.severity == Severity::Error; });
    for (Finding& message : messages) {
        if (error_is_told && message.severity == Severity::Error) continue;
        const bool is_told = std::ranges::any_of(told, [&](const Finding& finding) {
            return finding.line == message.line && message.message.starts_with(finding.message);
        });
        if (!is_told) findings.push_back(std::move(message));
    }
}

/// slang's positions are absolute: a copy's begins with the work folder's own path.
void shorten_copies(std::vector<Finding>& findings, const JailedSources& sources) {
    for (Finding& finding : findings) {
        const std::size_t at = finding.file.rfind("/src/");
        if (at == std::string::npos || sources.user_paths.contains(finding.file)) continue;
        const std::string copy = finding.file.substr(at + 1);
        if (sources.user_paths.contains(copy)) finding.file = copy;
    }
}

}  // namespace

std::string_view to_string(YosysReader reader) {
    return reader == YosysReader::Slang ? "read_slang" : "read_verilog";
}

bool says_full_case(const SourceSet& set) {
    // As a word of an attribute or of a comment; more in a text costs only the order of readers.
    const auto says = [](const SourceFile& file) {
        return file.text.find("full_case") != std::string::npos;
    };
    return std::ranges::any_of(set.files, says) || std::ranges::any_of(set.library_files, says);
}

std::vector<YosysReader> yosys_readers(const Tool& tool, const SourceSet& set) {
    if (!tool.has("diag_json")) return {YosysReader::Verilog};
    if (says_full_case(set)) return {YosysReader::Verilog, YosysReader::Slang};
    return {YosysReader::Slang, YosysReader::Verilog};
}

Status add_reading(YosysRun& run, YosysReader reader, const SourceSet& set,
                   const std::string& folder) {
    TRY_ASSIGN(JailedSources sources, jail_sources(set));
    TRY(check_parameters(set));
    move_copies(sources, folder);
    run.inputs.push_back({folder + std::string(kDefines), defines_text(set), false});
    run.inputs.insert(run.inputs.end(), sources.inputs.begin(), sources.inputs.end());
    run.binds.insert(run.binds.end(), sources.binds.begin(), sources.binds.end());
    if (reader == YosysReader::Verilog) {
        run.script += verilog_script(set, sources, folder);
        return {};
    }
    const std::string arguments = folder + std::string(kSlangArguments);
    const std::string diagnostics = replace_all(folder, "/", ".") + std::string(kDiagnostics);
    run.inputs.push_back({arguments, slang_arguments(set, sources, folder), false});
    run.outputs.push_back({diagnostics, mebibytes(16)});
    run.script +=
        "read_slang -f " + arguments + " --diag-json " + diagnostics + "\nhierarchy -check";
    run.script += set.top.empty() ? "\n" : " -top " + set.top + "\n";
    return {};
}

std::string whole_script(const YosysRun& run) {
    return run.script + "tee -q -o " + std::string(kEnd) + " ls\n";
}

process::OutputFile end_mark() { return {std::string(kEnd), mebibytes(16)}; }

process::JobSpec plan_yosys(const Tool& tool, const YosysRun& run) {
    process::JobSpec job;
    job.name = run.name;
    job.limits = run.limits;
    job.inputs = run.inputs;
    job.inputs.push_back({std::string(kScript), whole_script(run), false});
    job.binds = run.binds;
    job.outputs = run.outputs;
    job.outputs.push_back(end_mark());
    tool.bind_to(job);
    process::Step step;
    step.argv = {tool.binary.string(), "-Q", "-T", "-s", std::string(kScript)};
    job.steps.push_back(std::move(step));
    return job;
}

YosysResult parse_yosys(const Tool& tool, const SourceSet& set, const process::JobResult& result) {
    const ReadResult outcome = read_outcome(tool, "yosys", result);
    YosysResult yosys;
    yosys.tool = outcome.tool;
    yosys.crashed = outcome.crashed || yosys::tells_internal_error(outcome.log);
    yosys.end = outcome.end;
    yosys.log = outcome.log;
    yosys.outputs = result.outputs;
    if (const auto end = yosys.outputs.find(std::string(kEnd)); end != yosys.outputs.end()) {
        yosys.ok = outcome.accepted;
        yosys.modules = yosys::parse_module_list(end->second);
        yosys.outputs.erase(end);
    }
    if (const auto diagnostics = yosys.outputs.find(std::string(kDiagnostics));
        diagnostics != yosys.outputs.end()) {
        yosys.findings = yosys::parse_diagnostics(diagnostics->second);
        yosys.outputs.erase(diagnostics);
    }
    add_messages(yosys.findings, yosys::parse_messages(outcome.log));
    if (const auto sources = jail_sources(set)) {
        shorten_copies(yosys.findings, *sources);
        sources->to_user(yosys.findings);
    }
    return yosys;
}

Result<YosysResult> run_yosys(const Tool& tool, const YosysRun& run, const SourceSet& set,
                              process::Runner& runner, std::stop_token stop) {
    TRY_ASSIGN(const process::JobResult result, runner.run(plan_yosys(tool, run), std::move(stop)));
    return parse_yosys(tool, set, result);
}

}  // namespace rtlgen::tools
