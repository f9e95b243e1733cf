// SPDX-License-Identifier: Apache-2.0
#include "core/llm/batch_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/llm/http_error.h"
#include "core/llm/json_fields.h"
#include "core/llm/openai_choices.h"

namespace rtlgen::llm {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kIdBegin = "rtlgen-";
constexpr std::size_t kHashLength = 64;

/// The number behind `mark` at the begin of `rest`, which is cut off.
std::optional<int> number_behind(std::string_view& rest, std::string_view mark) {
    if (!rest.starts_with(mark)) return std::nullopt;
    rest.remove_prefix(mark.size());
    const std::size_t length = std::min(rest.find('-'), rest.size());
    const auto number = parse_int(std::string(rest.substr(0, length)));
    rest.remove_prefix(length);
    constexpr std::int64_t kMost = 1'000'000'000;
    if (!number || *number < 0 || *number > kMost) return std::nullopt;
    return static_cast<int>(*number);
}

/// What a custom_id says of its answer.
RecordedAnswer named_by(const std::string& id) {
    RecordedAnswer answer;
    answer.problem = id;
    std::string_view rest = id;
    if (!rest.starts_with(kIdBegin) || rest.size() < kIdBegin.size() + kHashLength) return answer;
    rest.remove_prefix(kIdBegin.size());
    const std::string hash(rest.substr(0, kHashLength));
    rest.remove_prefix(kHashLength);
    const auto sample = number_behind(rest, "-s");
    const auto turn = number_behind(rest, "-t");
    if (!sample || !turn || !rest.empty()) return answer;
    answer.problem.clear();
    answer.request = hash;
    answer.sample = *sample;
    answer.turn = *turn;
    return answer;
}

/// {"status_code","body"} is an envelope; anything else is the completion itself.
const ordered_json* body_of(const ordered_json& response) {
    const auto body = response.find("body");
    const bool is_envelope = response.contains("status_code") && body != response.end();
    return is_envelope ? &*body : &response;
}

Error no_answer(const std::string& why, const std::string& where) {
    return {ErrorCode::Model, "the batch has no answer here" + (why.empty() ? "" : ": " + why),
            where};
}

Result<std::vector<Completion>> completions_of(const ordered_json& line, const std::string& where) {
    const auto response = line.find("response");
    if (response == line.end() || !response->is_object()) {
        return tl::unexpected<Error>(no_answer(error_message(line.dump()), where));
    }
    const ordered_json& body = *body_of(*response);
    constexpr std::int64_t kOk = 200;
    const std::int64_t status = count_at(*response, "status_code").value_or(kOk);
    OpenAiChoices choices;
    if (status != kOk) {
        const std::string said = error_message(body.dump());
        return tl::unexpected<Error>(
            no_answer(fmt::format("status {}{}", status, said.empty() ? "" : ", " + said), where));
    }
    Result<std::vector<Completion>> completions =
        choices.take(body.dump()).and_then([&choices] { return choices.completions(); });
    if (!completions) return tl::unexpected<Error>(no_answer(completions.error().message, where));
    return completions;
}

}  // namespace

std::string batch_id(const CompletionRequest& request) {
    return fmt::format("{}{}-s{}-t{}", kIdBegin, request_hash(request), request.sample,
                       request.turn);
}

Result<std::string> batch_line(const OpenAiFormat& format, const std::string& model,
                               const CompletionRequest& request) {
    OpenAiFormat whole = format;
    whole.delivery = Delivery::Whole;
    TRY_ASSIGN(const OpenAiBody body, openai_body(whole, model, request, 1));
    ordered_json json = ordered_json::parse(body.json);
    json.erase("stream");
    const ordered_json line = {
        {"custom_id", batch_id(request)},
        {"method", "POST"},
        {"url", format.api == OpenAiApi::Chat ? "/v1/chat/completions" : "/v1/completions"},
        {"body", std::move(json)}};
    return line.dump() + "\n";
}

bool is_batch_answer(const ordered_json& line) {
    return line.contains("custom_id") && (line.contains("response") || line.contains("error"));
}

std::vector<RecordedAnswer> batch_answers(const ordered_json& line, const std::string& where) {
    RecordedAnswer answer = named_by(string_at(line, "custom_id"));
    auto completions = completions_of(line, where);
    if (!completions) {
        answer.error = completions.error();
        return {answer};
    }
    std::vector<RecordedAnswer> answers;
    for (Completion& completion : *completions) {
        answer.completion = std::move(completion);
        answers.push_back(answer);
        if (answer.sample > 0) ++answer.sample;
    }
    return answers;
}

}  // namespace rtlgen::llm
