// SPDX-License-Identifier: Apache-2.0
// The edge between rtlgen and language models: a request in, a completion out, whoever answers.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/domain/problem.h"
#include "core/domain/source_set.h"
#include "core/domain/verdict.h"
#include "core/llm/listed_model.h"

namespace rtlgen::llm {

enum class Role { System, User, Assistant };
std::string_view to_string(Role role);

struct Message {
    Role role = Role::User;
    std::string text;
    bool operator==(const Message&) const = default;
};

/// What is asked of the sampler; a value that isn't set is left to the model's own default.
struct Sampling {
    std::optional<double> temperature;
    std::optional<double> top_p;
    std::optional<std::int64_t> top_k;
    std::optional<std::int64_t> max_tokens;
    std::optional<std::int64_t> seed;  ///< of sample 1; sample k gets seed + k - 1
    std::vector<std::string> stop;
    std::optional<std::int64_t> logprobs;  ///< how many alternatives a token; 0: the chosen alone
    std::string reasoning_effort;          ///< "low", "medium", "high", as the server knows them
    std::string response_format;           ///< a JSON object; empty: text
    std::string extra_body;                ///< a JSON object, joined to the body as it is
    bool operator==(const Sampling&) const = default;
};

struct CompletionRequest {
    std::string problem;  ///< id of the Problem: how a recording is looked up
    std::vector<Message> messages;
    Sampling sampling;
    int sample = 1;  ///< from 1: which of several answers to the same prompt
    int turn = 0;    ///< 0: the first answer; k: the k-th repair of it
    Spec spec;       ///< what the messages are about, for a backend that reads no prompt
    /// How many samples, from the first, are asked with these messages; 1: nobody else asks with
    /// them; 0: it isn't known.
    int samples = 0;
    bool operator==(const CompletionRequest&) const = default;
};

/// The values that are set, as a JSON object with the names above.
[[nodiscard]] std::string sampling_to_json(const Sampling& sampling);
/// Throws nlohmann::json::exception where the text is no such JSON.
[[nodiscard]] Sampling sampling_from_json(const std::string& text);

/// SHA-256 over messages and sampling, without sample, turn and spec: what a recording is keyed by.
[[nodiscard]] std::string request_hash(const CompletionRequest& request);

/// The messages as one text, for backends that know no roles: texts joined by an empty line.
[[nodiscard]] std::string as_plain_prompt(const std::vector<Message>& messages);

/// Why the answer ends where it does.
enum class FinishReason { Stop, Length, Refused, Unknown };
std::string_view to_string(FinishReason reason);
/// The inverse, with the spellings of common servers ("max_tokens", "content_filter", ...).
[[nodiscard]] FinishReason finish_reason_from(std::string_view text);

struct Usage {
    std::optional<std::int64_t> prompt_tokens;
    std::optional<std::int64_t> completion_tokens;
    bool operator==(const Usage&) const = default;
};

/// An answer as it came, and how it was got.
struct Completion {
    std::string text;       ///< what the model said, reasoning apart
    std::string reasoning;  ///< what it thought aloud; empty where it didn't
    FinishReason finish_reason = FinishReason::Unknown;
    std::string model;  ///< as the answerer names itself
    Usage usage;
    std::chrono::microseconds latency{0};
    std::string sent;      ///< JSON of the parameters really sent, without messages and keys
    std::string endpoint;  ///< URL, program or file that answered
    std::uint64_t bytes_sent = 0;
    std::string raw;                 ///< the response as it came, keys redacted; may be empty
    std::string logprobs;            ///< JSON as the server gave it; empty: none
    std::optional<double> cost_usd;  ///< by the price list; none: unpriced
    bool from_cache = false;         ///< an answer that was paid for before
    Origin origin = Origin::Model;
    /// A testbench that came with the answer; judged by where the Problem has none of its own.
    std::optional<SourceSet> testbench;
    bool operator==(const Completion&) const = default;
};

/// Moves a leading `<think>...</think>` of the text into the reasoning. A thought that never ends
/// is all reasoning.
void split_reasoning(Completion& completion);

/// A model, a program, a recording or a library that answers; safe to call from several threads.
class Backend {
public:
    virtual ~Backend() = default;

    /// Blocks until the whole answer is there. Errors: Network, Model (it answered with an error,
    /// or has no answer), Timeout, Budget, Interrupted (by `stop`), ToolMissing, Io.
    virtual Result<Completion> complete(const CompletionRequest& request, std::stop_token stop) = 0;

    /// As `--model` names it, such as "openai/qwen2.5-coder".
    [[nodiscard]] virtual std::string name() const = 0;
    /// Where a request goes, for people: a URL, a command line, a file.
    [[nodiscard]] virtual std::string destination() const = 0;
    /// The bytes that would be sent for `request`, without keys.
    [[nodiscard]] virtual std::string preview(const CompletionRequest& request) const = 0;
    /// How many requests may usefully wait for it at once; at least 1.
    [[nodiscard]] virtual int concurrency() const { return 1; }
    /// The most tokens that the answer to `request` may have, as its server is told; none: it isn't
    /// told any.
    [[nodiscard]] virtual std::optional<std::int64_t> answer_limit(
        const CompletionRequest& /*request*/) const {
        return std::nullopt;
    }
    /// The models that its server has. Errors: those of the server; Model: it can't be asked.
    virtual Result<std::vector<ListedModel>> models(const std::stop_token& /*stop*/) {
        return fail(ErrorCode::Model, "there is no list of models to ask for", destination());
    }
    /// Who may be asked what a model takes: a dry run asks this machine alone.
    enum class Asking { Anyone, ThisMachine };
    /// What a person should know before `request` is sent, a sentence each: what is left out of it,
    /// a prompt near the model's context length. May ask the server, once, for about a second.
    virtual std::vector<std::string> warnings(const CompletionRequest& /*request*/,
                                              Asking /*asking*/, const std::stop_token& /*stop*/) {
        return {};
    }
};

}  // namespace rtlgen::llm
