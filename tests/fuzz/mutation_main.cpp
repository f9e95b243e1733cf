// SPDX-License-Identifier: Apache-2.0
// Drives a libFuzzer target without libFuzzer: whole seeds first, then mutations of them, always
// the same ones (SplitMix64 from a fixed seed). Arguments: the number of mutations, files and
// folders.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t kLargestInput = 16384;
constexpr unsigned kSecondsForOneInput = 10;

/// What is being tried, for the signal handler.
std::string current;

void save_and_die(int signal) {
    std::ofstream("crash.bin", std::ios::binary) << current;
    std::cerr << "signal " << signal << "; the input is in crash.bin in this folder\n";
    std::_Exit(1);
}

class Random {
public:
    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    /// 0 <= value < bound; 0 where bound is 0.
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : next() % bound; }

private:
    std::uint64_t state_ = 1;
};

void try_input(const std::string& input) {
    current = input;
    alarm(kSecondsForOneInput);
    // A copy of exactly its size, so that a sanitizer sees a read behind its end.
    const std::vector<std::uint8_t> bytes(input.begin(), input.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

std::vector<std::string> read_seeds(int argc, char** argv) {
    std::vector<std::filesystem::path> files;
    for (int i = 2; i < argc; ++i) {
        if (std::filesystem::is_regular_file(argv[i])) files.emplace_back(argv[i]);
        if (!std::filesystem::is_directory(argv[i])) continue;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
            if (entry.is_regular_file()) files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    std::vector<std::string> seeds = {""};
    for (const auto& file : files) {
        std::ifstream stream(file, std::ios::binary);
        std::string bytes((std::istreambuf_iterator<char>(stream)), {});
        bytes.resize(std::min(bytes.size(), kLargestInput));
        seeds.push_back(std::move(bytes));
    }
    return seeds;
}

constexpr std::array<std::string_view, 24> kWords = {
    "module", "endmodule", "begin", "end", "`define", "`include", "/*", "*/",
    "//",     "\"",        "\\",    "(",   ")",       "[",        "]",  "```",
    "\n",     "\r\n",      "\xff",  "$",   "'h",      ";",        "#(", "99999999999999999999"};

void mutate(std::string& input, const std::vector<std::string>& seeds, Random& random) {
    const std::size_t at = random.below(input.size() + 1);
    switch (random.below(6)) {
        case 0: input.insert(at, kWords[random.below(kWords.size())]); break;
        case 1: input.erase(at, random.below(64) + 1); break;
        case 2: input.insert(at, 1, static_cast<char>(random.below(256))); break;
        case 3: input.resize(at); break;
        case 4: {  // A piece of another seed.
            const std::string& other = seeds[random.below(seeds.size())];
            input.insert(at, other, random.below(other.size() + 1), random.below(256));
            break;
        }
        default: {  // A piece of itself, many times: depth.
            const std::string piece = input.substr(at, random.below(16) + 1);
            for (int i = 0; i < 64 && input.size() < kLargestInput; ++i) input.insert(at, piece);
        }
    }
    input.resize(std::min(input.size(), kLargestInput));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: NAME_fuzz MUTATIONS [FILE OR FOLDER...]\n";
        return 2;
    }
    for (const int signal : {SIGSEGV, SIGABRT, SIGALRM, SIGFPE, SIGILL, SIGBUS}) {
        std::signal(signal, save_and_die);
    }
    const std::vector<std::string> seeds = read_seeds(argc, argv);
    for (const std::string& seed : seeds) try_input(seed);
    Random random;
    const long rounds = std::atol(argv[1]);
    for (long i = 0; i < rounds; ++i) {
        std::string input = seeds[random.below(seeds.size())];
        for (std::size_t steps = random.below(4) + 1; steps > 0; --steps) {
            mutate(input, seeds, random);
        }
        try_input(input);
    }
    std::cout << seeds.size() << " seeds and " << rounds << " mutations crashed nothing\n";
}
