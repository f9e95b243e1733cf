// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/batch.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <latch>
#include <mutex>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

#include "tests/catch.h"

using namespace rtlgen;
using Json = nlohmann::json;

namespace {

/// Time passes only where a deadline is at most what the test says has passed.
class FixedClock final : public Clock {
public:
    explicit FixedClock(std::chrono::milliseconds passed) : passed_(passed) {}
    [[nodiscard]] SteadyTime now() const override { return {}; }
    [[nodiscard]] WallTime wall_now() const override { return {}; }
    bool sleep_for(std::chrono::milliseconds duration, const std::stop_token& stop) override {
        if (duration <= passed_) return true;
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait(lock, stop, [] { return false; });
        return false;
    }

private:
    std::chrono::milliseconds passed_;
};

/// A batch over these lines; the judge fails texts with "bad", waits for its stop at
/// "late", and passes "slow" in spite of it.
struct Place {
    std::vector<std::string> input;
    std::vector<Json> output;
    std::atomic<std::size_t> read = 0;
    std::atomic<std::size_t> judged = 0;
    std::size_t workers = 2;
    std::stop_source stop;
    std::function<void(const std::string&)> on_judge = [](const std::string&) {};
    std::function<Status(const Json&)> on_write = [](const Json&) { return Status(); };
    FixedClock clock{std::chrono::milliseconds(100)};

    Result<Verdict> judge(const verify::JudgeRequest& request, const std::stop_token& line_stop) {
        const std::string& text = request.candidate.files.front().text;
        ++judged;
        on_judge(text);
        if (text.find("late") != std::string::npos) {
            while (!line_stop.stop_requested()) std::this_thread::yield();
            return fail(ErrorCode::Interrupted, "interrupted");
        }
        if (text.find("slow") != std::string::npos) {
            while (!line_stop.stop_requested()) std::this_thread::yield();
            Verdict verdict;
            verdict.outcome = Outcome::Pass;
            return verdict;
        }
        if (text.find("broken") != std::string::npos) return fail(ErrorCode::Sandbox, "no jail");
        if (text.find("bench") != std::string::npos) return fail(ErrorCode::BadBench, "no top");
        if (text.find("throw") != std::string::npos) throw std::runtime_error("thrown");
        if (line_stop.stop_requested()) return fail(ErrorCode::Interrupted, "interrupted");
        Verdict verdict;
        verdict.outcome = text.find("bad") == std::string::npos ? Outcome::Pass : Outcome::Fail;
        return verdict;
    }

    Result<workflow::BatchCounts> run() {
        workflow::BatchLines lines({}, [](const std::vector<std::string>&) { return SourceSet(); });
        const workflow::BatchParts parts{
            .next_line = [this](const std::stop_token& given) -> Result<std::optional<InputLine>> {
                if (given.stop_requested()) return fail(ErrorCode::Interrupted, "interrupted");
                const std::size_t at = read++;
                if (at >= input.size()) return std::optional<InputLine>();
                const bool too_long = input[at] == "long";
                return std::optional(
                    InputLine{at + 1, too_long ? std::string() : input[at], too_long});
            },
            .write_line = [this](std::string_view line, const std::stop_token&) -> Status {
                Json json = Json::parse(line);
                TRY(on_write(json));
                output.push_back(std::move(json));
                return {};
            },
            .judge = [this](const verify::JudgeRequest& request,
                            const std::stop_token& given) { return judge(request, given); },
            .unjudged =
                [](const verify::JudgeRequest&, VerdictClass why, Finding finding) {
                    Verdict verdict;
                    verdict.verdict_class = why;
                    verdict.findings.push_back(std::move(finding));
                    return verdict;
                },
            .clock = clock,
            .input_name = "in",
            .workers = workers};
        return workflow::run_batch(lines, parts, stop.get_token());
    }
};

std::string line_of(int id, const std::string& text, const std::string& more = "") {
    return Json{{"id", id}, {"candidate", text + std::to_string(id)}}.dump().insert(
        1, more.empty() ? "" : more + ", ");
}

}  // namespace

TEST_CASE("a batch answers its lines in their order, whichever is done first") {
    Place place;
    for (int i = 0; i < 200; ++i) place.input.push_back(line_of(i, i % 3 == 0 ? "bad" : "good"));
    std::latch second(2);
    place.on_judge = [&second](const std::string& text) {
        // The first line isn't done before the second one is.
        if (text == "bad0") second.arrive_and_wait();
        if (text == "good2") second.count_down();
    };
    const workflow::BatchCounts counts = place.run().value();
    REQUIRE(place.output.size() == 200);
    for (int i = 0; i < 200; ++i) {
        CHECK(place.output[static_cast<std::size_t>(i)]["id"] == i);
        CHECK(place.output[static_cast<std::size_t>(i)]["verdict"] ==
              (i % 3 == 0 ? "fail" : "pass"));
    }
    CHECK(counts.fail == 67);
    CHECK(counts.pass == 133);
    CHECK(workflow::exit_code(counts) == 1);
}

