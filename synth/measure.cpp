// SPDX-License-Identifier: Apache-2.0
// From the files of a finished flow to its numbers.
#include <algorithm>
#include <numeric>
#include <set>

#include "core/base/text.h"
#include "core/tools/yosys/yosys_cells.h"
#include "core/tools/yosys/yosys_stat.h"
#include "synth/cell_role.h"
#include "synth/flow.h"
#include "synth/netlist.h"

namespace rtlgen::synth {
namespace {

Result<std::string_view> file_of(const tools::YosysResult& result, const std::string& name) {
    const auto file = result.outputs.find(name);
    if (file != result.outputs.end()) return file->second;
    return fail(ErrorCode::ToolFailed, "Yosys came to its end without writing " + name);
}

/// A parameter as Yosys writes it, a string of bits; -1 where it is none.
std::int64_t parameter(const NetlistCell& cell, const std::string& name) {
    const auto found = cell.parameters.find(name);
    if (found == cell.parameters.end() || found->second.size() > 62) return -1;
    std::int64_t value = 0;
    for (const char bit : found->second) value = value * 2 + (bit == '1' ? 1 : 0);
    return value;
}

std::string memory_name(const NetlistCell& cell) {
    const auto id = cell.parameters.find("MEMID");
    std::string name = id == cell.parameters.end() ? cell.name : id->second;
    if (name.starts_with('\\')) name.erase(0, 1);
    return name;
}

std::int64_t output_bits(const NetlistCell& cell) {
    const auto port = std::ranges::find(cell.ports, "Q", &NetlistPort::name);
    return port == cell.ports.end() ? 0 : std::ssize(port->bits);
}

/// Registers, latches and memories, as they are before memories become flip-flops.
void measure_state(Ppa& ppa, const Netlist& netlist) {
    std::map<std::string, LatchSignal> latches;
    for (const NetlistCell& cell : netlist.cells) {
        const CellRole role = cell_role(cell.type, nullptr);
        if (role == CellRole::FlipFlop) ppa.registers += output_bits(cell);
        if (role == CellRole::Memory) {
            ppa.memories.push_back({memory_name(cell), parameter(cell, "SIZE"),
                                    parameter(cell, "WIDTH"), Memory::Became::Cells});
        }
        if (role != CellRole::Latch) continue;
        const auto port = std::ranges::find(cell.ports, "Q", &NetlistPort::name);
        if (port == cell.ports.end()) continue;
        for (const NetBit bit : port->bits) {
            const auto name = netlist.names.find(bit);
            const std::string signal = name == netlist.names.end() ? "" : name->second.signal;
            LatchSignal& latch = latches[signal];
            latch.signal = signal;
            ++latch.bits;
            if (latch.source.empty()) latch.source = cell.source;
            if (latch.source.empty() && !signal.empty()) latch.source = name->second.source;
        }
    }
    for (auto& [signal, latch] : latches) ppa.latches.push_back(std::move(latch));
    std::ranges::sort(ppa.memories, {}, &Memory::name);
    for (const NetlistPort& port : netlist.ports) ppa.port_bits += std::ssize(port.bits);
}

/// Counts by type from the statistics; what is no cell is left out of them.
void measure_cells(Ppa& ppa, const tools::YosysStat& stat, const Liberty* library) {
    for (const auto& [type, count] : stat.cells_by_type) {
        const CellRole role = cell_role(type, library);
        if (role == CellRole::BlackBox || role == CellRole::Memory ||
            role == CellRole::NoHardware) {
            continue;
        }
        ppa.cells += count;
        ppa.cells_by_type[type] = count;
        if (role == CellRole::FlipFlop) ppa.flip_flops += count * state_bits(type, library);
        if (library != nullptr && library->find(type) == nullptr) {
            ppa.cells_without_area[type] = count;
        }
    }
    if (library != nullptr) ppa.area = stat.area.value_or(AreaUm2{0});
    // Where a library has no cell for a flip-flop, it is made of several.
    const bool has_words = std::ranges::any_of(
        ppa.memories, [](const Memory& memory) { return memory.became == Memory::Became::Cells; });
    if (!has_words) ppa.registers = std::min(ppa.registers, ppa.flip_flops);
}

/// Black boxes and kept memories, which the mapped netlist names.
void measure_boxes(Ppa& ppa, const Netlist& netlist, const Liberty* library) {
    std::map<std::string, std::vector<std::string>> boxes;
    std::set<std::string> kept;
    for (const NetlistCell& cell : netlist.cells) {
        const CellRole role = cell_role(cell.type, library);
        if (role == CellRole::BlackBox) boxes[cell.type].push_back(cell.name);
        if (role == CellRole::Memory) kept.insert(memory_name(cell));
    }
    for (auto& [module, instances] : boxes) {
        std::ranges::sort(instances);
        ppa.black_boxes.push_back({module, std::move(instances)});
    }
    for (Memory& memory : ppa.memories) {
        if (kept.contains(memory.name)) memory.became = Memory::Became::Memory;
    }
    // read_slang makes tables of some case statements; in the source they are no arrays.
    std::erase_if(ppa.memories, [](const Memory& memory) {
        return memory.name.starts_with('$') && memory.became == Memory::Became::Cells;
    });
}

}  // namespace

std::int64_t Ppa::latch_bits() const {
    return std::accumulate(latches.begin(), latches.end(), std::int64_t{0},
                           [](std::int64_t sum, const LatchSignal& l) { return sum + l.bits; });
}

std::int64_t Ppa::memory_bits() const {
    return std::accumulate(memories.begin(), memories.end(), std::int64_t{0},
                           [](std::int64_t sum, const Memory& m) { return sum + m.bits(); });
}

Result<Ppa> measure_flow(const tools::YosysResult& result, const Library* library) {
    const Liberty* cells = library == nullptr ? nullptr : &library->cells;
    TRY_ASSIGN(const std::string_view rtl_text, file_of(result, "rtl.json"));
    TRY_ASSIGN(const std::string_view stat_text, file_of(result, "stat.txt"));
    TRY_ASSIGN(const std::string_view netlist_text, file_of(result, "netlist.json"));
    Ppa ppa;
    {
        TRY_ASSIGN(const Netlist rtl, read_netlist(rtl_text));
        measure_state(ppa, rtl);
    }
    TRY_ASSIGN(const Netlist netlist, read_netlist(netlist_text));
    measure_boxes(ppa, netlist, cells);
    TRY_ASSIGN(const tools::YosysStat stat, tools::parse_stat(stat_text));
    measure_cells(ppa, stat, cells);
    PathReport paths = measure_paths(netlist, cells);
    ppa.depth = std::move(paths.depth);
    ppa.loop = std::move(paths.loop);
    return ppa;
}

}  // namespace rtlgen::synth
