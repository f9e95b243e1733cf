// SPDX-License-Identifier: Apache-2.0
// What a Run's answers cost, and what it may spend.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/config/config.h"
#include "core/llm/metered_backend.h"
#include "core/store/run_store.h"

namespace rtlgen::cli {

class Meter {
public:
    /// `clock` outlives it. Errors: those of PriceList::open; InvalidArgument: a budget out of its
    /// range.
    static Result<std::unique_ptr<Meter>> create(const config::Config& config,
                                                 const llm::Backend& backend, Clock& clock);

    /// `backend`, which the Meter outlives, behind it. Recordings and the library cost nothing.
    /// Errors: those of MeteredBackend::create.
    Result<std::unique_ptr<llm::Backend>> put_before(std::unique_ptr<llm::Backend> backend,
                                                     const llm::CompletionRequest& first);

    /// Asking begins, in a Run that has these Attempts and was busy for so long.
    void begin(const std::vector<store::Attempt>& earlier, std::chrono::milliseconds busy);

private:
    Meter(std::optional<llm::Price> price, const llm::BudgetLimits& limits, Clock& clock)
        : price_(price), budget_(limits, clock) {}

    std::optional<llm::Price> price_;
    llm::Budget budget_;
};

}  // namespace rtlgen::cli
