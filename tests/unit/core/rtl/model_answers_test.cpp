// SPDX-License-Identifier: Apache-2.0
// Answers of a real model against what VerilogEval v2's sv-generate takes out of them: nothing
// that it finds may be lost.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/rtl/code_extraction.h"
#include "core/rtl/module_header.h"
#include "core/rtl/token_hash.h"
#include "tests/catch.h"

using namespace rtlgen;

namespace {

/// As sv-generate does it: with two lines that begin with ``` or more, what is between the first
/// two; else all up to the first endmodule behind the module's header.
std::string taken_by_verilog_eval(const std::string& completion) {
    const std::vector<std::string_view> lines = split_lines(completion);
    const auto is_fence = [](std::string_view line) { return line.starts_with("```"); };
    const bool fenced = std::ranges::count_if(lines, is_fence) >= 2;
    std::string code;
    int fences = 0;
    bool in_module = false;
    for (const std::string_view line : lines) {
        if (is_fence(line)) {
            ++fences;
            continue;
        }
        if (fenced && fences != 1) continue;
        code.append(line).append("\n");
        in_module = in_module || contains(line, "module TopModule");
        if (!fenced && in_module && contains(line, "endmodule")) break;
    }
    return code;
}

struct Counts {
    int answers = 0;
    int same = 0;
    int cleaner = 0;    ///< the same modules, without words that sv-generate leaves around them
    int truncated = 0;  ///< of all, and told so; sv-generate takes them for whole
    std::map<std::string, std::string> without;  ///< no module: why, by problem and sample
};

/// Whether every module of `code` stands in `ours` with the same text.
bool holds_all(const std::string& ours, const std::string& code) {
    std::vector<std::string> texts;
    for (const auto& unit : rtl::read_outline(ours).units) {
        texts.push_back(rtl::token_hash(std::string(unit.span.of(ours))));
    }
    const rtl::Outline outline = rtl::read_outline(code);
    return !outline.units.empty() && std::ranges::all_of(outline.units, [&](const auto& unit) {
        return std::ranges::find(texts, rtl::token_hash(std::string(unit.span.of(code)))) !=
               texts.end();
    });
}

void count(Counts& counts, const nlohmann::json& answer) {
    const auto completion = answer.at("completion").get<std::string>();
    const rtl::Extraction found = rtl::extract_code({completion, {}, "TopModule", "stop"});
    const std::string theirs = taken_by_verilog_eval(completion);
    ++counts.answers;
    counts.truncated += found.verdict_class == VerdictClass::Truncated ? 1 : 0;
    if (rtl::token_hash(found.code) == rtl::token_hash(theirs)) {
        ++counts.same;
    } else if (holds_all(found.code, theirs)) {
        ++counts.cleaner;
    } else {
        counts.without[answer.at("problem").get<std::string>() + " " +
                       std::to_string(answer.at("sample").get<int>())] = join(found.problems, "; ");
    }
}

}  // namespace

// $RTLGEN_TEST_DATA: a folder with answers of a model.
TEST_CASE("of a real model's answers nothing is lost that VerilogEval takes out of them") {
    const char* data = std::getenv("RTLGEN_TEST_DATA");
    if (data == nullptr) SKIP_VISIBLY("RTLGEN_TEST_DATA names no folder of answers");
    const auto answers =
        read_file(std::filesystem::path(data) / "samples.gemini-2.5-flash.verilog-eval-v2.jsonl");
    if (!answers) SKIP_VISIBLY("the folder has no such answers");
    Counts counts;
    for (const std::string_view line : split_lines(*answers)) {
        if (!trim(line).empty()) count(counts, nlohmann::json::parse(line));
    }
    CHECK(counts.answers == 390);
    CHECK(counts.same == 383);
    CHECK(counts.cleaner == 5);
    CHECK(counts.truncated == 2);
    // One is a line of 147,425 dashes, one solves another task.
    CHECK(counts.without ==
          std::map<std::string, std::string>{
              {"Prob057_kmap2 4", "no module stands in the completion"},
              {"Prob095_review2015_fsmshift 4", "the completion holds C++, not Verilog"}});
}
