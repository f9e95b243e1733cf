// SPDX-License-Identifier: Apache-2.0
// How far a run came is told by the files that it wrote; what netlists it proved something of, by
// the netlists themselves. What Yosys printed is only asked whether another question is worth its
// time.
#include "verify/prove/yosys_engine.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/tools/yosys_server.h"

namespace rtlgen::verify {
namespace {

using Next = ProofAnswer::Next;

/// What netlists the run's files hold, as far as it came.
class RunFiles {
public:
    explicit RunFiles(const tools::YosysResult& result) : result_(result) {}

    [[nodiscard]] const std::string* find(std::string_view name) const {
        const auto found = result_.outputs.find(std::string(name));
        return found == result_.outputs.end() ? nullptr : &found->second;
    }
    [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }

    [[nodiscard]] Result<std::vector<RtlilModule>> modules(std::string_view name) const {
        const std::string* text = find(name);
        if (text == nullptr) return fail(ErrorCode::ToolFailed, "Yosys wrote no netlist");
        return parse_rtlil(*text);
    }

    /// The only module of a file, of that name.
    [[nodiscard]] Result<RtlilModule> module(std::string_view file, std::string_view name) const {
        TRY_ASSIGN(std::vector<RtlilModule> all, modules(file));
        const auto found = std::ranges::find(all, "\\" + std::string(name), &RtlilModule::name);
        if (found == all.end()) return fail(ErrorCode::ToolFailed, "Yosys wrote another netlist");
        return std::move(*found);
    }

private:
    const tools::YosysResult& result_;
};

std::string first_error(const tools::YosysResult& result) {
    const auto error = std::ranges::find(result.findings, Severity::Error, &Finding::severity);
    return error == result.findings.end() ? "no message" : error->message;
}

/// Whether `sat` said a line, alone, in the log that is its own.
bool says(const std::string* log, std::string_view line) {
    return log != nullptr && log->find(line) != std::string::npos;
}

/// Empty, or what is wrong with the ports of a design; `hard`: no simulation could connect them.
struct PortDifference {
    std::string text;
    bool hard = true;
};

std::string describe(const Port& port) {
    const char* direction = port.direction == PortDirection::Input    ? "input"
                            : port.direction == PortDirection::Output ? "output"
                                                                      : "inout";
    return fmt::format("{} {} of {} bits", direction, port.name, port.width);
}

PortDifference port_difference(const std::vector<Port>& reference,
                               const std::vector<Port>& design) {
    for (const Port& wanted : reference) {
        const auto found = std::ranges::find(design, wanted.name, &Port::name);
        if (found == design.end()) return {"it has no " + describe(wanted)};
        if (found->direction != wanted.direction || found->width != wanted.width) {
            return {"its " + describe(*found) + " should be " + describe(wanted)};
        }
    }
    for (const Port& port : design) {
        if (std::ranges::find(reference, port.name, &Port::name) != reference.end()) continue;
        const bool hard = port.direction == PortDirection::Input;
        return {"it has an " + describe(port) + " that the reference hasn't", hard};
    }
    return {"", false};
}

/// Reads the answer file by file.
class AnswerReader {
public:
    AnswerReader(const tools::YosysResult& result, const ProofBudget& budget,
                 const ProofQuestion& question)
        : result_(result), files_(result), budget_(budget), question_(question) {
        answer_.proof.tool = result.tool;
        answer_.proof.model = question.model;
        answer_.proof.reference_reader = to_string(question.reference_reader);
        answer_.proof.design_reader = to_string(question.design_reader);
    }

    ProofAnswer read() {
        if (!files_.has(proof_files::kReference)) {
            return unread(Next::OtherReferenceReader, "the reference");
        }
        if (!files_.has(proof_files::kDesign)) return unread(Next::OtherDesignReader, "the design");
        if (!read_sides() || !read_model() || !read_miter()) return std::move(answer_);
        if (!files_.has(proof_files::kProven)) return unproven();
        const bool is_bounded = question_.kind == ProofQuestion::Kind::Bounded;
        if (!result_.ok) {
            if (ended_badly()) return std::move(answer_);
            return done(ProofEnd::Obstacle,
                        fmt::format("the reference's outputs don't all become known within {} "
                                    "steps, and of what is unknown anything can be proven",
                                    budget_.settling_steps));
        }
        if (is_bounded) {
            answer_.proof.depth = budget_.bounded_steps;
            return done(ProofEnd::Bounded, "");
        }
        return done(ProofEnd::Proven, "");
    }

private:
    ProofAnswer done(ProofEnd end, std::string reason) {
        answer_.next = Next::Done;
        answer_.proof.end = end;
        answer_.proof.reason = std::move(reason);
        return std::move(answer_);
    }

