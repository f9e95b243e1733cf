// SPDX-License-Identifier: Apache-2.0
#include "verify/cone.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>

#include "core/base/text.h"
#include "core/tools/jailed_sources.h"
#include "core/tools/located_line.h"
#include "core/tools/yosys.h"
#include "verify/assignment_lines.h"
#include "verify/netlist.h"

namespace rtlgen::verify {
namespace {

using tools::YosysCellKind;

constexpr std::string_view kNetlistFile = "netlist.json";
constexpr Bytes kLargestNetlist = mebibytes(16);

/// A stretch of lines that a `src` attribute names.
struct Place {
    std::string file;
    int first = 0;
    int last = 0;
};

/// `FILE:LINE.COL-LINE.COL`, several joined by `|`: an instance's place comes before what is in it.
std::vector<Place> places_of(std::string_view source, const tools::JailedSources& jailed) {
    std::vector<Place> places;
    for (std::string_view part : split(source, '|')) {
        const std::size_t colon = part.rfind(':');
        if (colon == std::string_view::npos) continue;
        std::string_view file = part.substr(0, colon);
        const std::string_view numbers = part.substr(colon + 1);
        const std::size_t dash = numbers.find('-');
        const auto line_of = [](std::string_view text) {
            return tools::parse_position(text.substr(0, text.find('.')));
        };
        Place place;
        place.first = line_of(numbers.substr(0, dash));
        place.last =
            dash == std::string_view::npos ? place.first : line_of(numbers.substr(dash + 1));
        if (place.first == 0) continue;
        // A copy's place may begin with the work folder's own path.
        const std::size_t copy = file.rfind("/src/");
        const bool is_copy =
            copy != std::string_view::npos && jailed.user_paths.contains(file.substr(copy + 1));
        if (is_copy) file = file.substr(copy + 1);
        place.file = jailed.user_path(file);
        places.push_back(std::move(place));
    }
    return places;
}

/// Gathers the cone while it is walked, nearest first.
class ConeBuilder {
public:
    ConeBuilder(Cone& cone, const SourceSet& design)
        : cone_(cone), modules_(read_assignments(design)) {
        if (auto jailed = tools::jail_sources(design)) jailed_ = *std::move(jailed);
    }

    /// A net of that name is in the cone: the lines that assign it.
    void add_net(const std::string& name, const std::string& source) {
        const std::string_view last = std::string_view(name).substr(name.rfind('.') + 1);
        for (const Place& place : places_of(source, jailed_)) {
            const ModuleAssignments* module = module_at(modules_, place.file, place.first);
            if (module == nullptr) continue;
            const auto found = module->by_target.find(last);
            if (found == module->by_target.end()) continue;
            for (const Assignment& assignment : found->second) {
                add_line(module->file, assignment.line, name);
            }
        }
    }

    /// A cell is in the cone: where it stands. Of a block of lines the first, which says when.
    void add_cell(const std::string& source, const std::string& drives) {
        for (const Place& place : places_of(source, jailed_)) {
            add_line(place.file, place.first, drives);
        }
    }

    /// Whether a net of that name is assigned by `<=`.
    [[nodiscard]] bool is_clocked(const std::string& name, const std::string& source) const {
        const std::string_view last = std::string_view(name).substr(name.rfind('.') + 1);
        for (const Place& place : places_of(source, jailed_)) {
            const ModuleAssignments* module = module_at(modules_, place.file, place.first);
            if (module == nullptr) continue;
            const auto found = module->by_target.find(last);
            if (found == module->by_target.end()) continue;
            if (std::ranges::any_of(found->second, &Assignment::is_clocked)) return true;
        }
        return false;
    }

private:
    void add_line(const std::string& file, int line, const std::string& drives) {
        if (cone_.lines.size() >= kMostConeLines || !seen_.emplace(file, line).second) return;
        cone_.lines.push_back({file, line, drives});
    }

    Cone& cone_;
    std::vector<ModuleAssignments> modules_;
    tools::JailedSources jailed_;
    std::set<std::pair<std::string, int>> seen_;
};

/// Walks a netlist from outputs to what feeds them, register by register.
class ConeWalk {
public:
    ConeWalk(const Netlist& netlist, const SourceSet& design)
        : netlist_(netlist), builder_(cone_, design) {
        for (std::size_t i = 0; i < netlist.cells.size(); ++i) {
            if (netlist.cells[i].kind == YosysCellKind::NoHardware) continue;
            for (const int bit : netlist.cells[i].outputs) driver_[bit] = i;
            if (!netlist.cells[i].memory.empty() && netlist.cells[i].outputs.empty()) {
                writers_[netlist.cells[i].memory].push_back(i);
            }
        }
        for (std::size_t i = 0; i < netlist.names.size(); ++i) {
            for (const int bit : netlist.names[i].bits) names_[bit].push_back(i);
        }
        for (const NetPort& port : netlist.ports) {
            for (const int bit : port.bits) {
                if (port.is_input) inputs_[bit] = port.name;
            }
            ports_.insert(port.name);
        }
    }

