// SPDX-License-Identifier: Apache-2.0
// Netlists of which everything could be proven, and netlists whose time a proof would get wrong.
#include "verify/prove/soundness.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

RtlilModule module_of(const std::string& items) {
    auto modules = parse_rtlil(
        "module \\m\n  wire input 1 \\clk\n  wire input 2 \\rst\n  wire width 2 input 3 \\a\n"
        "  wire width 2 output 4 \\q\n  wire width 2 \\w\n  wire \\x\n  wire \\y\n" +
        items + "end\n");
    REQUIRE(modules);
    return std::move(modules->front());
}

std::string cell(const std::string& type, const std::string& pins) {
    std::string text =
        "  cell " + type + " $c" + std::to_string(pins.size()) + type.substr(1) + "\n";
    text += "    parameter \\CLK_POLARITY 1'1\n";
    std::size_t at = 0;
    while (at < pins.size()) {
        const std::size_t end = std::min(pins.find(';', at), pins.size());
        text += "    connect \\" + pins.substr(at, end - at) + "\n";
        at = end + 1;
    }
    return text + "  end\n";
}

const std::string kRegister = cell("$dff", "CLK \\clk;D \\a;Q \\q");
const std::string kAsynchronous = cell("$adff", "CLK \\clk;ARST \\rst;D \\a;Q \\q");
const std::string kLatch = cell("$dlatch", "EN \\clk;D \\a;Q \\q");

}  // namespace

TEST_CASE("two drivers of a net are found before a pass joins them") {
    CHECK(find_joined_drivers(module_of("  connect \\w \\a\n  connect \\q \\w\n")).empty());
    // Of two constants, Yosys's checks say nothing; 0 and 1 become one net.
    CHECK(find_joined_drivers(module_of("  connect \\x 1'0\n  connect \\x 1'1\n")) ==
          "x has two drivers");
    // Two inputs become one.
    CHECK(find_joined_drivers(module_of("  connect \\x \\a [0]\n  connect \\x \\a [1]\n")) ==
          "x has two drivers");
    CHECK(find_joined_drivers(module_of("  connect \\a [1] 1'0\n")) == "a[1] has two drivers");
    CHECK(find_joined_drivers(module_of("  connect 1'0 \\a [1]\n")) ==
          "a constant has two drivers");
}

TEST_CASE("a flat netlist with two drivers has an obstacle, whoever drives") {
    CHECK(find_obstacle(module_of(kRegister)).empty());
    CHECK(find_obstacle(module_of(kRegister + "  connect \\q [0] 1'1\n")) ==
          "q[0] has two drivers");
    const std::string inverted = cell("$not", "A \\a;Y \\q");
    CHECK(find_obstacle(module_of(kRegister + inverted)) == "q[0] has two drivers");
}

TEST_CASE("cells that are no hardware or nobody knows are obstacles") {
    for (const char* type : {"\\missing", "$assume", "$anyseq", "$mem_v2", "$tribuf", "$ff"}) {
        INFO(type);
        const std::string text = find_obstacle(module_of(cell(type, "A \\a;Y \\w")));
        CHECK(text == "it has a cell that no proof knows: " + std::string(type));
    }
    CHECK(find_obstacle(module_of("  process $p\n  end\n")).find("process") != std::string::npos);
    CHECK(find_obstacle(module_of("  wire inout 9 \\pad\n")) == "it has an inout port: pad");
}

TEST_CASE("high impedance is an obstacle, as a pin and as a connection") {
    const std::string choice = cell("$mux", "A 2'zz;B \\a;S \\rst;Y \\q");
    CHECK(find_obstacle(module_of(choice)).find("high impedance") != std::string::npos);
    CHECK(find_obstacle(module_of("  connect \\q 2'z\n")).find("high impedance") !=
          std::string::npos);
}