    bool stop(ProofEnd end, std::string reason) {
        answer_.proof.end = end;
        answer_.proof.reason = std::move(reason);
        return false;
    }

    /// Whether the run didn't come to an end of its own.
    bool ended_badly() {
        if (result_.end >= process::StepEnd::WallLimit) {
            stop(ProofEnd::RanOut,
                 "Yosys gives up: " + std::string(process::to_string(result_.end)));
            return true;
        }
        if (!result_.crashed) return false;
        stop(ProofEnd::Broke, "Yosys crashes on it");
        return true;
    }

    ProofAnswer unread(Next next, std::string_view side) {
        (next == Next::OtherReferenceReader ? answer_.proof.reference_reader
                                            : answer_.proof.design_reader) = "";
        const bool ended = ended_badly();
        if (!ended) {
            stop(ProofEnd::Unread,
                 fmt::format("Yosys doesn't read {}: {}", side, first_error(result_)));
        }
        answer_.next = next;
        return std::move(answer_);
    }

    bool read_side(std::string_view side, RtlilModule& flat) {
        const std::string whose = fmt::format("the {}: ", side);
        auto all = files_.modules(fmt::format("{}.read.il", side));
        if (!all) return stop(ProofEnd::Broke, whose + all.error().message);
        for (const RtlilModule& module : *all) {
            const std::string text = find_joined_drivers(module);
            if (!text.empty()) return stop(ProofEnd::Obstacle, whose + text);
        }
        auto module = files_.module(fmt::format("{}.il", side), side);
        if (!module) return stop(ProofEnd::Broke, whose + module.error().message);
        const std::string text = find_obstacle(*module);
        if (!text.empty()) return stop(ProofEnd::Obstacle, whose + text);
        flat = *std::move(module);
        return true;
    }

    bool read_sides() {
        if (!read_side("reference", reference_) || !read_side("design", design_)) return false;
        const PortDifference ports = port_difference(reference_.ports(), design_.ports());
        if (ports.text.empty()) return true;
        return stop(ports.hard ? ProofEnd::Interface : ProofEnd::Obstacle, ports.text);
    }

    bool read_model() {
        const TimeFacts reference = time_facts(reference_);
        const TimeFacts design = time_facts(design_);
        const TimeModel needed = model_for(reference, design);
        answer_.proof.clocks = reference.clocks;
        answer_.proof.clocks.insert(design.clocks.begin(), design.clocks.end());
        // A later model covers an earlier one; the last is the hardest to prove in.
        const bool covers = question_.model >= needed;
        const bool wasteful = question_.model == TimeModel::Samples && needed != question_.model;
        if (covers && !wasteful) return true;
        answer_.next = Next::OtherModel;
        answer_.proof.model = needed;
        return stop(ProofEnd::Obstacle, "its readers don't agree on what keeps time in it");
    }

    bool read_miter() {
        auto miter = files_.module(proof_files::kMiter, "miter");
        if (!miter) {
            return ended_badly() ? false
                                 : stop(ProofEnd::Obstacle,
                                        "Yosys can't join the two: " + first_error(result_));
        }
        std::string text = find_contradiction(*miter);
        if (text.empty() && !files_.has(proof_files::kLog) && !ended_badly()) {
            text = "no run of the two side by side is possible: " + first_error(result_);
        }
        if (!text.empty()) return stop(ProofEnd::Obstacle, std::move(text));
        return files_.has(proof_files::kLog);
    }

    ProofAnswer unproven() {
        const bool is_induction =
            question_.kind == ProofQuestion::Kind::Induction && question_.model != TimeModel::None;
        const std::string* log = files_.find(proof_files::kLog);
        const std::string* dump = files_.find(proof_files::kCounterexample);
        // Induction dumps also where it only gives up; a replay shows it anyway.
        if (dump != nullptr && (!is_induction || says(log, "model found for base case: FAIL!"))) {
            answer_.proof.steps = parse_counterexample(*dump);
            answer_.proof.depth = static_cast<int>(answer_.proof.steps.size());
            return done(ProofEnd::Differs, "");
        }
        if (!ended_badly()) {
            stop(ProofEnd::RanOut, dump != nullptr
                                       ? fmt::format("induction over {} steps doesn't prove it",
                                                     budget_.induction_steps)
                                       : "the solver's time ran out");
        }
        if (is_induction && answer_.proof.end == ProofEnd::RanOut) answer_.next = Next::TryBounded;
        return std::move(answer_);
    }

