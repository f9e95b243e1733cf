// SPDX-License-Identifier: Apache-2.0
#include "verify/reference/stimulus.h"

#include <algorithm>
#include <array>
#include <optional>

#include "verify/reference/input_source.h"

namespace rtlgen::verify {
namespace {

constexpr int kExhaustiveBits = 11;

/// Counters of so many steps come to their end in each stage, deeper ones in a stage of slow inputs
/// or in the last one, as far as these go.
constexpr std::uint32_t kFewestSteps = 8;
constexpr std::uint32_t kMostSteadySteps = 600;
constexpr std::uint32_t kMostHeldSteps = 50'000;

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
            Input input{at, InputSource(port, interface_), nullptr, Role::Data};
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
            const std::size_t begin = cycle_ - extra_cycles_;
            while (cycle_ - extra_cycles_ < wanted) episode();
            if (!clocks_.empty()) steady_episodes(wanted - begin);
            end_stage();
            // What has been shown with all its inputs can't show more.
            if (combinational && static_cast<int>(row_.size()) <= kExhaustiveBits) break;
        }
        if (!clocks_.empty() && hold_cycles() > 0 && counts_deep()) slow();
        if (!clocks_.empty() && hold_cycles() > 0) hold();
        made_.fewest_stages = fewest_stages();
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
        for (Input& input : inputs_) input.source.begin_episode(chance_, Pace::Quick);
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

    /// Long ones, in which counters come to their end: the first with all that enables at 1, in
    /// each other one an input that moves in a counter's steps.
    void steady_episodes(std::size_t cycles) {
        std::vector<std::uint32_t> counters;
        for (const std::uint32_t steps : interface_.counter_steps) {
            if (steps >= kFewestSteps && steps <= kMostSteadySteps) counters.push_back(steps);
        }
        if (counters.empty()) return;
        const std::size_t begin = cycle_;
        for (std::size_t i = 0; i <= counters.size() || cycle_ - begin < cycles; ++i) {
            const std::size_t steps = counters[i % counters.size()];
            for (Input& input : inputs_) input.source.begin_episode(chance_, Pace::Steady);
            if (i == 0) {
                for (Input* input : movers()) input->source.hold(true);
            } else {
                move_one(steps);
            }
            run_steadily(steady_cycles(steps),
                         i == 0 || chance_.in(0.5) ? 0 : 0.25 / static_cast<double>(steps));
        }
        extra_cycles_ += cycle_ - begin;
    }

    /// Of one episode: some bits of a serial line for a short counter, three times round for a long
    /// one, twice round for all of them, one behind the other.
    [[nodiscard]] std::size_t steady_cycles(std::size_t steps) const {
        constexpr std::size_t kBits = 25;
        constexpr std::size_t kSerialCycles = 500;
        constexpr double kMostForAll = 1'000;
        const auto all = static_cast<std::size_t>(std::min(2.5 * all_steps(), kMostForAll));
        return std::max({std::min(kBits * steps, kSerialCycles), 3 * steps + 30, all});
    }

