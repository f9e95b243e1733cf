// SPDX-License-Identifier: Apache-2.0
#include "verify/simulate.h"

#include <algorithm>
#include <functional>

#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/tools/front_end.h"
#include "core/tools/rules.h"
#include "verify/bench_control.h"
#include "verify/compile.h"

namespace rtlgen::verify {
namespace {

struct SimulatorRun {
    const tools::Simulator* simulator = nullptr;
    BenchRun run;
    std::vector<Finding> findings;
};

/// The simulators of this machine that a choice asks for, in order.
std::vector<const tools::Simulator*> chosen_simulators(SimulatorChoice choice,
                                                       const tools::Toolset& toolset) {
    std::vector<const tools::Simulator*> chosen;
    for (const tools::Simulator& simulator : tools::simulators()) {
        const bool wanted =
            choice == SimulatorChoice::Auto || choice == SimulatorChoice::Both ||
            (choice == SimulatorChoice::Icarus && simulator.kind == tools::ToolKind::Icarus) ||
            (choice == SimulatorChoice::Verilator && simulator.kind == tools::ToolKind::Verilator);
        if (wanted && simulator.usable(toolset)) chosen.push_back(&simulator);
    }
    return chosen;
}

Result<SimulatorRun> run_once(const tools::Simulator& simulator, const BenchSources& bench,
                              const process::Limits& limits, const JudgeTools& tools,
                              const std::stop_token& stop) {
    tools::SimulationRequest request;
    request.sources = bench.sources;
    request.data_files = bench.data_files;
    request.run_limits = limits;
    request.cache_dir = tools.cache_dir;
    if (!bench.facts.dump_file.empty()) request.outputs = {{bench.facts.dump_file}};
    if (bench.facts.dumps_elsewhere) request.dumps = tools::SimulationRequest::Dumps::None;
    TRY_ASSIGN(tools::SimulationResult result,
               simulator.simulate(tools.toolset, request, tools.runner, stop));
    SimulatorRun run{&simulator, read_bench_run(result, bench.facts), std::move(result.findings)};
    run.findings.insert(run.findings.end(), run.run.unknown_tasks.begin(),
                        run.run.unknown_tasks.end());
    run.findings.insert(run.findings.end(), result.runtime_findings.begin(),
                        result.runtime_findings.end());
    return run;
}

/// Once more where the simulator itself broke: a crash must repeat to count.
Result<SimulatorRun> run_fairly(const tools::Simulator& simulator, const BenchSources& bench,
                                const process::Limits& limits, const JudgeTools& tools,
                                const std::stop_token& stop) {
    Result<SimulatorRun> run = run_once(simulator, bench, limits, tools, stop);
    if (!run || run->run.stage != RunStage::Broke) return run;
    return run_once(simulator, bench, limits, tools, stop);
}

bool is_timeout(const BenchRun& run) {
    return run.stage == RunStage::Undecided && run.check.verdict_class == VerdictClass::Timeout;
}

/// The last one's answer, but a refusal never hides a run.
SimulatorRun furthest(std::vector<SimulatorRun> runs) {
    std::ranges::stable_sort(runs, {}, [](const SimulatorRun& run) { return run.run.stage; });
    return std::move(runs.back());
}

/// Two runs of which at most one may be wrong.
SimulatorRun agree(std::vector<SimulatorRun> runs) {
    const auto decided = [](const SimulatorRun& run) { return run.run.stage == RunStage::Decided; };
    std::ranges::stable_partition(runs, decided);
    SimulatorRun& first = runs.front();
    const bool contradict =
        runs.size() > 1 && decided(runs[1]) && first.run.check.outcome != runs[1].run.check.outcome;
    if (!contradict) return std::move(first);
    const bool first_failed = first.run.check.outcome == Outcome::Fail;
    SimulatorRun& failing = first_failed ? first : runs[1];
    const SimulatorRun& passing = first_failed ? runs[1] : first;
    Check& check = failing.run.check;
    const bool has_x =
        check.mismatch && check.mismatch->got.find_first_of("xXzZ") != std::string::npos;
    check.outcome = Outcome::Unknown;
    check.verdict_class = has_x ? VerdictClass::XDependence : VerdictClass::Race;
    check.reason = "passes on " + passing.run.check.tool->name + ", fails on " + check.tool->name +
                   ": " + check.reason;
    return std::move(failing);
}

class Simulation {
public:
    Simulation(const SimulateRequest& request, const JudgeTools& tools, std::stop_token stop)
        : request_(request),
          tools_(tools),
          stop_(std::move(stop)),
          simulators_(chosen_simulators(request.simulator, tools.toolset)) {}

