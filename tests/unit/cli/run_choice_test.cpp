// SPDX-License-Identifier: Apache-2.0
// Which Run the same command goes on with.
#include "cli/run_choice.h"

#include <sstream>

#include "core/base/temp_folder.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::cli;
using store::RunState;
namespace fs = std::filesystem;

namespace {

class Folder {
public:
    Folder() : before_(fs::current_path()), folder_(TempFolder::create().value()) {
        fs::current_path(folder_.path());
    }
    ~Folder() { fs::current_path(before_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

private:
    fs::path before_;
    TempFolder folder_;
};

store::RunInfo info_of(const std::string& key, std::int64_t started_at = 1'000'000'000'000) {
    return {"generate", "gate", "A gate.", "gate.md", "m", "{}", "0.1.0", started_at, key, "{}"};
}

std::string chosen_folder(const RunChoice& choice, const store::RunInfo& info) {
    std::ostringstream err;
    return choose_run(choice, info, err).value().store.folder().filename().string();
}

/// A Run that one answer of two has, as a killed process leaves it.
void leave_unfinished(const std::string& folder, const store::RunInfo& info) {
    auto run = store::RunStore::create(folder, info).value();
    store::Attempt attempt;
    attempt.state = store::AttemptState::Answered;
    attempt.completion = llm::Completion{};
    REQUIRE(run.save(attempt));
}

}  // namespace

TEST_CASE("two Runs of one second have a folder each") {
    const Folder folder;
    const RunChoice choice{"", RunChoice::Start::Fresh};
    std::ostringstream err;
    const auto first = choose_run(choice, info_of("k"), err).value();
    const auto second = choose_run(choice, info_of("k"), err).value();
    CHECK(first.store.folder() == "rtlgen-runs/20010909-014640-gate");
    CHECK(second.store.folder() == "rtlgen-runs/20010909-014640-gate-2");
}

TEST_CASE("without a folder the newest unfinished Run of the same work is gone on with") {
    const Folder folder;
    leave_unfinished("rtlgen-runs/20010101-000000-gate", info_of("k"));
    leave_unfinished("rtlgen-runs/20010102-000000-gate", info_of("k"));
    leave_unfinished("rtlgen-runs/20010103-000000-gate", info_of("other"));
    leave_unfinished("rtlgen-runs/20010104-000000-else", info_of("k"));
    {
        std::ostringstream err;
        const auto chosen = choose_run({}, info_of("k"), err).value();
        CHECK(chosen.store.folder() == "rtlgen-runs/20010102-000000-gate");
        CHECK(chosen.work == ChosenRun::Work::Rest);
        REQUIRE(chosen.earlier.size() == 1);
        CHECK(contains(err.str(),
                       "is resumed: 1 answers and 0 verdicts are there (--fresh starts "
                       "anew)"));
        // While a process writes it, the same command takes the next one, and then none.
        const auto next = choose_run({}, info_of("k"), err).value();
        CHECK(next.store.folder() == "rtlgen-runs/20010101-000000-gate");
        CHECK(choose_run({}, info_of("k"), err)->work == ChosenRun::Work::New);
    }
    CHECK(chosen_folder({"", RunChoice::Start::Fresh}, info_of("k", 2'000'000'000'000)) ==
          "20330518-033320-gate");
}

TEST_CASE("a finished Run is found by its folder alone, and there is nothing to do in it") {
    const Folder folder;
    leave_unfinished("rtlgen-runs/20010101-000000-gate", info_of("k"));
    {
        auto run = store::RunStore::resume("rtlgen-runs/20010101-000000-gate", 1).value();
        store::Attempt attempt = run.attempts()->at(0);
        attempt.state = store::AttemptState::Judged;
        attempt.verdict = Verdict{};
        REQUIRE(run.save(attempt));
        REQUIRE(run.set_state(RunState::Finished, 1));
    }
    std::ostringstream err;
    CHECK(choose_run({}, info_of("k"), err)->work == ChosenRun::Work::New);
    const auto named = choose_run({"rtlgen-runs/20010101-000000-gate"}, info_of("k"), err).value();
    CHECK(named.work == ChosenRun::Work::None);
    CHECK(named.earlier.size() == 1);
}

TEST_CASE("a folder of other work, of an older rtlgen, or that must be fresh is refused") {
    const Folder folder;
    leave_unfinished("run", info_of("k"));
    leave_unfinished("old", info_of(""));
    std::ostringstream err;
    const auto other = choose_run({"run"}, info_of("other"), err);
    CHECK(other.error().code == ErrorCode::InvalidArgument);
    CHECK(contains(other.error().message, "a run of other work"));
    CHECK(contains(choose_run({"old"}, info_of("k"), err).error().message, "an older rtlgen"));
    CHECK(choose_run({"run", RunChoice::Start::Fresh}, info_of("k"), err).error().code ==
          ErrorCode::InvalidArgument);
    CHECK(err.str().empty());
    const auto held = choose_run({"run"}, info_of("k"), err);
    REQUIRE(held);
    CHECK(choose_run({"run"}, info_of("k"), err).error().code == ErrorCode::Io);
}
