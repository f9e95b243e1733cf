// SPDX-License-Identifier: Apache-2.0
#include "verify/reference/stimulus.h"

#include <algorithm>
#include <array>
#include <random>

namespace rtlgen::verify {
namespace {

constexpr int kExhaustiveBits = 11;

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

void flip(std::string& bits, std::size_t at) { bits[at] = bits[at] == '1' ? '0' : '1'; }

/// Makes the values of one input, in a manner that changes now and then.
class InputSource {
public:
    InputSource(const Port& port, const std::vector<ConstantBits>& constants) : port_(port) {
        const auto width = static_cast<std::size_t>(port.width);
        for (const ConstantBits& constant : constants) {
            // Of a wider constant the low bits, of a narrower one with zeros above.
            if (constant.size() >= width) {
                constants_.push_back(constant.substr(constant.size() - width));
            } else {
                constants_.push_back(std::string(width - constant.size(), '0') + constant);
            }
        }
        value_.assign(width, '0');
    }

    void begin_episode(Chance& chance) { choose_manner(chance); }

    const std::string& next(Chance& chance) {
        constexpr double kRedraw = 0.04;
        if (chance.in(kRedraw)) choose_manner(chance);
        if (port_.width == 1) {
            value_ = next_bit(chance) ? "1" : "0";
        } else {
            next_word(chance);
        }
        return value_;
    }

    [[nodiscard]] int width() const { return port_.width; }

private:
    void choose_manner(Chance& chance) {
        constexpr std::size_t kBitManners = 10;
        constexpr std::size_t kWordManners = 10;
        manner_ = chance.below(port_.width == 1 ? kBitManners : kWordManners);
        run_left_ = 0;
    }

    bool next_bit(Chance& chance) {
        static constexpr std::array kProbabilities = {0.5, 0.2, 0.8, 0.05, 0.95};
        constexpr std::size_t kLongestRun = 12;
        constexpr double kRare = 0.02;
        const bool before = value_ == "1";
        if (manner_ < kProbabilities.size()) return chance.in(kProbabilities[manner_]);
        switch (manner_ - kProbabilities.size()) {
            case 0: return false;
            case 1: return true;
            case 2: return !before;
            case 3:
                if (run_left_ == 0) {
                    run_left_ = 1 + chance.below(kLongestRun);
                    return !before;
                }
                --run_left_;
                return before;
            default: return chance.in(kRare);
        }
    }