    Result<Cone> walk(const std::vector<std::string>& outputs) {
        for (const NetPort& port : netlist_.ports) {
            const bool wanted = std::ranges::find(outputs, port.name) != outputs.end();
            if (wanted && !port.is_input) add_all(port.bits, 0, port.name);
        }
        if (queue_.empty()) {
            return fail(ErrorCode::NotFound, "the netlist has no output of that name");
        }
        while (!queue_.empty()) {
            const Reached reached = queue_.front();
            queue_.pop_front();
            visit(reached);
        }
        return std::move(cone_);
    }

private:
    struct Reached {
        int bit = 0;
        int distance = 0;  ///< registers on the way
        std::string from;  ///< the nearest named net on the way
    };

    void add(int bit, int distance, const std::string& from) {
        if (!reached_.insert(bit).second) return;
        // What is behind a register waits until all in front of it has been seen.
        const auto place = std::ranges::upper_bound(queue_, distance, {}, &Reached::distance);
        queue_.insert(place, {bit, distance, from});
    }

    void add_all(const Bits& bits, int distance, const std::string& from) {
        for (const int bit : bits) add(bit, distance, from);
    }

    void visit(const Reached& reached) {
        std::string from = reached.from;
        const std::string own = note_names(reached.bit);
        if (!own.empty()) from = own;
        if (const auto input = inputs_.find(reached.bit); input != inputs_.end()) {
            if (noted_inputs_.insert(input->second).second) cone_.inputs.push_back(input->second);
            return;
        }
        const auto driver = driver_.find(reached.bit);
        if (driver == driver_.end()) return;
        visit_cell(driver->second, reached, from);
    }

    void visit_cell(std::size_t index, const Reached& reached, const std::string& from) {
        const NetCell& cell = netlist_.cells[index];
        int distance = reached.distance;
        if (cell.kind == YosysCellKind::FlipFlop || cell.kind == YosysCellKind::Latch) {
            note_register(register_name(reached.bit), ++distance);
            note_clock(cell);
        } else if (cell.kind == YosysCellKind::Memory) {
            ++distance;
            visit_memory(cell.memory, distance);
        }
        if (!visited_.insert(index).second) return;
        builder_.add_cell(cell.source, from);
        add_all(cell.inputs, distance, from);
        const bool is_gated =
            std::ranges::none_of(cell.clocks, [&](int bit) { return inputs_.contains(bit); });
        if (is_gated) add_all(cell.clocks, distance, from);
    }

    void visit_memory(const std::string& memory, int distance) {
        if (memory.empty() || !noted_memories_.insert(memory).second) return;
        const auto source = netlist_.memory_sources.find(memory);
        if (source != netlist_.memory_sources.end()) builder_.add_net(memory, source->second);
        for (const std::size_t writer : writers_[memory]) {
            const NetCell& cell = netlist_.cells[writer];
            note_clock(cell);
            if (!visited_.insert(writer).second) continue;
            builder_.add_cell(cell.source, memory);
            add_all(cell.inputs, distance, memory);
        }
    }

    /// Notes all nets that the bit belongs to; gives the name of one.
    std::string note_names(int bit) {
        const auto names = names_.find(bit);
        if (names == names_.end()) return {};
        for (const std::size_t index : names->second) {
            const NetName& name = netlist_.names[index];
            if (noted_nets_.insert(index).second) builder_.add_net(name.name, name.source);
        }
        return netlist_.names[names->second.front()].name;
    }

    /// Of a register's names the innermost, the one that a clocked process assigns, and rather none
    /// of the top's ports.
    std::string register_name(int bit) {
        std::string best;
        std::tuple<std::ptrdiff_t, bool, bool> best_rank;
        for (const std::size_t index : names_[bit]) {
            const NetName& net = netlist_.names[index];
            const std::tuple rank(std::ranges::count(net.name, '.'),
                                  builder_.is_clocked(net.name, net.source),
                                  !ports_.contains(net.name));
            if (!best.empty() && rank <= best_rank) continue;
            best = net.name;
            best_rank = rank;
        }
        return best;
    }

    void note_register(const std::string& name, int distance) {
        if (name.empty() || !noted_registers_.insert(name).second) return;
        if (cone_.registers.size() >= kMostConeRegisters) return;
        const auto net = std::ranges::find(netlist_.names, name, &NetName::name);
        const int width = net == netlist_.names.end() ? 1 : static_cast<int>(net->bits.size());
        cone_.registers.push_back({name, width, distance});
    }