    Result<SimulateResult> run() {
        if (simulators_.empty()) return no_simulator();
        TRY_ASSIGN(std::vector<SimulatorRun> runs, run_design(request_.design, request_.trust));
        SimulatorRun run = choose(runs);
        if (run.run.stage != RunStage::Decided && request_.reference != nullptr) {
            TRY(hold_against_reference(run));
        } else if (run.run.stage == RunStage::Refused) {
            TRY_ASSIGN(run, blame_bench(std::move(runs)));
        }
        if (run.run.stage == RunStage::Refused) settle_refusal(run.run.check);
        return SimulateResult{std::move(run.run.check), std::move(run.run.evidence),
                              std::move(run.findings)};
    }

private:
    SimulateResult no_simulator() const {
        SimulateResult result;
        result.check.name = "simulate";
        result.check.outcome = Outcome::ToolError;
        result.check.reason = "no simulator is installed that was asked for; see rtlgen doctor";
        return result;
    }

    /// The answer of what ran.
    [[nodiscard]] SimulatorRun choose(const std::vector<SimulatorRun>& runs) const {
        return request_.simulator == SimulatorChoice::Both ? agree(runs) : furthest(runs);
    }

    /// One simulator after the other until one decides: all that ran.
    Result<std::vector<SimulatorRun>> run_in_turn(const BenchSources& bench) const {
        const process::Limits& limits = request_.limits;
        std::vector<SimulatorRun> runs;
        for (const tools::Simulator* simulator : simulators_) {
            process::Limits share = limits;
            if (simulator != simulators_.back())
                share.wall = std::min(share.wall, request_.first_share);
            TRY_ASSIGN(SimulatorRun run, run_fairly(*simulator, bench, share, tools_, stop_));
            const bool final = run.run.stage != RunStage::Refused &&
                               run.run.stage != RunStage::Broke && !is_timeout(run.run);
            runs.push_back(std::move(run));
            if (final) break;
        }
        // Who had a share alone has all the time where nobody after it could run the testbench.
        const bool alone =
            runs.size() > 1 && is_timeout(runs.front().run) &&
            std::all_of(runs.begin() + 1, runs.end(), [](const SimulatorRun& run) {
                return run.run.stage == RunStage::Refused || run.run.stage == RunStage::Broke;
            });
        if (alone && limits.wall > request_.first_share) {
            TRY_ASSIGN(runs.front(),
                       run_fairly(*runs.front().simulator, bench, limits, tools_, stop_));
        }
        return runs;
    }

    Result<std::vector<SimulatorRun>> run_design(const SourceSet& design, Trust trust) {
        TRY_ASSIGN(const BenchSources bench,
                   assemble_bench({design, trust, request_.testbench, request_.reference}));
        bench_files_ = bench.facts.bench_files;
        if (request_.simulator != SimulatorChoice::Both) {
            return run_in_turn(bench);
        }
        auto results = parallel_map(
            simulators_.size(), usable_processors(), [&](std::size_t i) -> Result<SimulatorRun> {
                return run_fairly(*simulators_[i], bench, request_.limits, tools_, stop_);
            });
        std::vector<SimulatorRun> runs;
        for (Result<SimulatorRun>& result : results) {
            TRY_ASSIGN(SimulatorRun run, std::move(result));
            runs.push_back(std::move(run));
        }
        return runs;
    }

    /// The testbench is good, and the design doesn't fit it: unless no simulator reads the design
    /// at all, though some other tool does.
    void settle_refusal(Check& check) const {
        const bool read = std::ranges::any_of(simulators_, [&](const tools::Simulator* simulator) {
            return request_.readers.contains(std::string(tools::to_string(simulator->kind)));
        });
        check.outcome = read ? Outcome::Fail : Outcome::Unknown;
        check.verdict_class = read ? VerdictClass::Interface : VerdictClass::Unjudged;
        if (!read) check.reason = "no simulator reads the design: " + check.reason;
    }

