// SPDX-License-Identifier: Apache-2.0
// Which mutants of a library design its testbench kills, measured on Icarus by several threads.
#pragma once

#include <iostream>

#include "core/base/parallel.h"
#include "tests/unit/datasets/library_mutants.h"
#include "tests/unit/datasets/library_proof.h"

namespace rtlgen::test {

/// What became of the mutants of one design.
struct Kills {
    int killed = 0;      ///< without the testbench's PASS, those that run for too long among them
    int hanging = 0;     ///< those of `killed` that a limit ended
    int counted = 0;     ///< killed or alive
    int equivalent = 0;  ///< proven equal for all time: not counted
    std::vector<std::string> lives;   ///< what those that live change, and what a proof said
    std::vector<std::string> errors;  ///< of the machine

    /// At least nine of ten.
    [[nodiscard]] bool enough() const { return counted > 0 && killed * 10 >= counted * 9; }
};

/// A mutant may take four times the CPU time of the design itself, in whole seconds, whatever the
/// machine does beside it. The wall is for a machine that gives it none.
inline process::Limits limits_of_mutants(std::chrono::microseconds good) {
    process::Limits limits;
    limits.cpu = std::chrono::ceil<std::chrono::seconds>(4 * good);
    limits.wall = 60 * limits.cpu;
    return limits;
}

/// One mutant after its run.
struct Trial {
    enum class End { NotCompiled, Killed, Hangs, Lives, Error } end = End::Error;
    std::string text;  ///< of the error or of the proof; empty: no proof was tried
};

inline Trial try_mutant(const Machine& machine, const datasets::LibraryAnswer& answer,
                        const std::string& code, const process::Limits& limits) {
    datasets::LibraryAnswer changed = answer;
    changed.code = code;
    const auto result = simulate_answer(machine, "icarus", changed, limits);
    if (!result) return {Trial::End::Error, result.error().text()};
    if (!result->compiled) return {Trial::End::NotCompiled, ""};
    if (verdict_of(*result).starts_with("PASS:")) return {Trial::End::Lives, ""};
    if (result->run.end == process::StepEnd::WallLimit) return {Trial::End::Error, "starved"};
    return {result->run.hit_limit() ? Trial::End::Hangs : Trial::End::Killed, ""};
}

inline Kills sum_up(const std::vector<CodeMutant>& mutants, const std::vector<Trial>& trials) {
    Kills kills;
    for (std::size_t k = 0; k < trials.size(); ++k) {
        const Trial& trial = trials[k];
        if (trial.end == Trial::End::Error) kills.errors.push_back(trial.text);
        if (trial.end == Trial::End::Error || trial.end == Trial::End::NotCompiled) continue;
        if (trial.end == Trial::End::Lives && trial.text == "proven") {
            ++kills.equivalent;
            continue;
        }
        ++kills.counted;
        if (trial.end == Trial::End::Lives) {
            kills.lives.push_back(mutants[k].what + (trial.text.empty() ? "" : ": ") + trial.text);
        } else {
            ++kills.killed;
            if (trial.end == Trial::End::Hangs) ++kills.hanging;
        }
    }
    return kills;
}

/// At most `most` mutants, spread evenly. The design itself has to pass.
inline Kills count_kills(const Machine& machine, const datasets::LibraryAnswer& answer,
                         std::size_t most) {
    const auto good = simulate_answer(machine, "icarus", answer);
    INFO((good ? verdict_of(*good) : good.error().text()));
    REQUIRE((good && verdict_of(*good).starts_with("PASS:")));
    const process::Limits limits = limits_of_mutants(good->run.cpu);
    const std::vector<CodeMutant> mutants = mutants_of(answer, most);
    auto work = [&](std::size_t k) {
        Trial trial = try_mutant(machine, answer, mutants[k].code, limits);
        if (trial.end == Trial::End::Lives) {
            trial.text = prove_mutant(machine, answer, mutants[k].code);
        }
        return trial;
    };
    return sum_up(mutants, parallel_map(mutants.size(), usable_processors(), work));
}

/// Counts, prints and checks.
inline void check_kills(const Machine& machine, const datasets::LibraryAnswer& answer,
                        std::size_t most) {
    const Kills kills = count_kills(machine, answer, most);
    std::cout << answer.design << ": " << kills.killed << " of " << kills.counted
              << " mutants are killed (" << kills.hanging << " hang), " << kills.equivalent
              << " more are equivalent\n";
    for (const std::string& line : kills.lives) std::cout << "  lives: " << line << '\n';
    CHECK(kills.errors == std::vector<std::string>{});
    CHECK(kills.enough());
}

}  // namespace rtlgen::test
