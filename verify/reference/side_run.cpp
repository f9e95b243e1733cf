// SPDX-License-Identifier: Apache-2.0
#include "verify/reference/side_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "core/rtl/plain_text.h"

namespace rtlgen::verify {
namespace {

std::uint64_t fresh_secret() {
    std::random_device device;
    constexpr unsigned kHalf = 32;
    return (static_cast<std::uint64_t>(device()) << kHalf) | device();
}

bool is_plain(const SourceSet& set) {
    return set.library_files.empty() && set.library_dirs.empty() &&
           std::ranges::none_of(set.files, [](const SourceFile& file) {
               return rtl::needs_preprocessing(file.text);
           });
}

tools::SimulationRequest simulation_of(SideRequest request, const Driver& driver,
                                       const JudgeTools& tools) {
    tools::SimulationRequest run;
    run.sources = std::move(request.design);
    run.sources.files.insert(run.sources.files.begin(),
                             {std::string(kDriverFile), {}, driver.text});
    run.sources.top = driver.top;
    run.sources.parameters.clear();
    run.data_files = {{std::string(kRowsFile), driver.rows}};
    run.run_limits = request.limits;
    run.run_limits.output = mebibytes(256);
    run.cache_dir = tools.cache_dir;
    run.dumps = tools::SimulationRequest::Dumps::None;
    // Other simulators know nothing of these, and take them for arguments of the design's.
    run.plusargs = {
        fmt::format("+verilator+rand+reset+{}", static_cast<int>(request.initial_values.kind)),
        fmt::format("+verilator+seed+{}", request.initial_values.seed)};
    if (is_plain(run.sources)) run.texts = tools::SimulationRequest::Texts::Plain;
    run.finish = tools::SimulationRequest::Finish::Untold;
    return run;
}

}  // namespace

Result<SideRun> run_side(const tools::Simulator& simulator, SideRequest request,
                         const JudgeTools& tools, const std::stop_token& stop) {
    const std::size_t rows = request.rows.size();
    const int output_bits = request.interface.output_bits();
    const Driver driver =
        make_driver(request.interface, {request.design.top, request.design.parameters},
                    request.rows, fresh_secret());
    const tools::SimulationRequest run = simulation_of(std::move(request), driver, tools);
    SideRun side;
    TRY_ASSIGN(side.simulation, simulator.simulate(tools.toolset, run, tools.runner, stop));
    if (!side.simulation.compiled) return side;
    Result<Trace> trace = parse_trace(side.simulation.run.out, driver, rows, output_bits);
    if (trace) {
        side.trace = *std::move(trace);
    } else {
        side.foreign = trace.error().message;
    }
    return side;
}

}  // namespace rtlgen::verify
