// SPDX-License-Identifier: Apache-2.0
// A SourceSet with the texts of its files as JSON, so that what judged a Run is kept with it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/domain/source_set.h"

namespace rtlgen::store {

/// Every byte of the texts is kept: those that are no UTF-8 stand there as hexadecimal digits.
[[nodiscard]] nlohmann::ordered_json source_set_to_json(const SourceSet& set);
/// The inverse. Throws nlohmann::json::exception where it is no such JSON.
[[nodiscard]] SourceSet source_set_from_json(const nlohmann::ordered_json& json);

}  // namespace rtlgen::store
