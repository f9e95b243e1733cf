// SPDX-License-Identifier: Apache-2.0
#include "core/llm/anthropic_format.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/llm/json_objects.h"

namespace rtlgen::llm {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kNoSampling = "2026-10-21";  ///< the first version that takes none
constexpr std::int64_t kSmallestBudget = 1024;

/// A request's parameters as they are gathered.
class Parameters {
public:
    Parameters(const AnthropicFormat& format, const Sampling& sampling)
        : format_(format), sampling_(sampling) {}

    ordered_json body = ordered_json::object();
    std::vector<LeftOut> left_out;

    void put_thinking() {
        const std::string& effort = sampling_.reasoning_effort;
        if (effort.empty()) return;
        if (refused("thinking")) return leave_out("reasoning_effort", "the server refuses it");
        switch (format_.model.thinking) {
            case Thinking::None: return leave_out("reasoning_effort", "this model doesn't think");
            case Thinking::Budget: return put_budget(effort);
            case Thinking::Adaptive: return put_effort(effort);
        }
    }

    void put_sampling() {
        const bool by_version = format_.version >= kNoSampling;
        const auto takes = format_.model.sampling;
        std::string none = by_version ? "version " + format_.version + " of the API takes none"
                                      : "this model takes none";
        const bool thinks = body.contains("thinking") && body["thinking"]["type"] != "disabled";
        const auto reason = [&](const char* name) -> std::string {
            if (by_version || takes == SamplingUse::None) return none;
            if (thinks) return "not taken with thinking";
            return refused(name) ? "the server refuses it" : "";
        };
        put("temperature", limited_temperature(), reason("temperature"));
        std::string why = reason("top_p");
        if (why.empty() && takes == SamplingUse::TemperatureOrTopP && sampling_.temperature) {
            why = "this model takes it or temperature, not both";
        }
        put("top_p", sampling_.top_p, why);
        put("top_k", sampling_.top_k, reason("top_k"));
        if (body.contains("temperature") && *sampling_.temperature > 1) {
            left_out.push_back({"temperature", "it goes up to 1, which is sent"});
        }
    }

    void put_stop() {
        if (sampling_.stop.empty()) return;
        if (refused("stop_sequences")) return leave_out("stop", "the server refuses it");
        ordered_json list = ordered_json::array();
        for (const std::string& stop : sampling_.stop) {
            if (!trim(stop).empty()) list.push_back(to_valid_utf8(stop));
        }
        if (list.size() < sampling_.stop.size()) {
            leave_out("stop", "blanks alone can't be a stop sequence");
        }
        if (!list.empty()) body["stop_sequences"] = std::move(list);
    }

    /// What the API has no word for.
    void leave_out_unknown() {
        if (sampling_.seed) leave_out("seed", "the API has none");
        if (sampling_.logprobs) leave_out("logprobs", "the API has none");
        if (!sampling_.response_format.empty()) leave_out("response_format", "the API has none");
    }

private:
    [[nodiscard]] bool refused(const char* name) const { return format_.refused.contains(name); }
    void leave_out(const char* name, const std::string& why) { left_out.push_back({name, why}); }

    template <class T>
    void put(const char* name, const std::optional<T>& value, const std::string& why_not) {
        if (!value) return;
        if (why_not.empty()) {
            body[name] = *value;
        } else {
            leave_out(name, why_not);
        }
    }

    [[nodiscard]] std::optional<double> limited_temperature() const {
        if (!sampling_.temperature) return std::nullopt;
        return std::min(*sampling_.temperature, 1.0);
    }