    void next_word(Chance& chance) {
        const std::size_t width = value_.size();
        switch (manner_) {
            case 0:
            case 1: value_ = uniform(port_.width, chance); break;
            case 2: break;  // holds
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

    void corner(Chance& chance) {
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
    void constant(Chance& chance) {
        if (constants_.empty()) {
            value_ = uniform(port_.width, chance);
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

    const Port& port_;
    std::vector<std::string> constants_;
    std::string value_;
    std::size_t manner_ = 0;
    std::size_t run_left_ = 0;
};

template <class Names>
bool is_among(const Names& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

class StimulusMaker {
public:
    explicit StimulusMaker(const StimulusRequest& request)
        : request_(request), interface_(request.interface), chance_(request.seed) {
        std::size_t at = 0;
        for (const Port& port : interface_.inputs) {
            Input input{at, InputSource(port, interface_.constants), nullptr, Role::Data};
            const auto reset = std::ranges::find(interface_.resets, port.name, &ResetInput::name);
            if (is_among(interface_.clocks, port.name)) {
                input.role = Role::Clock;
                clocks_.push_back(at);
            } else if (reset != interface_.resets.end()) {
                input.role = Role::Reset;
                input.reset = &*reset;
            } else if (is_among(interface_.enables, port.name)) {
                input.role = Role::Enable;
            }
            inputs_.push_back(std::move(input));
            at += static_cast<std::size_t>(port.width);
        }
        row_.assign(at, '0');
    }

    Stimulus make() {
        std::size_t wanted = request_.vectors;
        const bool combinational = clocks_.empty() && !interface_.has_state;
        if (combinational && static_cast<int>(row_.size()) <= kExhaustiveBits) exhaust();
        for (int stage = 0; stage < request_.stages; ++stage, wanted *= 2) {
            while (cycle_ < wanted) episode();
            made_.stages.push_back(made_.rows.size());
            // What has been shown with all its inputs can't show more.
            if (combinational && static_cast<int>(row_.size()) <= kExhaustiveBits) break;
        }
        if (!clocks_.empty() && hold_cycles() > 0) hold();
        return std::move(made_);
    }

private:
    enum class Role { Data, Clock, Reset, Enable };
    struct Input {
        std::size_t at;
        InputSource source;
        const ResetInput* reset;
        Role role;
    };

    void put(std::size_t at, const std::string& bits) { row_.replace(at, bits.size(), bits); }

    void emit() {
        made_.rows.push_back(row_);
        made_.cycles.push_back(static_cast<std::uint32_t>(cycle_));
    }

    void exhaust() {
        const std::size_t count = std::size_t{1} << row_.size();
        for (std::size_t value = 0; value < count; ++value) {
            for (std::size_t i = 0; i < row_.size(); ++i) {
                row_[row_.size() - 1 - i] = ((value >> i) & 1U) != 0 ? '1' : '0';
            }
            ++cycle_;
            emit();
        }
    }

    void set_resets(bool active) {
        for (Input& input : inputs_) {
            if (input.role == Role::Reset) {
                row_[input.at] = active != input.reset->active_low ? '1' : '0';
            }
        }
    }

    /// New data; latches' enables apart, so that they never move together with it.
    void draw() {
        for (Input& input : inputs_) {
            const bool as_data =
                input.role == Role::Data || (input.role == Role::Reset && resets_are_data_);
            if (as_data) put(input.at, input.source.next(chance_));
        }
    }

    void draw_enables() {
        for (Input& input : inputs_) {
            if (input.role == Role::Enable) put(input.at, input.source.next(chance_));
        }
    }

    void episode() {
        constexpr std::size_t kShortest = 8;
        constexpr std::size_t kLongest = 100;
        static constexpr std::array kAgain = {0.0, 0.03, 0.1, 0.4};
        const std::size_t length = kShortest + chance_.below(kLongest - kShortest + 1);
        for (Input& input : inputs_) input.source.begin_episode(chance_);
        moves_in_active_ = chance_.in(0.5);
        resets_are_data_ = chance_.in(0.1);
        const double again = kAgain[chance_.below(kAgain.size())];
        // The very first one begins in reset: what comes before it is nobody's promise.
        const bool first = made_.rows.empty();
        const std::size_t reset_cycles = first ? 3 : chance_.in(0.6) ? 1 + chance_.below(4) : 0;
        for (std::size_t i = 0; i < length; ++i) {
            set_resets(i < reset_cycles || chance_.in(again));
            if (clocks_.empty()) {
                step();
            } else {
                cycle();
            }
        }
    }

    /// Without a clock: data, then enables.
    void step() {
        ++cycle_;
        draw();
        emit();
        if (!interface_.enables.empty()) {
            draw_enables();
            emit();
        }
    }

    void cycle() {
        ++cycle_;
        draw();
        emit();
        if (!interface_.enables.empty()) {
            draw_enables();
            emit();
        }
        const std::size_t clock = clocks_[chance_.below(clocks_.size())];
        flip(row_, clock);
        emit();
        if (moves_in_active_) {
            draw();
            emit();
            pulse_reset();
        } else {
            emit();
        }
        flip(row_, clock);
        emit();
    }

    /// So many that a clock of twelve hours goes round; fewer for wide rows.
    [[nodiscard]] std::size_t hold_cycles() const {
        constexpr std::size_t kNarrow = 64;
        constexpr std::size_t kWide = 512;
        constexpr std::size_t kMany = 50'000;
        constexpr std::size_t kSome = 5'000;
        return row_.size() <= kNarrow ? kMany : row_.size() <= kWide ? kSome : 0;
    }

    /// The last stage: a reset, then all that enables at 1 for long. Counters roll over.
    void hold() {
        moves_in_active_ = false;
        resets_are_data_ = false;
        constexpr int kResetCycles = 3;
        for (int i = 0; i < kResetCycles; ++i) {
            set_resets(true);
            cycle();
        }
        set_resets(false);
        for (Input& input : inputs_) {
            if (input.role == Role::Data && input.source.width() == 1) put(input.at, "1");
        }
        emit();
        for (std::size_t i = 0; i < hold_cycles(); ++i) {
            ++cycle_;
            for (int edge = 0; edge < 2; ++edge) {
                flip(row_, clocks_[i % clocks_.size()]);
                emit();
            }
        }
        made_.stages.push_back(made_.rows.size());
    }

    /// A reset that comes and goes without an edge: nothing for a synchronous one.
    void pulse_reset() {
        constexpr double kOften = 0.02;
        if (interface_.resets.empty() || resets_are_data_ || !chance_.in(kOften)) return;
        const InputRow before = row_;
        set_resets(true);
        emit();
        row_ = before;
        emit();
    }

    const StimulusRequest& request_;
    const DesignInterface& interface_;
    Chance chance_;
    std::vector<Input> inputs_;
    std::vector<std::size_t> clocks_;
    InputRow row_;
    Stimulus made_;
    std::size_t cycle_ = 0;
    bool moves_in_active_ = false;
    bool resets_are_data_ = false;
};

}  // namespace

Result<Stimulus> make_stimulus(const StimulusRequest& request) {
    if (!request.interface.obstacles.empty()) {
        return fail(ErrorCode::InvalidArgument,
                    "it can't be driven from outside: " + request.interface.obstacles.front(),
                    request.interface.top);
    }
    return StimulusMaker(request).make();
}

}  // namespace rtlgen::verify
