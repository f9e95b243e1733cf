// SPDX-License-Identifier: Apache-2.0
#include "verify/reference/reference_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/hash.h"
#include "core/rtl/design_header.h"
#include "core/rtl/source_order.h"
#include "core/tools/simulator.h"
#include "verify/reference/trace.h"

namespace rtlgen::verify {
namespace {

/// One side's run, as far as it got.
struct SideRun {
    tools::SimulationResult simulation;
    std::optional<Trace> trace;  ///< none: it didn't compile, or printed what isn't the driver's
    std::string foreign;         ///< why it isn't
};

std::uint64_t stimulus_seed(const ReferenceRequest& request) {
    return sha256_seed(std::string(kStimulusPolicy) + "/" + request.seed + "/" +
                       content_hash(request.reference));
}

/// What differs between the ports of a design and those that the reference has; empty: nothing, or
/// the lexer can't tell.
std::string port_difference(const SourceSet& design, const DesignInterface& wanted) {
    const auto header = rtl::header_by_lexer(design, design.top);
    if (!header) return "";
    const auto complain = [&](const Port& port, PortDirection direction) -> std::string {
        const auto found = std::ranges::find(header->ports, port.name, &Port::name);
        const std::string what = direction == PortDirection::Input ? "input" : "output";
        if (found == header->ports.end()) {
            return fmt::format("it has no {} {}", what, port.name);
        }
        if (found->direction != direction) {
            return fmt::format("its port {} is no {}", port.name, what);
        }
        if (found->width != 0 && found->width != port.width) {
            return fmt::format("its {} {} has {} bits, not {}", what, port.name, found->width,
                               port.width);
        }
        return "";
    };
    for (const Port& port : wanted.inputs) {
        if (auto text = complain(port, PortDirection::Input); !text.empty()) return text;
    }
    for (const Port& port : wanted.outputs) {
        if (auto text = complain(port, PortDirection::Output); !text.empty()) return text;
    }
    for (const Port& port : header->ports) {
        const bool known =
            std::ranges::find(wanted.inputs, port.name, &Port::name) != wanted.inputs.end();
        if (port.direction == PortDirection::Input && !known) {
            return fmt::format("it has an input {} that the reference hasn't", port.name);
        }
    }
    return "";
}

class ReferenceCheck {
public:
    ReferenceCheck(const ReferenceRequest& request, const JudgeTools& tools, std::stop_token stop)
        : request_(request), tools_(tools), stop_(std::move(stop)) {
        result_.check.name = "simulate";
        result_.check.outcome = Outcome::Unknown;
        result_.check.verdict_class = VerdictClass::Unjudged;
        result_.check.detail = {{"method", "reference"}};
    }

    Result<ReferenceResult> run() {
        TRY(prepare());
        if (!result_.check.reason.empty()) return std::move(result_);
        if (std::string text = port_difference(request_.design, interface_); !text.empty()) {
            return conclude(Outcome::Fail, VerdictClass::Interface, std::move(text));
        }
        bool refused = false;
        for (const tools::Simulator& simulator : tools::simulators()) {
            if (!is_wanted(simulator)) continue;
            TRY_ASSIGN(const bool runs, run_reference(simulator));
            if (!runs) continue;
            TRY_ASSIGN(const SideRun side, run_design(simulator));
            if (side.simulation.compiled || side.simulation.crashed) return judge(side);
            refused = true;
            result_.findings = side.simulation.findings;
        }
        if (refused) {
            return conclude(Outcome::Unknown, VerdictClass::Unjudged,
                            "no simulator that runs the reference reads the design");
        }
        return fail(ErrorCode::BadBench, "no simulator runs the reference to its end: " + why_,
                    reference_.top);
    }

private:
    [[nodiscard]] bool is_wanted(const tools::Simulator& simulator) const {
        const bool icarus = simulator.kind == tools::ToolKind::Icarus;
        if (request_.simulator == SimulatorChoice::Icarus && !icarus) return false;
        if (request_.simulator == SimulatorChoice::Verilator && icarus) return false;
        return simulator.usable(tools_.toolset);
    }

    ReferenceResult conclude(Outcome outcome, VerdictClass why, std::string reason) {
        result_.check.outcome = outcome;
        result_.check.verdict_class = why;
        result_.check.reason = std::move(reason);
        return std::move(result_);
    }

    /// Interface and stimuli; a reason in the check where there can be none.
    Status prepare() {
        reference_ = request_.reference;
        Result<std::string> top = rtl::detect_top(reference_);
        if (!top) {
            return fail(ErrorCode::BadBench,
                        "the reference has no single top: " + top.error().message);
        }
        reference_.top = *std::move(top);
        Result<DesignInterface> interface =
            analyse_interface(reference_, tools_.toolset, tools_.runner, stop_);
        if (!interface && interface.error().code == ErrorCode::NotFound) {
            result_.check.reason =
                "the reference's interface isn't known: " + interface.error().message;
            return {};
        }
        if (!interface) return tl::unexpected<Error>(std::move(interface).error());
        interface_ = *std::move(interface);
        if (interface_.outputs.empty()) {
            interface_.obstacles.emplace_back("it has no output");
        }
        if (!interface_.obstacles.empty()) {
            result_.check.reason = fmt::format("the reference can't be judged from outside: {}",
                                               fmt::join(interface_.obstacles, ", "));
            return {};
        }
        seed_ = stimulus_seed(request_);
        TRY_ASSIGN(stimulus_, make_stimulus({interface_, seed_}));
        return {};
    }

