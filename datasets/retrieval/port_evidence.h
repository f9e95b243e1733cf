// SPDX-License-Identifier: Apache-2.0
// What a text's sentences and lists together tell of each name of a port.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/retrieval/port_items.h"

namespace rtlgen::datasets {

/// What is known of one name.
struct Evidence {
    std::size_t first = 0;  ///< where it stands as a port for the first time
    SpecPort port;
    bool listed = false;  ///< stands in a list that says its direction

    [[nodiscard]] bool listed_at(std::size_t at) const { return listed && first == at; }
};

enum class DirectionFrom { Text, Guess };

/// The names that were found up to now; each place that speaks of one adds to it.
class PortEvidence {
public:
    /// A name in another spelling of capitals counts as unknown; null: unknown.
    [[nodiscard]] Evidence* find(const std::string& name);
    /// `name` stands at `item.at`. The first direction of the text's wins.
    void add(const std::string& name, const PortItem& item, PortDirection direction,
             DirectionFrom from);
    /// Whether a name, in lower case, contains one of `parts`.
    [[nodiscard]] bool has_name_with(std::span<const std::string_view> parts) const;
    /// In order of first mention.
    [[nodiscard]] std::vector<SpecPort> ports() const;

private:
    std::map<std::string, Evidence> known_;  ///< by name in lower case
};

}  // namespace rtlgen::datasets
