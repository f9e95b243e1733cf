// SPDX-License-Identifier: Apache-2.0
#include "core/tools/icarus/icarus_plan.h"

#include <array>

#include "core/base/text.h"

namespace rtlgen::tools::icarus {
namespace {

constexpr std::string_view kDefinesFile = "icarus.defs";
constexpr std::string_view kFilesFile = "icarus.files";
constexpr std::string_view kPrecompiledFile = "icarus.macros";
constexpr std::string_view kConfigFile = "icarus.conf";
constexpr std::array<std::string_view, 6> kModules = {
    "system.vpi", "vhdl_sys.vpi", "vhdl_textio.vpi", "v2005_math.vpi", "va_math.vpi", "v2009.vpi"};

/// Whether a text is told that Icarus reads it.
enum class OwnName { Defined, Hidden };

/// ivlpp -F: defines and include folders.
std::string defines_file(const SourceSet& set, const JailedSources& sources,
                         const std::string& base, OwnName own_name) {
    std::string text = own_name == OwnName::Defined ? "D:__ICARUS__=1\n" : "";
    for (const NameValue& define : set.defines) {
        // Without the `=` it would be 1.
        text += "D:" + define.name + "=" + define.value.value_or("") + "\n";
    }
    for (const std::string& folder : sources.include_dirs) text += "I:" + folder + "\n";
    text += "I:" + base + "/include\nrelative include:false\n";
    return text;
}

bool has_libraries(const JailedSources& sources) {
    return !sources.library_dirs.empty() || !sources.library_files.empty();
}

/// ivl -C: what the driver would write for -g2012 and the options of `set`.
std::string config_file(const Tool& tool, const SourceSet& set, const JailedSources& sources,
                        const PlanOptions& options) {
    const std::string base = tool.part("base").string();
    std::string text;
    if (!set.top.empty()) text += "root:" + set.top + "\n";
    for (const std::string& folder : sources.library_dirs) text += "-y:" + folder + "\n";
    for (const std::string& extension : sources.library_extensions)
        text += "-Y:" + extension + "\n";
    text += "basedir:" + base + "\n";
    for (const std::string_view module : kModules) {
        text += "module:" + base + "/" + std::string(module) + "\n";
    }
    for (const std::string_view generation :
         {"2012", "no-specify", "assertions", "xtypes", "io-range-error", "no-strict-ca-eval",
          "no-strict-expr-width", "shared-loop-index", "no-verilog-ams", "icarus-misc"}) {
        text += "generation:" + std::string(generation) + "\n";
    }
    // Without select range (s) and sensitivity of arrays (a): they are facts of good code too.
    text += options.warnings == Warnings::All ? "warnings:nidRpst\n" : "warnings:n\n";
    text += "ignore_missing_modules:false\nout:" + std::string(kProgram) + "\n";
    for (const NameValue& parameter : set.parameters) {
        if (set.top.empty()) continue;
        text += "defparam:" + set.top + "." + parameter.name + "=" + parameter.value.value_or("1") +
                "\n";
    }
    for (const std::string& file : sources.library_files) text += "library_file:" + file + "\n";
    text += "iwidth:32\nwidthcap:65536\n";
    // ivl reads libraries through ivlpp, started by a shell inside the jail, and then all other
    // files too; the names in this line are ours.
    if (!has_libraries(sources)) return text;
    text += "ivlpp:" + tool.part("ivlpp").string() + " -L -F\"" + std::string(kDefinesFile) +
            "\" -P\"" + std::string(kPrecompiledFile) + "\"\n";
    return text;
}

process::Step preprocess_step(const Tool& tool) {
    process::Step step;
    step.argv = {tool.part("ivlpp").string(),          "-L",
                 "-F" + std::string(kDefinesFile),     "-f" + std::string(kFilesFile),
                 "-p" + std::string(kPrecompiledFile), "-o" + std::string(kPreprocessed)};
    return step;
}

}  // namespace

void add_compile_steps(process::JobSpec& job, const Tool& tool, const SourceSet& set,
                       const JailedSources& sources, const PlanOptions& options) {
    const std::string base = tool.part("base").string();
    std::string files;
    for (const std::string& file : sources.files) files += file + "\n";
    for (const std::string& file : sources.library_files) files += file + "\n";
    job.inputs.push_back({std::string(kFilesFile), files, false});
    job.inputs.push_back(
        {std::string(kDefinesFile), defines_file(set, sources, base, OwnName::Defined), false});
    job.inputs.push_back(
        {std::string(kConfigFile), config_file(tool, set, sources, options), false});
    sources.add_to(job);
    tool.bind_to(job);

    process::Step compile;
    const std::string target = options.target == Target::Vvp ? "/vvp.conf" : "/null.conf";
    compile.argv = {tool.binary.string(), "-C" + std::string(kConfigFile), "-C" + base + target,
                    "--"};
    if (options.preprocessing == Preprocessing::Done && !has_libraries(sources)) {
        compile.argv.insert(compile.argv.end(), sources.files.begin(), sources.files.end());
    } else {
        job.steps.push_back(preprocess_step(tool));
        compile.argv.emplace_back(kPreprocessed);
    }
    job.steps.push_back(std::move(compile));
}

Result<process::JobSpec> plan_preprocess(const Tool& tool, const SourceSet& set) {
    TRY_ASSIGN(const JailedSources sources, jail_sources(set));
    process::JobSpec job;
    job.name = "icarus-preprocess";
    std::string files;
    for (const std::string& file : sources.files) files += file + "\n";
    job.inputs.push_back({std::string(kFilesFile), files, false});
    job.inputs.push_back({std::string(kDefinesFile),
                          defines_file(set, sources, tool.part("base").string(), OwnName::Hidden),
                          false});
    sources.add_to(job);
    tool.bind_to(job);
    process::Step step;
    step.argv = {tool.part("ivlpp").string(), "-L", "-F" + std::string(kDefinesFile),
                 "-f" + std::string(kFilesFile)};
    job.steps.push_back(std::move(step));
    return job;
}

}  // namespace rtlgen::tools::icarus
