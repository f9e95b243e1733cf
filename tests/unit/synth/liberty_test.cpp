// SPDX-License-Identifier: Apache-2.0
// Cell libraries, whole and broken.
#include "synth/liberty.h"
#include "core/base/files.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::synth;

TEST_CASE("A library's cells have their area, their state and the directions of their pins") {
    const auto text = read_file(RTLGEN_SOURCE_DIR "/tests/fixtures/synth/cells.lib");
    REQUIRE(text);
    const auto library = parse_liberty(*text, "cells.lib");
    REQUIRE(library);
    CHECK(library->name == "fixture");
    CHECK(library->corner == "process 1, 1.8 V, 25 C");
    CHECK(library->cells.size() == 6);
    CHECK(library->count(LibertyCell::Kind::FlipFlop) == 2);
    const LibertyCell* inverter = library->find("INV");
    REQUIRE(inverter != nullptr);
    CHECK(inverter->area == AreaUm2{1});
    CHECK(inverter->kind == LibertyCell::Kind::Combinational);
    CHECK_FALSE(inverter->pin_is_output.at("A"));
    CHECK(inverter->pin_is_output.at("Y"));
    CHECK(library->find("XOR2") == nullptr);
}

TEST_CASE("Banks, quoted names, continued lines and a cell's test cell are read as Liberty means") {
    const auto library = parse_liberty(
        "library(\"l\") { default_operating_conditions : \"slow\"; nom_voltage : 1;\n"
        "lu_table(x) { index_1 (\"1, 2\", \\\n \"3\"); }\n"
        "cell(\"B4\") { area : 4.5 ff_bank(Q, QN, 4) { next_state : \"D\"; } bus(D) { direction : "
        "input; } }\n"
        "cell(L) { latch(a, b) { enable : \"E\"; } }\n"
        "cell(S) { test_cell() { ff(a, b) { } } } }\n",
        "l.lib");
    REQUIRE(library);
    CHECK(library->corner == "slow");
    CHECK(library->find("B4")->bits == 4);
    CHECK(library->find("B4")->area == AreaUm2{4.5});
    CHECK_FALSE(library->find("B4")->pin_is_output.at("D"));
    CHECK(library->find("L")->kind == LibertyCell::Kind::Latch);
    CHECK(library->find("S")->kind == LibertyCell::Kind::Combinational);
}

TEST_CASE("A broken library is refused with what is wrong and its line") {
    const std::pair<const char*, const char*> wanted[] = {
        {"", "is empty"},
        {"module top; endmodule\n", "no Liberty file"},
        {"library(l) { }", "has no cell"},
        {"library(l) {\n cell(A) { area : 1;\n", "ends within the group 'cell'"},
        {"library(l) { cell(A) { area : 1; } } }", "closes nothing"},
        {"library(l) { cell(A { area : 1; } }", "has no ')'"},
    };
    for (const auto& [text, message] : wanted) {
        CAPTURE(text);
        const auto library = parse_liberty(text, "l.lib");
        REQUIRE_FALSE(library);
        CHECK(library.error().code == ErrorCode::InvalidArgument);
        CHECK(contains(library.error().message, message));
        CHECK(library.error().where.starts_with("l.lib:"));
    }
}

TEST_CASE("A latch that has nothing but enable, data and output tells its pins") {
    const auto latch_of = [](const std::string& group, const std::string& function = "q") {
        const auto library = parse_liberty(
            "library(l) { cell(L) { latch(q, qn) { " + group +
                " } pin(G) { direction : input; } pin(D) { direction : input; } pin(Q) { direction "
                ": output; function : \"" +
                function + "\"; } } }",
            "l.lib");
        REQUIRE(library);
        return library->find("L")->latch;
    };
    CHECK(latch_of("enable : \"G\"; data_in : \"D\";") == LatchPins{"G", "D", "Q", false});
    CHECK(latch_of("enable : \"!G\"; data_in : \"D\";") == LatchPins{"G", "D", "Q", true});
    CHECK(latch_of("enable : \"G'\"; data_in : \"D\";") == LatchPins{"G", "D", "Q", true});
    CHECK_FALSE(latch_of("enable : \"G\"; data_in : \"D\"; clear : \"R\";"));
    CHECK_FALSE(latch_of("enable : \"G\"; data_in : \"D\";", "qn"));
    CHECK_FALSE(latch_of("enable : \"G * D\"; data_in : \"D\";"));
    CHECK_FALSE(latch_of("data_in : \"D\";"));
}