    /// One input moves. The others are held at 1 in its first turn; then each second time they move
    /// as they do in short episodes.
    void move_one(std::size_t period) {
        constexpr double kOften = 0.75;
        const std::vector<Input*> inputs = movers();
        const std::size_t turn = turn_++;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const std::size_t round = turn / inputs.size();
            if (i == turn % inputs.size()) {
                inputs[i]->source.move(chance_, period);
            } else if (round % 2 == 1) {
                inputs[i]->source.begin_episode(chance_, Pace::Quick);
            } else {
                inputs[i]->source.hold(round == 0 || chance_.in(kOften));
            }
        }
    }

    std::vector<Input*> movers() {
        std::vector<Input*> found;
        for (Input& input : inputs_) {
            if (input.role == Role::Data && input.source.width() == 1) found.push_back(&input);
        }
        return found;
    }

    /// Begins in reset where one may come again, with a probability `again` in each cycle.
    void run_steadily(std::size_t length, std::optional<double> again) {
        moves_in_active_ = false;
        resets_are_data_ = false;
        constexpr std::size_t kResetCycles = 2;
        for (std::size_t i = 0; i < length; ++i) {
            ++cycle_;
            set_resets(again && (i < kResetCycles || chance_.in(*again)));
            draw();
            emit_moved();
            if (!interface_.enables.empty()) {
                draw_enables();
                emit_moved();
            }
            const std::size_t clock = clocks_[chance_.below(clocks_.size())];
            for (int edge = 0; edge < 2; ++edge) {
                flip(row_, clock);
                emit();
            }
        }
    }

    void emit_moved() {
        if (made_.rows.empty() || made_.rows.back() != row_) emit();
    }

    /// Of all counters that come to an end, one behind the other.
    [[nodiscard]] double all_steps() const {
        double all = 1;
        for (const std::uint32_t steps : interface_.counter_steps) {
            if (steps <= kMostHeldSteps) all *= steps;
        }
        return all;
    }

    [[nodiscard]] bool counts_deep() const {
        constexpr double kMany = 300;
        return all_steps() > kMany;
    }

    /// Of one episode of slow inputs.
    [[nodiscard]] std::size_t slow_cycles() const { return hold_cycles() / 10; }

    /// A stage of slow inputs without a reset: transfers that take long come to their end.
    void slow() {
        constexpr std::size_t kEpisodes = 8;
        for (std::size_t turn = 0; turn < kEpisodes; ++turn) {
            for (Input& input : inputs_) input.source.begin_episode(chance_, Pace::Slow);
            move_one(0);
            run_steadily(slow_cycles(), std::nullopt);
        }
        slow_stage_ = made_.stages.size();
        end_stage();
    }

    void end_stage() {
        made_.stages.push_back(made_.rows.size());
        turns_.push_back(turn_);
    }

    /// What comes to its end in a later stage alone isn't shown before that, nor what an input does
    /// that has had no turn.
    [[nodiscard]] std::size_t fewest_stages() {
        constexpr std::size_t kMostTurns = 8;
        std::size_t fewest = 1;
        const std::size_t wanted = std::min(2 * movers().size(), kMostTurns);
        while (turn_ > 0 && fewest < turns_.size() && turns_[fewest - 1] < wanted) ++fewest;
        for (const std::uint32_t steps : interface_.counter_steps) {
            if (steps <= kMostSteadySteps || steps > kMostHeldSteps) continue;
            const bool slowly = slow_stage_ > 0 && 2 * std::size_t{steps} <= slow_cycles();
            fewest = std::max(fewest, slowly ? slow_stage_ + 1 : made_.stages.size());
        }
        return fewest;
    }

    /// So many that a clock of twelve hours goes round; fewer for wide rows.
    [[nodiscard]] std::size_t hold_cycles() const {
        constexpr std::size_t kNarrow = 64;
        constexpr std::size_t kWide = 512;
        constexpr std::size_t kMany = 50'000;
        constexpr std::size_t kSome = 5'000;
        return row_.size() <= kNarrow ? kMany : row_.size() <= kWide ? kSome : 0;
    }

    /// Of the last stage: under inputs that stay, a design of S states has been in all that it
    /// comes to after S cycles. A bit is 0, 1 or unknown.
    [[nodiscard]] std::size_t last_cycles() const {
        constexpr std::size_t kFewest = 1'000;
        if (!interface_.state_bits) return hold_cycles();
        std::size_t states = clocks_.size();
        for (int bit = 0; bit < *interface_.state_bits && states < hold_cycles(); ++bit) {
            states *= 3;
        }
        return std::min(std::max(states, kFewest), hold_cycles());
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
        for (const Input* input : movers()) put(input->at, "1");
        emit();
        const std::size_t cycles = last_cycles();
        for (std::size_t i = 0; i < cycles; ++i) {
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
    std::size_t extra_cycles_ = 0;    ///< of steady episodes
    std::size_t turn_ = 0;            ///< of the inputs that move alone
    std::vector<std::size_t> turns_;  ///< until the end of each stage
    std::size_t slow_stage_ = 0;      ///< its index; 0: there is none
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
