// SPDX-License-Identifier: Apache-2.0
// What every design of the library has to be: answered by its specification, right on both
// simulators, free of findings, synthesizable, proven at the corners of its parameters, and with a
// testbench that kills its mutants. Hidden: ctest runs them design by design, see docs/LIBRARY.md.
#include <iostream>

#include "core/base/clock.h"
#include "core/base/parallel.h"
#include "datasets/retrieval/design_examples.h"
#include "tests/unit/datasets/library_corners.h"
#include "tests/unit/datasets/library_kills.h"
#include "verify/judge.h"

using namespace rtlgen;
using namespace rtlgen::datasets;

namespace {

/// Empty, or the first thing that the judge has against the answer: both simulators, lint,
/// synthesis, each finding.
std::string complaint(const test::Machine& machine, const LibraryAnswer& answer) {
    verify::JudgeRequest request;
    request.candidate = test::sources_of(answer);
    request.trust = Trust::Own;
    request.testbench.emplace();
    request.testbench->files.push_back({"bench.sv", {}, answer.testbench});
    request.testbench->top = answer.testbench_top;
    request.simulator = verify::SimulatorChoice::Both;
    request.require = {"lint", "synth"};
    request.limits.cpu = std::chrono::seconds(120);
    request.limits.wall = std::chrono::milliseconds(240'000);
    SystemClock clock;
    const auto verdict =
        verify::judge(request, {machine.toolset, *machine.runner, clock, default_cache()}, {});
    if (!verdict) return verdict.error().text();
    std::string text;
    for (const Finding& finding : verdict->findings) {
        const bool ours = finding.file == "design.v" || finding.severity == Severity::Error;
        if (ours && finding.severity != Severity::Note) text += format_finding(finding) + '\n';
    }
    if (verdict->outcome != Outcome::Pass) {
        for (const Check& check : verdict->checks) text += check.name + ": " + check.reason + '\n';
    }
    return text;
}

/// What judge, synthesis and proof say of one corner.
struct CornerReport {
    std::string complaint;
    std::string netlist;
    std::string proof;
};

CornerReport report_of(const test::Machine& machine, const test::Corner& corner) {
    return {complaint(machine, corner.answer), test::complain_of_synthesis(machine, corner.answer),
            test::prove_netlist(machine, corner.answer, corner.depth)};
}

}  // namespace

TEST_CASE("a library design is right, clean and synthesizable", "[.][library_quick]") {
    const auto machine = test::machine_with("icarus");
    if (!machine) SKIP_VISIBLY("no jail or no Icarus");
    const Library library = test::library_under_test();
    for (const std::string& name : test::designs_under_test(library)) {
        CAPTURE(name);
        REQUIRE(library.metadata(name) != nullptr);
        const LibraryAnswer answer = test::answer_of(library, *library.spec(name));
        CHECK(answer.design == name);
        CHECK(answer.top == name);
        CHECK(complaint(*machine, answer) == "");
        CHECK(test::complain_of_synthesis(*machine, answer) == "");
    }
}

TEST_CASE("a library design's examples are answered by it as they say", "[.][library_quick]") {
    const Library library = test::library_under_test();
    const ResourceTree files({}, test::library_folder());
    for (const std::string& name : test::designs_under_test(library)) {
        if (library.metadata(name)->matching != Matching::Strict) continue;
        int examples = 0;
        for (const std::string& path : files.paths()) {
            if (!path.starts_with(name + "/examples/")) continue;
            CAPTURE(path);
            const auto example = parse_example(path, *files.read(path));
            REQUIRE(example);
            ++examples;
            const auto answer = library.answer({example->text, "", ""});
            INFO((answer ? std::string() : answer.error().message));
            CHECK(answer.has_value());
            if (!answer) continue;
            CHECK(answer->design == name);
            if (!example->module.empty()) CHECK(answer->top == example->module);
            for (const auto& [role, port] : example->ports) {
                const AdaptedPort* found = answer->adaptation.port(role);
                CAPTURE(role);
                CHECK((found != nullptr && found->name == port));
            }
            for (const auto& [parameter, value] : example->values) {
                CAPTURE(parameter);
                CHECK(answer->adaptation.values.contains(parameter));
                if (!answer->adaptation.values.contains(parameter)) continue;
                CHECK(answer->adaptation.values.at(parameter) == value);
            }
            for (const std::string& trait : example->traits) {
                CAPTURE(trait);
                CHECK(answer->adaptation.has(trait));
            }
        }
        CAPTURE(name);
        CHECK(examples >= 6);
    }
}

TEST_CASE("a library design's testbench kills its mutants", "[.][library_mutants]") {
    constexpr std::size_t kMost = 120;
    const auto machine = test::machine_with("icarus");
    if (!machine) SKIP_VISIBLY("no jail or no Icarus");
    const Library library = test::library_under_test();
    for (const std::string& name : test::designs_under_test(library)) {
        const LibraryAnswer answer = test::answer_of(library, *library.spec(name));
        test::check_kills(*machine, answer, kMost);
    }
}

TEST_CASE("a library design holds at the corners of its parameters", "[.][library_corners]") {
    const auto machine = test::machine_with("icarus");
    if (!machine) SKIP_VISIBLY("no jail or no Icarus");
    const Library library = test::library_under_test();
    for (const std::string& name : test::designs_under_test(library)) {
        const std::vector<test::Corner> corners = test::Corners(library, name).all();
        auto look = [&](std::size_t k) { return report_of(*machine, corners[k]); };
        const auto reports = parallel_map(corners.size(), usable_processors(), look);
        for (std::size_t k = 0; k < corners.size(); ++k) {
            const test::Corner& corner = corners[k];
            const CornerReport& report = reports[k];
            CAPTURE(name, corner.name);
            INFO(corner.answer.code);
            CHECK(report.complaint == "");
            CHECK(report.netlist == "");
            std::cout << name << ", " << corner.name << ": " << report.proof.substr(0, 40) << '\n';
            const bool bounded = corner.depth > 0;
            CHECK(report.proof == (bounded ? "bounded " + std::to_string(corner.depth) : "proven"));
        }
    }
}
