// SPDX-License-Identifier: Apache-2.0
#include "verify/judge.h"

#include <algorithm>

#include "core/base/hash.h"
#include "verify/compile.h"
#include "verify/composition.h"
#include "verify/convention.h"
#include "verify/duplicate_modules.h"
#include "verify/failure_trace.h"
#include "verify/file_reading.h"
#include "verify/gate.h"
#include "verify/lint.h"
#include "verify/preprocess.h"
#include "verify/prove/prove.h"
#include "verify/reference/prepared_reference.h"
#include "verify/reference/reference_check.h"
#include "verify/reference/stimulus.h"
#include "verify/simulate.h"
#include "verify/site_check.h"
#include "verify/synthesizable.h"

namespace rtlgen::verify {
namespace {

constexpr std::string_view kJudgeVersion = "1";
constexpr std::size_t kMostFindings = 500;
constexpr std::size_t kMostOwnFindings = 5'000;

/// What is hoped for, before a check has said what came of it.
Assurance assurance_of(const JudgeRequest& request) {
    if (request.testbench) return Assurance::Testbench;
    return request.reference ? Assurance::Reference : Assurance::Static;
}

/// What is true of every verdict on a request.
void describe(Verdict& verdict, const JudgeRequest& request, const JudgeTools& tools) {
    verdict.assurance = assurance_of(request);
    verdict.evidence.seed = request.seed;
    verdict.candidate = identify(request);
    verdict.judge_version = kJudgeVersion;
    verdict.policy =
        "sha256:" + sha256_hex(gate_policy() + convention_policy() + std::string(kStimulusPolicy) +
                               std::string(kProofPolicy));
    verdict.isolation_level = process::to_string(tools.runner.level());
    verdict.isolation_mechanism = process::mechanism(tools.runner.level());
}

/// One judgement: the checks in their order, each seeing what the ones before it found.
class Judgement {
public:
    Judgement(const JudgeRequest& request, const JudgeTools& tools, std::stop_token stop)
        : request_(request), tools_(tools), stop_(std::move(stop)), require_(request.require) {
        if (tools_.references == nullptr) tools_.references = &own_references_;
        if (request.prove == JudgeRequest::Prove::Require) require_.insert("proven");
    }

    Result<Verdict> run() {
        TRY(gate());
        if (goes_on() && running_suffices()) TRY(judge_by_running());
        if (goes_on() && !is_compiled_) TRY(compile());
        if (goes_on() && !is_compiled_ && asks_for_proof()) TRY(prove());
        if (goes_on() && request_.testbench) TRY(simulate());
        if (goes_on() && request_.reference && !is_compiled_) TRY(compare());
        if (goes_on() && require_.contains("synth")) TRY(synthesize());
        for (const SiteCheck& site : request_.site_checks) {
            if (!goes_on()) break;
            TRY_ASSIGN(Check check,
                       run_site_check(site, request_.candidate, request_.limits.wall * 10, stop_));
            verdict_.checks.push_back(std::move(check));
        }
        compose_verdict();
        return std::move(verdict_);
    }

private:
    [[nodiscard]] bool goes_on() const {
        if (request_.stop_at == JudgeRequest::StopAt::Never) return true;
        return compose({verdict_.checks, assurance(), require_}).outcome != Outcome::Fail;
    }

    /// Of a testbench and a reference, the reference judges where it can be run from outside.
    [[nodiscard]] Assurance assurance() const {
        const bool compared = std::ranges::any_of(verdict_.checks, [](const Check& check) {
            return is_comparison(check) && check.outcome != Outcome::Unknown;
        });
        return compared ? Assurance::Reference : assurance_of(request_);
    }

