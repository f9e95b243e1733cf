// SPDX-License-Identifier: Apache-2.0
// The values of one input of a stimulus, in a manner that changes now and then.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "verify/reference/design_interface.h"

namespace rtlgen::verify {

/// Chances are the generator's own arithmetic: std's distributions differ between libraries.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : engine_(seed) {}
    std::uint64_t bits() { return engine_(); }
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
    bool in(double probability) {
        return static_cast<double>(engine_() >> 11) < probability * 9007199254740992.0;
    }

private:
    std::mt19937_64 engine_;
};

/// How fast inputs move: as a circuit's do, or so that long counts come to their end between.
enum class Pace { Quick, Steady, Slow };

/// Inverts one bit of a row or of an input's value.
void flip(std::string& bits, std::size_t at);

class InputSource {
public:
    InputSource(const Port& port, const DesignInterface& interface);

    void begin_episode(Chance& chance, Pace pace);
    /// For this episode one bit keeps its value, or moves: as a serial line whose bits last so many
    /// cycles (0: as long as some counter counts), or in runs.
    void hold(bool one);
    void move(Chance& chance, std::size_t period);
    /// In the episode's manner.
    const std::string& next(Chance& chance);
    [[nodiscard]] int width() const { return width_; }

private:
    void choose_manner(Chance& chance);
    bool next_bit(Chance& chance);
    std::size_t run_length(Chance& chance) const;
    void next_word(Chance& chance);
    void corner(Chance& chance);
    void constant(Chance& chance);

    int width_;
    std::vector<std::string> constants_;
    std::vector<std::uint32_t> steps_;  ///< of counters that runs of bits are tuned to
    std::vector<std::uint32_t> periods_;
    std::string value_;
    Pace pace_ = Pace::Quick;
    bool is_fixed_ = false;  ///< the manner stays to the episode's end
    std::size_t manner_ = 0;
    std::size_t run_left_ = 0;
    std::size_t period_ = 1;
};

}  // namespace rtlgen::verify
