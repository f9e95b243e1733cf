// SPDX-License-Identifier: Apache-2.0
// The response cache: what it gives back, to whom, and what it never does to a run.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <thread>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/store/cached_backend.h"
#include "core/store/completion_bytes.h"
#include "core/store/response_prune.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::store;
namespace fs = std::filesystem;

namespace {

/// Answers with the number of the call, and counts them.
class CountingBackend final : public llm::Backend {
public:
    explicit CountingBackend(std::atomic<int>& calls, std::string name = "openai/m")
        : calls_(calls), name_(std::move(name)) {}
    Result<llm::Completion> complete(const llm::CompletionRequest& request,
                                     std::stop_token) override {
        const int call = ++calls_;
        if (request.problem == "broken") return fail(ErrorCode::Network, "cut");
        llm::Completion completion;
        completion.text = "answer " + std::to_string(call);
        completion.finish_reason =
            request.problem == "long" ? llm::FinishReason::Length : llm::FinishReason::Stop;
        completion.bytes_sent = 100;
        completion.cost_usd = 0.5;
        return completion;
    }
    std::string name() const override { return name_; }
    std::string destination() const override { return "https://host/v1"; }
    std::string preview(const llm::CompletionRequest&) const override { return extra; }
    int concurrency() const override { return 300; }

    std::string extra;

private:
    std::atomic<int>& calls_;
    std::string name_;
};

llm::CompletionRequest request_for(int sample, int turn = 0) {
    llm::CompletionRequest request;
    request.problem = "p";
    request.messages = {{llm::Role::User, "Build a gate."}};
    request.sample = sample;
    request.turn = turn;
    return request;
}

struct Fixture {
    TempFolder home = TempFolder::create().value();
    CacheFolder cache{home.path() / "rtlgen" / "v1"};
    SystemClock clock;
    std::atomic<int> calls = 0;
    std::vector<Error> warnings;

    CachedBackend backend(std::string extra = "") {
        auto inner = std::make_unique<CountingBackend>(calls);
        inner->extra = std::move(extra);
        return {std::move(inner), ResponseCache::open(cache).value(), clock,
                [this](const Error& error) { warnings.push_back(error); }};
    }
    fs::path file() const { return cache.entry(CacheKind::Responses, kResponsesKey); }
};

std::string text_of(llm::Backend& backend, const llm::CompletionRequest& request) {
    const auto completion = backend.complete(request, {});
    return completion ? completion->text : completion.error().message;
}

}  // namespace

TEST_CASE("a whole completion goes to bytes and back, invalid UTF-8 too") {
    llm::Completion completion;
    completion.text = "module \xff\xfe m;";
    completion.reasoning = "hm";
    completion.finish_reason = llm::FinishReason::Refused;
    completion.model = "m";
    completion.usage = {1, std::nullopt};
    completion.latency = std::chrono::microseconds(7);
    completion.sent = "{}";
    completion.endpoint = "https://host/v1";
    completion.bytes_sent = 9;
    completion.raw = std::string("a\0b", 3);
    completion.logprobs = "[]";
    completion.cost_usd = 0.25;
    completion.from_cache = true;
    completion.origin = Origin::Library;
    completion.testbench.emplace();
    completion.testbench->top = "tb";
    CHECK(completion_from_bytes(completion_to_bytes(completion)) == completion);
    CHECK_THROWS(completion_from_bytes("nothing"));
}

TEST_CASE("an answer is asked for once, also by a later process, and a hit costs nothing") {
    Fixture test;
    {
        CachedBackend backend = test.backend();
        CHECK(text_of(backend, request_for(1)) == "answer 1");
        CHECK(text_of(backend, request_for(2)) == "answer 2");
    }
    CachedBackend later = test.backend();
    const auto hit = later.complete(request_for(1), {}).value();
    CHECK(hit.text == "answer 1");
    CHECK(hit.from_cache);
    CHECK(hit.bytes_sent == 0);
    CHECK_FALSE(hit.cost_usd);
    CHECK(text_of(later, request_for(2)) == "answer 2");
    CHECK(test.calls == 2);
    CHECK(later.concurrency() == 300);
    CHECK(test.warnings.empty());
}