    /// What a right design can reach: the reference in the design's place.
    Status hold_against_reference(SimulatorRun& run) {
        const std::string name =
            module_under_test(request_.testbench, *request_.reference, request_.design_top);
        const SourceSet stand_in = reference_as_design(*request_.reference, name);
        TRY_ASSIGN(const std::vector<SimulatorRun> runs, run_design(stand_in, Trust::Candidate));
        const SimulatorRun control = choose(runs);
        if (control.run.stage == RunStage::Refused) {
            return fail(ErrorCode::BadBench,
                        "the testbench does not compile with its own reference: " +
                            control.run.check.reason);
        }
        if (control.run.check.outcome == Outcome::Fail) {
            return fail(ErrorCode::BadBench,
                        "the testbench fails its own reference: " + control.run.check.reason);
        }
        Check& check = run.run.check;
        const bool same_end = run.run.stage == RunStage::Watchdog &&
                              control.run.stage == RunStage::Watchdog &&
                              run.run.evidence.samples == control.run.evidence.samples;
        if (same_end) {
            run.run.stage = RunStage::Decided;
            check.outcome = Outcome::Pass;
            check.verdict_class = VerdictClass::None;
            check.reason += "; so it does with its own reference, after as many samples";
        } else if (control.run.stage == RunStage::Decided && run.run.stage != RunStage::Refused &&
                   (check.verdict_class == VerdictClass::Timeout ||
                    check.verdict_class == VerdictClass::ResourceLimit ||
                    run.run.stage == RunStage::Broke)) {
            run.run.stage = RunStage::Decided;
            check.outcome = Outcome::Fail;
            check.reason += "; the reference comes to its end";
        }
        return {};
    }

    /// Without a reference, of runs that were all refused: the first whose refusal is the design's,
    /// else an Error, since none of the simulators takes the testbench itself.
    Result<SimulatorRun> blame_bench(std::vector<SimulatorRun> refused) const {
        std::optional<Finding> first;
        for (SimulatorRun& run : refused) {
            TRY_ASSIGN(std::optional<Finding> fault, own_fault(run));
            if (!fault) return std::move(run);
            if (!first) first = std::move(fault);
        }
        return fail(ErrorCode::BadBench,
                    "the testbench does not compile: " + format_finding(*first));
    }

    /// Whether the design has the task that "System task/function $NAME() ..." is about.
    [[nodiscard]] bool design_says(std::string_view message) const {
        const std::size_t begin = message.find('$');
        if (begin == std::string_view::npos) return false;
        const std::string name(message.substr(begin, message.find('(', begin) - begin));
        return std::ranges::any_of(request_.design.files, [&](const SourceFile& file) {
            return file.text.find(name) != std::string::npos;
        });
    }

    /// What in the testbench itself a simulator refuses: a syntax error in its files, or an error
    /// that is there without the design too.
    Result<std::optional<Finding>> own_fault(const SimulatorRun& run) const {
        for (const Finding& finding : run.findings) {
            const bool is_own = tools::finding_class(finding) == VerdictClass::Syntax ||
                                finding.rule.ends_with("/missing-include");
            if (is_own && bench_files_.contains(finding.file)) return finding;
            if (finding.rule.ends_with("/unknown-task") && !design_says(finding.message)) {
                return finding;
            }
        }
        const StandIn stand_in = stand_in_for(request_.design, request_.testbench);
        TRY_ASSIGN(const BenchSources bench,
                   assemble_bench({stand_in.design, request_.trust, request_.testbench, nullptr}));
        for (const tools::FrontEnd& front_end : tools::front_ends()) {
            if (front_end.kind != run.simulator->kind) continue;
            const tools::Tool* tool = tool_for(front_end, tools_.toolset);
            if (tool == nullptr) continue;
            TRY_ASSIGN(const tools::ReadResult control,
                       tools::read_design(front_end, *tool, bench.sources, tools_.runner, stop_));
            return bench_fault(run.findings, control.findings, stand_in);
        }
        return std::nullopt;
    }

    const SimulateRequest& request_;
    const JudgeTools& tools_;
    std::stop_token stop_;
    std::vector<const tools::Simulator*> simulators_;
    std::set<std::string, std::less<>> bench_files_;
};

}  // namespace

Result<SimulateResult> simulate_design(const SimulateRequest& request, const JudgeTools& tools,
                                       const std::stop_token& stop) {
    return Simulation(request, tools, stop).run();
}

}  // namespace rtlgen::verify
