// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/judge_once.h"

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

#include "tests/catch.h"

using namespace rtlgen;
using workflow::JudgeOnce;

namespace {

verify::JudgeRequest request_for(const std::string& text,
                                 const std::string& name = "candidate.sv") {
    verify::JudgeRequest request;
    request.candidate.files = {{name, {}, text}};
    request.candidate.top = "a";
    request.reference = SourceSet{.files = {{"r.sv", {}, "module r; endmodule"}}};
    return request;
}

/// A judge that counts, and gives one verdict.
struct Counted {
    std::atomic<int> calls = 0;
    Verdict verdict;
    JudgeOnce once{[this](const verify::JudgeRequest& request, const std::stop_token&) {
        ++calls;
        Verdict made = verdict;
        made.candidate = verify::identify(request);
        return Result<Verdict>(made);
    }};
    explicit Counted(Outcome outcome, VerdictClass why = VerdictClass::None) {
        verdict.outcome = outcome;
        verdict.verdict_class = why;
    }
    Verdict judge(const verify::JudgeRequest& request) { return once.judge(request, {}).value(); }
};

}  // namespace

TEST_CASE("an equal candidate isn't judged again, and its verdict says so") {
    Counted counted(Outcome::Pass);
    const verify::JudgeRequest request = request_for("module a; endmodule");
    CHECK_FALSE(counted.judge(request).cached);
    Verdict second = counted.judge(request);
    CHECK(counted.calls == 1);
    CHECK(second.cached);
    second.cached = false;
    Verdict alone = counted.verdict;
    alone.candidate = verify::identify(request);
    CHECK(second == alone);
}

TEST_CASE("what judges is part of what is equal") {
    Counted counted(Outcome::Pass);
    const verify::JudgeRequest request = request_for("module a; endmodule");
    counted.judge(request);
    std::vector<verify::JudgeRequest> others(7, request);
    others[0].reference->files[0].text = "module r2; endmodule";
    others[1].reference.reset();
    others[2].testbench = request.reference;
    others[3].seed = "2";
    others[4].limits.wall *= 2;
    others[5].candidate.parameters = {{"W", "3"}};
    others[6].candidate.top = "b";
    int calls = 1;
    for (const verify::JudgeRequest& other : others) {
        CHECK_FALSE(counted.judge(other).cached);
        CHECK(counted.calls == ++calls);
    }
}

TEST_CASE("other white space and comments don't matter where the verdict names no place") {
    const verify::JudgeRequest one = request_for("module a; endmodule");
    const verify::JudgeRequest other = request_for("module a;\n\n// a\nendmodule", "b.sv");
    Counted plain(Outcome::Fail, VerdictClass::Mismatch);
    plain.judge(one);
    const Verdict shared = plain.judge(other);
    CHECK(shared.cached);
    CHECK(shared.candidate == verify::identify(other));
    CHECK(plain.calls == 1);
    Counted placed(Outcome::Pass);
    placed.verdict.findings.push_back({Severity::Warning, "x/Y", "candidate.sv", 1, 1, "m"});
    placed.judge(one);
    CHECK_FALSE(placed.judge(other).cached);
    CHECK(placed.judge(other).cached);
    CHECK(placed.calls == 2);
    // Directives and words for tools are no mere comments.
    CHECK_FALSE(plain.judge(request_for("module a; // synopsys translate_off\nendmodule")).cached);
}

TEST_CASE("a site's own check may read comments") {
    Counted counted(Outcome::Pass);
    verify::JudgeRequest one = request_for("module a; endmodule");
    one.site_checks.push_back({"style", "true"});
    verify::JudgeRequest other = one;
    other.candidate.files[0].text += " // a";
    counted.judge(one);
    CHECK_FALSE(counted.judge(other).cached);
    CHECK(counted.judge(other).cached);
}

TEST_CASE("what another run may not meet isn't kept") {
    const verify::JudgeRequest request = request_for("module a; endmodule");
    for (const auto& [outcome, why] :
         std::vector<std::pair<Outcome, VerdictClass>>{{Outcome::Fail, VerdictClass::Timeout},
                                                       {Outcome::Fail, VerdictClass::ResourceLimit},
                                                       {Outcome::Unknown, VerdictClass::Unjudged},
                                                       {Outcome::ToolError, VerdictClass::Other}}) {
        Counted counted(outcome, why);
        counted.judge(request);
        CHECK_FALSE(counted.judge(request).cached);
        CHECK(counted.calls == 2);
    }
}

TEST_CASE("who comes while an equal candidate is judged waits for it, or for its own stop") {
    std::latch begun(1);
    std::latch go_on(1);
    std::atomic<int> calls = 0;
    JudgeOnce once([&](const verify::JudgeRequest&, const std::stop_token& stop) {
        if (stop.stop_requested()) return Result<Verdict>(fail(ErrorCode::Interrupted, "stopped"));
        if (++calls == 1) {
            begun.count_down();
            go_on.wait();
        }
        Verdict verdict;
        verdict.outcome = Outcome::Pass;
        return Result<Verdict>(verdict);
    });
    const verify::JudgeRequest request = request_for("module a; endmodule");
    std::vector<Verdict> verdicts(2);
    std::jthread first([&] { verdicts[0] = once.judge(request, {}).value(); });
    begun.wait();
    std::stop_source stop;
    stop.request_stop();
    CHECK(once.judge(request, stop.get_token()).error().code == ErrorCode::Interrupted);
    std::jthread second([&] { verdicts[1] = once.judge(request, {}).value(); });
    go_on.count_down();
    first.join();
    second.join();
    CHECK_FALSE(verdicts[0].cached);
    CHECK(verdicts[1].cached);
    CHECK(calls == 1);
}

TEST_CASE("an error isn't kept, and lets the next one judge") {
    int calls = 0;
    JudgeOnce once([&](const verify::JudgeRequest&, const std::stop_token&) {
        if (++calls == 1) return Result<Verdict>(fail(ErrorCode::Io, "full"));
        return Result<Verdict>(Verdict{});
    });
    const verify::JudgeRequest request = request_for("module a; endmodule");
    CHECK(once.judge(request, {}).error().code == ErrorCode::Io);
    CHECK(once.judge(request, {}));
}
