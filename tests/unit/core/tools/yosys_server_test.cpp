// SPDX-License-Identifier: Apache-2.0
// One reading, many children: what each answers, and what none of them can do to another.
#include "core/tools/yosys_server.h"

#include "core/process/sandbox.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::tools;

namespace {

struct ServingYosys {
    std::unique_ptr<process::Runner> runner;
    Tool tool;
};

std::optional<ServingYosys> serving_yosys() {
    auto runner = process::make_runner({});
    if (!runner) return std::nullopt;
    const auto report = probe_tools(default_tool_search(), **runner);
    if (!report) return std::nullopt;
    for (const Tool* tool : report->toolset.all(ToolKind::Yosys)) {
        if (serves_batches(*tool)) return ServingYosys{*std::move(runner), *tool};
    }
    return std::nullopt;
}

YosysRun item_of(const std::string& text, const std::string& before = "",
                 const std::string& after = "") {
    YosysRun run;
    run.inputs = {{"dut.v", text, false}};
    run.script = before + "read_verilog dut.v\n" + after + "write_rtlil dut.il\n";
    run.outputs = {{"dut.il", mebibytes(1)}};
    run.limits.cpu = std::chrono::seconds(5);
    return run;
}

YosysBatch batch_of(std::vector<YosysRun> items) {
    YosysBatch batch;
    batch.base.name = "server-test";
    batch.base.inputs = {
        {"base.v", "module base(input a, output y); assign y = ~a; endmodule\n", false}};
    batch.base.script = "read_verilog base.v\nwrite_rtlil base.il\n";
    batch.base.outputs = {{"base.il", mebibytes(1)}};
    batch.items = std::move(items);
    return batch;
}

const std::string kGood = "module good(input a, output y); assign y = a; endmodule\n";

bool has_module(const YosysResult& result, const std::string& name) {
    return std::ranges::find(result.modules, name) != result.modules.end();
}

std::string number_bytes(std::uint64_t value) {
    std::string bytes;
    for (int shift = 0; shift < 64; shift += 8) {
        bytes.push_back(static_cast<char>((value >> shift) & 0xffU));
    }
    return bytes;
}

std::string text_bytes(const std::string& text) { return number_bytes(text.size()) + text; }

const std::string kMagic = "rtgserv1";

}  // namespace

TEST_CASE("an answer is read part by part, and a cut or longer one is an error") {
    std::string part = number_bytes(3);  // out of CPU time
    for (const std::uint64_t value : {9U, 20U, 30U, 40U}) part += number_bytes(value);
    part += text_bytes("said") + number_bytes(1) + text_bytes("a.il") + text_bytes("bytes");
    const std::string whole = kMagic + number_bytes(2) + part + part;
    const auto parts = parse_answers(whole);
    REQUIRE(parts);
    REQUIRE(parts->size() == 2);
    const process::StepResult& step = parts->at(1).steps.at(0);
    CHECK(step.end == process::StepEnd::CpuLimit);
    CHECK(step.cpu == std::chrono::microseconds(30));
    CHECK(step.out == "said");
    CHECK(parts->at(1).outputs.at("a.il") == "bytes");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_FALSE(parse_answers(std::string_view(whole).substr(0, size)));
    }
    CHECK_FALSE(parse_answers(whole + "x"));
    CHECK_FALSE(parse_answers(kMagic + number_bytes(1ULL << 60U)));
}

TEST_CASE("children go on from what the base has read, and one's error is no other's") {
    const auto yosys = serving_yosys();
    if (!yosys) SKIP_VISIBLY("no jail, or no Yosys that serves");
    const auto results = run_yosys_batch(
        yosys->tool,
        batch_of({item_of(kGood), item_of("module broken(; endmodule"), item_of(kGood)}),
        *yosys->runner, {});
    REQUIRE(results);
    REQUIRE(results->size() == 3);
    for (const std::size_t i : {0U, 2U}) {
        const YosysResult& result = results->at(i);
        INFO(result.log);
        CHECK(result.ok);
        CHECK(has_module(result, "base"));
        CHECK(has_module(result, "good"));
        CHECK(result.outputs.contains("base.il"));
        CHECK(result.outputs.contains("dut.il"));
    }
    CHECK_FALSE(results->at(1).ok);
    CHECK_FALSE(results->at(1).findings.empty());
}

