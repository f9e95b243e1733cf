// SPDX-License-Identifier: Apache-2.0
#include "verify/reference/reference_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "core/rtl/design_header.h"
#include "core/tools/simulator.h"
#include "verify/reference/prepared_reference.h"

namespace rtlgen::verify {
namespace {

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

/// Other ones than the reference's.
constexpr InitialValues kRandomValues{InitialValues::Kind::Random, 3};

/// What one simulator says of the design.
struct Answer {
    ReferenceResult result;
    const tools::Simulator* simulator = nullptr;
};

/// What a simulator says of the driver's instance: a port of another width, or an input that the
/// reference hasn't, which the lexer couldn't tell.
const Finding* unfit_port(const SideRun& side) {
    const auto found = std::ranges::find_if(side.simulation.findings, [](const Finding& finding) {
        return finding.file == kDriverFile &&
               (finding.rule == "icarus/port-width" || finding.rule == "icarus/port-unconnected" ||
                finding.rule.starts_with("verilator/WIDTH"));
    });
    return found == side.simulation.findings.end() ? nullptr : &*found;
}

class ReferenceCheck {
public:
    ReferenceCheck(const ReferenceRequest& request, const JudgeTools& tools, std::stop_token stop)
        : request_(request), tools_(tools), stop_(std::move(stop)) {
        begin_answer();
    }

    Result<ReferenceResult> run() {
        TRY_ASSIGN(reference_, prepared());
        if (!reference_->obstacle().empty()) {
            result_.check.reason = reference_->obstacle();
            return std::move(result_);
        }
        if (std::string text = port_difference(request_.design, reference_->interface());
            !text.empty()) {
            return conclude(Outcome::Fail, VerdictClass::Interface, std::move(text));
        }
        std::vector<Answer> answers;
        for (const tools::Simulator& simulator : tools::simulators()) {
            if (!is_wanted(simulator)) continue;
            TRY_ASSIGN(std::optional<Answer> answer, ask(simulator));
            if (!answer && refused_ && request_.asked == ReferenceRequest::Asked::First) break;
            if (!answer) continue;
            answers.push_back(*std::move(answer));
            if (request_.simulator != SimulatorChoice::Both) break;
        }
        if (!answers.empty()) return agree(std::move(answers));
        if (refused_) {
            return conclude(Outcome::Unknown, VerdictClass::Unjudged,
                            "no simulator that runs the reference reads the design");
        }
        return fail(ErrorCode::BadBench, "no simulator runs the reference to its end: " + why_,
                    reference_->set().top);
    }

private:
    void begin_answer() {
        result_ = no_comparison({});
        unknown_only_ = false;
    }

    [[nodiscard]] bool is_wanted(const tools::Simulator& simulator) const {
        const bool icarus = simulator.kind == tools::ToolKind::Icarus;
        if (request_.simulator == SimulatorChoice::Icarus && !icarus) return false;
        if (request_.simulator == SimulatorChoice::Verilator && icarus) return false;
        return simulator.usable(tools_.toolset);
    }

    /// What one simulator says of the design; none where it doesn't run the reference, or refuses
    /// the design.
    Result<std::optional<Answer>> ask(const tools::Simulator& simulator) {
        begin_answer();
        TRY_ASSIGN(expected_, reference_->expectation(simulator, tools_, stop_));
        if (!expected_->trace) {
            why_ = expected_->why_not;
            return std::nullopt;
        }
        TRY_ASSIGN(const SideRun side, run_design(simulator, kRandomValues));
        if (!side.simulation.compiled && !side.simulation.crashed) {
            refused_ = true;
            result_.findings = side.simulation.findings;
            return std::nullopt;
        }
        Answer answer{judge(side), &simulator};
        if (side.simulation.compiled) answer.result.compiled_by = side.simulation.tool;
        if (unknown_only_ && reference_->interface().resets.empty())
            TRY(ask_without_x(answer.result));
        return answer;
    }

    /// Unknown values may be a simulator's caution alone: a second opinion with registers that
    /// begin with random values.
    Status ask_without_x(ReferenceResult& answer) {
        for (const tools::Simulator& simulator : tools::simulators()) {
            if (simulator.kind != tools::ToolKind::Verilator || !simulator.usable(tools_.toolset)) {
                continue;
            }
            TRY_ASSIGN(const Expectation* expected,
                       reference_->expectation(simulator, tools_, stop_));
            if (!expected->trace) continue;
            expected_ = expected;
            TRY_ASSIGN(const SideRun side, run_design(simulator, kRandomValues));
            if (!side.trace || !side.trace->complete) continue;
            const TraceComparison compared = compared_with(*side.trace);
            if (compared.difference != Difference::None || compared.compared == 0) continue;
            answer.check.outcome = Outcome::Unknown;
            answer.check.verdict_class = VerdictClass::XDependence;
            answer.check.reason += ", and there are none with random initial values";
        }
        return {};
    }

