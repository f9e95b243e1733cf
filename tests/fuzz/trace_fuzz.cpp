// SPDX-License-Identifier: Apache-2.0
// Any bytes as what a driver printed: a trace that is read is one that a driver could have made.
#include <cstdlib>
#include <string_view>

#include "verify/reference/trace.h"

using namespace rtlgen::verify;

namespace {

constexpr std::size_t kRows = 8;
constexpr int kBits = 4;

DesignInterface interface() {
    DesignInterface made;
    made.top = "m";
    made.inputs = {{"clk", rtlgen::PortDirection::Input, 1, "", false}};
    made.outputs = {{"p", rtlgen::PortDirection::Output, 1, "", false},
                    {"q", rtlgen::PortDirection::Output, 3, "[2:0]", false}};
    made.clocks = {"clk"};
    return made;
}

void check(const Trace& trace) {
    for (std::size_t i = 0; i < trace.changes.size(); ++i) {
        const Trace::Change& change = trace.changes[i];
        const bool in_order = i == 0 ? change.row == 0 : change.row > trace.changes[i - 1].row;
        if (!in_order || change.row >= kRows || change.bits.size() != kBits) abort();
        if (change.bits.find_first_not_of("01xz") != std::string::npos) abort();
    }
    if (trace.rows != kRows || (trace.complete && trace.changes.empty())) abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view printed(reinterpret_cast<const char*>(data), size);
    Driver driver;
    driver.token = "@";
    const auto trace = parse_trace(printed, driver, kRows, kBits);
    if (!trace) return 0;
    check(*trace);
    if (!trace->complete) return 0;
    Stimulus stimulus;
    for (std::size_t i = 0; i < kRows; ++i) stimulus.rows.emplace_back(i % 2 == 0 ? "0" : "1");
    stimulus.cycles.assign(kRows, 1);
    stimulus.stages = {2, 4, kRows};
    // Equal to itself; an unknown value in the reference is any value, in the design it is none.
    const Trace known{{{0, "0000"}}, kRows, true};
    const TraceComparison same = compare_traces(*trace, *trace, interface(), stimulus);
    if (same.difference != Difference::None || same.first || same.mismatches != 0) abort();
    const TraceComparison other = compare_traces(known, *trace, interface(), stimulus);
    if ((other.difference == Difference::None) != !other.first) abort();
    if (other.compared != kRows || other.mismatches > other.compared) abort();
    const std::size_t rows = rows_that_suffice(*trace, stimulus);
    if (rows != 2 && rows != 4 && rows != kRows) abort();
    return 0;
}
