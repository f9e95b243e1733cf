// SPDX-License-Identifier: Apache-2.0
// `command:PROGRAM`: the user's own program gets the prompt on standard input and answers on
// standard output. It runs outside any jail, with the user's rights and environment.
#pragma once

#include <chrono>
#include <memory>

#include "core/base/units.h"
#include "core/llm/backend.h"

namespace rtlgen::llm {

struct CommandOptions {
    std::chrono::milliseconds timeout{600'000};  ///< of one answer
    Bytes answer_cap = mebibytes(16);
};

/// Words of a command line: blanks separate, quotes and backslash as in a shell, nothing else is
/// special (no variables, no globs, no pipes). Error InvalidArgument: empty, a quote left open.
Result<std::vector<std::string>> split_command(std::string_view text);

class CommandBackend final : public Backend {
public:
    static Result<std::unique_ptr<Backend>> create(const std::string& command_line,
                                                   const CommandOptions& options);

    CommandBackend(std::string command_line, std::vector<std::string> argv, CommandOptions options);

    /// Errors: ToolMissing (no such program), Model (it fails, says nothing, or too much),
    /// Timeout, Interrupted. In each case its process group is killed first.
    Result<Completion> complete(const CompletionRequest& request, std::stop_token stop) override;
    [[nodiscard]] std::string name() const override { return "command:" + command_line_; }
    [[nodiscard]] std::string destination() const override {
        return "standard input of: " + command_line_;
    }
    [[nodiscard]] std::string preview(const CompletionRequest& request) const override {
        return as_plain_prompt(request.messages);
    }
    [[nodiscard]] int concurrency() const override { return 4; }

private:
    std::string command_line_;
    std::vector<std::string> argv_;
    CommandOptions options_;
};

}  // namespace rtlgen::llm
