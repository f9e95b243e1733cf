// SPDX-License-Identifier: Apache-2.0
// `rtlgen verify FILE...`: judges an existing design.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/commands.h"
#include "cli/keep.h"
#include "cli/machine.h"
#include "cli/option_values.h"
#include "cli/output_check.h"
#include "cli/proof_option.h"
#include "cli/report/interface_report.h"
#include "cli/report/report.h"
#include "cli/source_loading.h"
#include "cli/verify_batch.h"
#include "core/base/files.h"
#include "core/config/config.h"
#include "core/rtl/design_header.h"
#include "verify/composition.h"
#include "verify/site_check.h"

namespace rtlgen::cli {
namespace {

struct VerifyOptions {
    MachineOptions machine;
    std::string testbench;
    std::string testbench_top;
    std::string reference;
    std::string reference_top;
    verify::SimulatorChoice simulator = verify::SimulatorChoice::Auto;
    std::optional<Trust> trust;  ///< none: own, and candidate with --batch
    std::vector<std::string> require;
    ProveChoice prove = ProveChoice::Auto;
    std::vector<std::string> site_checks;
    std::string waiver;
    std::string baseline;
    std::string seed = "1";
    double timeout = 30;
    bool all = false;
    bool each_file = false;
    bool show_interface = false;
    bool json = false;
    std::string junit;
    std::string sarif;
    KeepOptions keep;
    VerifyBatchOptions batch;
};

Status check_each_file(const VerifyOptions& options) {
    const bool synth = std::ranges::find(options.require, "synth") != options.require.end();
    if (options.testbench.empty() && !synth && !options.show_interface) return {};
    return fail(ErrorCode::InvalidArgument,
                "--each-file reads files that need not be one design: leave out --testbench, "
                "--require synth and --show-interface");
}

Status load_sources(verify::JudgeRequest& request, const VerifyOptions& options,
                    const Session& session) {
    const LoadContext context{session.streams.err, session.stop};
    if (options.each_file) {
        TRY(check_each_file(options));
        request.compile = verify::JudgeRequest::Compile::EachFile;
        TRY_ASSIGN(request.candidate, load_files(session.source_arguments, context));
        return {};
    }
    TRY_ASSIGN(request.candidate, load_design(session.source_arguments, context));
    return {};
}

Status load_benches(verify::JudgeRequest& request, const VerifyOptions& options,
                    const Session& session) {
    if (!options.testbench_top.empty() && options.testbench.empty()) {
        return fail(ErrorCode::InvalidArgument, "--testbench-top needs --testbench");
    }
    if (!options.reference_top.empty() && options.reference.empty()) {
        return fail(ErrorCode::InvalidArgument, "--reference-top needs --reference");
    }
    if (!options.testbench.empty()) {
        TRY_ASSIGN(request.testbench,
                   load_bench(options.testbench, options.testbench_top, session.stop));
        if (!request.candidate.parameters.empty()) {
            return fail(ErrorCode::InvalidArgument,
                        "-G" + request.candidate.parameters.front().name +
                            " has no meaning with --testbench: the testbench gives the design "
                            "its parameters");
        }
    }
    if (!options.reference.empty()) {
        TRY_ASSIGN(request.reference,
                   load_bench(options.reference, options.reference_top, session.stop));
    }
    return {};
}

Status add_requirements(verify::JudgeRequest& request, const VerifyOptions& options) {
    for (const std::string& name : options.require) {
        if (!verify::is_requirement(name)) {
            return fail(ErrorCode::InvalidArgument,
                        "--require takes lint, synth and proven, not " + name);
        }
        request.require.insert(name);
    }
    return {};
}

/// Those of the configuration, then those of the command line.
Status add_site_checks(verify::JudgeRequest& request, const VerifyOptions& options) {
    const std::filesystem::path folder = std::filesystem::current_path();
    TRY_ASSIGN(const config::Config config, config::load_config(config::default_sources(folder)));
    for (const auto& [name, command] : config.site_checks.value) {
        request.site_checks.push_back({name, command});
    }
    for (const std::string& text : options.site_checks) {
        TRY_ASSIGN(verify::SiteCheck check, verify::parse_site_check(text));
        request.site_checks.push_back(std::move(check));
    }
    return {};
}

Status load_lint_lists(verify::JudgeRequest& request, const VerifyOptions& options,
                       const Session& session) {
    if (!options.waiver.empty()) {
        request.waiver_name = options.waiver;
        TRY_ASSIGN(request.waiver_text, read_text(options.waiver, kMaxUserFile, session.stop));
    }
    if (!options.baseline.empty()) {
        TRY_ASSIGN(request.baseline_json, read_text(options.baseline, kMaxUserFile, session.stop));
    }
    return {};
}

Result<verify::JudgeRequest> make_request(const VerifyOptions& options, const Session& session) {
    verify::JudgeRequest request;
    if (!options.batch.wanted) TRY(load_sources(request, options, session));
    request.trust = options.trust.value_or(options.batch.wanted ? Trust::Candidate : Trust::Own);
    request.simulator = options.simulator;
    if (!options.batch.wanted) TRY(check_proof(options.prove, options.reference));
    request.prove = options.prove;
    request.seed = options.seed;
    request.limits.wall =
        std::chrono::milliseconds(static_cast<std::int64_t>(options.timeout * 1e3));
    request.limits.cpu = std::chrono::ceil<std::chrono::seconds>(request.limits.wall);
    if (options.all) request.stop_at = verify::JudgeRequest::StopAt::Never;
    TRY(load_benches(request, options, session));
    TRY(add_requirements(request, options));
    TRY(add_site_checks(request, options));
    TRY(load_lint_lists(request, options, session));
    return request;
}

/// The header of the top, where it is asked for and somebody can read it.
Result<std::optional<ModuleHeader>> read_header(const verify::JudgeRequest& request,
                                                const VerifyOptions& options,
                                                const Machine& machine,
                                                const std::stop_token& stop) {
    if (!options.show_interface) return std::optional<ModuleHeader>();
    SourceSet set = request.candidate;
    if (request.trust == Trust::Candidate) {
        for (SourceFile& file : set.files) file.host_path.clear();
        set.included_files.clear();
    }
    Result<ModuleHeader> header =
        rtl::module_header_with_tools(set, set.top, machine.probe.toolset, *machine.runner, stop);
    if (header) return std::optional<ModuleHeader>(*std::move(header));
    if (header.error().code == ErrorCode::NotFound) return std::optional<ModuleHeader>();
    return tl::unexpected<Error>(header.error());
}

struct Findings {
    const Verdict& verdict;
    std::optional<ModuleHeader> header;
};

Status write_reports(const Findings& findings, const VerifyOptions& options, Session& session) {
    const Verdict& verdict = findings.verdict;
    if (options.json) {
        nlohmann::ordered_json json = to_json(verdict);
        if (findings.header) json["candidate"]["interface"] = to_json(*findings.header);
        session.streams.out << json.dump() << "\n";
    } else {
        write_text(session.streams.out, verdict);
        if (findings.header) write_text(session.streams.out, *findings.header);
    }
    if (!options.junit.empty()) TRY(write_file_atomic(options.junit, to_junit(verdict)));
    if (!options.sarif.empty()) TRY(write_file_atomic(options.sarif, to_sarif(verdict)));
    return {};
}

/// Options that are about one design, or need --batch.
Status check_batch_options(const VerifyOptions& options) {
    const auto refuse = [](std::string_view name, std::string_view why) {
        return fail(ErrorCode::InvalidArgument, fmt::format("{} {}", name, why));
    };
    if (!options.batch.wanted) {
        if (!options.batch.problems.empty()) return refuse("--problems", "needs --batch");
        if (options.batch.deadline) return refuse("--deadline", "needs --batch");
        return {};
    }
    const std::array<std::pair<std::string_view, bool>, 6> given = {
        {{"--each-file", options.each_file},
         {"--show-interface", options.show_interface},
         {"--junit", !options.junit.empty()},
         {"--sarif", !options.sarif.empty()},
         {"--keep", options.keep.keep && *options.keep.keep != Keep::None},
         {"--work-dir", !options.keep.work_dir.empty()}}};
    for (const auto& [name, is_given] : given) {
        if (is_given) return refuse(name, "has no meaning with --batch");
    }
    return {};
}

Result<int> run_batch(const VerifyOptions& options, Session& session) {
    workflow::BatchDefaults defaults;
    TRY_ASSIGN(defaults.judge, make_request(options, session));
    defaults.judge.front_ends = verify::JudgeRequest::FrontEnds::Sufficient;
    if (defaults.judge.trust == Trust::Candidate) defaults.judge.origin = Origin::Model;
    defaults.problem.problem.testbench = std::move(defaults.judge.testbench);
    defaults.problem.problem.reference = std::move(defaults.judge.reference);
    return verify_batch(options.batch, std::move(defaults), options.machine, session);
}

Result<int> run_verify(const VerifyOptions& options, Session& session) {
    TRY(check_batch_options(options));
    if (options.batch.wanted) return run_batch(options, session);
    TRY(check_output_file("--junit", options.junit));
    TRY(check_output_file("--sarif", options.sarif));
    TRY_ASSIGN(const verify::JudgeRequest request, make_request(options, session));
    TRY_ASSIGN(const Machine machine, open_machine(options.machine, session.stop));
    TRY_ASSIGN(const Verdict verdict,
               judge_in_work_folder(request, machine.judge_tools(), options.keep,
                                    session.streams.err, session.stop));
    TRY_ASSIGN(std::optional<ModuleHeader> header,
               read_header(request, options, machine, session.stop));
    TRY(write_reports({verdict, std::move(header)}, options, session));
    return exit_code(verdict);
}

}  // namespace

CommandRun configure_verify(CLI::App& app) {
    const auto options = std::make_shared<VerifyOptions>();
    const Choices<verify::SimulatorChoice> simulators = {
        {"auto", verify::SimulatorChoice::Auto},
        {"icarus", verify::SimulatorChoice::Icarus},
        {"verilator", verify::SimulatorChoice::Verilator},
        {"both", verify::SimulatorChoice::Both}};
    const Choices<Trust> trusts = {{"own", Trust::Own}, {"candidate", Trust::Candidate}};
    app.footer(
        "FILE... and Verilator's options: -f -F +incdir+ -I +define+ -D -y +libext+ -v -G --top");
    app.add_option("--testbench", options->testbench, "A testbench, or a filelist (.f)");
    app.add_option("--testbench-top", options->testbench_top, "Its top module");
    app.add_option("--reference", options->reference,
                   "A right design: judges by itself, or through a testbench that has it");
    app.add_option("--reference-top", options->reference_top, "Its top module");
    add_choice(app, "--sim", options->simulator, simulators, "auto, icarus, verilator or both");
    add_proof_option(app, options->prove);
    add_choice(app, "--trust", options->trust, trusts,
               "own (your files) or candidate (a model's; --batch: unless told otherwise)");
    app.add_option("--require", options->require, "lint, synth, proven: unmet is no pass")
        ->delimiter(',');
    app.add_option("--check", options->site_checks,
                   "NAME=COMMAND: a check of your own, run unjailed");
    app.add_option("--waiver", options->waiver, "lint_off lines, as Verilator reads them");
    app.add_option("--baseline", options->baseline,
                   "An earlier --json verdict: only new findings count");
    app.add_option("--seed", options->seed,
                   "Recorded with the verdict; nothing in it is random yet");
    app.add_option("--timeout", options->timeout, "Seconds that a simulation may take")
        ->check(time_limit());
    app.add_flag(
        "--each-file", options->each_file,
        "Read each file on its own, with what it needs of the others; say who reads which");
    app.add_flag("--show-interface", options->show_interface,
                 "Tell the top's parameters and ports, as the best tool that reads it has them");
    app.add_flag("--all", options->all, "Go on after the first failure");
    app.add_flag("--json", options->json, "rtlgen.verdict.v1 on standard output");
    app.add_option("--junit", options->junit, "Write JUnit XML to this file");
    app.add_option("--sarif", options->sarif, "Write SARIF 2.1.0 to this file");
    add_verify_batch_options(app, options->batch);
    add_keep_option(app, options->keep);
    add_work_dir_option(app, options->keep);
    add_machine_options(app, options->machine);
    return [options](Session& session) { return run_verify(*options, session); };
}

}  // namespace rtlgen::cli
