// SPDX-License-Identifier: Apache-2.0
#include "cli/library_backend.h"

#include <fmt/format.h>

#include "core/base/text.h"

namespace rtlgen::cli {

Result<llm::Completion> LibraryBackend::complete(const llm::CompletionRequest& request,
                                                 std::stop_token stop) {
    if (stop.stop_requested()) return fail(ErrorCode::Interrupted, "interrupted");
    if (request.sample != 1 || request.turn != 0) {
        return fail(ErrorCode::Model, "has one answer to a specification, and it was given",
                    "library");
    }
    const auto started = std::chrono::steady_clock::now();
    Result<datasets::LibraryAnswer> answer =
        library_.answer({request.spec.text, request.spec.interface_text, request.spec.top});
    if (!answer && answer.error().code == ErrorCode::NotFound) {
        return fail(ErrorCode::Model, answer.error().message, "library");
    }
    if (!answer) return tl::unexpected<Error>(answer.error());
    llm::Completion completion;
    completion.text = "```verilog\n" + answer->code + "```\n";
    completion.reasoning = join(answer->notes, "\n");
    completion.finish_reason = llm::FinishReason::Stop;
    completion.model = "library/" + answer->design;
    completion.latency = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - started);
    completion.sent = "{}";
    completion.endpoint = "library";
    completion.origin = Origin::Library;
    SourceSet testbench;
    testbench.files = {{"library_testbench.sv", {}, answer->testbench}};
    testbench.top = answer->testbench_top;
    completion.testbench = std::move(testbench);
    return completion;
}

std::string LibraryBackend::preview(const llm::CompletionRequest& request) const {
    return fmt::format("nothing is sent; {} bytes of specification are looked up among {} designs",
                       request.spec.text.size(), library_.names().size());
}

}  // namespace rtlgen::cli