    Result<SideRun> run_side(const tools::Simulator& simulator, SourceSet design,
                             const std::string& top, std::string_view side) {
        const Driver driver = make_driver(interface_, top, stimulus_.rows,
                                          sha256_seed(fmt::format("{}/{}", seed_, side)));
        tools::SimulationRequest run;
        run.sources = std::move(design);
        run.sources.files.insert(run.sources.files.begin(), {"rtlgen_driver.sv", {}, driver.text});
        run.sources.top = driver.top;
        run.sources.parameters.clear();
        run.data_files = {{std::string(kRowsFile), driver.rows}};
        run.run_limits = request_.limits;
        run.run_limits.output = mebibytes(256);
        run.cache_dir = tools_.cache_dir;
        run.dumps = tools::SimulationRequest::Dumps::None;
        SideRun made;
        TRY_ASSIGN(made.simulation, simulator.simulate(tools_.toolset, run, tools_.runner, stop_));
        if (!made.simulation.compiled) return made;
        Result<Trace> trace = parse_trace(made.simulation.run.out, driver, stimulus_.rows.size(),
                                          interface_.output_bits());
        if (trace) {
            made.trace = *std::move(trace);
        } else {
            made.foreign = trace.error().message;
        }
        return made;
    }

    /// Whether this simulator brings the reference to its end; cuts the stimuli to what suffices.
    Result<bool> run_reference(const tools::Simulator& simulator) {
        TRY_ASSIGN(SideRun side, run_side(simulator, reference_, reference_.top, "reference"));
        if (!side.trace || !side.trace->complete) {
            why_ = !side.simulation.compiled && !side.simulation.findings.empty()
                       ? format_finding(side.simulation.findings.front())
                       : fmt::format("{} ended early ({})", simulator.name,
                                     process::to_string(side.simulation.run.end));
            return false;
        }
        expected_ = *std::move(side.trace);
        const std::size_t rows = rows_that_suffice(expected_, stimulus_);
        stimulus_.rows.resize(rows);
        expected_.rows = rows;
        std::erase_if(expected_.changes,
                      [rows](const Trace::Change& change) { return change.row >= rows; });
        return true;
    }

    /// A crash must repeat to count.
    Result<SideRun> run_design(const tools::Simulator& simulator) {
        SourceSet design = request_.design;
        if (request_.trust == Trust::Candidate) {
            for (SourceFile& file : design.files) file.host_path.clear();
            design.included_files.clear();
            design.control_files.clear();
        }
        TRY_ASSIGN(SideRun side, run_side(simulator, design, design.top, "design"));
        if (!side.simulation.crashed || side.simulation.run.hit_limit()) return side;
        return run_side(simulator, std::move(design), request_.design.top, "design, again");
    }

    ReferenceResult judge(const SideRun& side) {
        result_.check.tool = side.simulation.tool;
        if (!side.trace) {
            return conclude(Outcome::Fail, VerdictClass::Forbidden, side.foreign);
        }
        if (!side.trace->complete) return judge_early_end(side);
        const TraceComparison compared =
            compare_traces(expected_, *side.trace, interface_, stimulus_);
        result_.evidence.samples = compared.compared;
        for (const std::string& output : compared.constant_outputs) {
            result_.check.detail.emplace_back("constant_output", output);
        }
        if (compared.compared == 0) {
            return conclude(Outcome::Unknown, VerdictClass::NoProgress,
                            "the reference never has an output that is known");
        }
        if (compared.difference == Difference::None) {
            return conclude(Outcome::Pass, VerdictClass::None,
                            fmt::format("equal to the reference in {} samples", compared.compared));
        }
        result_.check.mismatch = compared.first;
        std::string reason = fmt::format(
            "{} of {} samples differ from the reference; first at time {}: {} is {}, "
            "expected {}",
            compared.mismatches, compared.compared, compared.first->time, compared.first->signal,
            compared.first->got, compared.first->expected);
        if (compared.before_first_edge) {
            reason += "; all before the first clock edge";
        } else if (compared.difference == Difference::UnknownOnly) {
            reason += "; all of them are unknown values";
        }
        return conclude(Outcome::Fail, VerdictClass::Mismatch, std::move(reason));
    }

    /// The reference came to its end within the same limits: what stops the design is its own.
    ReferenceResult judge_early_end(const SideRun& side) {
        const process::StepResult& run = side.simulation.run;
        const std::string end(process::to_string(run.end));
        if (run.end == process::StepEnd::WallLimit || run.end == process::StepEnd::CpuLimit) {
            return conclude(Outcome::Fail, VerdictClass::Timeout,
                            "it takes too long (" + end + "); the reference comes to its end");
        }
        if (run.hit_limit()) {
            return conclude(Outcome::Fail, VerdictClass::ResourceLimit,
                            "it hits a limit (" + end + "); the reference comes to its end");
        }
        if (side.simulation.crashed) {
            return conclude(Outcome::Fail, VerdictClass::Other,
                            "the simulator crashed on it twice; the reference comes to its end");
        }
        return conclude(Outcome::Unknown, VerdictClass::NoProgress,
                        "the simulation ended before all inputs were applied");
    }

    const ReferenceRequest& request_;
    const JudgeTools& tools_;
    std::stop_token stop_;
    ReferenceResult result_;
    SourceSet reference_;
    DesignInterface interface_;
    Stimulus stimulus_;
    Trace expected_;
    std::uint64_t seed_ = 0;
    std::string why_;
};

}  // namespace

Result<ReferenceResult> check_against_reference(const ReferenceRequest& request,
                                                const JudgeTools& tools,
                                                const std::stop_token& stop) {
    return ReferenceCheck(request, tools, stop).run();
}

}  // namespace rtlgen::verify
