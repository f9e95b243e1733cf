// SPDX-License-Identifier: Apache-2.0
// The CPU of proofs by Yosys's server, which reads a reference once and forks for each design,
// against one Yosys process a design, in one run, in the same jail. Every answer of the two is
// compared. Exit 0 where the ratio is kMostAllowed at most, 1 where it is more or answers differ,
// 77 where something is missing.
//
//   bench_yosys_server [REFERENCE.sv DESIGN.sv...]...    `--` between two references; else small
//   ones
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/files.h"
#include "core/process/sandbox.h"
#include "core/rtl/source_order.h"
#include "core/tools/yosys_server.h"
#include "verify/prove/yosys_engine.h"

namespace {

using namespace rtlgen;
constexpr double kMostAllowed = 0.8;

struct Case {
    SourceSet reference;
    std::vector<SourceSet> designs;
};

SourceSet text_of(const std::string& name, const std::string& text) {
    SourceSet set;
    set.files.push_back({name, {}, text});
    if (const auto top = rtl::detect_top(set)) set.top = *top;
    return set;
}

std::vector<Case> small_cases() {
    const std::string head = "(input clk, input rst, input [7:0] a, output reg [7:0] q);\n";
    const char* const bodies[] = {
        "always @(posedge clk) q <= rst ? 8'd0 : q + a;",
        "always @(posedge clk) if (rst) q <= 0; else q <= a + q;",
        "wire [7:0] n = q + a; always @(posedge clk) q <= n & {8{~rst}};",
        "reg [7:0] n; always @* begin n = 0; if (!rst) n = q + a; end always @(posedge clk) q <= "
        "n;",
        "always @(posedge clk) if (rst) q <= 0; else q <= q - ~a - 1;",
        "always @(posedge clk) if (rst) q <= 0; else q <= a == 8'h5a ? 8'h00 : q + a;"};
    Case one;
    for (const char* body : bodies) {
        const std::string name = one.designs.empty() ? "good" : "dut";
        one.designs.push_back(
            text_of("design.sv", "module " + name + head + body + "\nendmodule\n"));
    }
    one.reference = one.designs.front();
    one.designs.erase(one.designs.begin());
    return {one};
}

std::optional<std::vector<Case>> cases_of(int count, char** arguments) {
    if (count < 2) return small_cases();
    std::vector<Case> cases;
    bool is_reference = true;
    for (int i = 1; i < count; ++i) {
        if (std::string_view(arguments[i]) == "--") {
            is_reference = true;
            continue;
        }
        const auto text = read_text(arguments[i]);
        if (!text) {
            fmt::print(stderr, "{}\n", text.error().text());
            return std::nullopt;
        }
        SourceSet set = text_of(arguments[i], *text);
        if (is_reference) {
            cases.push_back({std::move(set), {}});
        } else {
            cases.back().designs.push_back(std::move(set));
        }
        is_reference = false;
    }
    return cases;
}

/// Sums the CPU of the jobs that it passes on.
class CountingRunner : public process::Runner {
public:
    explicit CountingRunner(process::Runner& inner) : inner_(inner) {}
    Result<process::JobResult> run(const process::JobSpec& job, std::stop_token stop) override {
        auto result = inner_.run(job, std::move(stop));
        if (result) {
            for (const process::StepResult& step : result->steps) cpu += step.cpu;
        }
        return result;
    }
    [[nodiscard]] process::IsolationLevel level() const override { return inner_.level(); }
    std::chrono::microseconds cpu{0};

private:
    process::Runner& inner_;
};

struct Measured {
    std::vector<verify::ProofEnd> ends;
    double cpu_ms = 0;
};

std::optional<Measured> measure(const tools::Tool& yosys, process::Runner& inner,
                                const std::vector<Case>& cases) {
    CountingRunner runner(inner);
    verify::YosysEngine engine(yosys, runner);
    Measured measured;
    for (const Case& one : cases) {
        verify::ProofTask task{one.reference, {}, {}};
        for (const SourceSet& design : one.designs) task.designs.push_back(&design);
        const auto proofs = engine.prove(task, {});
        if (!proofs) {
            fmt::print(stderr, "{}\n", proofs.error().text());
            return std::nullopt;
        }
        for (const verify::Proof& proof : *proofs) measured.ends.push_back(proof.end);
    }
    measured.cpu_ms = static_cast<double>(runner.cpu.count()) / 1000;
    return measured;
}

}  // namespace

int main(int argc, char** argv) {
    auto runner = process::make_runner({});
    if (!runner) return 77;
    const auto probed = tools::probe_tools(tools::default_tool_search(), **runner);
    if (!probed) return 77;
    const tools::Tool* yosys = probed->toolset.find(tools::ToolKind::Yosys);
    if (yosys == nullptr || !tools::serves_batches(*yosys)) return 77;
    tools::Tool alone = *yosys;
    alone.features.erase("serve");
    const auto cases = cases_of(argc, argv);
    if (!cases) return 2;
    const auto warm = measure(*yosys, **runner, *cases);
    const auto single = measure(alone, **runner, *cases);
    if (!warm || !single) return 3;
    std::size_t proven = 0;
    for (const verify::ProofEnd end : warm->ends) proven += end == verify::ProofEnd::Proven ? 1 : 0;
    const double ratio = warm->cpu_ms / single->cpu_ms;
    fmt::print(
        "Yosys {}: {} designs, {} proven; server {:.0f} ms, one process each {:.0f} ms of CPU: "
        "{:.2f}\n",
        yosys->version, warm->ends.size(), proven, warm->cpu_ms, single->cpu_ms, ratio);
    if (warm->ends != single->ends) fmt::print("their answers differ\n");
    return warm->ends == single->ends && ratio <= kMostAllowed ? 0 : 1;
}
