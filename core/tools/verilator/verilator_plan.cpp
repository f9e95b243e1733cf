// SPDX-License-Identifier: Apache-2.0
#include "core/tools/verilator/verilator_plan.h"

#include "core/base/units.h"

namespace rtlgen::tools::verilator {
namespace {

constexpr Bytes kLongestLine = mebibytes(1);

Status check_lines_of(const SourceFile& file) {
    int line = 1;
    for (std::size_t begin = 0; begin < file.text.size(); ++line) {
        std::size_t end = file.text.find('\n', begin);
        if (end == std::string::npos) end = file.text.size();
        if (end - begin > kLongestLine.count) {
            return fail(ErrorCode::InvalidArgument,
                        "Verilator isn't asked to read a line of " + std::to_string(end - begin) +
                            " bytes, which would take it too long",
                        file.path + ":" + std::to_string(line));
        }
        begin = end + 1;
    }
    return {};
}

}  // namespace

Status check_lines(const SourceSet& set) {
    for (const SourceFile& file : set.files) TRY(check_lines_of(file));
    for (const SourceFile& file : set.library_files) TRY(check_lines_of(file));
    return {};
}

std::vector<std::string> warning_arguments() {
    return {"-Wno-fatal", "-Werror-USERERROR", "-Werror-USERFATAL"};
}

std::vector<std::string> command(const Tool& tool, const std::vector<std::string>& arguments) {
    std::vector<std::string> argv = {tool.binary.string()};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return argv;
}

std::vector<std::pair<std::string, std::string>> environment(const Tool& tool) {
    return {{"VERILATOR_ROOT", tool.part("root").string()}};
}

std::vector<std::string> source_arguments(const SourceSet& set, const JailedSources& sources) {
    std::vector<std::string> arguments;
    const auto with_value = [](const NameValue& entry) {
        return entry.name + (entry.value ? "=" + *entry.value : std::string());
    };
    for (const NameValue& define : set.defines) arguments.push_back("-D" + with_value(define));
    for (const NameValue& parameter : set.parameters) {
        arguments.push_back("-G" + parameter.name + "=" + parameter.value.value_or("1"));
    }
    for (const std::string& folder : sources.include_dirs) arguments.push_back("-I" + folder);
    for (const std::string& folder : sources.library_dirs) {
        arguments.insert(arguments.end(), {"-y", folder});
    }
    std::string extensions = "+libext";
    for (const std::string& extension : sources.library_extensions) extensions += "+" + extension;
    arguments.push_back(extensions);
    for (const std::string& file : sources.library_files) {
        arguments.insert(arguments.end(), {"-v", file});
    }
    if (!set.top.empty()) arguments.insert(arguments.end(), {"--top-module", set.top});
    // What a control file says holds for the files after it.
    arguments.insert(arguments.end(), sources.control_files.begin(), sources.control_files.end());
    arguments.insert(arguments.end(), sources.files.begin(), sources.files.end());
    return arguments;
}

Result<process::JobSpec> plan_over(const Tool& tool, const SourceSet& set,
                                   std::vector<std::string> arguments) {
    TRY(check_lines(set));
    TRY_ASSIGN(const JailedSources sources, jail_sources(set));
    if (tool.has("timing")) arguments.emplace_back("--timing");
    const std::vector<std::string> rest = source_arguments(set, sources);
    arguments.insert(arguments.end(), rest.begin(), rest.end());
    process::JobSpec job;
    process::Step step;
    step.argv = command(tool, arguments);
    step.env = environment(tool);
    job.steps.push_back(std::move(step));
    sources.add_to(job);
    tool.bind_to(job);
    return job;
}

}  // namespace rtlgen::tools::verilator
