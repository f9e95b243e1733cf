// SPDX-License-Identifier: Apache-2.0
#include "verify/reference/design_interface.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "core/base/text.h"
#include "core/tools/yosys.h"
#include "verify/plain_always.h"
#include "verify/reference/counter_steps.h"

namespace rtlgen::verify {
namespace {

using Json = nlohmann::ordered_json;

constexpr Bytes kLargestNetlist = mebibytes(64);

/// What a control pin of a register is driven by: an input of one bit, maybe through inverters or
/// together with others.
struct Control {
    std::string input;
    bool inverted = false;
};

std::optional<int> net_of(const Json& bit) {
    return bit.is_number_integer() ? std::optional(bit.get<int>()) : std::nullopt;
}

bool is_one(const Json& cell, const char* parameter) {
    const auto parameters = cell.find("parameters");
    if (parameters == cell.end()) return true;
    const auto value = parameters->find(parameter);
    if (value == parameters->end()) return true;
    const std::string text = value->is_string() ? value->get<std::string>() : value->dump();
    return text.find('1') != std::string::npos;
}

/// The bits of a constant, the highest first; none where a bit is a net or no 0 or 1.
std::optional<std::string> constant_of(const Json& bits) {
    std::string text;
    for (const Json& bit : bits) {
        if (!bit.is_string()) return std::nullopt;
        const std::string value = bit.get<std::string>();
        if (value != "0" && value != "1") return std::nullopt;
        text.insert(text.begin(), value[0]);
    }
    return text;
}

bool says_reset(const std::string& name) {
    const std::string lower = to_lower(name);
    for (const char* word : {"rst", "reset", "clear", "clr"}) {
        if (lower.find(word) != std::string::npos) return true;
    }
    return false;
}

class InterfaceReader {
public:
    explicit InterfaceReader(const Json& module) : module_(module) {}

    DesignInterface read(const std::string& top) {
        made_.top = top;
        read_ports();
        for (const auto& [name, cell] : module_.at("cells").items()) index_driver(cell);
        for (const auto& [name, cell] : module_.at("cells").items()) read_cell(cell);
        for (const auto& [name, reset] : resets_) made_.resets.push_back(reset);
        made_.clocks.assign(clocks_.begin(), clocks_.end());
        for (const std::string& enable : enables_) {
            if (!clocks_.contains(enable)) made_.enables.push_back(enable);
        }
        std::erase_if(made_.resets,
                      [this](const ResetInput& reset) { return clocks_.contains(reset.name); });
        if (only_registers_) made_.state_bits = register_bits_;
        made_.constants.assign(constants_.begin(), constants_.end());
        made_.counter_steps = counter_steps(module_);
        return std::move(made_);
    }

private:
    void read_ports() {
        for (const auto& [name, object] : module_.at("ports").items()) {
            Port port;
            port.name = name;
            port.width = static_cast<int>(object.at("bits").size());
            port.is_signed = object.value("signed", 0) != 0;
            const std::string direction = object.at("direction");
            if (direction == "inout") {
                made_.obstacles.push_back("inout port " + name);
            } else if (direction == "input") {
                if (port.width == 1) {
                    if (const auto net = net_of(object.at("bits")[0])) input_of_[*net] = name;
                }
                made_.inputs.push_back(port);
            } else {
                made_.outputs.push_back(port);
            }
        }
    }

    void index_driver(const Json& cell) {
        const Json& directions = cell.at("port_directions");
        for (const auto& [pin, bits] : cell.at("connections").items()) {
            if (directions.value(pin, "input") != "output") continue;
            for (const Json& bit : bits) {
                if (const auto net = net_of(bit)) driver_[*net] = &cell;
            }
        }
    }

    void read_cell(const Json& cell) {
        const std::string type = cell.at("type");
        const Json& pins = cell.at("connections");
        if (pins.contains("CLK")) {
            read_clock(pins.at("CLK")[0]);
            made_.has_state = true;
            if (pins.contains("Q")) {
                made_.widest_register =
                    std::max(made_.widest_register, static_cast<int>(pins.at("Q").size()));
                register_bits_ += static_cast<int>(pins.at("Q").size());
            }
        }
        if (type.starts_with("$mem")) read_memory(pins);
        if (type.find("dlatch") != std::string::npos || type == "$sr") read_latch(type, pins);
        const bool is_register = pins.contains("CLK");
        if (type.starts_with("$mem") || (pins.contains("Q") && !is_register)) {
            only_registers_ = false;
        }
        read_resets(cell, pins);
        read_constants(type, pins);
    }

