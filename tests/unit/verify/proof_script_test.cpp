// SPDX-License-Identifier: Apache-2.0
// What a proof is asked and how its counterexample is read and driven, without a tool.
#include "verify/prove/proof_script.h"

#include "tests/catch.h"
#include "verify/prove/replay.h"

using namespace rtlgen;
using namespace rtlgen::verify;

TEST_CASE("steps become rows in which no data moves with an edge") {
    DesignInterface interface;
    interface.inputs = {{"clk", PortDirection::Input, 1, "", false},
                        {"a", PortDirection::Input, 2, "[1:0]", false}};
    interface.clocks = {"clk"};
    Proof proof;
    proof.clocks = {{"clk", false}};
    proof.steps = {{{"clk", "0"}, {"a", "01"}}, {{"clk", "1"}, {"a", "x0"}}};
    proof.model = TimeModel::None;
    CHECK(stimulus_of(proof, interface).rows == std::vector<InputRow>{"001", "100"});
    proof.model = TimeModel::Cycles;
    CHECK(stimulus_of(proof, interface).rows ==
          std::vector<InputRow>{"001", "101", "001", "000", "100", "000"});
    // An edge comes in the second step alone.
    proof.model = TimeModel::Events;
    CHECK(stimulus_of(proof, interface).rows == std::vector<InputRow>{"001", "000", "100", "000"});
    CHECK(stimulus_of(proof, interface).cycles == std::vector<std::uint32_t>{0, 1, 1, 1});
    proof.clocks = {{"clk", true}};
    CHECK(stimulus_of(proof, interface).rows == std::vector<InputRow>{"101", "100", "000", "100"});
    // The clock first, with the data of before.
    proof.model = TimeModel::Samples;
    CHECK(stimulus_of(proof, interface).rows == std::vector<InputRow>{"001", "101", "100"});
}

TEST_CASE("a dump of a counterexample is read step by step") {
    const auto steps = parse_counterexample(
        "$date\n$end\n$scope module \\miter $end\n"
        "$var wire 1 v0 _reg $end\n$var wire 2 v1 \\in_a $end\n$var wire 1 v2 \\gold_q $end\n"
        "$var wire 1 v3 in_clk $end\n$upscope $end\n$enddefinitions $end\n"
        "#0\n$dumpvars\nxv0\n$end\nb01 v1\n1v2\n0v3\n#2\nb10 v1\n0v2\n1v3\n#3\n");
    REQUIRE(steps.size() == 2);
    CHECK(steps[0] == InputValues{{"a", "01"}, {"clk", "0"}});
    CHECK(steps[1] == InputValues{{"a", "10"}, {"clk", "1"}});
    CHECK(parse_counterexample("no dump").empty());
}

TEST_CASE("a reference's text lets guess the model of time") {
    const auto guess = [](const std::string& body) {
        return expected_model({.files = {{"good.v",
                                          {},
                                          "module good(input clk, rst, a, output reg q, r);\n" +
                                              body + "\nendmodule\n"}}});
    };
    CHECK(guess("assign y = a;") == TimeModel::None);
    CHECK(guess("always @(posedge clk) q <= a; // or posedge rst") == TimeModel::Cycles);
    CHECK(guess("always @(posedge clk) q <= a; always @(posedge clk) r <= a;") ==
          TimeModel::Cycles);
    CHECK(guess("always @(posedge clk, negedge rst) q <= a;") == TimeModel::Events);
    CHECK(guess("always @(posedge clk) q <= a; always @(negedge clk) r <= a;") ==
          TimeModel::Samples);
    CHECK(guess("always_latch if (clk) q = a;") == TimeModel::Samples);
}
