// SPDX-License-Identifier: Apache-2.0
#include "verify/prove/prove.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/rtl/lexer.h"
#include "verify/prove/replay.h"
#include "verify/prove/yosys_engine.h"

namespace rtlgen::verify {
namespace {

/// A register that every Yosys proves equal to itself: where it doesn't, the tool is to blame.
SourceSet control_design() {
    SourceSet set;
    set.files = {{"control.v",
                  {},
                  "module control(input clk, input a, output reg q);\n"
                  "    always @(posedge clk) q <= a;\nendmodule\n"}};
    set.top = "control";
    return set;
}

Counterexample counterexample_of(const Proof& proof, const DesignInterface& interface,
                                 const Mismatch& mismatch) {
    Counterexample made{std::string(to_string(proof.model)), {}, {}, mismatch};
    for (const Port& port : interface.inputs) made.inputs.push_back(port.name);
    for (const InputValues& step : proof.steps) {
        std::vector<std::string>& values = made.steps.emplace_back();
        for (const Port& port : interface.inputs) {
            const auto value = step.find(port.name);
            values.push_back(
                value == step.end() ? "" : fmt::format("{}'b{}", port.width, value->second));
        }
    }
    return made;
}

/// The answer to a question about one design.
Result<Proof> first_of(Result<std::vector<Proof>> proofs) {
    if (!proofs) return tl::unexpected<Error>(std::move(proofs).error());
    if (proofs->empty()) return fail(ErrorCode::ToolFailed, "a proof engine gave no answer");
    return std::move(proofs->front());
}

/// Whether a text drives z, which read_slang makes another value of. Where a text has casez, z may
/// be its wildcard, and the netlists tell.
bool says_high_impedance(const SourceSet& set) {
    return std::ranges::any_of(set.files, [](const SourceFile& file) {
        bool found = false;
        for (const rtl::Token& token : rtl::lex(file.text)) {
            if (token.is("casez") || token.is("casex")) return false;
            const bool number = token.kind == rtl::TokenKind::Number &&
                                token.text.find('\'') != std::string_view::npos;
            found = found || (number && token.text.find_first_of("zZ") != std::string_view::npos);
        }
        return found;
    });
}

class ProveCheck {
public:
    ProveCheck(const ProveRequest& request, const JudgeTools& tools, std::stop_token stop)
        : request_(request), tools_(tools), stop_(std::move(stop)) {
        result_.check.name = "prove";
    }

    /// Each Yosys in turn, until one reads both sides.
    Result<ProveResult> run_all() {
        conclude(Outcome::Unknown, VerdictClass::Unjudged,
                 "no Yosys is installed; see rtlgen doctor");
        for (const tools::Tool* tool : tools_.toolset.all(tools::ToolKind::Yosys)) {
            YosysEngine engine(*tool, tools_.runner);
            TRY_ASSIGN(const Proof proof, ask(engine));
            TRY(judge(proof, engine));
            if (proof.end != ProofEnd::Unread) break;
        }
        return std::move(result_);
    }

    Result<ProveResult> run(ProofEngine& engine) {
        TRY_ASSIGN(const Proof proof, ask(engine));
        TRY(judge(proof, engine));
        return std::move(result_);
    }

private:
    void conclude(Outcome outcome, VerdictClass why, std::string reason) {
        result_.check.outcome = outcome;
        result_.check.verdict_class = why;
        result_.check.reason = std::move(reason);
    }

    /// Once more where the engine's program crashed.
    Result<Proof> ask(ProofEngine& engine) {
        for (const SourceSet* side : {&request_.reference.set(), &request_.design}) {
            if (!says_high_impedance(*side)) continue;
            Proof refused;
            refused.end = ProofEnd::Obstacle;
            refused.reason = "a text has a value of high impedance (z)";
            return refused;
        }
        const ProofTask task{request_.reference.set(), {&request_.design}, request_.budget};
        Result<Proof> proof = first_of(engine.prove(task, stop_));
        if (!proof && proof.error().code == ErrorCode::InvalidArgument) {
            Proof refused;
            refused.end = ProofEnd::Obstacle;
            refused.reason = proof.error().text();
            return refused;
        }
        if (!proof || proof->end != ProofEnd::Broke) return proof;
        return first_of(engine.prove(task, stop_));
    }

