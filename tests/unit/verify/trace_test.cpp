// SPDX-License-Identifier: Apache-2.0
#include "verify/reference/trace.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

/// An input clk; outputs p (1 bit) and q (2 bits).
DesignInterface interface_of() {
    DesignInterface interface;
    interface.inputs = {{"clk", PortDirection::Input, 1, "", false}};
    interface.outputs = {{"p", PortDirection::Output, 1, "", false},
                         {"q", PortDirection::Output, 2, "", false}};
    interface.clocks = {"clk"};
    return interface;
}

Stimulus stimulus_of() { return {{"0", "1", "1", "0"}, {1, 1, 1, 1}, {4}}; }

Trace trace_of(std::vector<Trace::Change> changes, std::size_t rows = 4) {
    return {std::move(changes), rows, true};
}

TraceComparison compared(const Trace& reference, const Trace& candidate) {
    return compare_traces(reference, candidate, interface_of(), stimulus_of());
}

std::string parsed(const std::string& printed) {
    const DesignInterface interface = interface_of();
    const Driver driver = make_driver(interface, {"m", {}}, stimulus_of().rows, 7);
    std::string text;
    for (std::size_t at = 0; at < printed.size(); ++at) {
        text += printed[at] == '@' ? driver.token : std::string(1, printed[at]);
    }
    const auto trace = parse_trace(text, driver, 4, 3);
    if (!trace) return "foreign";
    return std::to_string(trace->changes.size()) + (trace->complete ? " whole" : " cut");
}

}  // namespace

TEST_CASE("a driver's lines are read, and lines of anybody else are nobody's word") {
    CHECK(parsed("@ 0 xxx\n@ 2 010\n@ end 4\n") == "2 whole");
    CHECK(parsed("WARNING: x\n@ 0 xxx\nMismatches: 0 in 9 samples\n@ end 4\n") == "1 whole");
    CHECK(parsed("@ 0 xxx\n@ 2 010\n") == "2 cut");
    CHECK(parsed("@ end 4\n") == "0 cut");
    CHECK(parsed("") == "0 cut");
}

TEST_CASE("what no driver prints is told, whoever printed it") {
    for (const char* text :
         {"@ 1 000\n@ end 4\n", "@ 0 000\n@ 0 001\n@ end 4\n", "@ 0 000\n@ 3 001\n@ 2 000\n",
          "@ 0 0000\n", "@ 0 00\n", "@ 0 0a0\n", "@ 4 000\n", "@ 0 000\n@ end 3\n",
          "@ 0 000\n@ end 4\n@ end 4\n", "@ 0 000\n@ end 4\n@ 3 001\n", "@\n", "@ 0\n",
          "@ 0 000 1\n", "@ -1 000\n"}) {
        CAPTURE(text);
        CHECK(parsed(text) == "foreign");
    }
}

TEST_CASE("equal traces are equal, and unknown bits of the reference are anything") {
    const Trace reference = trace_of({{0, "xxx"}, {1, "x10"}, {3, "010"}});
    CHECK(compared(reference, reference).difference == Difference::None);
    const auto other = compared(reference, trace_of({{0, "111"}, {1, "010"}}));
    CHECK(other.difference == Difference::None);
    CHECK(other.compared == 3);
    CHECK(other.constant_outputs.empty());
}

TEST_CASE("the first difference is told with its time, cycle, signal and values") {
    const auto result = compared(trace_of({{0, "000"}, {2, "001"}}),
                                 trace_of({{0, "000"}, {2, "011"}, {3, "001"}}));
    CHECK(result.difference == Difference::Value);
    REQUIRE(result.first);
    CHECK(result.first->time == "40");
    CHECK(result.first->cycle == 1);
    CHECK(result.first->signal == "q");
    CHECK(result.first->expected == "2'b01");
    CHECK(result.first->got == "2'b11");
    CHECK(result.first->mismatches == 1U);
    CHECK(result.first->samples == 4U);
    CHECK(result.mismatches == 1);
    CHECK_FALSE(result.before_first_edge);
    CHECK(result.constant_outputs == std::vector<std::string>{"p"});
}

TEST_CASE("unknown values and what comes before the first edge are told apart") {
    const Trace reference = trace_of({{0, "000"}});
    CHECK(compared(reference, trace_of({{0, "0x0"}})).difference == Difference::UnknownOnly);
    CHECK(compared(reference, trace_of({{0, "z00"}})).difference == Difference::UnknownOnly);
    CHECK(compared(reference, trace_of({{0, "0x0"}, {2, "010"}})).difference == Difference::Value);
    CHECK(compared(reference, trace_of({{0, "0x0"}, {2, "010"}})).first->time == "40");
    const auto early = compared(reference, trace_of({{0, "001"}, {1, "000"}}));
    CHECK(early.difference == Difference::Value);
    CHECK(early.before_first_edge);
}

TEST_CASE("rows suffice where the stages behind them show nothing new") {
    Stimulus stimulus;
    stimulus.rows.assign(40, "0");
    stimulus.stages = {10, 20, 40};
    const Trace early = trace_of({{0, "0"}, {1, "1"}, {2, "0"}, {9, "1"}, {30, "0"}}, 40);
    CHECK(rows_that_suffice(early, stimulus) == 10);
    const Trace moves_later = trace_of({{0, "00"}, {15, "01"}, {16, "00"}, {39, "01"}}, 40);
    CHECK(rows_that_suffice(moves_later, stimulus) == 20);
    const Trace moves_last = trace_of({{0, "00"}, {15, "01"}, {16, "00"}, {39, "10"}}, 40);
    CHECK(rows_that_suffice(moves_last, stimulus) == 40);
    stimulus.fewest_stages = 2;
    CHECK(rows_that_suffice(early, stimulus) == 20);
    CHECK(rows_that_suffice(moves_last, stimulus) == 40);
    stimulus.fewest_stages = 1;
    // No bit moves anew, but all of them together.
    const Trace new_state =
        trace_of({{0, "00"}, {1, "01"}, {2, "00"}, {3, "10"}, {4, "00"}, {25, "11"}}, 40);
    CHECK(rows_that_suffice(new_state, stimulus) == 40);
}

TEST_CASE("what two runs with other initial values don't agree upon is unknown") {
    const Trace one{{{0, "010"}, {2, "110"}}, 4, true};
    const Trace other{{{0, "000"}, {1, "010"}, {3, "111"}}, 4, true};
    CHECK(what_is_known(one, other) ==
          Trace{{{0, "0x0"}, {1, "010"}, {2, "x10"}, {3, "11x"}}, 4, true});
    CHECK(what_is_known(one, one) == one);
}
