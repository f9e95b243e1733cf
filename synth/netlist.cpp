// SPDX-License-Identifier: Apache-2.0
// Read as a stream: a cell is taken as soon as it is whole, so that a netlist of hundreds of
// megabytes never stands in memory as a tree.
#include "synth/netlist.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/tools/yosys/yosys_cells.h"

namespace rtlgen::synth {
namespace {

using nlohmann::json;

std::vector<NetBit> bits_of(const json& list) {
    std::vector<NetBit> bits;
    for (const json& bit : list) {
        if (bit.is_number_integer()) bits.push_back(bit.get<NetBit>());
    }
    return bits;
}

NetlistPort::Direction direction_of(const std::string& text) {
    if (text == "input") return NetlistPort::Direction::Input;
    if (text == "output" || text == "inout") return NetlistPort::Direction::Output;
    return NetlistPort::Direction::Unknown;
}

std::string source_of(const json& object) {
    const auto attributes = object.find("attributes");
    if (attributes == object.end()) return {};
    const auto source = attributes->find("src");
    return source == attributes->end() || !source->is_string() ? "" : source->get<std::string>();
}

NetlistCell cell_of(const std::string& name, const json& object) {
    NetlistCell cell;
    cell.name = name;
    cell.type = object.at("type").get<std::string>();
    cell.source = source_of(object);
    const json directions = object.value("port_directions", json::object());
    for (const auto& [port, bits] : object.at("connections").items()) {
        cell.ports.push_back({port, bits_of(bits), direction_of(directions.value(port, ""))});
    }
    if (tools::yosys_cell_kind(cell.type) == tools::YosysCellKind::Memory) {
        const json parameters = object.value("parameters", json::object());
        for (const auto& [key, value] : parameters.items()) {
            if (value.is_string() && key != "INIT") cell.parameters[key] = value;
        }
    }
    return cell;
}

/// Names without a dot stand nearer to the top; of those the shortest is the plainest.
bool is_plainer(const std::string& left, const std::string& right) {
    const auto rank = [](const std::string& name) {
        return std::pair(std::ranges::count(name, '.'), name.size());
    };
    return rank(left) != rank(right) ? rank(left) < rank(right) : left < right;
}

struct Module {
    bool is_top = false;
    Netlist netlist;
};

/// What nlohmann's parser calls for every value: `key_path_` says where in the document it stands.
class Collector {
public:
    /// True to keep the value in the tree.
    bool operator()(int depth, json::parse_event_t event, json& value) {
        if (event == json::parse_event_t::key) {
            key_path_.resize(static_cast<std::size_t>(depth));
            key_path_.back() = value.get<std::string>();
            return true;
        }
        if (event != json::parse_event_t::object_end || depth < 2 || key_path_.empty() ||
            key_path_[0] != "modules") {
            return true;
        }
        const auto level = static_cast<std::size_t>(depth);
        if (level == 4 && key_path_.size() >= 4) return !take_part(value);
        if (level == 2) {
            finish_module(value);
            return false;
        }
        return true;
    }

    Result<Netlist> take() {
        std::optional<Netlist> found;
        for (Module& module : modules_) {
            if (module.is_top) return std::move(module.netlist);
            if (!module.netlist.cells.empty() || !module.netlist.ports.empty()) {
                found = std::move(module.netlist);
            }
        }
        if (found) return *std::move(found);
        return fail(ErrorCode::ToolFailed, "Yosys's netlist has no module");
    }

private:
    /// A cell, port or net of the module that is being read; true where it was one.
    bool take_part(const json& value) {
        const std::string& group = key_path_[2];
        const std::string& name = key_path_[3];
        if (group == "cells") {
            current_.cells.push_back(cell_of(name, value));
        } else if (group == "ports") {
            current_.ports.push_back(
                {name, bits_of(value.at("bits")), direction_of(value.value("direction", ""))});
        } else if (group == "netnames") {
            if (value.value("hide_name", 0) == 0) name_bits(name, value);
        } else {
            return false;
        }
        return true;
    }

    void name_bits(const std::string& name, const json& value) {
        const json& bits = value.at("bits");
        const std::string source = source_of(value);
        int index = value.value("offset", 0);
        const bool upto = value.value("upto", 0) != 0;
        if (upto) index += static_cast<int>(bits.size()) - 1;
        for (const json& bit : bits) {
            if (bit.is_number_integer()) {
                NetName net{name, bits.size() == 1 ? -1 : index, source};
                const auto [known, is_new] = current_.names.try_emplace(bit.get<NetBit>(), net);
                if (!is_new && is_plainer(name, known->second.signal)) known->second = net;
            }
            index += upto ? -1 : 1;
        }
    }

    void finish_module(const json& value) {
        current_.top = key_path_[1];
        const json attributes = value.value("attributes", json::object());
        modules_.push_back({attributes.contains("top"), std::exchange(current_, {})});
    }

    std::vector<std::string> key_path_;
    Netlist current_;
    std::vector<Module> modules_;
};

}  // namespace

Result<Netlist> read_netlist(std::string_view text) {
    try {
        Collector collector;
        const json rest = json::parse(text, [&](int depth, json::parse_event_t event, json& value) {
            return collector(depth, event, value);
        });
        return collector.take();
    } catch (const json::exception& error) {
        return fail(ErrorCode::ToolFailed,
                    std::string("Yosys's netlist isn't as expected: ") + error.what());
    }
}

}  // namespace rtlgen::synth