    /// The budget counts towards max_tokens: half of it is left for the answer.
    void put_budget(const std::string& effort) {
        struct Budget {
            std::string_view effort;
            std::int64_t tokens;
        };
        static constexpr std::array<Budget, 5> kBudgets = {{{"low", 2048},
                                                            {"medium", 8192},
                                                            {"high", 16'384},
                                                            {"xhigh", 24'576},
                                                            {"max", 32'768}}};
        if (effort == "none" || effort == "minimal") return;
        const auto* found = std::ranges::find(kBudgets, effort, &Budget::effort);
        if (found == kBudgets.end())
            return leave_out("reasoning_effort", "no such effort is known");
        const std::int64_t budget =
            std::min(found->tokens, body["max_tokens"].get<std::int64_t>() / 2);
        if (budget < kSmallestBudget) {
            return leave_out("reasoning_effort", "max_tokens is too small for thinking");
        }
        body["thinking"] = {{"type", "enabled"}, {"budget_tokens", budget}};
    }

    void put_effort(const std::string& effort) {
        if (effort == "none") {
            body["thinking"] = {{"type", "disabled"}};
            return;
        }
        body["thinking"] = {{"type", "adaptive"}, {"display", "summarized"}};
        if (refused("effort")) return leave_out("reasoning_effort", "the server refuses it");
        body["output_config"] = {{"effort", effort == "minimal" ? "low" : to_valid_utf8(effort)}};
    }

    const AnthropicFormat& format_;
    const Sampling& sampling_;
};

void put_messages(ordered_json& body, const std::vector<Message>& messages) {
    std::string system;
    ordered_json list = ordered_json::array();
    for (const Message& message : messages) {
        if (message.role == Role::System) {
            system += (system.empty() ? "" : "\n\n") + message.text;
        } else {
            list.push_back(
                {{"role", to_string(message.role)}, {"content", to_valid_utf8(message.text)}});
        }
    }
    if (!system.empty()) body["system"] = to_valid_utf8(system);
    body["messages"] = std::move(list);
}

}  // namespace

Result<AnthropicBody> anthropic_body(const AnthropicFormat& format, const std::string& model,
                                     const CompletionRequest& request) {
    const Sampling& sampling = request.sampling;
    Parameters parameters(format, sampling);
    ordered_json& body = parameters.body;
    body["model"] = to_valid_utf8(model);
    body["max_tokens"] = sampling.max_tokens.value_or(format.model.max_tokens);
    parameters.put_thinking();
    parameters.put_sampling();
    parameters.put_stop();
    parameters.leave_out_unknown();
    body["stream"] = format.delivery == Delivery::Stream;
    TRY(join_extra_body(body, sampling.extra_body));
    AnthropicBody made;
    ordered_json shown = body;
    for (const LeftOut& left : parameters.left_out) shown["left_out"][left.name] = left.why;
    made.parameters = shown.dump();
    put_messages(body, request.messages);
    made.json = body.dump();
    made.left_out = std::move(parameters.left_out);
    return made;
}

bool learn_refusal(AnthropicFormat& format, const std::string& body, const std::string& message) {
    const ordered_json sent = ordered_json::parse(body, nullptr, false);
    if (!sent.is_object()) return false;
    const auto names = [&](std::string_view word) {
        return to_lower(message).find(word) != std::string::npos;
    };
    if (sent.contains("output_config") && (names("output_config") || names("effort"))) {
        return format.refused.insert("effort").second;
    }
    const std::string thinking = sent.contains("thinking") && sent["thinking"].is_object()
                                     ? sent["thinking"].value("type", "")
                                     : "";
    if (thinking == "enabled" && names("adaptive") && format.refused.insert("budget").second) {
        format.model.thinking = Thinking::Adaptive;
        return true;
    }
    if (thinking == "adaptive" && names("adaptive") && format.refused.insert("adaptive").second &&
        !format.refused.contains("budget")) {
        format.model.thinking = Thinking::Budget;
        return true;
    }
    // Of two that exclude each other the first one here goes.
    for (const char* name : {"top_k", "top_p", "temperature", "thinking", "stop_sequences"}) {
        if (sent.contains(name) && names(name)) return format.refused.insert(name).second;
    }
    return false;
}

}  // namespace rtlgen::llm