    const tools::YosysResult& result_;
    RunFiles files_;
    const ProofBudget& budget_;
    const ProofQuestion& question_;
    ProofAnswer answer_;
    RtlilModule reference_;
    RtlilModule design_;
};

/// The next reader of a list, or false.
bool take_next(const std::vector<tools::YosysReader>& readers, tools::YosysReader& reader) {
    const auto at = std::ranges::find(readers, reader);
    if (at == readers.end() || std::next(at) == readers.end()) return false;
    reader = *std::next(at);
    return true;
}

/// A design on its way to an answer.
class Asking {
public:
    Asking(const SourceSet& design, const tools::Tool& yosys, const ProofTask& task)
        : design_(design),
          reference_readers_(tools::yosys_readers(yosys, task.reference)),
          design_readers_(tools::yosys_readers(yosys, design)) {
        question_.reference_reader = reference_readers_.front();
        question_.design_reader = design_readers_.front();
        question_.model = expected_model(task.reference);
    }

    [[nodiscard]] bool is_done() const { return is_done_; }
    [[nodiscard]] const ProofQuestion& question() const { return question_; }
    [[nodiscard]] const SourceSet& design() const { return design_; }
    [[nodiscard]] Proof take() { return std::move(proof_); }

    /// What can't be asked.
    void refuse(const Error& error) {
        proof_.end = ProofEnd::Obstacle;
        proof_.reason = error.text();
        is_done_ = true;
    }

    void hear(ProofAnswer answer) {
        bool again = false;
        switch (answer.next) {
            case Next::Done: break;
            case Next::OtherReferenceReader:
                again = take_next(reference_readers_, question_.reference_reader);
                break;
            case Next::OtherDesignReader:
                again = take_next(design_readers_, question_.design_reader);
                break;
            case Next::OtherModel:
                // Another reader may see another netlist, but no reader two.
                again = ++models_ <= kMostModels;
                question_.model = answer.proof.model;
                break;
            case Next::TryBounded:
                again = question_.kind == ProofQuestion::Kind::Induction;
                question_.kind = ProofQuestion::Kind::Bounded;
                break;
        }
        is_done_ = !again;
        proof_ = std::move(answer.proof);
    }

private:
    static constexpr int kMostModels = 2;

    const SourceSet& design_;
    std::vector<tools::YosysReader> reference_readers_;
    std::vector<tools::YosysReader> design_readers_;
    ProofQuestion question_;
    Proof proof_;
    int models_ = 0;
    bool is_done_ = false;
};

}  // namespace

ProofAnswer read_proof(const tools::YosysResult& result, const ProofBudget& budget,
                       const ProofQuestion& question) {
    return AnswerReader(result, budget, question).read();
}

namespace {

/// Those that ask by the same reading of the reference, and their questions.
struct Round {
    std::vector<Asking*> asking;
    tools::YosysBatch batch;
};

/// Those whose question can't be put are done, and no error of the others.
Status add_question(Round& round, Asking& asking, const ProofTask& task) {
    Result<tools::YosysRun> run = plan_design(asking.design(), asking.question(), task.budget);
    if (!run && run.error().code == ErrorCode::InvalidArgument) {
        asking.refuse(run.error());
        return {};
    }
    if (!run) return tl::unexpected<Error>(std::move(run).error());
    round.batch.items.push_back(*std::move(run));
    round.asking.push_back(&asking);
    return {};
}

}  // namespace

/// Round by round, each with one reading of the reference.
Result<std::vector<Proof>> YosysEngine::prove(const ProofTask& task, const std::stop_token& stop) {
    std::vector<Asking> all;
    all.reserve(task.designs.size());
    for (const SourceSet* design : task.designs) all.emplace_back(*design, yosys_, task);
    for (;;) {
        const auto first = std::ranges::find_if_not(all, &Asking::is_done);
        if (first == all.end()) break;
        const tools::YosysReader reader = first->question().reference_reader;
        Round round;
        TRY_ASSIGN(round.batch.base, plan_reference(task.reference, reader, task.budget));
        for (Asking& asking : all) {
            if (asking.is_done() || asking.question().reference_reader != reader) continue;
            TRY(add_question(round, asking, task));
        }
        TRY_ASSIGN(const std::vector<tools::YosysResult> results,
                   tools::run_yosys_batch(yosys_, round.batch, runner_, stop));
        for (std::size_t i = 0; i < round.asking.size(); ++i) {
            Asking& asking = *round.asking[i];
            asking.hear(read_proof(results[i], task.budget, asking.question()));
        }
    }
    std::vector<Proof> proofs;
    for (Asking& asking : all) proofs.push_back(asking.take());
    return proofs;
}

}  // namespace rtlgen::verify