TEST_CASE("another sample, turn, message, sampling, model or body is another answer") {
    Fixture test;
    CachedBackend backend = test.backend();
    std::vector<llm::CompletionRequest> requests(8, request_for(1));
    requests[1].sample = 2;
    requests[2].turn = 1;
    requests[3].messages.front().text += " ";
    requests[4].sampling.temperature = 0.5;
    requests[5].sampling.extra_body = R"({"min_p":0.1})";
    requests[6].sampling.stop = {"end"};
    requests[7].messages.insert(requests[7].messages.begin(), {llm::Role::System, ""});
    for (const auto& request : requests) text_of(backend, request);
    CHECK(test.calls == 8);
    CachedBackend other_body = test.backend("another URL");
    text_of(other_body, requests.front());
    CHECK(test.calls == 9);
    std::atomic<int> others = 0;
    CachedBackend other_model(std::make_unique<CountingBackend>(others, "openai/other"),
                              ResponseCache::open(test.cache).value(), test.clock,
                              [](const Error&) {});
    text_of(other_model, requests.front());
    CHECK(others == 1);
}

TEST_CASE("an answer that was cut short, and an error, are asked for again") {
    Fixture test;
    CachedBackend backend = test.backend();
    for (const char* problem : {"long", "broken"}) {
        llm::CompletionRequest request = request_for(1);
        request.problem = problem;
        request.messages.front().text = problem;
        text_of(backend, request);
        text_of(backend, request);
    }
    CHECK(test.calls == 4);
}

TEST_CASE("hundreds of threads of several processes share one cache") {
    Fixture test;
    constexpr int kThreads = 128;
    std::vector<pid_t> children;
    for (int child = 0; child < 3; ++child) {
        const pid_t pid = ::fork();
        if (pid == 0) {
            bool fine = true;
            {
                CachedBackend backend = test.backend();
                std::vector<std::jthread> threads;
                for (int i = 1; i <= kThreads; ++i) {
                    threads.emplace_back([&backend, i] { text_of(backend, request_for(i)); });
                }
                threads.clear();
                fine = test.warnings.empty();
            }
            ::_exit(fine ? 0 : 1);
        }
        children.push_back(pid);
    }
    for (const pid_t pid : children) {
        int status = 0;
        REQUIRE(::waitpid(pid, &status, 0) == pid);
        CHECK(status == 0);
    }
    CHECK(sum_responses(test.cache).value().entries == kThreads);
    CachedBackend backend = test.backend();
    for (int i = 1; i <= kThreads; ++i) text_of(backend, request_for(i));
    CHECK(test.calls == 0);
}

TEST_CASE("the cache's files can be read by their owner alone") {
    Fixture test;
    CachedBackend backend = test.backend();
    text_of(backend, request_for(1));
    int files = 0;
    for (const auto& entry : fs::directory_iterator(test.cache.folder(CacheKind::Responses))) {
        INFO(entry.path());
        struct stat info{};
        REQUIRE(::stat(entry.path().c_str(), &info) == 0);
        CHECK((info.st_mode & 0777U) == 0600U);
        ++files;
    }
    CHECK(files >= 3);
}

TEST_CASE("a damaged database is told, and cache prune --all takes it away") {
    Fixture test;
    {
        test.backend();
    }
    std::ofstream(test.file()) << std::string(10'000, 'x');
    const auto opened = ResponseCache::open(test.cache);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::Unreadable);
    CHECK_FALSE(sum_responses(test.cache));
    CHECK_FALSE(prune_responses(test.cache, {}));
    PruneRule all;
    all.which = PruneRule::Which::All;
    CHECK(prune_responses(test.cache, all));
    CHECK_FALSE(fs::exists(test.file()));
    CHECK(ResponseCache::open(test.cache));
}

