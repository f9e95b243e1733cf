// SPDX-License-Identifier: Apache-2.0
// `generate` with 100 requests, killed at random points and given again: no answer that was stored
// is asked for twice, none is missing, and the server's log proves it.
//
//     kill_resume RTLGEN MODEL_SERVER POINTS [SEED]
#include <algorithm>
#include <chrono>
#include <map>
#include <random>

#include "core/store/run_store.h"
#include "tests/resume/processes.h"

namespace {

namespace fs = std::filesystem;
using namespace rtlgen;
using rtlgen::test::Server;

constexpr int kSamples = 100;
constexpr int kFirstSeed = 1000;
constexpr std::size_t kMostInFlight = 64;

int failures = 0;

void expect(bool right, const std::string& what, const std::string& point) {
    if (right) return;
    ++failures;
    std::printf("FAILED: %s (%s)\n", what.c_str(), point.c_str());
}

/// Where and how one go is ended.
struct Point {
    int number = 0;
    std::size_t requests = 0;  ///< that the server has seen before
    std::chrono::microseconds later{0};
    int signal = SIGKILL;
    bool named_folder = true;  ///< --run-dir, else the folder is found again

    [[nodiscard]] std::string text() const {
        return "point " + std::to_string(number) + ": signal " + std::to_string(signal) + " " +
               std::to_string(later.count()) + " us after request " + std::to_string(requests) +
               (named_folder ? ", --run-dir" : "");
    }
};

Point random_point(int number, std::mt19937& random) {
    Point point;
    point.number = number;
    point.requests = random() % (kSamples + 1);
    // Before the first request there is the start of the program to be killed in.
    point.later = std::chrono::microseconds(random() % (point.requests == 0 ? 300'000 : 20'000));
    point.named_folder = random() % 2 == 0;
    if (number % 5 == 4) point.signal = SIGINT;
    return point;
}

struct Programs {
    std::string rtlgen;
    std::string server;
};

/// A copy, as the first look at a database that was left half written mends it.
std::vector<store::Attempt> look_at(const fs::path& run, const fs::path& copy) {
    std::error_code error;
    fs::remove_all(copy, error);
    if (run.empty() || !fs::exists(run / store::kRunDatabase)) return {};
    fs::copy(run, copy, fs::copy_options::recursive);
    Result<store::RunStore> opened = store::RunStore::open(copy);
    if (!opened || !opened->info()) return {};
    return opened->attempts().value_or(std::vector<store::Attempt>{});
}

bool is_finished(const fs::path& run) {
    if (!fs::exists(run / store::kRunDatabase)) return false;
    Result<store::RunStore> opened = store::RunStore::open(run);
    return opened && opened->state() == store::RunState::Finished;
}

fs::path run_of(const Point& point, const fs::path& folder) {
    if (point.named_folder) return folder / "run";
    const std::vector<fs::path> runs = store::find_runs(folder / "rtlgen-runs");
    return runs.empty() ? fs::path() : runs.back();
}

class Trial {
public:
    Trial(Programs programs, Point point, fs::path folder)
        : programs_(std::move(programs)), point_(point), folder_(std::move(folder)) {
        fs::create_directories(folder_);
        std::ofstream(folder_ / "spec.md") << "A module `m`.\n";
    }

    /// The number of answers that were on their way when it was ended.
    std::size_t run() {
        Server first(server(0));
        const int port = first.port();
        const pid_t child = start_rtlgen(port, "first");
        first.wait_for_requests(point_.requests, child);
        spin(point_.later);
        kill(child, point_.signal);
        test::wait_for(child);
        first.stop();
        const std::vector<store::Attempt> before =
            look_at(run_of(point_, folder_), folder_ / "look");
        const std::multiset<int> asked_first = first.seeds();
        if (!point_.named_folder && is_finished(folder_ / "look")) {
            // It was faster than the signal: the same command would rightly begin anew.
            expect(answered(before).size() == kSamples, "a finished run lacks answers",
                   point_.text());
            return 0;
        }

        Server second(server(port));
        const int code = test::wait_for(start_rtlgen(port, "second"));
        second.stop();
        check(before, asked_first, second.seeds(), code);
        return asked_first.size() - answered(before).size();
    }

private:
    [[nodiscard]] Server::Options server(int port) const {
        return {programs_.server, folder_ / "log", "There is nothing to write, number @N@.", 2,
                port};
    }