    void read_clock(const Json& bit) {
        const auto control = trace(bit, Through::Inverters);
        if (control) {
            clocks_.insert(control->input);
        } else if (bit.is_number_integer()) {
            // A clock made of registers or gates: what it is made of is driven as data.
            const std::vector<Control> parts = parts_of(bit);
            for (const Control& part : parts) {
                if (to_lower(part.input).find("clk") != std::string::npos ||
                    to_lower(part.input).find("clock") != std::string::npos) {
                    clocks_.insert(part.input);
                }
            }
        }
    }

    void read_memory(const Json& pins) {
        made_.has_state = true;
        for (const char* pin : {"RD_CLK", "WR_CLK", "CLK"}) {
            if (!pins.contains(pin)) continue;
            for (const Json& bit : pins.at(pin)) read_clock(bit);
        }
    }

    void read_latch(const std::string& type, const Json& pins) {
        made_.has_state = true;
        const char* pin = type == "$sr" ? "SET" : "EN";
        if (!pins.contains(pin)) return;
        for (const Control& part : parts_of(pins.at(pin)[0])) enables_.insert(part.input);
    }

    void read_resets(const Json& cell, const Json& pins) {
        struct Pin {
            const char* name;
            const char* polarity;
            ResetKind kind;
        };
        static constexpr std::array<Pin, 5> kPins = {{
            {"ARST", "ARST_POLARITY", ResetKind::Asynchronous},
            {"ALOAD", "ALOAD_POLARITY", ResetKind::Asynchronous},
            {"CLR", "CLR_POLARITY", ResetKind::Asynchronous},
            {"SET", "SET_POLARITY", ResetKind::Asynchronous},
            {"SRST", "SRST_POLARITY", ResetKind::Synchronous},
        }};
        const std::string type = cell.at("type");
        for (const Pin& pin : kPins) {
            if (!pins.contains(pin.name) || type == "$sr") continue;
            for (const Control& part : parts_of(pins.at(pin.name)[0])) {
                // Of several parts, which may be comparisons' too, those that are called so.
                const bool alone = trace(pins.at(pin.name)[0], Through::Inverters).has_value();
                if (!alone && !says_reset(part.input)) continue;
                ResetInput reset{part.input, part.inverted == is_one(cell, pin.polarity), pin.kind};
                const auto [at, fresh] = resets_.emplace(part.input, reset);
                if (!fresh && pin.kind == ResetKind::Asynchronous) at->second = reset;
            }
        }
    }

    void read_constants(const std::string& type, const Json& pins) {
        static constexpr std::array<std::string_view, 8> kCompares = {"$eq", "$ne", "$eqx", "$nex",
                                                                      "$lt", "$le", "$gt",  "$ge"};
        if (std::ranges::find(kCompares, type) == kCompares.end()) return;
        for (const char* pin : {"A", "B"}) {
            if (auto constant = constant_of(pins.at(pin)); constant && constant->size() > 1) {
                constants_.insert(*std::move(constant));
            }
        }
    }

    enum class Through { Inverters, Logic };

    /// The only input that a net comes from, if it does through inverters alone.
    std::optional<Control> trace(const Json& bit, Through through) const {
        const std::vector<Control> parts = walk(bit, through);
        return parts.size() == 1 ? std::optional(parts.front()) : std::nullopt;
    }

    /// The inputs of one bit that a net is a function of, as far as registers.
    std::vector<Control> parts_of(const Json& bit) const { return walk(bit, Through::Logic); }

    /// A net, and whether it is inverted as seen from where the walk began.
    using Step = std::pair<int, bool>;

    static bool inverts(const Json& cell) {
        const std::string type = cell.at("type");
        return type == "$not" || type == "$logic_not";
    }

    /// Whether a walk goes on to what feeds this cell.
    static bool leads_on(const Json& cell, Through through) {
        const std::string type = cell.at("type");
        if (inverts(cell) || type == "$buf" || type == "$pos") return true;
        // What has no Y is a register or a memory.
        return through == Through::Logic && cell.at("connections").contains("Y");
    }