    /// One text of a Candidate for the gate and all tools; a person's design as it is.
    Status gate() {
        design_ = request_.candidate;
        Check check;
        check.name = "gate";
        if (request_.trust == Trust::Candidate &&
            is_readable_size(request_.candidate, request_.trust)) {
            TRY_ASSIGN(Preprocessed plain,
                       preprocess(request_.candidate, tools_.toolset, tools_.runner, stop_));
            design_ = std::move(plain.set);
            if (!plain.tool.name.empty()) check.tool = plain.tool;
            add_findings(std::move(plain.notes));
            if (plain.outcome != Outcome::Pass) {
                refuse(std::move(check), plain.verdict_class, std::move(plain.findings));
                verdict_.checks.back().outcome = plain.outcome;
                return {};
            }
        }
        GateRequest gate_request{design_, request_.trust, {}, {}, {}};
        // These names matter where all of them stand in one simulation.
        if (request_.testbench) {
            reserve_names(gate_request, *request_.testbench);
            if (request_.reference) reserve_names(gate_request, *request_.reference);
        }
        if (std::vector<Finding> refusals = run_gate(gate_request); !refusals.empty()) {
            refuse(std::move(check), VerdictClass::Forbidden, std::move(refusals));
            return {};
        }
        // Files that need not be one design may each have a module of that name.
        const bool is_design = request_.compile == JudgeRequest::Compile::Whole;
        if (is_design && request_.trust == Trust::Own) {
            std::vector<Finding> twice = find_duplicate_modules(request_.candidate);
            if (!twice.empty()) {
                refuse(std::move(check), VerdictClass::Elaboration, std::move(twice));
                return {};
            }
        }
        check.outcome = Outcome::Pass;
        verdict_.checks.push_back(std::move(check));
        return {};
    }

    void refuse(Check check, VerdictClass why, std::vector<Finding> findings) {
        check.outcome = Outcome::Fail;
        check.verdict_class = why;
        if (!findings.empty()) check.reason = format_finding(findings.front());
        verdict_.checks.push_back(std::move(check));
        add_findings(std::move(findings));
    }

    Status compile() {
        TRY_ASSIGN(CompileResult compiled, read(design_));
        for (const tools::ReadResult& read : compiled.reads) {
            if (read.accepted) readers_.insert(read.tool.name);
        }
        const bool passed = compiled.check.outcome == Outcome::Pass;
        verdict_.checks.push_back(std::move(compiled.check));
        if (!passed) {
            add_findings(std::move(compiled.errors));
            return {};
        }
        TRY_ASSIGN(LintResult lint, judge_lint({compiled.warnings, request_.waiver_text,
                                                request_.waiver_name, request_.baseline_json}));
        verdict_.checks.push_back(std::move(lint.check));
        add_findings(std::move(lint.findings));
        add_findings(as_notes(std::move(compiled.errors)));
        return {};
    }

    Result<CompileResult> read(const SourceSet& design) {
        if (request_.compile == JudgeRequest::Compile::Whole) {
            return compile_design(design, tools_.toolset, tools_.runner, stop_);
        }
        TRY_ASSIGN(FilesCompileResult files,
                   compile_files(design, tools_.toolset, tools_.runner, stop_));
        verdict_.reading = std::move(files.reading);
        return std::move(files.whole);
    }

    Status simulate() {
        const SimulateRequest request{
            .design = design_,
            .trust = request_.trust,
            .testbench = *request_.testbench,
            .reference = request_.reference ? &*request_.reference : nullptr,
            .simulator = request_.simulator,
            .limits = request_.limits,
            .design_top = request_.candidate.top,
            .readers = readers_};
        TRY_ASSIGN(SimulateResult simulated, simulate_design(request, tools_, stop_));
        const bool passed = simulated.check.outcome == Outcome::Pass;
        if (request_.trace == JudgeRequest::Trace::Yes && !passed && simulated.check.mismatch) {
            TRY_ASSIGN(verdict_.failure_trace,
                       trace_failure({request, simulated.check}, tools_, stop_));
        }
        verdict_.evidence = std::move(simulated.evidence);
        verdict_.checks.push_back(std::move(simulated.check));
        if (!passed) {
            std::erase_if(simulated.findings, [](const Finding& finding) {
                return finding.severity != Severity::Error;
            });
            add_findings(std::move(simulated.findings));
        }
        return {};
    }

