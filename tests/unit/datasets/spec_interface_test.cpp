// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/spec_interface.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::datasets;

namespace {

SpecInterface read(const std::string& text) {
    return read_spec_interface({text, "", ""}, tokenize_spec(text));
}

/// `in:clk out:q[8]`; a width that isn't said is left out.
std::string ports(const SpecInterface& interface) {
    std::string text;
    for (const SpecPort& port : interface.ports) {
        if (!text.empty()) text += " ";
        text += port.direction == PortDirection::Output ? "out:" : "in:";
        text += port.name;
        if (port.width) text += "[" + std::to_string(*port.width) + "]";
    }
    return text;
}

}  // namespace

TEST_CASE("ports are read from lists") {
    CHECK(ports(read("- input clk\n- input d (8 bits)\n - output [7:0] q\n")) ==
          "in:clk in:d[8] out:q[8]");
    CHECK(ports(read("- `clk`: input\n- `d` - input, 8 bits, data\n* q (output, 4-bit)\n")) ==
          "in:clk in:d[8] out:q[4]");
    CHECK(ports(read("- input a\n- input [3:0] b\n- output y\nIt is a thing.")) ==
          "in:a in:b[4] out:y");
}

TEST_CASE("ports are read from sections and lines of names") {
    CHECK(ports(read("Inputs: clk, rst_n, d[7:0]\nOutputs: q[7:0], valid\n")) ==
          "in:clk in:rst_n in:d[8] out:q[8] out:valid");
    CHECK(ports(read("Inputs:\n- clk\n- data [7:0]: the word\n\nOutputs:\n- done: a pulse\n")) ==
          "in:clk in:data[8] out:done");
    CHECK(ports(read("It is good. Inputs are clk, reset (active high), send and data[6:0]. Outputs "
                     "are tx and busy. The end.")) ==
          "in:clk in:reset in:send in:data[7] out:tx out:busy");
}

TEST_CASE("ports are read from tables") {
    CHECK(ports(read("| signal | direction | width |\n|---|---|---|\n| clk | input | 1 |\n"
                     "| `q` | output | 8 | the count |\n")) == "in:clk[1] out:q[8]");
}

TEST_CASE("ports are read from backticks in prose") {
    CHECK(ports(read("The module `m` has a clock `clk`, an input `a` and an 8-bit output `y`.")) ==
          "in:clk in:a out:y[8]");
}

TEST_CASE("a direction closes the words behind a name, and lists change it") {
    CHECK(ports(read("- `clk` - the clock, in\n- `q` - the count, out, it is 8 bits wide\n")) ==
          "in:clk out:q[8]");
    CHECK(ports(read("- `d` - the byte that is to be sent, 8 bits, input\n")) == "in:d[8]");
    CHECK(ports(read("* inputs `clk`, `rst` and `req`, output `grant`\n")) ==
          "in:clk in:rst in:req out:grant");
}

TEST_CASE("a title is no port of the section above it") {
    CHECK(ports(read("## Inputs\n- `a`: 8 bits\n\n## Outputs\n- `y`: 8 bits\n\n## Functions\n\n"
                     "It adds.\n")) == "in:a[8] out:y[8]");
}

TEST_CASE("a module header gives names, widths, parameters and the ranges as written") {
    const SpecInterface interface = read(
        "Do this:\n```verilog\nmodule fifo #(parameter W = 4) (\n  input clk,\n"
        "  input [W-1:0] d, // what is written\n  output [W-1:0] q\n);\n```\nThanks.");
    CHECK(interface.module_name == "fifo");
    CHECK(ports(interface) == "in:clk[1] in:d[4] out:q[4]");
    CHECK(interface.ports[1].range == "[W-1:0]");
    CHECK(interface.ports[1].description.find("what is written") != std::string::npos);
    REQUIRE(interface.parameters.size() == 1);
    CHECK(interface.parameters[0].name == "W");
}

TEST_CASE("sentences about inputs and outputs are no ports") {
    CHECK(ports(read(
              "The output should be high. The outputs are registered. Inputs of any kind.")) == "");
    CHECK(ports(read("gnt is a one-hot registered output: one clock after the request.")) == "");
}

TEST_CASE("the module's name is found where it is given") {
    CHECK(read("Write a module named counter that counts.").module_name == "counter");
    CHECK(read("I need a module called `event_tally`.").module_name == "event_tally");
    CHECK(read("Module name: `datapath_alu`").module_name == "datapath_alu");
    CHECK(read("Name: msg_queue. All of it.").module_name == "msg_queue");
    CHECK(read("Create `mod60` in Verilog.").module_name == "mod60");
    CHECK(read("The module should count.").module_name.empty());
    CHECK(read("TICK_COUNT8: AN 8-BIT COUNTER\n\ntick_count8 counts up.").module_name ==
          "tick_count8");
    CHECK(read("TICK_COUNT8: AN 8-BIT COUNTER\n\n`TICK_COUNT8` counts; tick_count8 too.")
              .module_name == "TICK_COUNT8");
    CHECK(read("TICK_COUNT8: AN 8-BIT COUNTER\n\nIt counts up.").module_name == "TICK_COUNT8");
}

TEST_CASE("a given interface and top win over the text") {
    const LibraryQuestion question{"module a (input x);", "module b (input y);", "c"};
    const SpecInterface interface = read_spec_interface(question, tokenize_spec(question.text));
    CHECK(interface.module_name == "c");
    CHECK(ports(interface) == "in:y[1]");
}
