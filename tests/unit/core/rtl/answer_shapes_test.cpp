// SPDX-License-Identifier: Apache-2.0
// tests/fixtures/answers: NAME.md is an answer in a shape that models give, NAME.expected says by
// hand what is in it: `class:`, `finish:` (the server's reason), `top:`, `problem:` (part of one
// that is told), then, where there are such, the wanted header and the code.
#include <algorithm>
#include <filesystem>
#include <map>

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/rtl/code_extraction.h"
#include "tests/catch.h"

using namespace rtlgen;

namespace {

struct Expected {
    std::map<std::string, std::string> head;
    std::map<std::string, std::string> parts;  ///< "interface", "code"
};

Expected read_expected(const std::string& text) {
    Expected expected;
    std::string* part = nullptr;
    for (const std::string_view line : split_lines(text)) {
        if (line.starts_with("--- ")) {
            part = &expected.parts[std::string(line.substr(4))];
        } else if (part != nullptr) {
            part->append(line).append("\n");
        } else {
            const std::size_t colon = line.find(": ");
            REQUIRE(colon != std::string_view::npos);
            expected.head[std::string(line.substr(0, colon))] = line.substr(colon + 2);
        }
    }
    return expected;
}

/// Without empty lines and white space at the ends of lines.
std::string lines_with_text(std::string_view code) {
    std::string text;
    for (std::string_view line : split_lines(code)) {
        while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
        if (!line.empty()) text.append(line).append("\n");
    }
    return text;
}

void check_answer(const std::filesystem::path& answer_file) {
    CAPTURE(answer_file.stem().string());
    const auto answer = read_file(answer_file);
    const auto text = read_file(std::filesystem::path(answer_file).replace_extension(".expected"));
    REQUIRE(answer);
    REQUIRE(text);
    Expected expected = read_expected(*text);
    const rtl::Extraction found = rtl::extract_code(
        {*answer, expected.parts["interface"], expected.head["top"], expected.head["finish"]});
    CHECK(to_string(found.verdict_class) == expected.head["class"]);
    // Of what was cut the code is what there is, and no candidate.
    if (expected.head["class"] != "truncated") {
        CHECK(lines_with_text(found.code) == lines_with_text(expected.parts["code"]));
    }
    const std::string& problem = expected.head["problem"];
    CAPTURE(problem, join(found.problems, "; "));
    CHECK((problem.empty() || std::ranges::any_of(found.problems, [&](const std::string& told) {
               return told.find(problem) != std::string::npos;
           })));
    // A class other than none says why.
    CHECK((found.verdict_class == VerdictClass::None || !found.problems.empty()));
}

}  // namespace

TEST_CASE("every shape of an answer gives the code and the class that stand beside it") {
    std::vector<std::filesystem::path> answers;
    const std::filesystem::path folder = RTLGEN_SOURCE_DIR "/tests/fixtures/answers";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".md") answers.push_back(entry.path());
    }
    std::ranges::sort(answers);
    CHECK(answers.size() >= 100);
    for (const std::filesystem::path& answer : answers) check_answer(answer);
}
