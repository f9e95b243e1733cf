// SPDX-License-Identifier: Apache-2.0
// `rtlgen runs` and `rtlgen reproduce` as a user calls them, over a Run of recorded answers.
#include <nlohmann/json.hpp>

#include "cli/machine.h"
#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/base/text.h"
#include "core/store/run_store.h"
#include "tests/catch.h"
#include "tests/unit/cli/gate_bench.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;
namespace fs = std::filesystem;

namespace {

bool can_simulate() {
    const auto machine = cli::open_machine({});
    return machine && machine->probe.toolset.find(tools::ToolKind::Icarus) != nullptr;
}

std::string answer(int turn, const std::string& op) {
    return nlohmann::json{{"turn", turn},
                          {"completion",
                           "```verilog\nmodule gate(input a, input b, output y);\n"
                           "  assign y = a " +
                               op + " b;\nendmodule\n```\n"}}
               .dump() +
           "\n";
}

/// A Run in ./run: an answer that fails, and a repair that passes.
class Place {
public:
    Place() : before_(fs::current_path()), folder_(TempFolder::create().value()) {
        fs::current_path(folder_.path());
        REQUIRE(write_file_atomic("gate.md", "A module `gate`: y is a and b.\n"));
        REQUIRE(write_file_atomic("tb.v", test::kGateTestbench));
        REQUIRE(write_file_atomic("answers.jsonl", answer(0, "|") + answer(1, "&")));
        const Ran ran = generate("replay:answers.jsonl", "run");
        INFO(ran.err);
        REQUIRE(ran.code == 0);
    }
    ~Place() { fs::current_path(before_); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    static Ran generate(const std::string& model, const std::string& folder) {
        return run_rtlgen(
            {"generate", "gate.md", "--testbench", "tb.v", "--model", model, "--run-dir", folder});
    }

private:
    fs::path before_;
    TempFolder folder_;
};

}  // namespace

TEST_CASE("a Run's prompts, answers and differences are printed as they are") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    const Place place;
    CHECK(contains(run_rtlgen({"runs", "prompt", "run", "s01.t0"}).out, "y is a and b."));
    const Ran prompt = run_rtlgen({"runs", "prompt", "run", "s01.t1", "--json"});
    CHECK(nlohmann::json::parse(prompt.out).at("messages").at(0).contains("role"));
    CHECK(run_rtlgen({"runs", "answer", "run", "s01.t0"}).out ==
          "```verilog\nmodule gate(input a, input b, output y);\n  assign y = a | b;\nendmodule\n"
          "```\n");
    const Ran recorded = run_rtlgen({"runs", "answer", "run", "s01.t0", "--json"});
    CHECK(nlohmann::json::parse(recorded.out).at("schema") == "rtlgen.recording.v1");
    const Ran diff = run_rtlgen({"runs", "diff", "run", "s01.t0", "s01.t1"});
    CHECK(diff.code == 1);
    CHECK(contains(diff.out, "--- s01.t0/candidate.sv\n+++ s01.t1/candidate.sv\n"));
    CHECK(contains(diff.out, "-  assign y = a | b;\n+  assign y = a & b;\n"));
    CHECK(contains(diff.out, "verdict: fail -> pass\nclass: mismatch -> none\n"));
    CHECK(run_rtlgen({"runs", "diff", "run", "s01.t0", "s01.t0"}).code == 0);
    CHECK(run_rtlgen({"runs", "answer", "run", "s02.t0"}).code == 2);
    CHECK(run_rtlgen({"runs", "prompt", "run"}).code == 2);
}

TEST_CASE("an exported Run is a recording that answers the same") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    const Place place;
    const Ran exported = run_rtlgen({"runs", "export", "run"});
    CHECK(exported.code == 0);
    const auto lines = split_lines(exported.out);
    REQUIRE(lines.size() == 2);
    const auto first = nlohmann::json::parse(lines[0]);
    CHECK(first.at("schema") == "rtlgen.attempt.v1");
    CHECK(first.at("problem") == "gate");
    CHECK(first.at("verdict").at("class") == "mismatch");
    CHECK(contains(first.at("messages").dump(), "y is a and b."));
    REQUIRE(write_file_atomic("exported.jsonl", exported.out));
    const Ran again = Place::generate("replay:exported.jsonl", "again");
    CHECK(again.code == 0);
    const auto old_attempts = store::RunStore::open("run")->attempts().value();
    const auto new_attempts = store::RunStore::open("again")->attempts().value();
    REQUIRE(new_attempts.size() == 2);
    CHECK(new_attempts[0].candidate_code == old_attempts[0].candidate_code);
    CHECK(new_attempts[1].verdict->outcome == Outcome::Pass);
}

TEST_CASE("a Run is reproduced by what judged it then, and what differs is told") {
    if (!can_simulate()) SKIP_VISIBLY("no sandbox or no Icarus");
    const Place place;
    const Ran same = run_rtlgen({"reproduce", "run"});
    INFO(same.out << same.err);
    CHECK(same.code == 0);
    CHECK(same.out == "2 of 2 verdicts are the same\n");
    // The testbench of today isn't that of then.
    REQUIRE(write_file_atomic("tb.v", "module tb; endmodule\n"));
    const Ran pinned = run_rtlgen({"runs", "reproduce", "run", "--json"});
    CHECK(pinned.code == 0);
    CHECK(contains(pinned.err, "tb.v has changed: its text of then is used"));
    CHECK(nlohmann::json::parse(pinned.out).at("same") == true);
    {
        auto run = store::RunStore::resume("run", 1).value();
        store::Attempt attempt = run.attempts()->at(1);
        attempt.verdict->outcome = Outcome::Fail;
        attempt.verdict->evidence.seed = "99";
        REQUIRE(run.save(attempt));
    }
    const Ran differs = run_rtlgen({"reproduce", "run"});
    CHECK(differs.code == 1);
    CHECK(contains(differs.out, "s01.t1  sample 1, repair 1: fail"));
    CHECK(contains(differs.out, "    verdict: fail -> pass\n"));
    CHECK(contains(differs.out, "judged with another seed: 99 -> 1\n1 of 2 verdicts are the same"));
}

TEST_CASE("a list in which nothing can be read is an error, one in which something can is not") {
    const TempFolder folder = TempFolder::create().value();
    const std::string root = folder.path().string();
    fs::create_directory(folder.path() / "a");
    REQUIRE(write_file_atomic(folder.path() / "a" / "run.sqlite", std::string(4096, 'x')));
    const Ran none = run_rtlgen({"runs", "list", root});
    CHECK(none.code == 2);
    CHECK(contains(none.err, "a/run.sqlite: no database of rtlgen, or a damaged one"));
    {
        auto run = store::RunStore::create(folder.path() / "b", {}).value();
    }
    const Ran one = run_rtlgen({"runs", "list", root});
    CHECK(one.code == 0);
    CHECK(contains(one.out, "unfinished, 0 attempts"));
    CHECK(split_lines(one.err).size() == 1);
}
