// SPDX-License-Identifier: Apache-2.0
#include "cli/metering.h"

#include <fmt/format.h>

#include "core/llm/batch_backend.h"
#include "core/llm/endpoint.h"

namespace rtlgen::cli {
namespace {

/// Nothing is sent, or to nobody who wants to be paid.
bool is_free(const llm::Backend& backend) {
    const std::string name = backend.name();
    return name == "library" || name.starts_with("replay:") ||
           backend.destination() == llm::BatchBackend::kDestination;
}

/// By the server's host and the name behind the provider's.
std::optional<llm::Price> price_of(const llm::PriceList& list, const llm::Backend& backend) {
    const auto endpoint = llm::parse_endpoint(backend.destination());
    const std::string name = backend.name();
    const std::size_t slash = name.find('/');
    if (!endpoint || slash == std::string::npos) return std::nullopt;
    return list.find(endpoint->host, name.substr(slash + 1));
}

template <class T>
Status check_positive(const config::Setting<T>& setting, const char* name) {
    if (!setting.is_set() || setting.value >= T{}) return {};
    return fail(ErrorCode::InvalidArgument,
                fmt::format("{} is {}; it is at least 0", name, setting.value), setting.where);
}

Result<llm::BudgetLimits> limits_of(const config::GenerateConfig& config) {
    TRY(check_positive(config.budget_usd, "budget_usd"));
    TRY(check_positive(config.budget_tokens, "budget_tokens"));
    TRY(check_positive(config.budget_seconds, "budget_seconds"));
    llm::BudgetLimits limits;
    if (config.budget_usd.is_set()) limits.usd = config.budget_usd.value;
    if (config.budget_tokens.is_set()) limits.tokens = config.budget_tokens.value;
    if (config.budget_seconds.is_set()) {
        limits.time =
            std::chrono::milliseconds(static_cast<std::int64_t>(config.budget_seconds.value * 1e3));
    }
    return limits;
}

}  // namespace

Result<std::unique_ptr<Meter>> Meter::create(const config::Config& config,
                                             const llm::Backend& backend, Clock& clock) {
    TRY_ASSIGN(llm::BudgetLimits limits, limits_of(config.generate));
    if (is_free(backend)) {
        limits.usd.reset();
        limits.tokens.reset();
    }
    TRY_ASSIGN(const llm::PriceList list, llm::PriceList::open(config.price_file.value));
    return std::unique_ptr<Meter>(new Meter(price_of(list, backend), limits, clock));
}

Result<std::unique_ptr<llm::Backend>> Meter::put_before(std::unique_ptr<llm::Backend> backend,
                                                        const llm::CompletionRequest& first) {
    return llm::MeteredBackend::create(std::move(backend), price_, budget_, first);
}

void Meter::begin(const std::vector<store::Attempt>& earlier, std::chrono::milliseconds busy) {
    llm::Spending spent;
    for (const store::Attempt& attempt : earlier) {
        if (!attempt.completion || attempt.completion->from_cache) continue;
        spent = spent + llm::spending_of(attempt.completion->usage, price_);
    }
    budget_.begin(spent, busy);
}

}  // namespace rtlgen::cli
