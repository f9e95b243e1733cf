// SPDX-License-Identifier: Apache-2.0
#include "verify/reference/counter_steps.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace rtlgen::verify {
namespace {

using Json = nlohmann::ordered_json;

/// The lowest net of a pin; none where it is a constant.
std::optional<int> lowest_net(const Json& bits) {
    if (bits.empty() || !bits[0].is_number_integer()) return std::nullopt;
    return bits[0].get<int>();
}

/// The number that a pin is tied to; none where it is a net or has an unknown bit.
std::optional<std::uint64_t> constant_number(const Json& bits) {
    std::uint64_t number = 0;
    std::uint64_t weight = 1;
    for (const Json& bit : bits) {
        if (bit != "0" && bit != "1") return std::nullopt;
        if (bit == "1" && weight == 0) return kMostSteps;
        if (bit == "1") number += weight;
        weight <<= 1U;
    }
    return number;
}

bool is_all_ones(const Json& bits) {
    return std::ranges::all_of(bits, [](const Json& bit) { return bit == "1"; });
}

/// A pin that is a net beside one that is tied.
struct NetAndConstant {
    int net;
    const Json& constant;
};

std::optional<NetAndConstant> net_and_constant(const Json& pins) {
    const Json& a = pins.at("A");
    const Json& b = pins.at("B");
    if (const auto net = lowest_net(a); net && constant_number(b)) return NetAndConstant{*net, b};
    if (const auto net = lowest_net(b); net && constant_number(a)) return NetAndConstant{*net, a};
    return std::nullopt;
}

bool compares(std::string_view type) {
    static constexpr std::array<std::string_view, 8> kCompares = {"$eq", "$ne", "$eqx", "$nex",
                                                                  "$lt", "$le", "$gt",  "$ge"};
    return std::ranges::find(kCompares, type) != kCompares.end();
}

}  // namespace

std::vector<std::uint32_t> counter_steps(const Json& module) {
    std::map<int, std::size_t> registers;   // widths by the lowest net
    std::map<int, std::uint64_t> compared;  // the largest constants
    std::set<int> counted;
    for (const auto& [name, cell] : module.at("cells").items()) {
        const std::string type = cell.at("type");
        const Json& pins = cell.at("connections");
        if (pins.contains("CLK") && pins.contains("Q")) {
            if (const auto net = lowest_net(pins.at("Q"))) registers[*net] = pins.at("Q").size();
        }
        const bool adds = type == "$add" || type == "$sub";
        if (!adds && !compares(type)) continue;
        const auto found = net_and_constant(pins);
        if (!found) continue;
        const std::uint64_t number = *constant_number(found->constant);
        if (!adds) {
            compared[found->net] = std::max(compared[found->net], number);
        } else if (number == 1 || is_all_ones(found->constant)) {
            counted.insert(found->net);
        }
    }
    std::set<std::uint32_t> steps;
    for (const int net : counted) {
        const auto width = registers.find(net);
        if (width == registers.end()) continue;
        constexpr std::size_t kWidest = 16;
        std::uint64_t most = width->second >= kWidest ? kMostSteps : 1U << width->second;
        const std::uint64_t end = compared[net] + 1;
        if (end > 1) most = std::min(most, end);
        steps.insert(static_cast<std::uint32_t>(most));
    }
    return {steps.begin(), steps.end()};
}

}  // namespace rtlgen::verify
