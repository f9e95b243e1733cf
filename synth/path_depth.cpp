// SPDX-License-Identifier: Apache-2.0
#include "synth/path_depth.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "synth/cell_role.h"

namespace rtlgen::synth {
namespace {

using Direction = NetlistPort::Direction;
constexpr int kNone = -1;

/// The combinational cells of a netlist with their edges.
class PathGraph {
public:
    PathGraph(const Netlist& netlist, const Liberty* library)
        : netlist_(netlist), library_(library) {
        for (const NetlistCell& cell : netlist.cells) {
            if (cell_role(cell.type, library) == CellRole::Combinational) cells_.push_back(&cell);
        }
        nodes_.resize(cells_.size());
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            each_bit(*cells_[i], Direction::Output,
                     [&](NetBit bit) { drivers_[bit] = static_cast<int>(i); });
        }
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            each_bit(*cells_[i], Direction::Input, [&](NetBit bit) {
                const int driver = driver_of(bit);
                if (driver == kNone) return;
                nodes_[static_cast<std::size_t>(driver)].readers.push_back(static_cast<int>(i));
                ++nodes_[i].pending;
            });
        }
    }

    PathReport measure() {
        std::vector<int> ready;
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            if (nodes_[i].pending == 0) ready.push_back(static_cast<int>(i));
        }
        std::size_t done = 0;
        int last = kNone;
        for (; done < ready.size(); ++done) {
            const int from = ready[done];
            if (last == kNone || node(from).depth > node(last).depth) last = from;
            for (const int reader : node(from).readers) {
                Node& next = node(reader);
                if (node(from).depth + 1 > next.depth) {
                    next.depth = node(from).depth + 1;
                    next.previous = from;
                }
                if (--next.pending == 0) ready.push_back(reader);
            }
        }
        if (done < nodes_.size()) return {std::nullopt, find_loop()};
        if (last == kNone) return {LogicDepth{}, std::nullopt};
        return {LogicDepth{node(last).depth, start_of(last), end_of(last)}, std::nullopt};
    }

private:
    struct Node {
        std::vector<int> readers;
        int pending = 0;       ///< edges to it that haven't been followed
        int depth = 1;         ///< cells on the longest way to its output
        int previous = kNone;  ///< the cell before it there
    };

    Node& node(int index) { return nodes_[static_cast<std::size_t>(index)]; }
    const NetlistCell& cell(int index) { return *cells_[static_cast<std::size_t>(index)]; }

    [[nodiscard]] int driver_of(NetBit bit) const {
        const auto driver = drivers_.find(bit);
        return driver == drivers_.end() ? kNone : driver->second;
    }

    /// A library cell's directions are the library's to tell.
    [[nodiscard]] Direction direction(const NetlistCell& cell, const NetlistPort& port) const {
        const LibertyCell* known = library_ == nullptr ? nullptr : library_->find(cell.type);
        if (known == nullptr) return port.direction;
        const auto pin = known->pin_is_output.find(port.name);
        if (pin == known->pin_is_output.end()) return port.direction;
        return pin->second ? Direction::Output : Direction::Input;
    }

    template <class Visit>
    void each_bit(const NetlistCell& cell, Direction wanted, const Visit& visit) const {
        for (const NetlistPort& port : cell.ports) {
            if (direction(cell, port) != wanted) continue;
            for (const NetBit bit : port.bits) visit(bit);
        }
    }

    [[nodiscard]] std::string name_of(NetBit bit) const {
        const auto name = netlist_.names.find(bit);
        return name == netlist_.names.end() ? "" : name->second.text();
    }

    /// The first named signal that the path's first cell reads.
    std::string start_of(int last) {
        while (node(last).previous != kNone) last = node(last).previous;
        std::string name;
        each_bit(cell(last), Direction::Input, [&](NetBit bit) {
            if (name.empty()) name = name_of(bit);
        });
        return name;
    }

    /// The name of the path's last net, else of the state that it is stored in.
    std::string end_of(int last) {
        std::set<NetBit> bits;
        each_bit(cell(last), Direction::Output, [&](NetBit bit) { bits.insert(bit); });
        for (const NetBit bit : bits) {
            if (const std::string name = name_of(bit); !name.empty()) return name;
        }
        for (const NetlistCell& reader : netlist_.cells) {
            bool reads = false;
            each_bit(reader, Direction::Input, [&](NetBit bit) { reads |= bits.contains(bit); });
            std::string name;
            each_bit(reader, Direction::Output, [&](NetBit bit) {
                if (name.empty()) name = name_of(bit);
            });
            if (reads && !name.empty()) return name;
        }
        return {};
    }

    /// Of the cells that are left, those that only lie behind a circle go as well.
    CombinationalLoop find_loop() {
        std::vector<int> waiting(nodes_.size(), 0);
        std::vector<std::vector<int>> before(nodes_.size());
        std::vector<int> ends;
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            if (nodes_[i].pending == 0) continue;
            for (const int reader : nodes_[i].readers) {
                ++waiting[i];
                before[static_cast<std::size_t>(reader)].push_back(static_cast<int>(i));
            }
            if (waiting[i] == 0) ends.push_back(static_cast<int>(i));
        }
        for (std::size_t done = 0; done < ends.size(); ++done) {
            const auto end = static_cast<std::size_t>(ends[done]);
            nodes_[end].pending = 0;
            for (const int previous : before[end]) {
                if (--waiting[static_cast<std::size_t>(previous)] == 0) ends.push_back(previous);
            }
        }
        CombinationalLoop loop;
        std::map<std::string, std::string> sources;
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            if (nodes_[i].pending == 0) continue;
            each_bit(*cells_[i], Direction::Output, [&](NetBit bit) {
                const auto name = netlist_.names.find(bit);
                if (name != netlist_.names.end()) {
                    sources[name->second.signal] = name->second.source;
                }
            });
        }
        for (const auto& [signal, source] : sources) {
            loop.signals.push_back(signal);
            if (loop.source.empty()) loop.source = source;
        }
        return loop;
    }

    const Netlist& netlist_;
    const Liberty* library_;
    std::vector<const NetlistCell*> cells_;
    std::vector<Node> nodes_;
    std::unordered_map<NetBit, int> drivers_;
};

}  // namespace

PathReport measure_paths(const Netlist& netlist, const Liberty* library) {
    return PathGraph(netlist, library).measure();
}

}  // namespace rtlgen::synth
