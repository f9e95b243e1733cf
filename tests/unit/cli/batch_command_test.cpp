// SPDX-License-Identifier: Apache-2.0
// `generate` through the files of a batch API: requests out, answers in, and repairs in the next
// one.
#include <nlohmann/json.hpp>

#include "tests/unit/cli/generate_place.h"

using namespace rtlgen;
using nlohmann::json;
using test::Called;
using test::can_simulate;
using test::Place;

namespace {

std::vector<json> lines_of(const std::string& file) {
    std::vector<json> lines;
    const std::string text = read_file(file).value();
    for (const std::string_view line : split_lines(text)) {
        if (!line.empty()) lines.push_back(json::parse(line));
    }
    return lines;
}

/// What a service makes of a file of requests: each one is answered by this gate.
void answer_all(const std::string& requests, const std::string& answers, const std::string& op) {
    std::string text = read_file(answers).value_or("");
    for (const json& line : lines_of(requests)) {
        const std::string code =
            "```verilog\nmodule gate(input a, input b, output y);\n  assign y = a " + op +
            " b;\nendmodule\n```\n";
        const json body = {
            {"model", "m"},
            {"choices",
             {{{"index", 0}, {"message", {{"content", code}}}, {"finish_reason", "stop"}}}},
            {"usage", {{"prompt_tokens", 11}, {"completion_tokens", 7}}}};
        text += json{{"custom_id", line.at("custom_id")},
                     {"response", {{"status_code", 200}, {"body", body}}},
                     {"error", nullptr}}
                    .dump() +
                "\n";
    }
    REQUIRE(write_file_atomic(answers, text));
}

std::vector<std::string> command(const std::vector<std::string>& more) {
    std::vector<std::string> all = {"generate", "gate.md", "--testbench", "tb.v", "--run-dir",
                                    "run",      "--model", "openai/m",    "-n",   "2"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

}  // namespace

TEST_CASE("a batch is asked for, answered, judged, repaired by the next one, and passes") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    Place place;
    const Called asked = place.call(command({"--batch-requests", "one.jsonl"}));
    INFO(asked.err);
    CHECK(asked.code == 0);
    CHECK(asked.out.empty());
    CHECK(contains(asked.err, "2 requests wait in one.jsonl"));
    CHECK(lines_of("one.jsonl").size() == 2);

    answer_all("one.jsonl", "answers.jsonl", "|");
    const Called judged =
        place.call(command({"--batch-answers", "answers.jsonl", "--batch-requests", "two.jsonl"}));
    INFO(judged.err);
    CHECK(judged.code == 4);
    CHECK(judged.out.starts_with("FAIL mismatch"));
    const auto repairs = lines_of("two.jsonl");
    REQUIRE(repairs.size() == 2);
    CHECK(contains(repairs[0].at("body").dump(), "What went wrong"));

    answer_all("two.jsonl", "answers.jsonl", "&");
    const Called passed = place.call(command(
        {"--batch-answers", "answers.jsonl", "--batch-requests", "three.jsonl", "-o", "out.v"}));
    INFO(passed.err);
    CHECK(passed.code == 0);
    CHECK(passed.out.starts_with("PASS"));
    CHECK(contains(read_file("out.v").value(), "assign y = a & b;"));
    CHECK_FALSE(std::filesystem::exists("three.jsonl"));
    CHECK_FALSE(place.key_leaked());
}

TEST_CASE("a batch needs OpenAI's interface, and files that can be read and written") {
    Place place;
    const auto call = [&](const std::vector<std::string>& more) {
        std::vector<std::string> all = {"generate", "gate.md", "--run-dir", "run"};
        all.insert(all.end(), more.begin(), more.end());
        return place.call(all);
    };
    CHECK(call({"--model", "library", "--batch-requests", "r.jsonl"}).code == 2);
    CHECK(call({"--batch-requests", "r.jsonl"}).code == 2);
    CHECK(call({"--model", "openai/m", "--batch-answers", "none.jsonl"}).code == 2);
    CHECK(call({"--model", "openai/m", "--batch-requests", "none/r.jsonl"}).code != 0);
    CHECK_FALSE(std::filesystem::exists("run"));
}
