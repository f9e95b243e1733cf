// SPDX-License-Identifier: Apache-2.0
// `library`: the project's own verified designs as a backend. There is no language model in it.
#pragma once

#include "core/llm/backend.h"
#include "datasets/library.h"

namespace rtlgen::cli {

class LibraryBackend final : public llm::Backend {
public:
    explicit LibraryBackend(datasets::Library library) : library_(std::move(library)) {}

    /// The design with its testbench; its notes are the reasoning. Error Model: no match, or more
    /// than the one answer that the library has to a specification.
    Result<llm::Completion> complete(const llm::CompletionRequest& request,
                                     std::stop_token stop) override;
    [[nodiscard]] std::string name() const override { return "library"; }
    [[nodiscard]] std::string destination() const override {
        return "the built-in library, on this machine";
    }
    [[nodiscard]] std::string preview(const llm::CompletionRequest& request) const override;
    [[nodiscard]] int concurrency() const override { return 4; }

private:
    datasets::Library library_;
};

}  // namespace rtlgen::cli
