// SPDX-License-Identifier: Apache-2.0
// A FailureTrace as the optional key `failure_trace` of `rtlgen.verdict.v1`.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/domain/failure_trace.h"

namespace rtlgen {

/// Invalid UTF-8 is replaced.
[[nodiscard]] nlohmann::ordered_json to_json(const FailureTrace& trace);
/// The inverse, unknown keys ignored. Throws nlohmann::json::exception where keys are missing.
[[nodiscard]] FailureTrace failure_trace_from_json(const nlohmann::ordered_json& json);

}  // namespace rtlgen