    [[nodiscard]] bool asks_for_proof() const {
        if (!request_.reference || request_.compile != JudgeRequest::Compile::Whole) return false;
        if (require_.contains("proven")) return true;
        return request_.prove == JudgeRequest::Prove::Auto && !request_.testbench;
    }

    /// Makes `proof_`, once.
    Status ask_for_proof() {
        if (proof_) return {};
        TRY_ASSIGN(const std::shared_ptr<PreparedReference> reference,
                   tools_.references->get({*request_.reference, request_.seed, request_.limits},
                                          tools_, stop_));
        TRY_ASSIGN(proof_, check_by_proof({.design = design_,
                                           .reference = *reference,
                                           .simulator = request_.simulator,
                                           .limits = request_.limits,
                                           .budget = {}},
                                          tools_, stop_));
        return {};
    }

    void add_proof() {
        verdict_.checks.push_back(proof_->check);
        verdict_.counterexample = proof_->counterexample;
    }

    Status prove() {
        TRY(ask_for_proof());
        add_proof();
        return {};
    }

    /// A proof speaks of a netlist as one tool reads it: a simulation stays beside it, a short one.
    [[nodiscard]] ReferenceRequest::Effort effort() const {
        const bool proven =
            proof_ && compose({{&proof_->check, 1}, assurance(), {}}).grade == Grade::Proven;
        return proven ? ReferenceRequest::Effort::FirstStage : ReferenceRequest::Effort::Full;
    }

    Result<ReferenceResult> compared_by(ReferenceRequest::Asked asked) {
        return check_against_reference({.design = design_,
                                        .trust = request_.trust,
                                        .reference = *request_.reference,
                                        .simulator = request_.simulator,
                                        .limits = request_.limits,
                                        .seed = request_.seed,
                                        .effort = effort(),
                                        .asked = asked},
                                       tools_, stop_);
    }

    Status compare() {
        Result<ReferenceResult> made = compared_by(ReferenceRequest::Asked::All);
        // A reference that is there for its testbench alone needs not run without it.
        if (!made && made.error().code == ErrorCode::BadBench && request_.testbench) {
            made = no_comparison(made.error().message);
        }
        TRY_ASSIGN(ReferenceResult compared, std::move(made));
        add_comparison(std::move(compared));
        return {};
    }

    [[nodiscard]] bool running_suffices() const {
        const bool asks_for_more = require_.contains("lint") || require_.contains("synth");
        return request_.front_ends == JudgeRequest::FrontEnds::Sufficient && request_.reference &&
               !request_.testbench && request_.simulator != SimulatorChoice::Both &&
               !asks_for_more && request_.waiver_text.empty() && !request_.baseline_json &&
               request_.compile == JudgeRequest::Compile::Whole &&
               request_.stop_at == JudgeRequest::StopAt::FirstFailure;
    }

    /// What compiles with its driver compiles. Anything else is looked at in the usual order: a
    /// design that nobody reads has another class than one that has no port of some name, and a
    /// reference that is broken is none of its.
    Status judge_by_running() {
        const Status judged = try_by_running();
        return judged || judged.error().code != ErrorCode::BadBench ? judged : Status();
    }

    Status try_by_running() {
        if (asks_for_proof()) {
            TRY(ask_for_proof());
            if (proof_->check.outcome == Outcome::Fail) {
                if (proof_->replayed_by) add_compiled(*proof_->replayed_by);
                if (is_compiled_) add_proof();
                return {};
            }
        }
        TRY_ASSIGN(ReferenceResult compared, compared_by(ReferenceRequest::Asked::First));
        if (!compared.compiled_by) return {};
        add_compiled(*compared.compiled_by);
        if (proof_) add_proof();
        add_comparison(std::move(compared));
        return {};
    }

