// SPDX-License-Identifier: Apache-2.0
#include "core/llm/command_backend.h"

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/llm/child_process.h"

namespace rtlgen::llm {
namespace {

/// The last line that says something: what a program usually complains with.
std::string last_line(std::string_view text) {
    std::string_view last;
    for (const std::string_view line : split_lines(text)) {
        if (!trim(line).empty()) last = trim(line);
    }
    return std::string(last.substr(0, 300));
}

/// Whether a backslash before `next` is one of the shell's (POSIX 2.2): in double quotes only
/// before what has a meaning there, in single ones never.
bool is_escape(char quote, char next) {
    if (quote == 0) return true;
    return quote == '"' && std::string_view("\\\"$`").find(next) != std::string_view::npos;
}

}  // namespace

Result<std::vector<std::string>> split_command(std::string_view text) {
    std::vector<std::string> words;
    bool in_word = false;
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool blank = c == ' ' || c == '\t' || c == '\n';
        if (quote == 0 && blank) {
            in_word = false;
            continue;
        }
        if (!in_word) words.emplace_back();
        in_word = true;
        if (quote != 0 && c == quote) {
            quote = 0;
        } else if (quote == 0 && (c == '\'' || c == '"')) {
            quote = c;
        } else if (c == '\\' && i + 1 < text.size() && is_escape(quote, text[i + 1])) {
            words.back() += text[++i];
        } else {
            words.back() += c;
        }
    }
    if (quote != 0) return fail(ErrorCode::InvalidArgument, "a quote is left open", "command:");
    if (words.empty() || words.front().empty()) {
        return fail(ErrorCode::InvalidArgument, "no program is named; write command:PROGRAM",
                    "command:");
    }
    return words;
}

Result<std::unique_ptr<Backend>> CommandBackend::create(const std::string& command_line,
                                                        const CommandOptions& options) {
    TRY_ASSIGN(std::vector<std::string> argv, split_command(command_line));
    return std::make_unique<CommandBackend>(command_line, std::move(argv), options);
}

CommandBackend::CommandBackend(std::string command_line, std::vector<std::string> argv,
                               CommandOptions options)
    : command_line_(std::move(command_line)), argv_(std::move(argv)), options_(options) {}

Result<Completion> CommandBackend::complete(const CompletionRequest& request,
                                            std::stop_token stop) {
    const auto started = std::chrono::steady_clock::now();
    ChildSpec spec{argv_, as_plain_prompt(request.messages), options_.timeout, options_.answer_cap};
    TRY_ASSIGN(ChildResult child, run_child(spec, stop));
    if (child.signal != 0 || child.exit_code != 0) {
        const std::string how = child.signal != 0
                                    ? fmt::format("was ended by signal {}", child.signal)
                                    : fmt::format("exited with {}", child.exit_code);
        const std::string said = last_line(child.err);
        return fail(ErrorCode::Model, how + (said.empty() ? "" : ": " + said), argv_.front());
    }
    if (trim(child.out).empty()) {
        return fail(ErrorCode::Model, "answered nothing on standard output", argv_.front());
    }
    Completion completion;
    completion.text = std::move(child.out);
    completion.finish_reason = FinishReason::Stop;
    completion.model = name();
    completion.latency = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - started);
    completion.sent = "{}";
    completion.endpoint = command_line_;
    completion.bytes_sent = spec.input.size();
    split_reasoning(completion);
    return completion;
}

}  // namespace rtlgen::llm