TEST_CASE("a clock is an input, maybe inverted, and nothing else") {
    const std::string inverter = cell("$not", "A \\clk;Y \\x");
    const std::string falling = cell("$dff", "CLK \\x;D \\a;Q \\q");
    CHECK(find_obstacle(module_of(inverter + falling)).empty());
    CHECK(time_facts(module_of(inverter + falling)).clocks == std::set<ClockEdge>{{"clk", true}});
    const std::string gate = cell("$and", "A \\clk;B \\rst;Y \\x");
    CHECK(find_obstacle(module_of(gate + falling)) ==
          "a register's clock is no input but made of logic: x");
}

TEST_CASE("steps are clock cycles only where one edge of one clock moves everything") {
    const TimeFacts rising = time_facts(module_of(kRegister));
    const TimeFacts falling =
        time_facts(module_of(cell("$not", "A \\clk;Y \\x") + cell("$dff", "CLK \\x;D \\a;Q \\q")));
    const TimeFacts by_data = time_facts(module_of(cell("$dff", "CLK \\a [0];D \\a;Q \\q")));
    const TimeFacts asynchronous = time_facts(module_of(kAsynchronous));
    const TimeFacts latch = time_facts(module_of(kLatch));
    const TimeFacts plain = time_facts(module_of("  connect \\q \\a\n"));
    const TimeFacts reads_clock = time_facts(module_of(cell("$dff", "CLK \\clk;D \\a;Q \\w") +
                                                       cell("$mux", "A \\w;B \\a;S \\clk;Y \\q")));
    CHECK(reads_clock.read_clocks == std::set<std::string>{"clk"});
    CHECK(model_for(plain, plain) == TimeModel::None);
    CHECK(model_for(rising, rising) == TimeModel::Cycles);
    CHECK(model_for(rising, falling) == TimeModel::Samples);
    CHECK(model_for(rising, by_data) == TimeModel::Samples);
    CHECK(model_for(rising, asynchronous) == TimeModel::Events);
    CHECK(model_for(asynchronous, rising) == TimeModel::Events);
    CHECK(model_for(latch, latch) == TimeModel::Samples);
    CHECK(model_for(rising, latch) == TimeModel::Samples);
    CHECK(model_for(rising, plain) == TimeModel::Samples);
    CHECK(model_for(reads_clock, rising) == TimeModel::Samples);
}

TEST_CASE("a loop without a register is found, and a register breaks it") {
    const std::string loop = cell("$and", "A \\x;B \\rst;Y \\y") + cell("$not", "A \\y;Y \\x");
    CHECK(find_contradiction(module_of(loop)).find("feeds itself") != std::string::npos);
    const std::string broken =
        cell("$and", "A \\x;B \\rst;Y \\y") + cell("$dff", "CLK \\clk;D \\y;Q \\x");
    CHECK(find_contradiction(module_of(broken)).empty());
    // x = (x === 1'bx) ? 0 : x has no solution at all.
    const std::string paradox =
        cell("$eqx", "A \\x;B 1'x;Y \\y") + cell("$mux", "A 1'x;B 1'0;S \\y;Y \\x");
    CHECK_FALSE(find_contradiction(module_of(paradox)).empty());
}

TEST_CASE("a chain through the bits of one cell is no loop") {
    // w[1] is made of w[0], bit by bit in one cell.
    CHECK(find_contradiction(module_of(cell("$and", "A { \\w [0] \\rst };B \\a;Y \\w"))).empty());
    CHECK_FALSE(
        find_contradiction(module_of(cell("$and", "A { \\w [0] \\w [1] };B \\a;Y \\w"))).empty());
}

TEST_CASE("a register with two initial values, and latches, are no equations") {
    const std::string alias =
        "  attribute \\init 2'00\n  wire width 2 \\one\n"
        "  attribute \\init 2'01\n  wire width 2 \\two\n"
        "  connect \\one \\q\n  connect \\two \\q\n";
    CHECK(find_contradiction(module_of(alias + kRegister)).find("two initial values") !=
          std::string::npos);
    CHECK_FALSE(find_contradiction(module_of(kLatch)).empty());
    CHECK_FALSE(find_contradiction(module_of(kAsynchronous)).empty());
}