TEST_CASE("the server and one process each say the same") {
    const auto yosys = serving_yosys();
    if (!yosys) SKIP_VISIBLY("no jail, or no Yosys that serves");
    const YosysBatch batch = batch_of({item_of(kGood), item_of("module broken(; endmodule")});
    const auto warm = run_yosys_batch(yosys->tool, batch, *yosys->runner, {});
    const auto cold = run_yosys_one_by_one(yosys->tool, batch, *yosys->runner, {});
    REQUIRE(warm);
    REQUIRE(cold);
    REQUIRE(warm->size() == cold->size());
    for (std::size_t i = 0; i < warm->size(); ++i) {
        CHECK(warm->at(i).ok == cold->at(i).ok);
        CHECK(warm->at(i).modules == cold->at(i).modules);
    }
}

TEST_CASE("a child that runs without end or prints without end costs its own answer") {
    const auto yosys = serving_yosys();
    if (!yosys) SKIP_VISIBLY("no jail, or no Yosys that serves");
    YosysRun endless = item_of(
        "module endless(output [31:0] y);\n"
        "  function [31:0] f(input [31:0] n); begin f = n; while (f != 1) f = f * 2 + 3; end "
        "endfunction\n"
        "  localparam X = f(7);\n  assign y = X;\nendmodule\n");
    endless.limits.cpu = std::chrono::seconds(1);
    endless.limits.memory = mebibytes(700);
    YosysRun loud = item_of(kGood, "", "dump\n");
    loud.limits.output = Bytes{100};
    const auto results = run_yosys_batch(
        yosys->tool, batch_of({std::move(endless), std::move(loud), item_of(kGood)}),
        *yosys->runner, {});
    REQUIRE(results);
    CHECK_FALSE(results->at(0).ok);
    CHECK_FALSE(results->at(1).ok);
    CHECK(results->at(1).end == process::StepEnd::OutputLimit);
    CHECK(results->at(2).ok);
}

TEST_CASE("no child starts a program, or changes what another one reads or answers") {
    const auto yosys = serving_yosys();
    if (!yosys) SKIP_VISIBLY("no jail, or no Yosys that serves");
    const std::string evil = "module evil; endmodule\n";
    const YosysRun shell = item_of(kGood, "!touch ../ran\n");
    // Writes where the next one's text lay, its folder is to be, and the answer.
    const YosysRun writes =
        item_of(evil,
                "tee -q -o ../items/2/dut.v help\ntee -q -o ../answer.bin help\n"
                "tee -q -o ../base.il help\n");
    const auto results =
        run_yosys_batch(yosys->tool, batch_of({shell, writes, item_of(kGood)}), *yosys->runner, {});
    REQUIRE(results);
    CHECK_FALSE(results->at(0).ok);
    CHECK(results->at(1).ok);
    const YosysResult& last = results->at(2);
    CHECK(last.ok);
    CHECK(has_module(last, "good"));
    CHECK(last.outputs.at("base.il").find("module \\base") != std::string::npos);
}

TEST_CASE("a base that doesn't come to its end is the answer of all") {
    const auto yosys = serving_yosys();
    if (!yosys) SKIP_VISIBLY("no jail, or no Yosys that serves");
    YosysBatch batch = batch_of({item_of(kGood), item_of(kGood)});
    batch.base.inputs[0].bytes = "module broken(; endmodule";
    const auto results = run_yosys_batch(yosys->tool, batch, *yosys->runner, {});
    REQUIRE(results);
    REQUIRE(results->size() == 2);
    for (const YosysResult& result : *results) {
        CHECK_FALSE(result.ok);
        CHECK_FALSE(result.findings.empty());
    }
}
