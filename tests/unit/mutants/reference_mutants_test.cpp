// SPDX-License-Identifier: Apache-2.0
// No mutant passes a judgement by its reference alone, where a testbench, which knows nothing of
// that judgement, says that it differs.
#include <cstdlib>
#include <iostream>

#include "tests/catch.h"
#include "tests/mutants/trials.h"
#include "tests/unit/verify/judge_machine.h"
#include "verify/reference/prepared_reference.h"

using namespace rtlgen;

namespace {

std::optional<test::JudgeMachine> machine_with_tools() {
    auto machine = test::open_judge_machine();
    const bool usable =
        machine && machine->has(tools::ToolKind::Icarus) && machine->has(tools::ToolKind::Yosys);
    return usable ? std::move(machine) : std::nullopt;
}

std::vector<test::Subject> library() {
    auto opened = datasets::Library::open();
    REQUIRE(opened);
    auto subjects = test::library_subjects(*opened);
    REQUIRE(subjects);
    return *std::move(subjects);
}

/// RTLGEN_SUBJECT: a part of the names of those that are asked for.
bool is_wanted(const test::Subject& subject) {
    const char* part = std::getenv("RTLGEN_SUBJECT");
    return part == nullptr || subject.name.find(part) != std::string::npos;
}

test::TrialCounts tried(const std::vector<test::Subject>& subjects, std::size_t most,
                        const test::JudgeMachine& machine) {
    test::TrialCounts counts;
    for (const test::Subject& subject : subjects) {
        if (!is_wanted(subject)) continue;
        verify::SharedReferences shared;
        verify::JudgeTools tools = machine.tools();
        tools.references = &shared;
        const test::TrialCounts before = counts;
        test::try_mutants(subject, most, tools, counts);
        std::cout << subject.name << ": " << counts.fails - before.fails << " fail of "
                  << counts.different - before.different << " that differ" << std::endl;
    }
    std::cout << test::report(counts) << std::flush;
    return counts;
}

}  // namespace

TEST_CASE("a reference alone lets no mutant of three library designs pass") {
    const auto machine = machine_with_tools();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    std::vector<test::Subject> subjects = library();
    std::erase_if(subjects, [](const test::Subject& subject) {
        return subject.name != "library/gray_counter" && subject.name != "library/edge_detector" &&
               subject.name != "library/priority_encoder";
    });
    REQUIRE(subjects.size() == 3);
    const test::TrialCounts counts = tried(subjects, 16, *machine);
    CHECK(counts.different >= 20);
    CHECK(counts.fails == counts.different);
    CHECK(counts.errors.empty());
}

TEST_CASE("a reference alone lets no mutant of the library pass", "[.nightly]") {
    const auto machine = machine_with_tools();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const test::TrialCounts counts = tried(library(), 80, *machine);
    CHECK(counts.passes.empty());
    CHECK(counts.skipped.empty());
    CHECK(counts.errors.empty());
}

// $RTLGEN_TEST_DATA: a folder with the problems of VerilogEval.
TEST_CASE("a reference alone lets no mutant of VerilogEval's references pass", "[.nightly]") {
    const auto machine = machine_with_tools();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const char* data = std::getenv("RTLGEN_TEST_DATA");
    if (data == nullptr) SKIP_VISIBLY("RTLGEN_TEST_DATA names no folder of problems");
    std::vector<test::Subject> subjects;
    for (const char* name :
         {"verilog-eval-v2.spec-to-rtl.jsonl", "verilog-eval-v2.code-complete-iccad2023.jsonl"}) {
        auto more = test::verilog_eval_subjects(std::filesystem::path(data) / name, subjects);
        if (!more) SKIP_VISIBLY("the folder has no such problems");
        for (test::Subject& subject : *more) subjects.push_back(std::move(subject));
    }
    const test::TrialCounts counts = tried(subjects, 24, *machine);
    CHECK(counts.passes.empty());
    CHECK(counts.errors.empty());
}
