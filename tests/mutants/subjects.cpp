// SPDX-License-Identifier: Apache-2.0
#include "tests/mutants/subjects.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/rtl/lexer.h"

namespace rtlgen::test {
namespace {

/// `code` with the name of its module changed.
std::string renamed(std::string code, std::string_view from, const std::string& to) {
    const std::string text = code;
    const std::vector<rtl::Token> tokens = rtl::lex(text);
    for (auto token = tokens.rbegin(); token != tokens.rend(); ++token) {
        if (token->is(from)) code.replace(token->offset, token->text.size(), to);
    }
    return code;
}

bool same_task(const Subject& left, const Subject& right) {
    return left.code == right.code && left.bench == right.bench;
}

}  // namespace

BenchWord bench_word(std::string_view printed) {
    BenchWord word = BenchWord::Nothing;
    for (const std::string_view line : split_lines(printed)) {
        if (line.starts_with("PASS:")) return BenchWord::Same;
        if (line.starts_with("FAIL:")) return BenchWord::Different;
        constexpr std::string_view kMismatches = "Mismatches: ";
        if (!line.starts_with(kMismatches)) continue;
        const auto count = parse_int(split(line.substr(kMismatches.size()), ' ').front());
        if (count) word = *count == 0 ? BenchWord::Same : BenchWord::Different;
    }
    return word;
}

Result<std::vector<Subject>> library_subjects(const datasets::Library& library) {
    std::vector<Subject> subjects;
    for (const std::string& name : library.names()) {
        TRY_ASSIGN(const std::string spec, library.spec(name));
        TRY_ASSIGN(const datasets::LibraryAnswer answer, library.answer({spec, "", ""}));
        Subject subject;
        subject.name = "library/" + name;
        subject.code = answer.code;
        subject.top = answer.top;
        subject.reference.files = {{"reference.v", {}, answer.code}};
        subject.reference.top = answer.top;
        subject.bench = {{"bench.sv", {}, answer.testbench}};
        subject.bench_top = answer.testbench_top;
        subjects.push_back(std::move(subject));
    }
    return subjects;
}

Result<std::vector<Subject>> verilog_eval_subjects(const std::filesystem::path& file,
                                                   const std::vector<Subject>& but) {
    TRY_ASSIGN(const std::string text, read_file(file));
    std::vector<Subject> subjects;
    for (const std::string_view line : split_lines(text)) {
        const auto problem = nlohmann::json::parse(line, nullptr, false);
        if (!problem.is_object()) continue;
        const std::string reference = problem.value("ref", "");
        Subject subject;
        subject.name = problem.value("problem", "");
        subject.code = renamed(reference, "RefModule", "TopModule");
        subject.top = "TopModule";
        subject.reference.files = {{"ref.sv", {}, reference}};
        subject.reference.top = "RefModule";
        subject.bench = {{"test.sv", {}, problem.value("test", "")}, {"ref.sv", {}, reference}};
        subject.bench_top = "tb";
        const auto same = [&](const Subject& other) { return same_task(subject, other); };
        if (std::ranges::none_of(but, same)) subjects.push_back(std::move(subject));
    }
    return subjects;
}

}  // namespace rtlgen::test
