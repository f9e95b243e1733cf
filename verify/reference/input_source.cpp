// SPDX-License-Identifier: Apache-2.0
#include "verify/reference/input_source.h"

#include <algorithm>
#include <array>

namespace rtlgen::verify {
namespace {

/// Manners of one bit: these probabilities of 1, then those named.
constexpr std::array kProbabilities = {0.5, 0.2, 0.8, 0.05, 0.95};
enum BitManner : std::size_t {
    Always0 = kProbabilities.size(),
    Always1,
    Toggles,
    Runs,
    RarePulse,
    Serial,  ///< bits of equal length, which is a counter's
    BitManners
};
constexpr std::size_t kWordManners = 10;
constexpr std::size_t kHoldingWord = 2;

/// Runs longer than that are for slow inputs alone.
constexpr std::uint32_t kMostQuickSteps = 64;

constexpr std::uint32_t kLongestPeriod = 1'000;

std::string uniform(int width, Chance& chance) {
    std::string bits(static_cast<std::size_t>(width), '0');
    for (char& bit : bits) bit = (chance.bits() & 1U) != 0 ? '1' : '0';
    return bits;
}

/// Adds 1 or takes it away, modulo 2^width.
std::string stepped(std::string bits, bool up) {
    for (auto at = bits.rbegin(); at != bits.rend(); ++at) {
        const bool carry = *at == (up ? '1' : '0');
        *at = *at == '1' ? '0' : '1';
        if (!carry) break;
    }
    return bits;
}

}  // namespace

void flip(std::string& bits, std::size_t at) { bits[at] = bits[at] == '1' ? '0' : '1'; }

InputSource::InputSource(const Port& port, const DesignInterface& interface)
    : width_(port.width), steps_(interface.counter_steps) {
    const auto width = static_cast<std::size_t>(port.width);
    for (const ConstantBits& constant : interface.constants) {
        // Of a wider constant the low bits, of a narrower one with zeros above.
        if (constant.size() >= width) {
            constants_.push_back(constant.substr(constant.size() - width));
        } else {
            constants_.push_back(std::string(width - constant.size(), '0') + constant);
        }
    }
    value_.assign(width, '0');
    // A bit lasts as long as a counter counts, or as two of them do, one behind the other.
    for (const std::uint32_t steps : steps_) {
        if (steps > 1 && steps <= kLongestPeriod) periods_.push_back(steps);
    }
    const std::vector<std::uint32_t> single = periods_;
    for (std::size_t i = 0; i < single.size(); ++i) {
        for (std::size_t k = i + 1; k < single.size(); ++k) {
            if (single[i] * single[k] <= kLongestPeriod) periods_.push_back(single[i] * single[k]);
        }
    }
}

void InputSource::begin_episode(Chance& chance, Pace pace) {
    pace_ = pace;
    is_fixed_ = false;
    choose_manner(chance);
}

void InputSource::hold(bool one) {
    is_fixed_ = true;
    manner_ = one ? Always1 : Always0;
}

void InputSource::move(Chance& chance, std::size_t period) {
    constexpr double kSerially = 0.7;
    is_fixed_ = true;
    run_left_ = 0;
    if (period > 0) period_ = period;
    manner_ = period_ > 1 && chance.in(kSerially) ? Serial : Runs;
}

const std::string& InputSource::next(Chance& chance) {
    constexpr std::array kRedraw = {0.04, 0.002, 0.001};
    const double redraw = is_fixed_ ? 0 : kRedraw.at(static_cast<std::size_t>(pace_));
    if (chance.in(redraw)) choose_manner(chance);
    if (width_ == 1) {
        value_ = next_bit(chance) ? "1" : "0";
    } else {
        next_word(chance);
    }
    return value_;
}

void InputSource::choose_manner(Chance& chance) {
    run_left_ = 0;
    if (!periods_.empty()) period_ = periods_[chance.below(periods_.size())];
    if (pace_ == Pace::Quick) {
        const std::size_t manners = periods_.empty() ? BitManners - 1 : BitManners;
        manner_ = chance.below(width_ == 1 ? manners : kWordManners);
        return;
    }
    if (width_ > 1) {
        manner_ = chance.in(0.5) ? kHoldingWord : chance.below(kWordManners);
        if (manner_ == kHoldingWord) value_ = uniform(width_, chance);
        return;
    }
    static constexpr std::array kSteady = {Always1, Always1, Always1, Always0, Runs, Runs, Serial};
    manner_ = kSteady[chance.below(periods_.empty() ? kSteady.size() - 1 : kSteady.size())];
}

/// In clock cycles: short, or about as long as some counter counts.
std::size_t InputSource::run_length(Chance& chance) const {
    constexpr std::size_t kShort = 12;
    constexpr std::size_t kSlowBits = 10;
    if (pace_ == Pace::Slow && chance.in(0.7)) {
        return 1 + chance.below(std::size_t{2} << chance.below(kSlowBits));
    }
    if (steps_.empty() || chance.in(0.5)) return 1 + chance.below(kShort);
    const std::uint32_t step = steps_[chance.below(steps_.size())];
    if (pace_ == Pace::Quick && step > kMostQuickSteps) return 1 + chance.below(kShort);
    constexpr std::size_t kAround = 6;
    return std::max<std::size_t>(step, 3) - 2 + chance.below(kAround);
}

bool InputSource::next_bit(Chance& chance) {
    constexpr double kRare = 0.02;
    const bool before = value_ == "1";
    if (manner_ < kProbabilities.size()) return chance.in(kProbabilities[manner_]);
    switch (manner_) {
        case Always0: return false;
        case Always1: return true;
        case Toggles: return !before;
        case Runs:
            if (run_left_ == 0) {
                run_left_ = run_length(chance);
                return !before;
            }
            --run_left_;
            return before;
        case Serial:
            if (run_left_ > 0) {
                --run_left_;
                return before;
            }
            run_left_ = period_ - 1;
            return chance.in(0.5);
        default: return chance.in(kRare);
    }
}

void InputSource::next_word(Chance& chance) {
    const std::size_t width = value_.size();
    switch (manner_) {
        case 0:
        case 1: value_ = uniform(width_, chance); break;
        case kHoldingWord: break;
        case 3: corner(chance); break;
        case 4: {  // one hot, or one cold
            const bool hot = chance.in(0.7);
            value_.assign(width, hot ? '0' : '1');
            flip(value_, chance.below(width));
            break;
        }
        case 5: flip(value_, chance.below(width)); break;
        case 6: {  // small
            value_.assign(width, '0');
            for (std::size_t i = 0; i < 4 && i < width; ++i) {
                if (chance.in(0.5)) flip(value_, width - 1 - i);
            }
            break;
        }
        case 7: value_ = stepped(value_, true); break;
        case 8: value_ = stepped(value_, false); break;
        default: constant(chance); break;
    }
}

void InputSource::corner(Chance& chance) {
    const std::size_t width = value_.size();
    switch (chance.below(5)) {
        case 0: value_.assign(width, '0'); break;
        case 1: value_.assign(width, '1'); break;
        case 2: value_ = std::string(width - 1, '0') + "1"; break;
        case 3: value_ = "1" + std::string(width - 1, '0'); break;
        default: value_ = "0" + std::string(width - 1, '1'); break;
    }
}

/// What the design compares with, one beside it, or one bit off.
void InputSource::constant(Chance& chance) {
    if (constants_.empty()) {
        value_ = uniform(width_, chance);
        return;
    }
    value_ = constants_[chance.below(constants_.size())];
    switch (chance.below(6)) {
        case 0: value_ = stepped(value_, true); break;
        case 1: value_ = stepped(value_, false); break;
        case 2: flip(value_, chance.below(value_.size())); break;
        default: break;
    }
}

}  // namespace rtlgen::verify
