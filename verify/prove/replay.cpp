// SPDX-License-Identifier: Apache-2.0
#include "verify/prove/replay.h"

#include <fmt/format.h>

#include <algorithm>

namespace rtlgen::verify {
namespace {

/// Makes rows of steps.
class Rows {
public:
    Rows(const Proof& proof, const DesignInterface& interface)
        : proof_(proof), interface_(interface) {}

    Stimulus make() {
        for (const InputValues& step : proof_.steps) {
            switch (proof_.model) {
                case TimeModel::None: add(step); break;
                case TimeModel::Cycles: add_cycle(step, Edge::Comes); break;
                case TimeModel::Events:
                    add_cycle(step, ticks(step) ? Edge::Comes : Edge::None);
                    break;
                case TimeModel::Samples: add_sample(step); break;
            }
            ++step_;
        }
        made_.stages = {made_.rows.size()};
        return std::move(made_);
    }

private:
    enum class Edge { None, Comes };

    [[nodiscard]] bool is_clock(const std::string& name) const {
        return std::ranges::any_of(proof_.clocks, [&](const ClockEdge& edge) {
            return edge.input == name || edge.input.starts_with(name + "[");
        });
    }

    void add(const InputValues& values) {
        InputRow row;
        for (const Port& port : interface_.inputs) {
            const auto value = values.find(port.name);
            std::string bits = value == values.end() ? "" : value->second;
            std::ranges::replace(bits, 'x', '0');
            const auto width = static_cast<std::size_t>(port.width);
            bits.insert(0, width - std::min(width, bits.size()), '0');
            row += bits;
        }
        made_.rows.push_back(std::move(row));
        made_.cycles.push_back(step_);
    }

    /// Idle with new data, and where an edge comes active and idle again.
    void add_cycle(InputValues values, Edge edge) {
        const ClockEdge& clock = *proof_.clocks.begin();
        const std::string idle = clock.falling ? "1" : "0";
        values[clock.input] = idle;
        add(values);
        if (edge == Edge::None) return;
        values[clock.input] = clock.falling ? "0" : "1";
        add(values);
        values[clock.input] = idle;
        add(values);
    }

    /// In this model a step's clock input is 1 where its edge comes, whichever edge that is.
    [[nodiscard]] bool ticks(const InputValues& step) const {
        const auto value = step.find(proof_.clocks.begin()->input);
        return value != step.end() && value->second == "1";
    }

    /// A register takes what its data was before the edge: clocks move first, the rest after them.
    void add_sample(const InputValues& values) {
        if (!before_.empty()) {
            InputValues clocks = before_;
            for (const auto& [name, value] : values) {
                if (is_clock(name)) clocks[name] = value;
            }
            if (clocks != before_ && clocks != values) add(clocks);
        }
        add(values);
        before_ = values;
    }

    const Proof& proof_;
    const DesignInterface& interface_;
    Stimulus made_;
    InputValues before_;
    std::uint32_t step_ = 0;
};

bool is_wanted(const tools::Simulator& simulator, SimulatorChoice choice) {
    const bool icarus = simulator.kind == tools::ToolKind::Icarus;
    if (choice == SimulatorChoice::Icarus) return icarus;
    return choice != SimulatorChoice::Verilator || !icarus;
}

}  // namespace

Stimulus stimulus_of(const Proof& proof, const DesignInterface& interface) {
    return Rows(proof, interface).make();
}

Result<Replay> replay(const ReplayRequest& request, const JudgeTools& tools,
                      const std::stop_token& stop) {
    Replay made;
    const DesignInterface& interface = request.reference.interface();
    const Stimulus stimulus = stimulus_of(request.proof, interface);
    if (stimulus.rows.empty()) {
        made.why_not = "it has no step";
        return made;
    }
    for (const tools::Simulator& simulator : tools::simulators()) {
        if (!is_wanted(simulator, request.simulator) || !simulator.usable(tools.toolset)) continue;
        TRY_ASSIGN(
            SideRun reference,
            run_side(simulator, {interface, stimulus.rows, request.reference.set(), request.limits},
                     tools, stop));
        if (!reference.trace || !reference.trace->complete) {
            made.why_not = fmt::format("{} doesn't run the reference under it", simulator.name);
            continue;
        }
        TRY_ASSIGN(SideRun design,
                   run_side(simulator, {interface, stimulus.rows, request.design, request.limits},
                            tools, stop));
        if (!design.trace || !design.trace->complete) {
            made.why_not = fmt::format("{} doesn't run the design under it", simulator.name);
            continue;
        }
        made.ran = true;
        made.tool = design.simulation.tool;
        made.comparison = compare_traces(*reference.trace, *design.trace, interface, stimulus);
        return made;
    }
    if (made.why_not.empty()) made.why_not = "there is no simulator for it";
    return made;
}

}  // namespace rtlgen::verify
