// SPDX-License-Identifier: Apache-2.0
#include "tests/mutants/trials.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include "core/base/parallel.h"
#include "core/tools/simulator.h"
#include "verify/reference/reference_check.h"

namespace rtlgen::test {
namespace {

/// CPU seconds of this process and of all that it has waited for.
double cpu_seconds() {
    double seconds = 0;
    for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage usage{};
        getrusage(who, &usage);
        for (const timeval& time : {usage.ru_utime, usage.ru_stime}) {
            seconds += static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
        }
    }
    return seconds;
}

struct BenchRun {
    bool compiled = false;
    BenchWord word = BenchWord::Nothing;
    std::chrono::microseconds cpu{0};
    std::string error;
    std::string log;
};

BenchRun run_bench(const Subject& subject, const std::string& code, const verify::JudgeTools& tools,
                   const process::Limits& limits) {
    tools::SimulationRequest request;
    request.sources.files = {{"design.sv", {}, code}};
    for (const SourceFile& file : subject.bench) request.sources.files.push_back(file);
    request.sources.top = subject.bench_top;
    request.run_limits = limits;
    request.dumps = tools::SimulationRequest::Dumps::None;
    for (const tools::Simulator& simulator : tools::simulators()) {
        if (simulator.kind != tools::ToolKind::Icarus) continue;
        const auto result = simulator.simulate(tools.toolset, request, tools.runner, {});
        if (!result) return {false, BenchWord::Nothing, {}, result.error().text(), ""};
        return {result->compiled, bench_word(result->run.out), result->run.cpu, "",
                result->compile_log};
    }
    return {false, BenchWord::Nothing, {}, "no Icarus", ""};
}

/// CPU time decides; the wall is for a machine that gives none.
process::Limits patient_limits(std::chrono::seconds cpu) {
    process::Limits limits;
    limits.cpu = cpu;
    limits.wall = std::chrono::minutes(10);
    return limits;
}

constexpr std::chrono::seconds kReferenceCpu(30);

/// Four times the CPU time of the reference itself, in whole seconds.
process::Limits limits_after(std::chrono::microseconds good) {
    return patient_limits(std::chrono::ceil<std::chrono::seconds>(4 * good));
}

struct JudgedMutant {
    Outcome outcome = Outcome::ToolError;
    std::string why;   ///< the class
    std::string said;  ///< with the reason
};

JudgedMutant judge_mutant(const Subject& subject, const std::string& code,
                          const verify::JudgeTools& tools) {
    SourceSet design;
    design.files = {{"design.sv", {}, code}};
    design.top = subject.top;
    const auto result = verify::check_against_reference({.design = design,
                                                         .reference = subject.reference,
                                                         .limits = patient_limits(kReferenceCpu),
                                                         .seed = "1"},
                                                        tools, {});
    if (!result) return {Outcome::ToolError, "", result.error().text()};
    const std::string why(to_string(result->check.verdict_class));
    return {result->check.outcome, why, why + ": " + result->check.reason};
}

void add_judged(const Subject& subject, const CodeMutant& mutant, const JudgedMutant& judged,
                TrialCounts& counts) {
    ++counts.different;
    ++counts.by_operation[mutant.operation];
    const Survivor survivor{subject.name, mutant, judged.said};
    switch (judged.outcome) {
        case Outcome::Fail:
            ++counts.fails;
            ++counts.fails_by[judged.why];
            break;
        case Outcome::Pass: counts.passes.push_back(survivor); break;
        case Outcome::Unknown: counts.unknown.push_back(survivor); break;
        default:
            counts.errors.push_back(subject.name + ", " + mutant.what + ": " + judged.said);
            break;
    }
}

}  // namespace

void try_mutants(const Subject& subject, std::size_t most, const verify::JudgeTools& tools,
                 TrialCounts& counts) {
    const double begin = cpu_seconds();
    const BenchRun good = run_bench(subject, subject.code, tools, patient_limits(kReferenceCpu));
    if (good.word != BenchWord::Same) {
        counts.skipped.push_back(subject.name + ": " + good.error + good.log);
        return;
    }
    ++counts.references;
    const std::vector<CodeMutant> mutants = code_mutants(subject.code, most);
    const process::Limits limits = limits_after(good.cpu);
    const auto runs = parallel_map(mutants.size(), usable_processors(), [&](std::size_t k) {
        return run_bench(subject, mutants[k].code, tools, limits);
    });
    std::vector<const CodeMutant*> different;
    counts.mutants += static_cast<int>(mutants.size());
    for (std::size_t k = 0; k < runs.size(); ++k) {
        if (!runs[k].error.empty()) {
            counts.errors.push_back(subject.name + ": " + runs[k].error);
        } else if (!runs[k].compiled) {
            ++counts.not_compiled;
        } else if (runs[k].word == BenchWord::Different) {
            different.push_back(&mutants[k]);
        } else {
            ++(runs[k].word == BenchWord::Same ? counts.same : counts.wordless);
        }
    }
    const double middle = cpu_seconds();
    const auto judged = parallel_map(different.size(), usable_processors(), [&](std::size_t k) {
        return judge_mutant(subject, different[k]->code, tools);
    });
    for (std::size_t k = 0; k < judged.size(); ++k) {
        add_judged(subject, *different[k], judged[k], counts);
    }
    counts.bench_seconds += middle - begin;
    counts.judge_seconds += cpu_seconds() - middle;
}

std::string report(const TrialCounts& counts) {
    std::string text = fmt::format(
        "{} references; {} mutants: {} aren't compiled, {} pass the testbench, {} bring it to no "
        "word, {} differ\nof these {} fail, {} pass, {} are unknown\nCPU: {:.0f} s testbenches, "
        "{:.0f} s judge\n",
        counts.references, counts.mutants, counts.not_compiled, counts.same, counts.wordless,
        counts.different, counts.fails, counts.passes.size(), counts.unknown.size(),
        counts.bench_seconds, counts.judge_seconds);
    for (const auto& [why, count] : counts.fails_by) text += fmt::format("  {}: {}\n", why, count);
    text += "by operation:";
    for (const auto& [name, count] : counts.by_operation)
        text += fmt::format(" {} {};", name, count);
    text += "\n";
    for (const Survivor& pass : counts.passes) {
        text += fmt::format("PASSES {}, {}: {}\n", pass.subject, pass.mutant.what, pass.said);
    }
    for (const Survivor& one : counts.unknown) {
        text += fmt::format("unknown {}, {}: {}\n", one.subject, one.mutant.what, one.said);
    }
    for (const std::string& line : counts.skipped) text += "left out " + line + "\n";
    for (const std::string& line : counts.errors) text += "error " + line + "\n";
    return text;
}

}  // namespace rtlgen::test
