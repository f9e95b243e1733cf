// SPDX-License-Identifier: Apache-2.0
#include "verify/reference/stimulus.h"

#include <set>

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

/// Inputs clk, rst and d (4 bits).
DesignInterface clocked() {
    DesignInterface interface;
    interface.top = "m";
    interface.inputs = {{"clk", PortDirection::Input, 1, "", false},
                        {"rst", PortDirection::Input, 1, "", false},
                        {"d", PortDirection::Input, 4, "[3:0]", false}};
    interface.outputs = {{"q", PortDirection::Output, 4, "[3:0]", false}};
    interface.clocks = {"clk"};
    interface.resets = {{"rst", false, ResetKind::Synchronous}};
    interface.has_state = true;
    return interface;
}

DesignInterface combinational(int bits) {
    DesignInterface interface;
    interface.inputs = {{"a", PortDirection::Input, bits, "", false}};
    interface.outputs = {{"y", PortDirection::Output, 1, "", false}};
    return interface;
}

Stimulus made(const DesignInterface& interface, std::uint64_t seed = 1) {
    return make_stimulus({interface, seed}).value();
}

}  // namespace

TEST_CASE("data never moves on an edge of a clock") {
    const Stimulus stimulus = made(clocked());
    std::size_t edges = 0;
    for (std::size_t i = 1; i < stimulus.rows.size(); ++i) {
        const InputRow& before = stimulus.rows[i - 1];
        const InputRow& now = stimulus.rows[i];
        if (before[0] == now[0]) continue;
        ++edges;
        REQUIRE(before.substr(1) == now.substr(1));
    }
    CHECK(edges >= 4'000);
}

TEST_CASE("the same seed gives the same rows, another one others") {
    CHECK(made(clocked(), 1).rows == made(clocked(), 1).rows);
    CHECK(made(clocked(), 1).rows != made(clocked(), 2).rows);
}

TEST_CASE("a run begins in reset, and resets come again, also with no edge in between") {
    const Stimulus stimulus = made(clocked());
    CHECK(stimulus.rows[0][1] == '1');
    std::size_t resets = 0;
    std::size_t pulses = 0;
    for (std::size_t i = 1; i + 1 < stimulus.rows.size(); ++i) {
        const bool rises = stimulus.rows[i - 1][1] == '0' && stimulus.rows[i][1] == '1';
        if (!rises) continue;
        ++resets;
        const bool no_edge = stimulus.rows[i - 1][0] == stimulus.rows[i + 1][0];
        if (no_edge && stimulus.rows[i + 1][1] == '0') ++pulses;
    }
    CHECK(resets > 50);
    CHECK(pulses > 3);
}

TEST_CASE("at least 2,000 vectors, in stages of which each doubles the whole") {
    const Stimulus stimulus = made(clocked());
    REQUIRE(stimulus.stages.size() == 4);
    CHECK(stimulus.cycles[stimulus.stages[0] - 1] >= 2'000);
    CHECK(stimulus.cycles[stimulus.stages[1] - 1] >= 4'000);
    CHECK(stimulus.cycles[stimulus.stages[2] - 1] >= 8'000);
    CHECK(stimulus.stages[3] == stimulus.rows.size());
    CHECK(stimulus.cycles.size() == stimulus.rows.size());
}

TEST_CASE("the last stage holds the inputs while the clock goes on, out of reset") {
    const Stimulus stimulus = made(clocked());
    const InputRow& last = stimulus.rows.back();
    CHECK(last[1] == '0');
    for (std::size_t i = stimulus.rows.size() - 100'000; i < stimulus.rows.size(); ++i) {
        REQUIRE(stimulus.rows[i].substr(1) == last.substr(1));
        REQUIRE(stimulus.rows[i][0] != stimulus.rows[i - 1][0]);
    }
}

TEST_CASE("the last stage is no longer than the design has states") {
    DesignInterface interface = clocked();
    const auto last_rows = [&] {
        const Stimulus stimulus = made(interface);
        return stimulus.rows.size() - stimulus.stages[stimulus.stages.size() - 2];
    };
    const std::size_t longest = last_rows();
    CHECK(longest >= 100'000);
    interface.state_bits = 1;
    CHECK(last_rows() < 2'100);
    interface.state_bits = 8;  // 0, 1 or unknown each
    CHECK(last_rows() > 2 * 6'561);
    CHECK(last_rows() < 2 * 6'700);
    interface.state_bits = 24;
    CHECK(last_rows() == longest);
}

TEST_CASE("a counter comes to its end in the first stage, in and out of reset") {
    DesignInterface interface = clocked();
    interface.inputs.push_back({"en", PortDirection::Input, 1, "", false});
    const auto longest_run = [](const Stimulus& stimulus, char enable) {
        std::size_t longest = 0;
        std::size_t run = 0;
        for (std::size_t i = 1; i < stimulus.stages[0]; ++i) {
            const InputRow& row = stimulus.rows[i];
            if (row[1] == '1' || row[6] != enable) run = 0;
            if (row[0] == '1' && stimulus.rows[i - 1][0] == '0') longest = std::max(longest, ++run);
        }
        return longest;
    };
    CHECK(longest_run(made(interface), '1') < 200);
    interface.counter_steps = {300};
    CHECK(longest_run(made(interface), '1') > 600);
}

TEST_CASE("runs of a bit are as long as a counter counts") {
    DesignInterface interface = clocked();
    interface.inputs[2].width = 1;
    interface.counter_steps = {40};
    const Stimulus stimulus = made(interface);
    // Both values for that long, one behind the other, out of reset.
    std::vector<std::size_t> runs;
    char before = '0';
    bool both = false;
    for (std::size_t i = 1; i < stimulus.stages[0]; ++i) {
        const InputRow& row = stimulus.rows[i];
        if (row[1] == '1') runs.clear();
        if (row[2] != before || runs.empty()) runs.push_back(0);
        before = row[2];
        if (row[0] == '1' && stimulus.rows[i - 1][0] == '0') ++runs.back();
        const std::size_t count = runs.size();
        both = both || (count > 2 && runs[count - 2] >= 38 && runs[count - 1] >= 38);
    }
    CHECK(both);
}

TEST_CASE("a counter too deep for that makes the later stages needed") {
    DesignInterface interface = clocked();
    interface.counter_steps = {20};
    CHECK(made(interface).fewest_stages == 1);
    interface.counter_steps = {1'500};
    const Stimulus slow = made(interface);
    REQUIRE(slow.stages.size() == 5);
    CHECK(slow.fewest_stages == 4);
    for (std::size_t i = slow.stages[2]; i < slow.stages[3]; ++i) REQUIRE(slow.rows[i][1] == '0');
    interface.counter_steps = {10'000};
    CHECK(made(interface).fewest_stages == 5);
    // Out of reach.
    interface.counter_steps = {65'536};
    CHECK(made(interface).fewest_stages == 1);
}

TEST_CASE("each input has its turn to move alone before a stage suffices") {
    DesignInterface interface = clocked();
    for (const char* name : {"a", "b", "c", "d"}) {
        interface.inputs.push_back({name, PortDirection::Input, 1, "", false});
    }
    interface.counter_steps = {100};
    CHECK(made(interface).fewest_stages == 3);
    interface.counter_steps = {};
    CHECK(made(interface).fewest_stages == 1);
}

TEST_CASE("few inputs without a clock are shown all their values") {
    const Stimulus stimulus = made(combinational(9));
    CHECK(std::set<InputRow>(stimulus.rows.begin(), stimulus.rows.end()).size() == 512);
    CHECK(stimulus.rows.size() >= 2'000);
    CHECK(stimulus.stages.size() == 1);
}

TEST_CASE("a wide word takes the constants that the design compares with, and those beside them") {
    DesignInterface interface = combinational(32);
    interface.constants = {"1010010110100101", "11110000111100001111000011110000"};
    const Stimulus stimulus = made(interface);
    const std::set<InputRow> rows(stimulus.rows.begin(), stimulus.rows.end());
    const std::string zeros(16, '0');
    CHECK(rows.contains(zeros + "1010010110100101"));
    CHECK(rows.contains(zeros + "1010010110100110"));
    CHECK(rows.contains(zeros + "1010010110100100"));
    CHECK(rows.contains("11110000111100001111000011110000"));
    CHECK(rows.contains(std::string(32, '0')));
    CHECK(rows.contains(std::string(32, '1')));
}

TEST_CASE("a latch's enable never moves together with its data") {
    DesignInterface interface;
    interface.inputs = {{"en", PortDirection::Input, 1, "", false},
                        {"d", PortDirection::Input, 8, "", false}};
    interface.enables = {"en"};
    interface.has_state = true;
    const Stimulus stimulus = made(interface);
    bool moved = false;
    for (std::size_t i = 1; i < stimulus.rows.size(); ++i) {
        if (stimulus.rows[i - 1][0] == stimulus.rows[i][0]) continue;
        moved = true;
        REQUIRE(stimulus.rows[i - 1].substr(1) == stimulus.rows[i].substr(1));
    }
    CHECK(moved);
}

TEST_CASE("a design without inputs has rows, and one with obstacles none") {
    DesignInterface none;
    none.outputs = {{"y", PortDirection::Output, 1, "", false}};
    CHECK(made(none).rows.size() >= 2'000);
    none.obstacles = {"inout port io"};
    CHECK(make_stimulus({none, 1}).error().code == ErrorCode::InvalidArgument);
}
