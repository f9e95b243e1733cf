// SPDX-License-Identifier: Apache-2.0
#include "core/llm/recording.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/text.h"

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
    if (const auto usage = object.find("usage"); usage != object.end() && usage->is_object()) {
        answer.completion.usage = {count_of(*usage, "prompt_tokens"),
                                   count_of(*usage, "completion_tokens")};
    }
    return answer;
}

}  // namespace

std::string to_line(const RecordedAnswer& answer) {
    const Completion& completion = answer.completion;
    ordered_json object = {{"schema", "rtlgen.recording.v1"}};
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
    return object.dump() + "\n";
}

Result<std::vector<RecordedAnswer>> parse_recording(std::string_view text,
                                                    const std::string& file_name) {
    std::vector<RecordedAnswer> answers;
    int line_number = 0;
    for (const std::string_view line : split_lines(text)) {
        ++line_number;
        if (trim(line).empty()) continue;
        const std::string where = fmt::format("{}:{}", file_name, line_number);
        const ordered_json object = ordered_json::parse(line, nullptr, false);
        if (!object.is_object()) {
            return fail(ErrorCode::Unreadable,
                        "not a JSON object; a recording has one on each line", where);
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