    void note_clock(const NetCell& cell) {
        for (const int bit : cell.clocks) {
            const auto input = inputs_.find(bit);
            if (cone_.clock.empty() && input != inputs_.end()) cone_.clock = input->second;
        }
    }

    const Netlist& netlist_;
    Cone cone_;
    ConeBuilder builder_;
    std::unordered_map<int, std::size_t> driver_;
    std::unordered_map<int, std::vector<std::size_t>> names_;
    std::unordered_map<int, std::string> inputs_;
    std::map<std::string, std::vector<std::size_t>> writers_;
    std::set<std::string, std::less<>> ports_;
    std::deque<Reached> queue_;
    std::set<int> reached_;
    std::set<std::size_t> visited_;
    std::set<std::size_t> noted_nets_;
    std::set<std::string> noted_inputs_;
    std::set<std::string> noted_registers_;
    std::set<std::string> noted_memories_;
};

/// Walks from name to name over the assignments of all modules.
class LexedWalk {
public:
    explicit LexedWalk(const SourceSet& design) : modules_(read_assignments(design)) {
        cone_.read_by = "the lexer";
    }

    Cone walk(const std::vector<std::string>& outputs) {
        for (const std::string& output : outputs) reach(output, 1);
        while (!queue_.empty()) {
            const auto [name, distance] = queue_.front();
            queue_.pop_front();
            bool is_register = false;
            for (const ModuleAssignments& module : modules_) {
                is_register = visit(module, name, distance) || is_register;
            }
            if (is_register && cone_.registers.size() < kMostConeRegisters) {
                cone_.registers.push_back({name, 0, distance});
            }
        }
        return std::move(cone_);
    }

private:
    void reach(const std::string& name, int distance) {
        if (reached_.insert(name).second) queue_.emplace_back(name, distance);
    }

    /// Whether the module assigns the name at a clock.
    bool visit(const ModuleAssignments& module, const std::string& name, int distance) {
        const auto found = module.by_target.find(name);
        if (found == module.by_target.end()) return false;
        bool is_register = false;
        for (const Assignment& assignment : found->second) {
            is_register |= assignment.is_clocked;
            if (cone_.lines.size() < kMostConeLines &&
                lines_.emplace(module.file, assignment.line).second) {
                cone_.lines.push_back({module.file, assignment.line, name});
            }
            const int next = distance + (assignment.is_clocked ? 1 : 0);
            for (const std::string& used : assignment.uses) reach(used, next);
        }
        return is_register;
    }

    std::vector<ModuleAssignments> modules_;
    Cone cone_;
    std::deque<std::pair<std::string, int>> queue_;
    std::set<std::string> reached_;
    std::set<std::pair<std::string, int>> lines_;
};

}  // namespace

Result<Cone> parse_cone(std::string_view netlist, const SourceSet& design,
                        const std::vector<std::string>& outputs) {
    TRY_ASSIGN(const Netlist parsed, parse_netlist(netlist));
    return ConeWalk(parsed, design).walk(outputs);
}

Result<Cone> find_cone(const SourceSet& design, const std::vector<std::string>& outputs,
                       const tools::Toolset& toolset, process::Runner& runner,
                       const std::stop_token& stop) {
    const tools::Tool* yosys = toolset.find(tools::ToolKind::Yosys);
    if (yosys == nullptr) return lexed_cone(design, outputs);
    for (const tools::YosysReader reader : tools::yosys_readers(*yosys, design)) {
        tools::YosysRun run;
        run.name = "yosys-cone";
        // What Yosys can't be given is no error of the machine.
        if (!tools::add_reading(run, reader, design)) continue;
        run.script += "proc\nflatten\nwrite_json " + std::string(kNetlistFile) + "\n";
        run.outputs = {{std::string(kNetlistFile), kLargestNetlist}};
        TRY_ASSIGN(const tools::YosysResult result,
                   tools::run_yosys(*yosys, run, design, runner, stop));
        const auto netlist = result.outputs.find(std::string(kNetlistFile));
        if (!result.ok || netlist == result.outputs.end()) continue;
        Result<Cone> cone = parse_cone(netlist->second, design, outputs);
        if (!cone) continue;
        cone->read_by = "yosys " + yosys->version + " (" + std::string(to_string(reader)) + ")";
        return cone;
    }
    return lexed_cone(design, outputs);
}

Cone lexed_cone(const SourceSet& design, const std::vector<std::string>& outputs) {
    return LexedWalk(design).walk(outputs);
}

}  // namespace rtlgen::verify