    static void add_sources(const Json& cell, bool inverted, std::vector<Step>& todo) {
        const Json& pins = cell.at("connections");
        for (const char* pin : {"A", "B", "S"}) {
            if (!pins.contains(pin)) continue;
            for (const Json& from : pins.at(pin)) {
                if (const auto net = net_of(from)) todo.emplace_back(*net, inverted);
            }
        }
    }

    std::vector<Control> walk(const Json& bit, Through through) const {
        constexpr std::size_t kMostNets = 64;
        std::vector<Control> parts;
        std::vector<Step> todo;
        std::set<int> seen;
        if (const auto net = net_of(bit)) todo.emplace_back(*net, false);
        while (!todo.empty() && seen.size() < kMostNets) {
            const auto [net, inverted] = todo.back();
            todo.pop_back();
            if (!seen.insert(net).second) continue;
            const auto driver = driver_.find(net);
            if (const auto input = input_of_.find(net); input != input_of_.end()) {
                parts.push_back({input->second, inverted});
            } else if (driver != driver_.end() && leads_on(*driver->second, through)) {
                add_sources(*driver->second, inverted != inverts(*driver->second), todo);
            } else if (through == Through::Inverters) {
                return {};
            }
        }
        return parts;
    }

    const Json& module_;
    DesignInterface made_;
    std::map<int, std::string> input_of_;  ///< of one bit, by net
    std::map<int, const Json*> driver_;
    std::set<std::string> clocks_;
    std::set<std::string> enables_;
    std::map<std::string, ResetInput> resets_;
    std::set<ConstantBits> constants_;
    int register_bits_ = 0;
    bool only_registers_ = true;  ///< no latch and no memory
};

int bits_in(const std::vector<Port>& ports) {
    int bits = 0;
    for (const Port& port : ports) bits += port.width;
    return bits;
}

}  // namespace

int DesignInterface::input_bits() const { return bits_in(inputs); }
int DesignInterface::output_bits() const { return bits_in(outputs); }

Result<DesignInterface> parse_interface(std::string_view netlist) {
    try {
        const Json document = Json::parse(netlist);
        const Json& modules = document.at("modules");
        for (const auto& [name, module] : modules.items()) {
            const bool is_top =
                module.contains("attributes") && module.at("attributes").contains("top");
            if (is_top || modules.size() == 1) return InterfaceReader(module).read(name);
        }
    } catch (const Json::exception&) {
        return fail(ErrorCode::ToolFailed, "Yosys wrote a netlist that can't be read");
    }
    return fail(ErrorCode::ToolFailed, "Yosys wrote a netlist without a top");
}

namespace {

/// The interface as one reader of one Yosys sees it. Error NotFound: it doesn't read the design.
Result<DesignInterface> interface_by(const tools::Tool& tool, tools::YosysReader reader,
                                     const SourceSet& design, process::Runner& runner,
                                     const std::stop_token& stop) {
    tools::YosysRun run;
    run.name = "interface";
    const bool plain = reader == tools::YosysReader::Verilog;
    TRY(tools::add_reading(run, reader, plain ? with_plain_always(design) : design));
    run.script +=
        "proc\nflatten\nopt_expr\nopt_clean\nopt_dff\nopt_clean\n"
        "write_json interface.json\n";
    run.outputs = {{"interface.json", kLargestNetlist}};
    TRY_ASSIGN(tools::YosysResult result, tools::run_yosys(tool, run, design, runner, stop));
    if (result.ok) return parse_interface(result.outputs["interface.json"]);
    std::string why = "Yosys doesn't read it";
    for (const Finding& finding : result.findings) {
        if (finding.severity == Severity::Error) why += ": " + format_finding(finding);
    }
    return fail(ErrorCode::NotFound, std::move(why), design.top);
}

}  // namespace

Result<DesignInterface> analyse_interface(const SourceSet& design, const tools::Toolset& toolset,
                                          process::Runner& runner, const std::stop_token& stop) {
    Result<DesignInterface> interface =
        fail(ErrorCode::NotFound, "no Yosys is installed; see rtlgen doctor", design.top);
    for (const tools::Tool* tool : toolset.all(tools::ToolKind::Yosys)) {
        for (const tools::YosysReader reader : tools::yosys_readers(*tool, design)) {
            interface = interface_by(*tool, reader, design, runner, stop);
            if (interface || interface.error().code != ErrorCode::NotFound) return interface;
        }
    }
    return interface;
}

}  // namespace rtlgen::verify
