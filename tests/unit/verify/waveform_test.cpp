// SPDX-License-Identifier: Apache-2.0
#include "verify/waveform.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

constexpr std::string_view kDump = R"($date today $end
$timescale
  1ps
$end
$scope module tb $end
$var wire 1 ! clk $end
$var wire 8 " q_ref [7:0] $end
$scope module dut $end
$var reg 8 # q_ref [7:0] $end
$upscope $end
$upscope $end
$enddefinitions $end
#0
$dumpvars
0!
bx "
b1 #
$end
#5
1!
b101 "
#10
0!
b11111111 "
#15
bz "
)";

const auto kAll = [](std::string_view) { return true; };

}  // namespace

TEST_CASE("a dump's values are known before and at a time") {
    const auto waveform = read_vcd(kDump, 1000, kAll);
    REQUIRE(waveform);
    CHECK(waveform->timescale == "1ps");
    const Wave* wave = waveform->find("q_ref");
    REQUIRE(wave != nullptr);
    CHECK(wave->scope == "tb");
    CHECK(wave->value(0, Wave::Side::Before).empty());
    CHECK(wave->value(0, Wave::Side::At) == "xxxxxxxx");
    CHECK(wave->value(10, Wave::Side::Before) == "00000101");
    CHECK(wave->value(10, Wave::Side::At) == "11111111");
    CHECK(wave->value(99, Wave::Side::At) == "zzzzzzzz");
    CHECK(waveform->waves[2].value(0, Wave::Side::At) == "00000001");
}

TEST_CASE("a dump is read no further than asked, and only for the names asked") {
    const auto waveform = read_vcd(kDump, 5, [](std::string_view name) { return name == "clk"; });
    REQUIRE(waveform);
    REQUIRE(waveform->waves.size() == 1);
    CHECK(waveform->waves[0].changes.size() == 2);
}

TEST_CASE("a dump cut anywhere, or no dump, harms nobody") {
    for (std::size_t cut = 0; cut < kDump.size(); ++cut) {
        const auto waveform = read_vcd(kDump.substr(0, cut), 1000, kAll);
        CHECK(waveform.has_value() ==
              (kDump.substr(0, cut).find("$enddefinitions") != std::string_view::npos));
    }
    CHECK(read_vcd("hello", 10, kAll).error().code == ErrorCode::InvalidArgument);
}

TEST_CASE("digits read as Verilog") {
    CHECK(verilog_literal("0", 1) == "1'b0");
    CHECK(verilog_literal("00111111", 8) == "8'h3f");
    CHECK(verilog_literal("100111111", 9) == "9'h13f");
    CHECK(verilog_literal("1x0z", 4) == "4'b1x0z");
}
