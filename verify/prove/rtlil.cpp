// SPDX-License-Identifier: Apache-2.0
// The text is one item a line, and two blanks deeper within another item: a module's own items
// stand two blanks deep, a cell's four. What a process holds is deeper or has other first words.
#include "verify/prove/rtlil.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"

namespace rtlgen::verify {
namespace {

RtlilBit constant_bit(char digit) {
    switch (digit) {
        case '0': return kZero;
        case '1': return kOne;
        case 'x': return kUnknown;
        case 'z': return kHighImpedance;
        default: return kDontCare;
    }
}

/// `8'01x`: the highest bit first; missing ones are x, z or 0 as the first one is.
std::optional<RtlilSignal> constant_of(std::string_view word) {
    const std::size_t quote = word.find('\'');
    if (quote == std::string_view::npos) {
        // A plain number has 32 bits.
        const auto number = parse_int(word);
        if (!number) return std::nullopt;
        RtlilSignal bits;
        for (unsigned i = 0; i < 32; ++i) {
            const auto shifted = static_cast<std::uint64_t>(*number) >> i;
            bits.push_back((shifted & 1U) != 0 ? kOne : kZero);
        }
        return bits;
    }
    constexpr std::int64_t kWidest = 1 << 24;
    const auto width = parse_int(word.substr(0, quote));
    std::string_view digits = word.substr(quote + 1);
    if (digits.starts_with('s')) digits.remove_prefix(1);
    if (!width || *width < 0 || *width > kWidest ||
        digits.find_first_not_of("01xzm-") != std::string_view::npos) {
        return std::nullopt;
    }
    RtlilSignal bits;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        bits.push_back(constant_bit(*digit));
    }
    const RtlilBit top = bits.empty() || bits.back() == kOne ? kZero : bits.back();
    bits.resize(static_cast<std::size_t>(*width), top);
    return bits;
}

/// The words of a line: what is between white space, a text in quotes being one.
std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    std::size_t at = 0;
    while ((at = line.find_first_not_of(" \t\r", at)) != std::string_view::npos) {
        std::size_t end = line.find_first_of(" \t\r", at);
        if (line[at] == '"') {
            end = at + 1;
            while (end < line.size() && line[end] != '"') end += line[end] == '\\' ? 2U : 1U;
            ++end;
        }
        end = std::min(end, line.size());
        words.push_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

class Reader {
public:
    Result<std::vector<RtlilModule>> read(std::string_view text) {
        for (const std::string_view line : split_lines(text)) {
            ++line_;
            const std::size_t depth = line.find_first_not_of(' ');
            if (depth == std::string_view::npos || line[depth] == '#') continue;
            const std::vector<std::string_view> words = words_of(line);
            if (words.empty()) continue;
            if (!take(depth, words)) {
                return fail(
                    ErrorCode::ToolFailed,
                    fmt::format("line {} of Yosys's text of a design can't be read: {}", line_,
                                escape_for_terminal(std::string(line.substr(0, 80)))));
            }
        }
        if (in_module_) return fail(ErrorCode::ToolFailed, "Yosys's text of a design is cut");
        return std::move(modules_);
    }

private:
    using Words = std::vector<std::string_view>;

    bool take(std::size_t depth, const Words& words) {
        if (depth == 0) return take_outer(words);
        if (!in_module_) return false;
        RtlilModule& module = modules_.back();
        if (depth == 2) return take_item(module, words);
        if (depth == 4 && in_cell_) return take_cell_line(module, words);
        return true;  // a process's
    }

    bool take_outer(const Words& words) {
        if (words[0] == "module" && words.size() == 2 && !in_module_) {
            modules_.emplace_back();
            modules_.back().name = words[1];
            wires_.clear();
            in_module_ = true;
            return true;
        }
        if (words[0] == "end") {
            const bool was_open = in_module_;
            in_module_ = false;
            return was_open;
        }
        return words[0] == "attribute" || words[0] == "autoidx";
    }

    bool take_item(RtlilModule& module, const Words& words) {
        if (words[0] == "attribute") {
            if (words.size() == 3 && words[1] == "\\init") initial_ = constant_of(words[2]);
            return true;
        }
        if (words[0] == "end") {
            in_cell_ = false;
            return true;
        }
        if (words[0] == "connect") return take_connection(module, words);
        const std::optional<RtlilSignal> initial = std::exchange(initial_, std::nullopt);
        if (words[0] == "wire") return take_wire(module, words, initial);
        if (words[0] == "cell") {
            if (words.size() != 3) return false;
            module.cells.emplace_back();
            module.cells.back().type = words[1];
            module.cells.back().name = words[2];
            in_cell_ = true;
            return true;
        }
        if (words[0] == "process") module.has_processes = true;
        return words[0] == "process" || words[0] == "memory" || words[0] == "parameter";
    }

    bool take_wire(RtlilModule& module, const Words& words,
                   const std::optional<RtlilSignal>& initial) {
        constexpr std::int64_t kWidest = 1 << 24;
        std::int64_t width = 1;
        RtlilWire wire;
        for (std::size_t i = 1; i + 1 < words.size(); ++i) {
            if (words[i] == "width")
                width = parse_int(words[++i]).value_or(-1);
            else if (words[i] == "input")
                wire.is_input = true;
            else if (words[i] == "output")
                wire.is_output = true;
            else if (words[i] == "inout")
                wire.is_input = wire.is_output = true;
        }
        if (width < 0 || width > kWidest || module.bits > kWidest) return false;
        wire.name = words.back();
        for (std::int64_t i = 0; i < width; ++i) wire.bits.push_back(module.bits++);
        if (initial) {
            wire.initial = *initial;
            wire.initial.resize(wire.bits.size(), kUnknown);
        }
        wires_[wire.name] = module.wires.size();
        module.wires.push_back(std::move(wire));
        return true;
    }

    bool take_connection(RtlilModule& module, const Words& words) {
        std::size_t at = 1;
        RtlilConnection made;
        if (!read_signal(module, words, at, made.driven)) return false;
        if (!read_signal(module, words, at, made.driver)) return false;
        if (at != words.size() || made.driven.size() != made.driver.size()) return false;
        module.connections.push_back(std::move(made));
        return true;
    }

    bool take_cell_line(RtlilModule& module, const Words& words) {
        RtlilCell& cell = module.cells.back();
        if (words[0] == "parameter") {
            const bool is_typed = words.size() == 4;  // signed, real
            if (words.size() < 3) return false;
            cell.parameters[std::string(words[is_typed ? 2 : 1])] = words.back();
            return true;
        }
        if (words[0] != "connect") return words[0] == "attribute";
        std::size_t at = 2;
        return words.size() > 2 &&
               read_signal(module, words, at, cell.pins[std::string(words[1])]) &&
               at == words.size();
    }

    /// One signal from words[at] on, with the slices behind it: `\a`, `\a [3]`, `{ \a 2'01 }
    /// [1:0]`.
    bool read_signal(const RtlilModule& module, const Words& words, std::size_t& at,
                     RtlilSignal& signal) {
        if (at >= words.size()) return false;
        const std::string_view word = words[at++];
        if (word == "{") {
            while (at < words.size() && words[at] != "}") {
                RtlilSignal part;
                if (!read_signal(module, words, at, part)) return false;
                part.insert(part.end(), signal.begin(), signal.end());
                signal = std::move(part);
            }
            if (at == words.size()) return false;
            ++at;
        } else if (word.starts_with('\\') || word.starts_with('$')) {
            const auto wire = wires_.find(word);
            if (wire == wires_.end()) return false;
            signal = module.wires[wire->second].bits;
        } else {
            const auto constant = constant_of(word);
            if (!constant) return false;
            signal = *constant;
        }
        while (at < words.size() && words[at].starts_with('[')) {
            if (!cut(signal, words[at++])) return false;
        }
        return true;
    }

    static bool cut(RtlilSignal& signal, std::string_view slice) {
        if (!slice.ends_with(']')) return false;
        slice = slice.substr(1, slice.size() - 2);
        const std::size_t colon = slice.find(':');
        const auto high = parse_int(slice.substr(0, colon));
        const auto low =
            colon == std::string_view::npos ? high : parse_int(slice.substr(colon + 1));
        const auto size = static_cast<std::int64_t>(signal.size());
        if (!high || !low || *low < 0 || *high < *low || *high >= size) return false;
        signal = RtlilSignal(signal.begin() + *low, signal.begin() + *high + 1);
        return true;
    }

    std::vector<RtlilModule> modules_;
    std::map<std::string, std::size_t, std::less<>> wires_;  ///< of the module that is open
    std::optional<RtlilSignal> initial_;                     ///< of the wire that comes next
    bool in_module_ = false;
    bool in_cell_ = false;
    std::size_t line_ = 0;
};

}  // namespace

bool RtlilCell::is_one(const std::string& parameter) const {
    const auto found = parameters.find(parameter);
    if (found == parameters.end()) return false;
    const auto bits = constant_of(found->second);
    return bits && !bits->empty() && bits->front() == kOne;
}

std::vector<Port> RtlilModule::ports() const {
    std::vector<Port> ports;
    for (const RtlilWire& wire : wires) {
        if (!wire.is_input && !wire.is_output) continue;
        Port port;
        port.name = wire.name.substr(1);
        port.width = static_cast<int>(wire.bits.size());
        port.direction = wire.is_input && wire.is_output ? PortDirection::Inout
                         : wire.is_input                 ? PortDirection::Input
                                                         : PortDirection::Output;
        ports.push_back(std::move(port));
    }
    std::ranges::sort(ports, {}, &Port::name);
    return ports;
}

Result<std::vector<RtlilModule>> parse_rtlil(std::string_view text) { return Reader().read(text); }

}  // namespace rtlgen::verify