TEST_CASE("a database that is damaged while it is used costs a warning and no answer") {
    Fixture test;
    CachedBackend backend = test.backend();
    for (int i = 1; i <= 40; ++i) text_of(backend, request_for(i));
    for (const char* suffix : {"", "-wal"}) {
        std::ofstream file(test.file().string() + suffix, std::ios::in | std::ios::binary);
        file << std::string(fs::file_size(test.file().string() + suffix), 'x');
    }
    for (int i = 41; i <= 60; ++i) {
        CHECK(text_of(backend, request_for(i)) == "answer " + std::to_string(i));
    }
    CHECK(test.warnings.size() <= 1);
    CHECK(test.calls == 60);
}

TEST_CASE("a value whose bytes changed is no answer") {
    Fixture test;
    {
        CachedBackend backend = test.backend();
        text_of(backend, request_for(1));
    }
    {
        Database database = open_responses(test.cache, Database::Mode::ReadWrite).value();
        REQUIRE(database.execute("UPDATE response SET value = replace(value, 'answer', 'anSwer')"));
    }
    CachedBackend backend = test.backend();
    CHECK(text_of(backend, request_for(1)) == "answer 2");
    CHECK(text_of(backend, request_for(1)) == "answer 2");
}

TEST_CASE("a full disk costs one warning, and no answer") {
    Fixture test;
    CachedBackend backend = test.backend();
    text_of(backend, request_for(1));
    struct rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    std::signal(SIGXFSZ, SIG_IGN);
    const struct rlimit tiny{1000, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &tiny) == 0);
    std::vector<std::string> answers;
    for (int i = 2; i <= 50; ++i) answers.push_back(text_of(backend, request_for(i)));
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    for (int i = 2; i <= 50; ++i) {
        CHECK(answers[static_cast<std::size_t>(i) - 2] == "answer " + std::to_string(i));
    }
    CHECK(test.warnings.size() == 1);
    CachedBackend later = test.backend();
    CHECK(text_of(later, request_for(1)) == "answer 1");
}

TEST_CASE("pruning takes the least recently used answers and shrinks the file, also while in use") {
    Fixture test;
    const auto cache = ResponseCache::open(test.cache).value();
    llm::Completion completion;
    completion.finish_reason = llm::FinishReason::Stop;
    completion.text = std::string(10'000, 'x');
    const auto now = std::chrono::system_clock::now();
    for (int hour = 1; hour <= 50; ++hour) {
        REQUIRE(cache->keep(std::to_string(hour), completion, now - std::chrono::hours(hour)));
    }
    REQUIRE(sum_responses(test.cache).value().entries == 50);
    PruneRule by_age;
    by_age.used_since = now - std::chrono::minutes(40 * 60 + 30);
    CHECK(prune_responses(test.cache, by_age).value().removed == 10);
    CHECK(cache->find("40", now).value());
    CHECK_FALSE(cache->find("41", now).value());
    PruneRule by_size;
    by_size.max_size = kibibytes(200);
    const ResponsePrune pruned = prune_responses(test.cache, by_size).value();
    CHECK(pruned.removed > 15);
    CHECK(pruned.freed.count > 150'000);
    CHECK(fs::file_size(test.file()) <= 200 * 1024);
    CHECK(cache->find("1", now).value());
    CHECK(cache->find("40", now).value());  // its use was written down when it was found
    PruneRule all;
    all.which = PruneRule::Which::All;
    CHECK(prune_responses(test.cache, all).value().left.entries == 0);
    CHECK(fs::exists(test.file()));
    CHECK_FALSE(cache->find("1", now).value());
    CHECK(cache->keep("1", completion, now));
}

TEST_CASE("answers take half of the cache's size at most") {
    Fixture test;
    const CacheFolder small(test.cache.root(), mebibytes(1));
    const auto cache = ResponseCache::open(small).value();
    llm::Completion completion;
    completion.text = std::string(10'000, 'x');
    for (int i = 0; i < 256; ++i) {
        REQUIRE(cache->keep(std::to_string(i), completion,
                            std::chrono::system_clock::time_point(std::chrono::seconds(i))));
    }
    CHECK(fs::file_size(test.file()) <= 512 * 1024);
    CHECK(cache->find("255", {}).value());
    CHECK_FALSE(cache->find("0", {}).value());
}
