// SPDX-License-Identifier: Apache-2.0
// A model that a server says it has.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace rtlgen::llm {

struct ListedModel {
    std::string id;
    std::optional<std::int64_t> context_length;  ///< tokens; none where the server doesn't tell
    bool operator==(const ListedModel&) const = default;
};

}  // namespace rtlgen::llm
