// SPDX-License-Identifier: Apache-2.0
#include "core/llm/metered_backend.h"

#include <utility>

namespace rtlgen::llm {
namespace {

/// Whether a server may have worked on a request that failed so.
bool may_have_cost(ErrorCode code) {
    return code == ErrorCode::Network || code == ErrorCode::Timeout ||
           code == ErrorCode::Interrupted || code == ErrorCode::Budget;
}

}  // namespace

Spending spending_of(const Usage& usage, const std::optional<Price>& price) {
    Spending spent;
    spent.tokens = usage.prompt_tokens.value_or(0) + usage.completion_tokens.value_or(0);
    if (price) spent.usd = cost_of(*price, usage).value_or(0);
    return spent;
}

Result<std::unique_ptr<Backend>> MeteredBackend::create(std::unique_ptr<Backend> inner,
                                                        std::optional<Price> price, Budget& budget,
                                                        const CompletionRequest& first) {
    const BudgetLimits& limits = budget.limits();
    if (limits.usd && !price) {
        return fail(ErrorCode::InvalidArgument,
                    "a budget in USD needs a price, and this model has none; name a list by "
                    "models.price_file, or limit tokens (--budget-tokens)",
                    inner->name());
    }
    if (limits.on_answers() && !inner->answer_limit(first)) {
        return fail(ErrorCode::InvalidArgument,
                    "a budget in USD or tokens needs answers of a limited length; add "
                    "--max-tokens N",
                    inner->name());
    }
    return std::unique_ptr<Backend>(new MeteredBackend(std::move(inner), price, budget));
}

MeteredBackend::MeteredBackend(std::unique_ptr<Backend> inner, std::optional<Price> price,
                               Budget& budget)
    : WrappedBackend(std::move(inner)), price_(price), budget_(budget) {}

Spending MeteredBackend::most_of(const CompletionRequest& request) const {
    if (!budget_.limits().on_answers()) return {};
    // No token is shorter than a byte; what a chat template adds is shorter than JSON's own marks.
    Usage most;
    most.prompt_tokens = static_cast<std::int64_t>(inner().preview(request).size());
    most.completion_tokens = inner().answer_limit(request).value_or(0);
    return spending_of(most, price_);
}

Result<Completion> MeteredBackend::complete(const CompletionRequest& request,
                                            std::stop_token stop) {
    const Spending most = most_of(request);
    TRY(budget_.reserve(most, stop));
    Result<Completion> answer = ask(request, stop);
    if (!answer) {
        budget_.settle(most, may_have_cost(answer.error().code) ? most : Spending{});
        return answer;
    }
    if (price_) answer->cost_usd = cost_of(*price_, answer->usage);
    const bool told = answer->usage.prompt_tokens && answer->usage.completion_tokens;
    budget_.settle(most, told ? spending_of(answer->usage, price_) : most);
    return answer;
}

Result<Completion> MeteredBackend::ask(const CompletionRequest& request,
                                       const std::stop_token& stop) {
    std::stop_source either;
    const std::stop_callback by_user(stop, [&either] { either.request_stop(); });
    const std::stop_token time_is_up = budget_.time_is_up();
    const std::stop_callback by_time(time_is_up, [&either] { either.request_stop(); });
    Result<Completion> answer = inner().complete(request, either.get_token());
    const bool ended_by_time = !answer && answer.error().code == ErrorCode::Interrupted &&
                               time_is_up.stop_requested() && !stop.stop_requested();
    if (ended_by_time) return tl::unexpected<Error>(budget_.out_of_time());
    return answer;
}

}  // namespace rtlgen::llm
