// SPDX-License-Identifier: Apache-2.0
// What a Run leaves beside its database: copies for people and tools, and a log. The database alone
// is made to outlive a loss of power; these outlive the process.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "core/base/result.h"
#include "core/store/attempt.h"

namespace rtlgen::store {

/// prompt.md, answer.md, candidate.sv, verdict.json, and testbench.sv where one came with the
/// answer: as far as the Attempt has come.
Status write_attempt_files(const std::filesystem::path& folder, const Attempt& attempt);

/// "NOW LINE", control characters escaped.
Status append_log(const std::filesystem::path& path, std::int64_t now, std::string_view line);

}  // namespace rtlgen::store