    /// Answers of one or two simulators: of two that contradict each other neither counts.
    Result<ReferenceResult> agree(std::vector<Answer> answers) {
        if (answers.size() < 2) return std::move(answers.front().result);
        // The worse one counts: a design that ends one of two runs has not passed.
        std::ranges::stable_sort(answers, {}, [](const Answer& answer) {
            const Outcome outcome = answer.result.check.outcome;
            return outcome == Outcome::Fail ? 0 : outcome == Outcome::Pass ? 2 : 1;
        });
        Check& check = answers[0].result.check;
        const Check& other = answers[1].result.check;
        if (check.outcome == Outcome::Fail && other.outcome == Outcome::Pass) {
            TRY_ASSIGN(const bool by_values, goes_with_initial_values(answers[0]));
            check.outcome = Outcome::Unknown;
            check.verdict_class = by_values ? VerdictClass::XDependence : VerdictClass::Race;
            check.reason =
                fmt::format("passes on {}, fails on {}{}: {}", other.tool->name, check.tool->name,
                            by_values ? " with other initial values" : "", check.reason);
        }
        return std::move(answers[0].result);
    }

    /// Whether a failure is one of unknown values, or of the values that registers begin with.
    Result<bool> goes_with_initial_values(const Answer& failing) {
        const std::optional<Mismatch>& mismatch = failing.result.check.mismatch;
        if (!mismatch) return false;
        if (mismatch->got.find_first_of("xz") != std::string::npos) return true;
        if (failing.simulator->kind != tools::ToolKind::Verilator) return false;
        TRY_ASSIGN(expected_, reference_->expectation(*failing.simulator, tools_, stop_));
        TRY_ASSIGN(const SideRun zeros,
                   run_design(*failing.simulator, {InitialValues::Kind::Zeros}));
        return zeros.trace && zeros.trace->complete &&
               compared_with(*zeros.trace).difference == Difference::None;
    }

    TraceComparison compared_with(const Trace& trace) const {
        return compare_traces(*expected_->trace, trace, reference_->interface(),
                              expected_->stimulus);
    }

    ReferenceResult conclude(Outcome outcome, VerdictClass why, std::string reason) {
        result_.check.outcome = outcome;
        result_.check.verdict_class = why;
        result_.check.reason = std::move(reason);
        return std::move(result_);
    }

    /// The reference that other candidates have prepared, or one of its own.
    Result<std::shared_ptr<PreparedReference>> prepared() {
        const ReferenceSource source{request_.reference, request_.seed, request_.limits};
        if (tools_.references != nullptr) return tools_.references->get(source, tools_, stop_);
        return PreparedReference::prepare(source, tools_, stop_);
    }

    /// The rows that the design is judged by.
    [[nodiscard]] std::span<const InputRow> rows() const {
        const Stimulus& stimulus = expected_->stimulus;
        const std::span<const InputRow> all = stimulus.rows;
        const bool is_short =
            request_.effort == ReferenceRequest::Effort::FirstStage && !stimulus.stages.empty();
        return is_short ? all.first(std::min(all.size(), stimulus.stages.front())) : all;
    }

    /// A crash must repeat to count.
    Result<SideRun> run_design(const tools::Simulator& simulator, InitialValues initial_values) {
        SourceSet design = request_.design;
        if (request_.trust == Trust::Candidate) {
            for (SourceFile& file : design.files) file.host_path.clear();
            design.included_files.clear();
            design.control_files.clear();
        }
        const SideRequest run{reference_->interface(), rows(), std::move(design), request_.limits,
                              initial_values};
        TRY_ASSIGN(SideRun side, run_side(simulator, run, tools_, stop_));
        if (!side.simulation.crashed || side.simulation.run.hit_limit()) return side;
        return run_side(simulator, run, tools_, stop_);
    }

    ReferenceResult judge(const SideRun& side) {
        result_.check.tool = side.simulation.tool;
        if (const Finding* port = unfit_port(side)) {
            return conclude(Outcome::Fail, VerdictClass::Interface,
                            "its ports aren't the reference's: " + port->message);
        }
        if (!side.trace) {
            return conclude(Outcome::Fail, VerdictClass::Forbidden, side.foreign);
        }
        if (!side.trace->complete) return judge_early_end(side);
        const TraceComparison compared = compared_with(*side.trace);
        unknown_only_ = compared.difference == Difference::UnknownOnly;
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
    std::shared_ptr<PreparedReference> reference_;
    const Expectation* expected_ = nullptr;
    std::string why_;
    bool refused_ = false;
    bool unknown_only_ = false;  ///< what the last answer fails by
};

}  // namespace

ReferenceResult no_comparison(std::string reason) {
    ReferenceResult result;
    result.check.name = "simulate";
    result.check.outcome = Outcome::Unknown;
    result.check.verdict_class = VerdictClass::Unjudged;
    result.check.reason = std::move(reason);
    result.check.detail = {{"method", "reference"}};
    return result;
}

Result<ReferenceResult> check_against_reference(const ReferenceRequest& request,
                                                const JudgeTools& tools,
                                                const std::stop_token& stop) {
    return ReferenceCheck(request, tools, stop).run();
}

}  // namespace rtlgen::verify
