// SPDX-License-Identifier: Apache-2.0
#include "verify/netlist.h"

#include <nlohmann/json.hpp>
#include <unordered_map>

namespace rtlgen::verify {
namespace {

using Json = nlohmann::json;

Bits bits_of(const Json& list) {
    Bits bits;
    for (const Json& bit : list) {
        if (bit.is_number_integer()) bits.push_back(bit.get<int>());
    }
    return bits;
}

void append(Bits& to, const Bits& from) { to.insert(to.end(), from.begin(), from.end()); }

std::string source_of(const Json& object) {
    const auto attributes = object.find("attributes");
    return attributes == object.end() ? std::string() : attributes->value("src", "");
}

bool is_clock_pin(std::string_view pin) {
    return pin == "CLK" || pin == "C" || pin == "RD_CLK" || pin == "WR_CLK";
}

NetCell cell_of(const Json& object) {
    NetCell cell;
    const std::string type = object.at("type");
    cell.kind = tools::yosys_cell_kind(type);
    cell.source = source_of(object);
    if (cell.kind == tools::YosysCellKind::Memory) {
        if (const auto parameters = object.find("parameters"); parameters != object.end()) {
            cell.memory = parameters->value("MEMID", "");
        }
        if (cell.memory.starts_with('\\')) cell.memory.erase(0, 1);
    }
    const Json& directions = object.at("port_directions");
    for (const auto& [pin, list] : object.at("connections").items()) {
        if (directions.value(pin, "input") == "output") {
            append(cell.outputs, bits_of(list));
        } else {
            append(is_clock_pin(pin) && type.front() == '$' ? cell.clocks : cell.inputs,
                   bits_of(list));
        }
    }
    return cell;
}

/// Buffers say that two nets are one: each output's bit becomes that of the input.
class Buffers {
public:
    explicit Buffers(const Json& cells) {
        for (const auto& [name, cell] : cells.items()) {
            if (cell.at("type") != "$buf") continue;
            const Json& pins = cell.at("connections");
            const Json& from = pins.at("A");
            const Json& to = pins.at("Y");
            for (std::size_t i = 0; i < from.size() && i < to.size(); ++i) {
                if (from[i].is_number_integer() && to[i].is_number_integer()) {
                    source_[to[i].get<int>()] = from[i].get<int>();
                }
            }
        }
    }

    void resolve(Bits& bits) const {
        for (int& bit : bits) {
            // A ring of buffers ends after as many steps as there are buffers.
            for (std::size_t step = 0; step < source_.size() && source_.contains(bit); ++step) {
                bit = source_.at(bit);
            }
        }
    }

private:
    std::unordered_map<int, int> source_;
};

void resolve_all(Netlist& netlist, const Buffers& buffers) {
    for (NetPort& port : netlist.ports) buffers.resolve(port.bits);
    for (NetName& name : netlist.names) buffers.resolve(name.bits);
    for (NetCell& cell : netlist.cells) {
        buffers.resolve(cell.inputs);
        buffers.resolve(cell.clocks);
        buffers.resolve(cell.outputs);
    }
}

Netlist read(const Json& module) {
    Netlist netlist;
    for (const auto& [name, port] : module.at("ports").items()) {
        netlist.ports.push_back({name, port.at("direction") != "output", bits_of(port.at("bits"))});
    }
    for (const auto& [name, cell] : module.at("cells").items()) {
        if (cell.at("type") != "$buf") netlist.cells.push_back(cell_of(cell));
    }
    for (const auto& [name, net] : module.at("netnames").items()) {
        if (net.value("hide_name", 0) != 0) continue;
        netlist.names.push_back({name, source_of(net), bits_of(net.at("bits"))});
    }
    if (const auto memories = module.find("memories"); memories != module.end()) {
        for (const auto& [name, memory] : memories->items()) {
            netlist.memory_sources[name] = source_of(memory);
        }
    }
    resolve_all(netlist, Buffers(module.at("cells")));
    return netlist;
}

}  // namespace

Result<Netlist> parse_netlist(std::string_view json) {
    try {
        const Json document = Json::parse(json);
        const Json& modules = document.at("modules");
        const Json* chosen = modules.size() == 1 ? &modules.front() : nullptr;
        for (const auto& [name, module] : modules.items()) {
            if (module.contains("attributes") && module.at("attributes").contains("top")) {
                chosen = &module;
            }
        }
        if (chosen != nullptr) return read(*chosen);
    } catch (const Json::exception&) {
        return fail(ErrorCode::ToolFailed, "Yosys wrote a netlist that can't be read");
    }
    return fail(ErrorCode::ToolFailed, "Yosys wrote a netlist without a top");
}

}  // namespace rtlgen::verify
