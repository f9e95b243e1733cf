// SPDX-License-Identifier: Apache-2.0
// A real model's answers, proven and simulated against their references: the two must agree.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/text.h"
#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"
#include "verify/prove/prove.h"
#include "verify/reference/reference_check.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

struct Counts {
    int answers = 0;
    int equal = 0;    ///< in simulation
    int proven = 0;   ///< of these
    int bounded = 0;  ///< of these
    int refuted = 0;  ///< that differ in simulation, and by proof
    std::map<std::string, int> reasons;
};

class Answers {
public:
    explicit Answers(const test::JudgeMachine& machine) : machine_(machine) {
        if (const char* table = std::getenv("RTLGEN_PROVE_TABLE")) table_.open(table);
    }

    void check(const std::string& name, const std::string& reference, const std::string& answer) {
        INFO(name);
        const SourceSet good = set_of("ref.sv", reference, "RefModule");
        const SourceSet design = set_of("answer.sv", answer, "TopModule");
        JudgeTools tools = machine_.tools();
        tools.references = &references_;
        auto prepared = references_.get({good, "1", {}}, tools, {});
        REQUIRE(prepared);
        auto proof = check_by_proof(
            {.design = design, .reference = **prepared, .limits = {}, .budget = {}}, tools, {});
        REQUIRE(proof);
        auto simulated = check_against_reference(
            {.design = design, .reference = good, .limits = {}, .seed = "1"}, tools, {});
        REQUIRE(simulated);
        count(name, proof->check, simulated->check);
    }

    Counts counts;

private:
    static SourceSet set_of(const char* file, const std::string& text, const char* top) {
        SourceSet set;
        set.files = {{file, {}, text}};
        set.top = top;
        return set;
    }

    void count(const std::string& name, const Check& proof, const Check& simulated) {
        ++counts.answers;
        const bool bounded =
            std::ranges::find(proof.detail, std::pair<std::string, std::string>(
                                                "grade", "bounded")) != proof.detail.end();
        if (table_.is_open()) {
            table_ << name << '\t' << to_string(proof.outcome) << '\t'
                   << (proof.outcome != Outcome::Pass ? "none"
                       : bounded                      ? "bounded"
                                                      : "proven")
                   << '\t' << to_string(simulated.outcome) << '\t' << proof.reason << '\t'
                   << simulated.reason << '\n';
        }
        const bool equal = simulated.outcome == Outcome::Pass;
        const bool differs =
            simulated.outcome == Outcome::Fail && simulated.verdict_class == VerdictClass::Mismatch;
        if (equal) {
            ++counts.equal;
            counts.bounded += bounded ? 1 : 0;
            counts.proven += proof.outcome == Outcome::Pass && !bounded ? 1 : 0;
            if (proof.outcome != Outcome::Pass) ++counts.reasons[proof.reason];
            INFO(proof.reason);
            CHECK(proof.outcome != Outcome::Fail);
        }
        if (differs) {
            INFO(simulated.reason);
            CHECK_FALSE((proof.outcome == Outcome::Pass && !bounded));
            counts.refuted += proof.outcome == Outcome::Fail ? 1 : 0;
        }
    }

    const test::JudgeMachine& machine_;
    SharedReferences references_;
    std::ofstream table_;
};

}  // namespace

// $RTLGEN_TEST_DATA: a folder with answers of a model and the problems that they are for.
// $RTLGEN_PROVE_TABLE: a file for one line an answer.
TEST_CASE("no answer that differs in simulation is proven, and most others are", "[.nightly]") {
    const auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Icarus) ||
        !machine->has(tools::ToolKind::Yosys)) {
        SKIP_VISIBLY("no jail, Icarus or Yosys");
    }
    const char* data = std::getenv("RTLGEN_TEST_DATA");
    if (data == nullptr) SKIP_VISIBLY("RTLGEN_TEST_DATA names no folder of answers");
    const std::filesystem::path folder(data);
    const auto problems = read_file(folder / "verilog-eval-v2.spec-to-rtl.jsonl");
    const auto answers = read_file(folder / "samples.gemini-2.5-flash.verilog-eval-v2.jsonl");
    if (!problems || !answers) SKIP_VISIBLY("the folder has no such answers");
    std::map<std::string, std::string> references;
    for (const std::string_view line : split_lines(*problems)) {
        const auto problem = nlohmann::json::parse(line);
        references[problem.at("problem")] = problem.at("ref");
    }
    Answers all(*machine);
    for (const std::string_view line : split_lines(*answers)) {
        if (trim(line).empty()) continue;
        const auto answer = nlohmann::json::parse(line);
        const std::string name = answer.at("problem");
        const std::string sample = std::to_string(answer.at("sample").get<int>());
        all.check(name + "_sample0" + sample, references.at(name),
                  answer.at("completion").get<std::string>() + "\n");
    }
    const Counts& counts = all.counts;
    std::cout << counts.answers << " answers, " << counts.equal
              << " equal in simulation: " << counts.proven << " proven, " << counts.bounded
              << " for some steps; " << counts.refuted << " refuted\n";
    for (const auto& [reason, count] : counts.reasons) std::cout << count << " " << reason << "\n";
    CHECK(counts.proven * 100 >= counts.equal * 95);
}
