// SPDX-License-Identifier: Apache-2.0
// `rtlgen doctor`: what works on this machine, and how to mend what doesn't.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/anthropic_settings.h"
#include "cli/commands.h"
#include "cli/machine.h"
#include "cli/report/doctor_report.h"
#include "core/base/files.h"
#include "core/llm/endpoint.h"
#include "core/llm/openai_backend.h"

namespace rtlgen::cli {
namespace {

using tools::ToolKind;

struct DoctorOptions {
    MachineOptions machine;
    bool json = false;
};

/// What is lost without a tool, and the package that has it.
struct Advice {
    ToolKind kind;
    std::string_view text;
};
constexpr Advice kAdvice[] = {
    {ToolKind::Icarus, "no 4-state simulation (Debian package iverilog)"},
    {ToolKind::Verilator, "no lint, no fast simulation (Debian package verilator)"},
    {ToolKind::Yosys, "no synthesis (Debian package yosys)"},
    {ToolKind::Abc, "no mapping to gates (Debian package yosys)"},
    {ToolKind::Cxx, "Verilator can't simulate (Debian package g++)"},
};
constexpr std::string_view kNoSlang =
    "less SystemVerilog is read, and synthesized least of all (third_party/install.sh fetches it)";

std::vector<MissingTool> missing_tools(const tools::Toolset& toolset) {
    std::vector<MissingTool> missing;
    for (const Advice& advice : kAdvice) {
        if (toolset.find(advice.kind) != nullptr) continue;
        missing.push_back({std::string(tools::to_string(advice.kind)), std::string(advice.text)});
    }
    const tools::Tool* yosys = toolset.find(ToolKind::Yosys);
    if (yosys == nullptr || !yosys->has("read_slang")) {
        missing.push_back({"pinned toolset", std::string(kNoSlang)});
    }
    return missing;
}

const char* from_environment(const char* name) { return std::getenv(name); }

/// A named server is not asked: doctor sends nothing elsewhere.
NamedServer openai_server(const config::Config& config) {
    const config::OpenAiConfig& openai = config.openai;
    NamedServer server{"openai", openai.base_url.value, openai.base_url.where, false, ""};
    const auto key =
        config::load_secret("OPENAI_API_KEY", openai.api_key_file.value, from_environment);
    server.has_key = key && !key->empty();
    const auto endpoint = llm::parse_endpoint(openai.base_url.value);
    // What is no address may be a key: it is not repeated.
    if (!endpoint) server.base_url = "(no address)";
    const Status usable = endpoint.and_then([&](const llm::Endpoint& parsed) {
        return llm::check_egress(parsed, openai.base_url.layer, openai.allow_hosts.value);
    });
    if (!key) server.problem = key.error().text();
    if (!usable) server.problem = usable.error().text();
    return server;
}

NamedServer anthropic_named(const config::Config& config) {
    NamedServer server{"anthropic", "(no address)", config.anthropic.base_url.where, false, ""};
    const auto key = config::load_secret("ANTHROPIC_API_KEY", config.anthropic.api_key_file.value,
                                         from_environment);
    server.has_key = key && !key->empty();
    if (const auto named = anthropic_server(config)) {
        server.base_url = named->endpoint.base_url;
        server.where = named->where;
    }
    const auto usable = anthropic_options(config, from_environment);
    if (!usable) server.problem = usable.error().text();
    return server;
}

std::vector<NamedServer> named_servers(const config::Config& config) {
    std::vector<NamedServer> servers;
    if (config.openai.base_url.is_set()) servers.push_back(openai_server(config));
    if (config.anthropic.base_url.is_set() || config.model.value.starts_with("anthropic/")) {
        servers.push_back(anthropic_named(config));
    }
    return servers;
}

std::vector<LocalEndpoint> local_endpoints(const std::stop_token& stop) {
    std::vector<LocalEndpoint> endpoints;
    for (const llm::LocalServer& server : llm::usual_local_servers()) {
        const auto found = llm::find_local_server({server}, stop);
        endpoints.push_back({std::string(server.name), server.port, found ? found->model : ""});
    }
    return endpoints;
}

Result<DoctorReport> examine(const MachineOptions& options, const std::stop_token& stop) {
    DoctorReport report;
    TRY_ASSIGN(report.levels, process::probe_levels({}));
    const Result<Machine> machine = open_machine(options, stop);
    if (!machine && machine.error().code == ErrorCode::Interrupted) {
        return tl::unexpected<Error>(machine.error());
    }
    if (machine) {
        report.level = machine->runner->level();
        report.tools = machine->probe.toolset.tools;
        report.missing = missing_tools(machine->probe.toolset);
        report.problems = machine->probe.problems;
    } else {
        report.no_machine = machine.error();
    }
    if (const Status cache = check_cache_root(cache_root()); !cache) {
        report.problems.push_back("nothing is kept between runs: " + cache.error().text());
    }
    const std::filesystem::path folder = std::filesystem::current_path();
    if (const auto config = config::load_config(config::default_sources(folder))) {
        report.named_servers = named_servers(*config);
    } else if (!report.no_machine) {
        report.problems.push_back("no command that asks a model works: " + config.error().text());
    }
    report.local_endpoints = local_endpoints(stop);
    return report;
}

Result<int> run_doctor(const DoctorOptions& options, Session& session) {
    TRY_ASSIGN(const DoctorReport report, examine(options.machine, session.stop));
    if (options.json) {
        session.streams.out << to_json(report).dump() << "\n";
    } else {
        write_text(session.streams.out, report);
    }
    if (!report.no_machine) return 0;
    session.streams.err << "rtlgen: " << report.no_machine->text() << "\n";
    return exit_code(report.no_machine->code);
}

}  // namespace

CommandRun configure_doctor(CLI::App& app) {
    const auto options = std::make_shared<DoctorOptions>();
    app.add_flag("--json", options->json, "rtlgen.doctor.v1 on standard output");
    add_machine_options(app, options->machine);
    return [options](Session& session) { return run_doctor(*options, session); };
}

}  // namespace rtlgen::cli
