// SPDX-License-Identifier: Apache-2.0
// Ports, module names and roles by all that a specification says of them.
#include <string>
#include <vector>

#include "datasets/retrieval/adaptation.h"
#include "datasets/retrieval/module_name.h"
#include "tests/catch.h"
#include "tests/unit/datasets/library_fixture.h"

namespace rtlgen::datasets {
namespace {

/// "clk in, d in 8": names, directions ("?" unsaid) and widths that are said.
std::string told(const std::string& text) {
    const MentionHints hints{
        "top_module", [](const std::string& name) { return name == "active" || name == "valid"; }};
    std::string out;
    for (const SpecPort& port : ports_of_evidence(tokenize_spec(text), hints)) {
        const char* direction = port.direction == PortDirection::Input ? " in" : " out";
        out += (out.empty() ? "" : ", ") + port.name + (port.direction_said ? direction : " ?");
        if (port.width) out += " " + std::to_string(*port.width);
    }
    return out;
}

std::string name_of(const std::string& text) { return module_name_of(tokenize_spec(text)); }

/// What the library says of `text`: the module's header, or why there is none.
std::string header_for(const Library& library, const std::string& text) {
    const auto answer = library.answer({text, "", ""});
    if (!answer) return answer.error().message;
    std::string header = answer->top + ":";
    for (const AdaptedPort& port : answer->adaptation.ports) {
        header += " " + port.role + "=" + port.name;
    }
    return header;
}

}  // namespace

TEST_CASE("ports are told by lists of any form") {
    CHECK(told("in clk, go, w[3:0]; out txd, active.") ==
          "clk in, go in, w in 4, txd out, active out");
    CHECK(told("Pins `ck`, `run` (inputs) and `cnt[4:0]` (output).") == "ck in, run in, cnt out 5");
    CHECK(
        told("It has three one-bit inputs (ck, clear_n, person) and one seven-bit output (n_v).") ==
        "ck in 1, clear_n in 1, person in 1, n_v out 7");
    CHECK(told("Its inputs: the clock m_clk, the reset m_rst and the observed line obs.") ==
          "m_clk in, m_rst in, obs in");
    CHECK(told("Inputs are p_1 and q_1 (16 bits each) and op_1 (2 bits).") ==
          "p_1 in 16, q_1 in 16, op_1 in 2");
    CHECK(told("Pins: input ck_1, output [2:0] c_1.") == "ck_1 in, c_1 out 3");
    CHECK(told("Outputs:\n- `a_1`, `b_1`: flags\n- `c_1` (3 bits): the number") ==
          "a_1 out, b_1 out, c_1 out 3");
}

TEST_CASE("lines with a name and its direction are ports") {
    CHECK(told("  wish   in, 3\n  won_by  out, 3   (one each)\n") == "wish in 3, won_by out 3");
    CHECK(told("  m_clk  I  1  clock\n  word   O  32 the data\n") == "m_clk in 1, word out 32");
}

TEST_CASE("sentences about inputs and outputs name none") {
    CHECK(told("The outputs are taken from registers. All inputs are sampled.").empty());
    CHECK(told("In other words, the \"not pressed\" state is kept.").empty());
}

TEST_CASE("the module's name has evidence of its own and is no port's") {
    CHECK(name_of("## exec_u: integer unit\n\nPorts") == "exec_u");
    CHECK(name_of("**Block:** `tx7` - a sender") == "tx7");
    CHECK(name_of("A module p_det with one output called fired_x.") == "p_det");
    CHECK(name_of("reset (port name rst_x, 1 = reset). Module name:\n   g_ptr") == "g_ptr");
    CHECK(name_of("The file shall contain one module, `c_tx`.") == "c_tx");
    CHECK(name_of("Build an 8-bit ALU named alu_c.") == "alu_c");
}

TEST_CASE("an instance names the module and its ports, not what they are connected to") {
    const auto instance = instance_in("as in t_c u1 (.ck(clk50), .q(x[3:0]));\nThanks");
    REQUIRE(instance);
    CHECK(instance->module_name == "t_c");
    CHECK(instance->ports == std::vector<std::string>{"ck", "q"});
    CHECK_FALSE(instance_in("counts (0..5) and f (x)"));
    const Library library = test::open_library();
    CHECK(header_for(
              library,
              "I use this up counter as\n  t_c u1 (.ck(clk50), .rs(r), .go(g), .q(x));\n"
              "q has 6 bits, everything else is a single bit. If go is 1 at a rising edge of "
              "ck, q is incremented, else it holds. rs is a synchronous reset, active high.") ==
          "t_c: clk=ck rst=rs en=go q=q");
}

TEST_CASE("a role is known by what its port does") {
    const Library library = test::open_library();
    CHECK(header_for(library,
                     "Counter `visits`. Inputs: ck, clear_n, person. Output: n_visits[6:0]. On a "
                     "rising edge of ck on which person is high the count is incremented; with "
                     "person low it is held. clear_n is a synchronous reset, active low.") ==
          "visits: clk=ck rst=clear_n en=person q=n_visits");
}

TEST_CASE("what is said of one port's level isn't said of another's") {
    const Library library = test::open_library();
    const auto answer = library.answer(
        {"12-bit up counter `c12`, ports `clk`, `rst_n`, `go` (inputs) and `n[11:0]` (output). It "
         "counts if go=1 and holds if go=0. rst_n is an asynchronous, active low reset.",
         "", ""});
    REQUIRE(answer);
    const AdaptedPort* enable = answer->adaptation.port("en");
    REQUIRE(enable != nullptr);
    CHECK(enable->polarity == Polarity::High);
}

}  // namespace rtlgen::datasets
