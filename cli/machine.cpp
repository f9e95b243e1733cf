// SPDX-License-Identifier: Apache-2.0
#include "cli/machine.h"

#include <CLI/CLI.hpp>

#include "cli/option_values.h"
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/config/config.h"

namespace rtlgen::cli {

void add_machine_options(CLI::App& app, MachineOptions& options) {
    app.add_flag("--unsafe-no-sandbox", options.unsafe_no_sandbox,
                 "Run tools without any isolation (level S0)");
    app.add_option("--jobs", options.jobs, "Jobs at once; 0: as many as processors")
        ->check(number_from(0, 4096, "jobs"));
}

Result<Bytes> cache_size() {
    const auto folder = std::filesystem::current_path();
    TRY_ASSIGN(const config::Config config, config::load_config(config::default_sources(folder)));
    const config::Setting<std::string>& size = config.cache.max_size;
    if (!size.is_set()) return kDefaultCacheSize;
    if (const auto bytes = parse_bytes(size.value)) return *bytes;
    return fail(ErrorCode::Config, "cache.max_size must be a size such as 500M or 2G", size.where);
}

Result<Machine> open_machine(const MachineOptions& options, const std::stop_token& stop) {
    process::SandboxChoice choice;
    choice.slots = options.jobs;
    if (options.unsafe_no_sandbox) {
        choice.minimum = process::IsolationLevel::S0;
        choice.maximum = process::IsolationLevel::S0;
    }
    Machine machine;
    TRY_ASSIGN(machine.runner, process::make_runner(choice));
    TRY_ASSIGN(machine.probe,
               tools::probe_tools(tools::default_tool_search(), *machine.runner, stop));
    machine.clock = std::make_unique<SystemClock>();
    TRY_ASSIGN(const Bytes size, cache_size());
    machine.cache_dir = default_cache(size);
    machine.jobs = options.jobs > 0 ? static_cast<std::size_t>(options.jobs) : usable_processors();
    return machine;
}

}  // namespace rtlgen::cli