    [[nodiscard]] pid_t start_rtlgen(int port, const std::string& name) const {
        std::vector<std::string> argv = {programs_.rtlgen,
                                         "generate",
                                         "spec.md",
                                         "--model",
                                         "openai/m",
                                         "--api-base",
                                         "http://127.0.0.1:" + std::to_string(port) + "/v1",
                                         "-n",
                                         std::to_string(kSamples),
                                         "--max-repairs",
                                         "0",
                                         "--seed",
                                         std::to_string(kFirstSeed)};
        if (point_.named_folder) argv.insert(argv.end(), {"--run-dir", "run"});
        const int err = open((folder_ / (name + ".err")).c_str(),
                             O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        const pid_t child = test::start(argv, folder_, {-1, -1, err});
        close(err);
        return child;
    }

    static void spin(std::chrono::microseconds time) {
        const auto end = std::chrono::steady_clock::now() + time;
        while (std::chrono::steady_clock::now() < end) {
        }
    }

    static std::set<int> answered(const std::vector<store::Attempt>& attempts) {
        std::set<int> seeds;
        for (const store::Attempt& attempt : attempts) {
            if (attempt.completion) seeds.insert(kFirstSeed + attempt.sample - 1);
        }
        return seeds;
    }

    void check(const std::vector<store::Attempt>& before, const std::multiset<int>& asked_first,
               const std::multiset<int>& asked_second, int code) const {
        const std::string point = point_.text() + ", " + folder_.string();
        const std::set<int> stored = answered(before);
        std::set<int> missing;
        for (int i = 0; i < kSamples; ++i) {
            if (!stored.contains(kFirstSeed + i)) missing.insert(kFirstSeed + i);
        }
        expect(std::set<int>(asked_first.begin(), asked_first.end()).size() == asked_first.size(),
               "an answer was asked for twice in the first go", point);
        expect(std::ranges::includes(asked_first, stored), "an answer that nobody gave", point);
        expect(asked_first.size() - stored.size() <= kMostInFlight,
               "more answers were lost than were on their way", point);
        expect(asked_second == std::multiset<int>(missing.begin(), missing.end()),
               "the second go asked for other answers than the missing ones: " +
                   std::to_string(asked_second.size()) + " for " + std::to_string(missing.size()),
               point);
        expect(code == 1, "the second go exits with " + std::to_string(code), point);
        check_store(before, point);
    }

    void check_store(const std::vector<store::Attempt>& before, const std::string& point) const {
        Result<store::RunStore> run = store::RunStore::open(run_of(point_, folder_));
        expect(run.has_value(), "the run can't be read", point);
        if (!run) return;
        const std::vector<store::Attempt> after =
            run->attempts().value_or(std::vector<store::Attempt>{});
        expect(answered(after).size() == kSamples, "an answer is missing", point);
        expect(after.size() == kSamples &&
                   std::ranges::all_of(after,
                                       [](const store::Attempt& attempt) {
                                           return attempt.state == store::AttemptState::Judged;
                                       }),
               "not everything is judged, once", point);
        expect(run->state() == store::RunState::Finished, "the run isn't finished", point);
        // What was judged stays as it was, and every answer is the one that was stored.
        bool verdicts = true;
        bool answers = true;
        for (const store::Attempt& old : before) {
            const auto now = std::ranges::find(after, old.sample, &store::Attempt::sample);
            if (now == after.end()) continue;
            if (old.verdict) verdicts &= *now == old;
            if (old.completion) answers &= now->completion == old.completion;
        }
        expect(verdicts, "a verdict was made again", point);
        expect(answers, "an answer was changed", point);
        expect(store::find_runs(folder_ / "rtlgen-runs").size() <= 1 || point_.named_folder ||
                   before.empty(),
               "a second run was begun", point);
    }

    Programs programs_;
    Point point_;
    fs::path folder_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) test::give_up("usage: kill_resume RTLGEN MODEL_SERVER POINTS [SEED]");
    signal(SIGPIPE, SIG_IGN);
    const int points = std::atoi(argv[3]);
    const unsigned seed = argc > 4 ? static_cast<unsigned>(std::atoi(argv[4])) : 1;
    std::string scratch = (fs::temp_directory_path() / "rtlgen-kill-XXXXXX").string();
    if (mkdtemp(scratch.data()) == nullptr) test::give_up("no folder");
    setenv("XDG_CONFIG_HOME", (scratch + "/config").c_str(), 1);
    setenv("XDG_CACHE_HOME", (scratch + "/cache").c_str(), 1);
    std::mt19937 random(seed);
    std::size_t on_their_way = 0;
    std::size_t most = 0;
    for (int i = 0; i < points; ++i) {
        const Point point = random_point(i, random);
        const fs::path folder = fs::path(scratch) / ("p" + std::to_string(i));
        const int failed_before = failures;
        const std::size_t lost = Trial({argv[1], argv[2]}, point, folder).run();
        on_their_way += lost;
        most = std::max(most, lost);
        if (failures == failed_before) fs::remove_all(folder);
    }
    std::printf(
        "%d points of a %d-request run: %d failures; %zu answers were on their way (at most "
        "%zu at once) and asked for again\n",
        points, kSamples, failures, on_their_way, most);
    if (failures == 0) fs::remove_all(scratch);
    return failures == 0 ? 0 : 1;
}
