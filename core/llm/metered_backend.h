// SPDX-License-Identifier: Apache-2.0
// A Backend in front of another one that says what each answer cost, and keeps to a Budget.
#pragma once

#include <memory>
#include <optional>

#include "core/llm/budget.h"
#include "core/llm/price_list.h"
#include "core/llm/wrapped_backend.h"

namespace rtlgen::llm {

/// What an answer of this usage spent; `price`: none where the model has none.
[[nodiscard]] Spending spending_of(const Usage& usage, const std::optional<Price>& price);

/// Before a request is sent, the dearest answer to it is put aside: a token for each byte of the
/// request, and as many as the answer may have. An answer whose usage isn't told has spent that,
/// and so has a request that failed on its way: its server may have worked on it.
class MeteredBackend final : public WrappedBackend {
public:
    /// `budget` outlives the Backend. Error InvalidArgument: the budget limits money and there is
    /// no price, or it limits money or tokens and nothing limits the length of the answer to
    /// `first`, a request like those to come.
    static Result<std::unique_ptr<Backend>> create(std::unique_ptr<Backend> inner,
                                                   std::optional<Price> price, Budget& budget,
                                                   const CompletionRequest& first);

    Result<Completion> complete(const CompletionRequest& request, std::stop_token stop) override;

private:
    MeteredBackend(std::unique_ptr<Backend> inner, std::optional<Price> price, Budget& budget);
    [[nodiscard]] Spending most_of(const CompletionRequest& request) const;
    /// As complete(), ended too where the budget's time is up.
    Result<Completion> ask(const CompletionRequest& request, const std::stop_token& stop);

    std::optional<Price> price_;
    Budget& budget_;
};

}  // namespace rtlgen::llm