    void add_compiled(const ToolId& reader) {
        is_compiled_ = true;
        verdict_.checks.push_back(compiled_by_running(tools_.toolset, reader));
        Check lint;
        lint.name = "lint";
        lint.reason = "not asked";
        verdict_.checks.push_back(std::move(lint));
    }

    void add_comparison(ReferenceResult compared) {
        if (compared.check.outcome != Outcome::Unknown || !request_.testbench) {
            compared.evidence.convention = verdict_.evidence.convention;
            verdict_.evidence = std::move(compared.evidence);
        }
        verdict_.checks.push_back(std::move(compared.check));
        add_findings(std::move(compared.findings));
    }

    Status synthesize() {
        TRY_ASSIGN(SynthesizableResult result,
                   check_synthesizable({design_, readers_}, tools_.toolset, tools_.runner, stop_));
        verdict_.checks.push_back(std::move(result.check));
        add_findings(std::move(result.findings));
        return {};
    }

    void compose_verdict() {
        const Composition composition = compose({verdict_.checks, assurance(), require_});
        verdict_.outcome = composition.outcome;
        verdict_.verdict_class = composition.verdict_class;
        verdict_.grade = composition.grade;
        if (proof_ && composition.grade >= Grade::Bounded) {
            verdict_.evidence.depth_cycles = proof_->depth_cycles;
            verdict_.evidence.assumptions = proof_->assumptions;
        }
        describe(verdict_, request_, tools_);
        verdict_.assurance = assurance();
    }

    /// Errors of a front end for which another one stands in: no fault of the design.
    static std::vector<Finding> as_notes(std::vector<Finding> findings) {
        for (Finding& finding : findings) finding.severity = Severity::Note;
        return findings;
    }

    /// Each once, as far as a reader would read: a design may make a tool say a million.
    void add_findings(std::vector<Finding> findings) {
        const std::size_t most = request_.trust == Trust::Own ? kMostOwnFindings : kMostFindings;
        for (Finding& finding : findings) {
            if (verdict_.findings.size() > most) return;
            if (verdict_.findings.size() == most) {
                finding = {Severity::Note, "judge/more", "", 0, 0, "more findings are left out"};
            }
            if (std::ranges::find(verdict_.findings, finding) == verdict_.findings.end()) {
                verdict_.findings.push_back(std::move(finding));
            }
        }
    }

    const JudgeRequest& request_;
    JudgeTools tools_;
    std::stop_token stop_;
    SourceSet design_;               ///< what tools get
    std::set<std::string> require_;  ///< with what a required proof adds
    SharedReferences own_references_;
    std::optional<ProveResult> proof_;
    std::set<std::string> readers_;
    bool is_compiled_ = false;  ///< by a simulator, which has run it too
    Verdict verdict_;
};

}  // namespace

CandidateId identify(const JudgeRequest& request) {
    CandidateId id;
    id.origin = request.origin;
    id.top = request.candidate.top;
    id.sha256 = content_hash(request.candidate);
    id.parameters = request.candidate.parameters;
    for (const SourceFile& file : request.candidate.files) {
        id.files.push_back({file.path, sha256_hex(file.text)});
    }
    return id;
}

Verdict unjudged(const JudgeRequest& request, const JudgeTools& tools, VerdictClass why,
                 Finding finding) {
    Verdict verdict;
    verdict.outcome = Outcome::Unknown;
    verdict.verdict_class = why;
    verdict.findings.push_back(std::move(finding));
    describe(verdict, request, tools);
    return verdict;
}

Result<Verdict> judge(const JudgeRequest& request, const JudgeTools& tools, std::stop_token stop) {
    const Clock::SteadyTime start = tools.clock.now();
    Result<Verdict> verdict = Judgement(request, tools, std::move(stop)).run();
    if (verdict) {
        verdict->seconds = std::chrono::duration<double>(tools.clock.now() - start).count();
    }
    return verdict;
}

}  // namespace rtlgen::verify
