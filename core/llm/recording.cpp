// SPDX-License-Identifier: Apache-2.0
#include "core/llm/recording.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/llm/batch_file.h"
#include "core/llm/redaction.h"

namespace rtlgen::llm {
namespace {

using nlohmann::ordered_json;

std::string string_or_empty(const ordered_json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? "" : found->get<std::string>();
}

int int_or_zero(const ordered_json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? 0 : found->get<int>();
}

std::optional<std::int64_t> count_of(const ordered_json& usage, const char* key) {
    const auto found = usage.find(key);
    if (found == usage.end() || !found->is_number_integer()) return std::nullopt;
    return found->get<std::int64_t>();
}

RecordedAnswer from_object(const ordered_json& object) {
    RecordedAnswer answer;
    answer.problem = string_or_empty(object, object.contains("problem") ? "problem" : "task_id");
    answer.request = string_or_empty(object, "request");
    answer.sample = int_or_zero(object, "sample");
    answer.turn = int_or_zero(object, "turn");
    answer.completion.text = object.at("completion").get<std::string>();
    answer.completion.reasoning = string_or_empty(object, "reasoning");
    answer.completion.finish_reason = finish_reason_from(string_or_empty(object, "finish_reason"));
    answer.completion.model = string_or_empty(object, "model");
    answer.completion.raw = string_or_empty(object, "raw");
    if (const auto found = object.find("logprobs"); found != object.end() && !found->is_null()) {
        answer.completion.logprobs = found->dump();
    }
    if (const auto usage = object.find("usage"); usage != object.end() && usage->is_object()) {
        answer.completion.usage = {count_of(*usage, "prompt_tokens"),
                                   count_of(*usage, "completion_tokens")};
    }
    return answer;
}

ordered_json parsed_or_text(const std::string& text) {
    ordered_json json = ordered_json::parse(text, nullptr, false);
    return json.is_discarded() ? ordered_json(to_valid_utf8(text)) : json;
}

ordered_json to_object(const RecordedAnswer& answer) {
    const Completion& completion = answer.completion;
    ordered_json object = {{"schema", kRecordingSchema}};
    if (!answer.problem.empty()) object["problem"] = to_valid_utf8(answer.problem);
    if (!answer.request.empty()) object["request"] = answer.request;
    if (answer.sample != 0) object["sample"] = answer.sample;
    object["turn"] = answer.turn;
    object["completion"] = to_valid_utf8(completion.text);
    if (!completion.reasoning.empty()) object["reasoning"] = to_valid_utf8(completion.reasoning);
    object["finish_reason"] = to_string(completion.finish_reason);
    if (!completion.model.empty()) object["model"] = to_valid_utf8(completion.model);
    ordered_json usage = ordered_json::object();
    if (completion.usage.prompt_tokens) usage["prompt_tokens"] = *completion.usage.prompt_tokens;
    if (completion.usage.completion_tokens) {
        usage["completion_tokens"] = *completion.usage.completion_tokens;
    }
    if (!usage.empty()) object["usage"] = std::move(usage);
    if (!completion.logprobs.empty()) object["logprobs"] = parsed_or_text(completion.logprobs);
    return object;
}

}  // namespace

bool is_half_written_line(std::string_view line) {
    constexpr std::string_view kBegin = R"({"schema":"rtlgen.)";
    const std::size_t length = std::min(line.size(), kBegin.size());
    return length > 0 && line.substr(0, length) == kBegin.substr(0, length) &&
           !ordered_json::accept(line);
}

std::string to_line(const RecordedAnswer& answer) { return to_object(answer).dump() + "\n"; }

std::string to_line(const CompletionRequest& request, const Completion& completion,
                    const std::string& model) {
    RecordedAnswer answer;
    answer.problem = request.problem;
    answer.request = request_hash(request);
    answer.sample = request.sample;
    answer.turn = request.turn;
    answer.completion = completion;
    ordered_json object = to_object(answer);
    object["asked_model"] = to_valid_utf8(model);
    object["endpoint"] = redact_url(to_valid_utf8(completion.endpoint));
    ordered_json messages = ordered_json::array();
    for (const Message& message : request.messages) {
        messages.push_back(
            {{"role", to_string(message.role)}, {"content", to_valid_utf8(message.text)}});
    }
    object["messages"] = std::move(messages);
    Sampling sampling = request.sampling;
    sampling.extra_body = redact_json_keys(std::move(sampling.extra_body));
    object["sampling"] = ordered_json::parse(sampling_to_json(sampling));
    object["sent"] = parsed_or_text(redact_json_keys(completion.sent));
    object["bytes_sent"] = completion.bytes_sent;
    object["latency_us"] = completion.latency.count();
    object["cost_usd"] = completion.cost_usd ? ordered_json(*completion.cost_usd) : ordered_json();
    object["from_cache"] = completion.from_cache;
    if (!completion.raw.empty()) object["raw"] = to_valid_utf8(completion.raw);
    return object.dump() + "\n";
}

Result<std::vector<RecordedAnswer>> parse_recording(std::string_view text,
                                                    const std::string& file_name) {
    std::vector<RecordedAnswer> answers;
    int line_number = 0;
    for (const std::string_view line : split_lines(text)) {
        ++line_number;
        if (trim(line).empty()) continue;
        const bool unended = line.data() + line.size() == text.data() + text.size();
        if (unended && is_half_written_line(line)) continue;
        const std::string where = fmt::format("{}:{}", file_name, line_number);
        const ordered_json object = ordered_json::parse(line, nullptr, false);
        if (!object.is_object()) {
            return fail(ErrorCode::Unreadable,
                        "not a JSON object; a recording has one on each line", where);
        }
        if (is_batch_answer(object)) {
            std::ranges::move(batch_answers(object, where), std::back_inserter(answers));
            continue;
        }
        if (!object.contains("completion")) {
            return fail(ErrorCode::Unreadable, "the key \"completion\" is missing", where);
        }
        try {
            answers.push_back(from_object(object));
        } catch (const nlohmann::json::exception&) {
            return fail(ErrorCode::Unreadable,
                        "a key has a wrong type: problem, request and completion are strings, "
                        "sample and turn numbers",
                        where);
        }
    }
    return answers;
}

}  // namespace rtlgen::llm
