// SPDX-License-Identifier: Apache-2.0
// The tables of a Run's database, by the steps of their history, and an Attempt as one of its rows.
#pragma once

#include <span>
#include <string_view>

#include "core/store/attempt.h"
#include "core/store/sqlite.h"

namespace rtlgen::store {

[[nodiscard]] std::span<const Migration> run_migrations();

/// Inserts an Attempt, or replaces that of its sample and turn; parameters as bind_attempt().
extern const std::string_view kSaveAttempt;
void bind_attempt(Statement& save, const Attempt& attempt);

/// Every Attempt by sample and turn; rows as attempt_at().
extern const std::string_view kLoadAttempts;
/// Throws nlohmann::json::exception where the row is damaged.
[[nodiscard]] Attempt attempt_at(const Statement& row);

}  // namespace rtlgen::store
