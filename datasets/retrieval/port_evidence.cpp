// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/port_evidence.h"

#include <algorithm>

#include "core/base/text.h"

namespace rtlgen::datasets {

Evidence* PortEvidence::find(const std::string& name) {
    const auto found = known_.find(to_lower(name));
    return found == known_.end() || found->second.port.name != name ? nullptr : &found->second;
}

void PortEvidence::add(const std::string& name, const PortItem& item, PortDirection direction,
                       DirectionFrom from) {
    const bool said = from == DirectionFrom::Text;
    auto [entry, fresh] = known_.try_emplace(to_lower(name));
    Evidence& evidence = entry->second;
    if (fresh) {
        evidence.first = item.at;
        evidence.port.name = name;
        evidence.port.direction = direction;
        evidence.port.direction_said = said;
    } else if (said && !evidence.port.direction_said) {
        evidence.port.direction = direction;
        evidence.port.direction_said = true;
    }
    evidence.listed = evidence.listed || said;
    evidence.first = std::min(evidence.first, item.at);
    if (!evidence.port.width) evidence.port.width = item.width;
    if (!item.description.empty()) evidence.port.description += item.description + ". ";
}

bool PortEvidence::has_name_with(std::span<const std::string_view> parts) const {
    return std::ranges::any_of(known_, [&](const auto& entry) {
        return std::ranges::any_of(parts, [&](std::string_view part) {
            return entry.first.find(part) != std::string::npos;
        });
    });
}

std::vector<SpecPort> PortEvidence::ports() const {
    std::vector<const Evidence*> order;
    for (const auto& [name, evidence] : known_) order.push_back(&evidence);
    std::ranges::sort(order, {}, [](const Evidence* one) { return one->first; });
    std::vector<SpecPort> ports;
    for (const Evidence* one : order) ports.push_back(one->port);
    return ports;
}

}  // namespace rtlgen::datasets