    Status judge(const Proof& proof, ProofEngine& engine) {
        describe(proof);
        switch (proof.end) {
            case ProofEnd::Proven: pass(proof, "proven"); break;
            case ProofEnd::Bounded:
                pass(proof, "bounded");
                result_.depth_cycles = static_cast<std::uint64_t>(proof.depth);
                break;
            case ProofEnd::Differs: return replay_steps(proof);
            case ProofEnd::Interface:
                conclude(Outcome::Fail, VerdictClass::Interface, proof.reason);
                break;
            case ProofEnd::Obstacle:
            case ProofEnd::Unread:
                conclude(Outcome::Unknown, VerdictClass::Unjudged, proof.reason);
                break;
            case ProofEnd::RanOut:
                conclude(Outcome::Unknown, VerdictClass::Timeout, proof.reason);
                break;
            case ProofEnd::Broke: return blame(proof, engine);
        }
        return {};
    }

    void describe(const Proof& proof) {
        Check& check = result_.check;
        if (!proof.tool.name.empty()) check.tool = proof.tool;
        check.detail = {{"method", "sat"}};
        if (!proof.reference_reader.empty()) {
            check.detail.emplace_back("reference_reader", proof.reference_reader);
        }
        if (!proof.design_reader.empty()) {
            check.detail.emplace_back("design_reader", proof.design_reader);
        }
        check.detail.emplace_back("time", to_string(proof.model));
    }

    void pass(const Proof& proof, const char* grade) {
        result_.check.detail.emplace_back("grade", grade);
        const bool bounded = proof.end == ProofEnd::Bounded;
        conclude(Outcome::Pass, VerdictClass::None,
                 bounded
                     ? fmt::format("equal to the reference for all inputs in the first {} steps",
                                   proof.depth)
                     : "equal to the reference for all inputs and all time");
        result_.assumptions = {"inputs are 0 or 1",
                               "registers begin as their initial values say, and else unknown (x)",
                               "where the reference is unknown (x), the design may be anything"};
        if (proof.model == TimeModel::Cycles || proof.model == TimeModel::Events) {
            result_.assumptions.push_back(fmt::format(
                "inputs keep still at each {} edge of {}",
                proof.clocks.begin()->falling ? "falling" : "rising", proof.clocks.begin()->input));
        }
        if (proof.model == TimeModel::Samples) {
            result_.assumptions.emplace_back(
                "at a clock's edge a register takes what its data was before it");
        }
    }

    Status replay_steps(const Proof& proof) {
        TRY_ASSIGN(const Replay replayed, replay({proof, request_.reference, request_.design,
                                                  request_.simulator, request_.limits},
                                                 tools_, stop_));
        if (!replayed.ran) {
            conclude(Outcome::Unknown, VerdictClass::Unjudged,
                     "a counterexample could not be replayed: " + replayed.why_not);
            return {};
        }
        const TraceComparison& compared = replayed.comparison;
        if (compared.difference == Difference::None || !compared.first) {
            conclude(Outcome::Unknown, VerdictClass::Unjudged,
                     fmt::format("a counterexample of {} steps doesn't differ in simulation",
                                 proof.steps.size()));
            return {};
        }
        const Mismatch& first = *compared.first;
        result_.replayed_by = replayed.tool;
        result_.check.detail.emplace_back("replayed_by", replayed.tool.name);
        result_.check.mismatch = first;
        result_.counterexample = counterexample_of(proof, request_.reference.interface(), first);
        conclude(Outcome::Fail, VerdictClass::Mismatch,
                 fmt::format("differs from the reference in step {} of a counterexample: {} is {}, "
                             "expected {}{}",
                             first.cycle.value_or(0) + 1, first.signal, first.got, first.expected,
                             compared.difference == Difference::UnknownOnly
                                 ? "; all of them are unknown values"
                                 : ""));
        return {};
    }

    /// A crash twice is the design's, unless the control design crashes the tool as well.
    Status blame(const Proof& proof, ProofEngine& engine) {
        const SourceSet control = control_design();
        TRY_ASSIGN(const Proof proven,
                   first_of(engine.prove({control, {&control}, request_.budget}, stop_)));
        if (proven.end == ProofEnd::Proven) {
            conclude(Outcome::Unknown, VerdictClass::Other, proof.reason);
        } else {
            conclude(Outcome::ToolError, VerdictClass::None,
                     "Yosys is broken: it doesn't prove a control design either");
        }
        return {};
    }

    const ProveRequest& request_;
    const JudgeTools& tools_;
    std::stop_token stop_;
    ProveResult result_;
};

}  // namespace

Result<ProveResult> check_by_proof(const ProveRequest& request, const JudgeTools& tools,
                                   const std::stop_token& stop) {
    return ProveCheck(request, tools, stop).run_all();
}

Result<ProveResult> check_by_proof(const ProveRequest& request, ProofEngine& engine,
                                   const JudgeTools& tools, const std::stop_token& stop) {
    return ProveCheck(request, tools, stop).run(engine);
}

}  // namespace rtlgen::verify
