// SPDX-License-Identifier: Apache-2.0
#include "verify/reference/prepared_reference.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/hash.h"
#include "core/rtl/source_order.h"

namespace rtlgen::verify {
namespace {

std::uint64_t stimulus_seed(const ReferenceSource& source) {
    return sha256_seed(std::string(kStimulusPolicy) + "/" + source.seed + "/" +
                       content_hash(source.reference));
}

std::string key_of(const ReferenceSource& source) {
    FieldHasher hasher;
    hasher.add(content_hash(source.reference)).add(source.seed);
    for (const SourceFile& file : source.reference.files) hasher.add(file.host_path.string());
    for (const IncludedFile& file : source.reference.included_files) {
        hasher.add(file.name).add(file.file.text);
    }
    hasher.add(std::to_string(source.limits.wall.count()));
    hasher.add(std::to_string(source.limits.cpu.count()));
    hasher.add(std::to_string(source.limits.memory.count));
    return hasher.finish();
}

/// Cuts stimuli and trace to what suffices.
void cut(Expectation& expectation) {
    const std::size_t rows = rows_that_suffice(*expectation.trace, expectation.stimulus);
    expectation.stimulus.rows.resize(rows);
    expectation.trace->rows = rows;
    std::erase_if(expectation.trace->changes,
                  [rows](const Trace::Change& change) { return change.row >= rows; });
}

std::string why_incomplete(const SideRun& side, const tools::Simulator& simulator) {
    const tools::SimulationResult& simulation = side.simulation;
    if (!simulation.compiled && !simulation.findings.empty()) {
        return format_finding(simulation.findings.front());
    }
    return fmt::format("{} ended early ({})", simulator.name,
                       process::to_string(simulation.run.end));
}

}  // namespace

Result<std::shared_ptr<PreparedReference>> PreparedReference::prepare(const ReferenceSource& source,
                                                                      const JudgeTools& tools,
                                                                      const std::stop_token& stop) {
    SourceSet set = source.reference;
    Result<std::string> top = rtl::detect_top(set);
    if (!top) {
        return fail(ErrorCode::BadBench, "the reference has no single top: " + top.error().message);
    }
    set.top = *std::move(top);
    const std::shared_ptr<PreparedReference> prepared(
        new PreparedReference(std::move(set), source.limits));
    TRY(prepared->analyse(stimulus_seed(source), tools, stop));
    return prepared;
}

Status PreparedReference::analyse(std::uint64_t seed, const JudgeTools& tools,
                                  const std::stop_token& stop) {
    Result<DesignInterface> interface = analyse_interface(set_, tools.toolset, tools.runner, stop);
    if (!interface && interface.error().code == ErrorCode::NotFound) {
        obstacle_ = "the reference's interface isn't known: " + interface.error().message;
        return {};
    }
    if (!interface) return tl::unexpected<Error>(std::move(interface).error());
    interface_ = *std::move(interface);
    if (interface_.outputs.empty()) interface_.obstacles.emplace_back("it has no output");
    if (!interface_.obstacles.empty()) {
        obstacle_ = fmt::format("the reference can't be judged from outside: {}",
                                fmt::join(interface_.obstacles, ", "));
        return {};
    }
    TRY_ASSIGN(stimulus_, make_stimulus({interface_, seed}));
    return {};
}

Result<SideRun> PreparedReference::run(const tools::Simulator& simulator, InitialValues values,
                                       const JudgeTools& tools, const std::stop_token& stop) {
    return run_side(simulator, {interface_, stimulus_.rows, set_, limits_, values}, tools, stop);
}

/// Makes x of what goes with the initial values: all ones tell it but where several of them meet
/// (an exclusive or), for which there are random ones.
Status PreparedReference::leave_open(Trace& trace, const tools::Simulator& simulator,
                                     const JudgeTools& tools, const std::stop_token& stop) {
    for (const auto kind : {InitialValues::Kind::Ones, InitialValues::Kind::Random}) {
        TRY_ASSIGN(const SideRun side, run(simulator, {kind}, tools, stop));
        if (!side.trace || !side.trace->complete) return {};
        Trace known = what_is_known(trace, *side.trace);
        const bool nothing_open = known == trace;
        trace = std::move(known);
        if (nothing_open) return {};
    }
    return {};
}

Result<const Expectation*> PreparedReference::expectation(const tools::Simulator& simulator,
                                                          const JudgeTools& tools,
                                                          const std::stop_token& stop) {
    const std::scoped_lock lock(mutex_);
    if (const auto known = expectations_.find(simulator.name); known != expectations_.end()) {
        return &known->second;
    }
    TRY_ASSIGN(SideRun side, run(simulator, {InitialValues::Kind::Zeros}, tools, stop));
    Expectation made;
    made.stimulus = stimulus_;
    if (!side.trace || !side.trace->complete) {
        made.why_not = why_incomplete(side, simulator);
        return &expectations_.emplace(simulator.name, std::move(made)).first->second;
    }
    made.trace = std::move(side.trace);
    if (simulator.kind == tools::ToolKind::Verilator && interface_.has_state) {
        TRY(leave_open(*made.trace, simulator, tools, stop));
    }
    cut(made);
    return &expectations_.emplace(simulator.name, std::move(made)).first->second;
}

Result<std::shared_ptr<PreparedReference>> SharedReferences::get(const ReferenceSource& source,
                                                                 const JudgeTools& tools,
                                                                 const std::stop_token& stop) {
    std::shared_ptr<Slot> slot;
    {
        const std::scoped_lock lock(mutex_);
        const std::string key = key_of(source);
        std::shared_ptr<Slot>& known = slots_[key];
        if (known == nullptr) {
            known = std::make_shared<Slot>();
            keys_.push_back(key);
        }
        slot = known;
        if (keys_.size() > kMostKept) {
            slots_.erase(keys_.front());
            keys_.pop_front();
        }
    }
    const std::scoped_lock lock(slot->mutex);
    if (slot->prepared == nullptr) {
        TRY_ASSIGN(slot->prepared, PreparedReference::prepare(source, tools, stop));
    }
    return slot->prepared;
}

}  // namespace rtlgen::verify
