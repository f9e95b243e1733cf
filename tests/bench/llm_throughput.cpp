// SPDX-License-Identifier: Apache-2.0
// 10,000 requests at 256 in flight to a local server that answers at once: OpenAiBackend, asked
// from 256 threads as `generate` asks it, against a Python client with asyncio, in the same run.
// Where Python is slow, it stops after 30 seconds. CPU time is printed too: rates on a busy machine
// say less. Exit 1 where ours isn't 10 times as fast, 77 where no Python client is installed.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/base/clock.h"
#include "core/llm/openai_backend.h"

using namespace rtlgen;
using namespace rtlgen::llm;

namespace {

constexpr int kRequests = 10'000;
constexpr int kInFlight = 256;
constexpr double kWanted = 10;

/// The model server of the tests, for as long as this lives.
class ModelServer {
public:
    explicit ModelServer(const char* program) {
        std::array<int, 2> input{};
        std::array<int, 2> output{};
        if (pipe(input.data()) != 0 || pipe(output.data()) != 0) std::abort();
        child_ = fork();
        if (child_ == 0) {
            dup2(input[0], STDIN_FILENO);
            dup2(output[1], STDOUT_FILENO);
            for (const int fd : {input[0], input[1], output[0], output[1]}) close(fd);
            execl(program, program, nullptr);
            _exit(127);
        }
        close(input[0]);
        close(output[1]);
        stdin_ = input[1];
        std::FILE* said = fdopen(output[0], "r");
        if (said == nullptr || std::fscanf(said, "%d", &port_) != 1) {
            std::fprintf(stderr, "the model server doesn't start\n");
            std::exit(3);
        }
        std::fclose(said);
    }
    ~ModelServer() {
        close(stdin_);
        waitpid(child_, nullptr, 0);
    }
    ModelServer(const ModelServer&) = delete;
    ModelServer& operator=(const ModelServer&) = delete;

    [[nodiscard]] std::string url() const { return fmt::format("http://127.0.0.1:{}/v1", port_); }

private:
    pid_t child_ = -1;
    int stdin_ = -1;
    int port_ = 0;
};

CompletionRequest request_of(int number) {
    CompletionRequest request;
    std::string prompt;
    for (int i = 0; i < 40; ++i) prompt += "A wire. ";
    request.messages = {{Role::System, "You write Verilog."}, {Role::User, prompt}};
    request.sampling.temperature = 0.8;
    request.sampling.max_tokens = 512;
    request.sampling.seed = 1;
    request.sample = number;
    return request;
}

struct Measured {
    double rate = 0;    ///< requests a second
    double cpu_us = 0;  ///< microseconds of CPU a request, the client's alone
    int requests = 0;
};

double cpu_seconds() {
    return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
}

Measured our_rate(const std::string& url, Delivery delivery) {
    SystemClock clock;
    OpenAiOptions options;
    options.model = "scripted";
    options.endpoint = parse_endpoint(url).value();
    options.format.delivery = delivery;
    options.max_concurrency = kInFlight;
    OpenAiBackend backend(options, clock);
    const auto expected_answer = [&backend](int number) {
        const auto answer = backend.complete(request_of(number), {});
        return answer && answer->text.find("endmodule") != std::string::npos;
    };
    if (!expected_answer(1)) return {};
    std::atomic<int> next = 0;
    std::atomic<bool> wrong = false;
    const auto begun = std::chrono::steady_clock::now();
    const double cpu = cpu_seconds();
    std::vector<std::thread> threads;
    for (int i = 0; i < kInFlight; ++i) {
        threads.emplace_back([&] {
            for (int number = next++; number < kRequests; number = next++) {
                if (!expected_answer(number + 1)) wrong = true;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begun;
    if (wrong) return {};
    return {kRequests / time.count(), (cpu_seconds() - cpu) * 1e6 / kRequests, kRequests};
}

/// As the script prints them; none where it can't run the client.
std::optional<Measured> python_rate(const std::string& script, const char* client,
                                    const std::string& url, const char* delivery) {
    const std::string command = fmt::format("python3 '{}' {} '{}' {} {} {} 30", script, client, url,
                                            kRequests, kInFlight, delivery);
    std::FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return std::nullopt;
    Measured measured;
    const bool read =
        std::fscanf(pipe, "%lf %lf %d", &measured.rate, &measured.cpu_us, &measured.requests) == 3;
    return pclose(pipe) == 0 && read ? std::optional(measured) : std::nullopt;
}

void print(const char* delivery, const char* client, const Measured& measured) {
    fmt::print("{}: {:6} {:6.0f} requests/s, {:5.0f} us of CPU a request ({} requests)\n", delivery,
               client, measured.rate, measured.cpu_us, measured.requests);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: bench_llm_throughput MODEL_SERVER PYTHON_SCRIPT\n");
        return 2;
    }
    const ModelServer server(argv[1]);
    bool slow = false;
    bool compared = false;
    for (const bool stream : {false, true}) {
        const char* delivery = stream ? "stream" : "whole";
        const Measured ours = our_rate(server.url(), stream ? Delivery::Stream : Delivery::Whole);
        print(delivery, "rtlgen", ours);
        for (const char* client : {"httpx", "openai"}) {
            const auto theirs = python_rate(argv[2], client, server.url(), delivery);
            if (!theirs) {
                fmt::print("{}: {} can't be run\n", delivery, client);
                continue;
            }
            compared = true;
            print(delivery, client, *theirs);
            const double ratio = ours.rate / theirs->rate;
            fmt::print("{}: rtlgen is {:.1f} times as fast as {}\n", delivery, ratio, client);
            slow = slow || ratio < kWanted;
        }
        std::fflush(stdout);
    }
    if (!compared) {
        fmt::print("[skipped] neither httpx nor openai is installed for python3\n");
        return 77;
    }
    return slow ? 1 : 0;
}
