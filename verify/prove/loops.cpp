// SPDX-License-Identifier: Apache-2.0
// A search in depth over what each cell's output is made of, without recursion: chains of logic are
// as long as a netlist likes.
#include "verify/prove/loops.h"

#include <algorithm>

namespace rtlgen::verify {
namespace {

/// A cell, or where it works bit by bit, one output bit of it.
struct Node {
    int cell = -1;
    int bit = 0;  ///< 0 where the cell counts as a whole
};

class LoopSearch {
public:
    explicit LoopSearch(const Nets& nets) : nets_(nets) {
        int nodes = 0;
        for (const RtlilCell& cell : nets.module().cells) {
            first_.push_back(nodes);
            const auto output = cell.pins.find("\\Y");
            const bool by_bits = family_of(cell.type) == CellFamily::Bitwise;
            nodes +=
                by_bits && output != cell.pins.end() ? static_cast<int>(output->second.size()) : 1;
        }
        seen_.assign(static_cast<std::size_t>(nodes), Seen::No);
    }

    std::optional<RtlilBit> run() {
        const std::vector<RtlilCell>& cells = nets_.module().cells;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            if (family_of(cells[c].type) == CellFamily::Register) continue;
            const int end = c + 1 < cells.size() ? first_[c + 1] : static_cast<int>(seen_.size());
            for (int bit = 0; bit < end - first_[c]; ++bit) {
                if (const auto looped = search({static_cast<int>(c), bit})) return looped;
            }
        }
        return std::nullopt;
    }

private:
    enum class Seen : char { No, Open, Done };
    struct Open {
        Node node;
        RtlilSignal inputs;
        std::size_t next = 0;
    };

    Seen& seen(const Node& node) {
        return seen_[static_cast<std::size_t>(first_[static_cast<std::size_t>(node.cell)] +
                                              node.bit)];
    }

    std::optional<RtlilBit> search(const Node& root) {
        if (seen(root) != Seen::No) return std::nullopt;
        std::vector<Open> path;
        enter(path, root);
        while (!path.empty()) {
            Open& open = path.back();
            if (open.next == open.inputs.size()) {
                seen(open.node) = Seen::Done;
                path.pop_back();
                continue;
            }
            const RtlilBit bit = nets_.source(open.inputs[open.next++]);
            const auto node = node_behind(bit);
            if (!node || seen(*node) == Seen::Done) continue;
            if (seen(*node) == Seen::Open) return bit;
            enter(path, *node);
        }
        return std::nullopt;
    }

    void enter(std::vector<Open>& path, const Node& node) {
        seen(node) = Seen::Open;
        path.push_back({node, inputs_of(node), 0});
    }

    [[nodiscard]] std::optional<Node> node_behind(RtlilBit bit) const {
        const Nets::Pin pin = nets_.driver(bit);
        if (pin.cell < 0) return std::nullopt;
        const CellFamily family =
            family_of(nets_.module().cells[static_cast<std::size_t>(pin.cell)].type);
        if (family == CellFamily::Register) return std::nullopt;
        return Node{pin.cell, family == CellFamily::Bitwise ? pin.index : 0};
    }

    [[nodiscard]] RtlilSignal inputs_of(const Node& node) const {
        const RtlilCell& cell = nets_.module().cells[static_cast<std::size_t>(node.cell)];
        const bool by_bits = family_of(cell.type) == CellFamily::Bitwise;
        RtlilSignal inputs;
        for (const auto& [pin, signal] : cell.pins) {
            if (is_output_pin(pin) || signal.empty()) continue;
            // One bit chooses for the whole word; a short operand goes on with its last bit.
            const bool is_choice = cell.type == "$mux" && pin == "\\S";
            if (by_bits && !is_choice) {
                const auto at = std::min(static_cast<std::size_t>(node.bit), signal.size() - 1);
                inputs.push_back(signal[at]);
            } else {
                inputs.insert(inputs.end(), signal.begin(), signal.end());
            }
        }
        return inputs;
    }

    const Nets& nets_;
    std::vector<int> first_;  ///< by cell: its first node
    std::vector<Seen> seen_;  ///< by node
};

}  // namespace

std::optional<RtlilBit> find_loop(const Nets& nets) { return LoopSearch(nets).run(); }

}  // namespace rtlgen::verify