TEST_CASE("a bad line gets one error line, and the batch goes on") {
    Place place;
    place.input = {line_of(1, "good"),
                   "no json",
                   "",
                   "long",
                   line_of(1, "good"),
                   line_of(2, "bench"),
                   line_of(3, "broken"),
                   line_of(4, "throw"),
                   line_of(5, "bad")};
    const workflow::BatchCounts counts = place.run().value();
    REQUIRE(place.output.size() == 8);
    const auto expect = [&](std::size_t at, const Json& id, const char* code, const char* where) {
        CHECK(place.output[at]["schema"] == "rtlgen.error.v1");
        CHECK(place.output[at]["id"] == id);
        CHECK(place.output[at]["code"] == code);
        CHECK(place.output[at]["where"] == where);
    };
    CHECK(place.output[0]["schema"] == "rtlgen.verdict.v1");
    expect(1, nullptr, "invalid_argument", "in:2");
    expect(2, nullptr, "invalid_argument", "in:4");
    expect(3, 1, "invalid_argument", "in:5");
    expect(4, 2, "bad_bench", "in:6");
    expect(5, 3, "sandbox", "in:7");
    expect(6, 4, "internal", "in:8");
    CHECK(place.output[7]["verdict"] == "fail");
    CHECK(counts.refused == 4);
    CHECK(counts.broken == 2);
    CHECK(counts.lines() == 8);
    CHECK(workflow::exit_code(counts) == 3);
}

TEST_CASE("a line past its deadline is unknown, and the batch goes on") {
    Place place;
    place.input = {line_of(1, "late", R"("deadline": 0.1)"), line_of(2, "good")};
    const workflow::BatchCounts counts = place.run().value();
    REQUIRE(place.output.size() == 2);
    CHECK(place.output[0]["verdict"] == "unknown");
    CHECK(place.output[0]["class"] == "timeout");
    CHECK(place.output[0]["findings"][0]["rule"] == "rtlgen/DEADLINE");
    CHECK(place.output[1]["verdict"] == "pass");
    CHECK(workflow::exit_code(counts) == 4);
}

TEST_CASE("a verdict that comes after the deadline is no pass") {
    Place place;
    place.input = {line_of(1, "slow", R"("deadline": 0.1)")};
    CHECK(place.run());
    CHECK(place.output[0]["verdict"] == "unknown");
    CHECK(place.output[0]["class"] == "timeout");
}

TEST_CASE("a batch reads no further ahead than it has to while nobody takes its answers") {
    Place place;
    for (int i = 0; i < 500; ++i) place.input.push_back(line_of(i, "good"));
    std::size_t furthest = 0;
    place.on_write = [&](const Json& json) {
        // All workers have gone as far as they can.
        const auto written = json["id"].get<std::size_t>();
        const std::size_t most =
            std::min<std::size_t>(500, written + workflow::kAhead * place.workers);
        while (place.judged < most) std::this_thread::yield();
        furthest = std::max(furthest, place.read - written);
        return Status();
    };
    CHECK(place.run());
    CHECK(furthest <= workflow::kAhead * place.workers + 1);
    CHECK(place.output.size() == 500);
}

TEST_CASE("long lines are held one at a time") {
    Place place;
    const std::string padding(40'000'000, ' ');
    for (int i = 0; i < 4; ++i) place.input.push_back(line_of(i, "good") + padding);
    std::size_t furthest = 0;
    place.on_write = [&](const Json& json) {
        furthest = std::max(furthest, place.read - json["id"].get<std::size_t>());
        return Status();
    };
    CHECK(place.run());
    CHECK(furthest <= 3);  // two of them are more than the bound
}

TEST_CASE("a stop ends a batch with the lines that are done, whole and in order") {
    Place place;
    place.workers = 3;
    for (int i = 0; i < 100; ++i) place.input.push_back(line_of(i, i == 5 ? "late" : "good"));
    place.on_write = [&](const Json& json) {
        if (json["id"] == 4) place.stop.request_stop();
        return Status();
    };
    const auto counts = place.run();
    REQUIRE_FALSE(counts);
    CHECK(counts.error().code == ErrorCode::Interrupted);
    REQUIRE(place.output.size() == 5);
    for (int i = 0; i < 5; ++i) CHECK(place.output[static_cast<std::size_t>(i)]["id"] == i);
}

TEST_CASE("output that can't be written ends a batch") {
    Place place;
    for (int i = 0; i < 100; ++i) place.input.push_back(line_of(i, "good"));
    place.on_write = [](const Json& json) {
        return json["id"] == 3 ? Status(fail(ErrorCode::Io, "gone")) : Status();
    };
    CHECK(place.run().error().code == ErrorCode::Io);
    CHECK(place.read < 100);
}

TEST_CASE("the worst of a batch is its exit code") {
    workflow::BatchCounts counts;
    CHECK(workflow::exit_code(counts) == 0);
    counts.pass = 3;
    CHECK(workflow::exit_code(counts) == 0);
    counts.unknown = 1;
    CHECK(workflow::exit_code(counts) == 4);
    counts.fail = 1;
    CHECK(workflow::exit_code(counts) == 1);
    counts.refused = 1;
    CHECK(workflow::exit_code(counts) == 2);
    counts.tool_error = 1;
    CHECK(workflow::exit_code(counts) == 3);
}
