// SPDX-License-Identifier: Apache-2.0
// CPU that `rtlgen verify --batch` needs for real answers with their references alone, against
// VerilogEval's own way (one iverilog, one run, with the suite's testbench) with the same answers
// in the same run. Isolation is on, no verdict comes from before; five answers share a Problem.
// Then where it goes, stage by stage, without the sharing of equal answers.
//
//   bench_judge_cost RTLGEN [DATA]    DATA: as RTLGEN_TEST_DATA names it
//
// Exit 0 where the ratios hold, 1 where one doesn't, 77 where something is missing.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "cli/workflow/batch.h"
#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/base/temp_folder.h"
#include "core/base/text.h"
#include "core/process/sandbox.h"
#include "verify/gate.h"
#include "verify/reference/prepared_reference.h"

namespace {

using namespace rtlgen;
using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr int kMissing = 77;

double seconds_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}
double cpu_of(const rusage& used) { return seconds_of(used.ru_utime) + seconds_of(used.ru_stime); }
double cpu(int who) {
    rusage used{};
    getrusage(who, &used);
    return cpu_of(used);
}

/// CPU of `work` in this process.
template <class Work>
double cpu_within(const Work& work) {
    const double before = cpu(RUSAGE_SELF);
    work();
    return cpu(RUSAGE_SELF) - before;
}

struct Ran {
    int status = -1;
    double cpu = 0;  ///< of the program and of all that it started and waited for
};

Ran run_program(const std::vector<std::string>& arguments, const fs::path& output) {
    std::vector<char*> argv;
    for (const std::string& argument : arguments) {
        argv.push_back(const_cast<char*>(argument.c_str()));  // NOLINT: execvp writes none of them
    }
    argv.push_back(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        const int out = open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        dup2(out, STDOUT_FILENO);
        execvp(argv[0], argv.data());
        _exit(127);
    }
    Ran ran;
    rusage used{};
    wait4(child, &ran.status, 0, &used);
    ran.cpu = cpu_of(used);
    return ran;
}

std::vector<Json> read_lines(const fs::path& path) {
    std::vector<Json> lines;
    const auto text = read_file(path);
    for (const std::string_view line : split_lines(text ? *text : "")) {
        if (!trim(line).empty()) lines.push_back(Json::parse(line));
    }
    return lines;
}

struct Input {
    std::vector<std::string> lines;
    std::string problems;
};

Input make_input(const fs::path& data) {
    Input input;
    for (const Json& problem : read_lines(data / "verilog-eval-v2.spec-to-rtl.jsonl")) {
        const Json reference = {{"text", problem.at("ref")}, {"top", "RefModule"}};
        input.problems +=
            Json{{"id", problem.at("problem")}, {"reference", reference}, {"top", "TopModule"}}
                .dump() +
            "\n";
    }
    for (const Json& sample : read_lines(data / "samples.gemini-2.5-flash.verilog-eval-v2.jsonl")) {
        const std::string name = sample.at("problem");
        const int number = sample.at("sample");
        input.lines.push_back(Json{
            {"id", fmt::format("{}_sample{:02}", name, number)},
            {"candidate", sample.at("completion")},
            {"problem", name}}.dump());
    }
    return input;
}

/// Adds up what the steps of jobs use.
class CountingRunner final : public process::Runner {
public:
    explicit CountingRunner(process::Runner& inner) : inner_(inner) {}
    using Runner::run;
    Result<process::JobResult> run(const process::JobSpec& job, std::stop_token stop) override {
        Result<process::JobResult> result = inner_.run(job, std::move(stop));
        if (!result) return result;
        const bool reference = std::ranges::any_of(job.inputs, [](const auto& input) {
            return input.bytes.find("module RefModule") != std::string::npos;
        });
        const std::scoped_lock lock(mutex_);
        ++jobs;
        for (std::size_t i = 0; i < job.steps.size(); ++i) {
            if (result->steps[i].end == process::StepEnd::NotRun) continue;
            Row& row =
                rows[fmt::format("{} {}: {}", reference ? "reference" : "candidate", job.name,
                                 fs::path(job.steps[i].argv.front()).filename().string())];
            ++row.runs;
            row.cpu += std::chrono::duration<double>(result->steps[i].cpu).count();
        }
        return result;
    }
    [[nodiscard]] process::IsolationLevel level() const override { return inner_.level(); }

    struct Row {
        std::size_t runs = 0;
        double cpu = 0;
    };
    std::map<std::string, Row> rows;
    std::size_t jobs = 0;

private:
    process::Runner& inner_;
    std::mutex mutex_;
};

struct Table {
    double unit;  ///< CPU of VerilogEval's way in all
    std::size_t answers;
    void row(const std::string& what, double used, std::size_t count) const {
        fmt::print("  {:<58} {:8.2f} s {:7.3f} {:6}\n", what, used, used / unit, count);
    }
};

/// CPU of what rtlgen does itself before any tool runs, each part alone.
void tell_own_parts(const Table& table, const Input& input, const verify::JudgeTools& tools) {
    const auto load = [](const std::vector<std::string>&) { return SourceSet(); };
    workflow::BatchLines lines({}, load);
    for (const std::string_view line : split_lines(input.problems)) (void)lines.add_problem(line);
    std::vector<verify::JudgeRequest> requests;
    table.row("of it: lines read", cpu_within([&] {
                  for (const std::string& line : input.lines) {
                      auto read = lines.read(line);
                      if (read.item && *read.item) requests.push_back((**read.item).request);
                  }
              }),
              requests.size());
    table.row("of it: gate", cpu_within([&] {
                  for (const auto& request : requests) {
                      (void)verify::run_gate({request.candidate, Trust::Candidate, {}, {}, {}});
                  }
              }),
              requests.size());
    std::map<std::string, verify::DesignInterface> interfaces;
    for (const auto& request : requests) {
        const auto& reference = *request.reference;
        if (interfaces.contains(reference.files.front().text)) continue;
        auto interface = verify::analyse_interface(reference, tools.toolset, tools.runner, {});
        if (interface) interfaces.emplace(reference.files.front().text, *std::move(interface));
    }
    table.row("of it: stimuli", cpu_within([&] {
                  for (const auto& [text, interface] : interfaces) {
                      (void)verify::make_stimulus({interface, 1});
                  }
              }),
              interfaces.size());
}

int tell_stages(const Input& input, double unit, verify::JudgeRequest::Prove prove) {
    const auto jail = process::make_runner({});
    if (!jail) return kMissing;
    const auto probed = tools::probe_tools(tools::default_tool_search(), **jail);
    if (!probed) return kMissing;
    SystemClock clock;
    CountingRunner runner(**jail);
    verify::SharedReferences references;
    const verify::JudgeTools tools{probed->toolset, runner, clock, default_cache(), &references};
    workflow::BatchDefaults defaults;
    defaults.judge.prove = prove;
    defaults.judge.front_ends = verify::JudgeRequest::FrontEnds::Sufficient;
    workflow::BatchLines lines(std::move(defaults),
                               [](const std::vector<std::string>&) { return SourceSet(); });
    for (const std::string_view line : split_lines(input.problems)) (void)lines.add_problem(line);
    std::size_t next = 0;
    const workflow::BatchParts parts{
        .next_line = [&](const std::stop_token&) -> Result<std::optional<InputLine>> {
            if (next == input.lines.size()) return std::optional<InputLine>();
            // A macro that nobody uses: no two candidates are equal.
            Json line = Json::parse(input.lines[next++]);
            line["defines"] = {{fmt::format("UNUSED_{}", next), 1}};
            return std::optional(InputLine{next, line.dump(), false});
        },
        .write_line = [](std::string_view, const std::stop_token&) { return Status(); },
        .judge = [&](const verify::JudgeRequest& request,
                     std::stop_token stop) { return verify::judge(request, tools, stop); },
        .unjudged =
            [&](const verify::JudgeRequest& request, VerdictClass why, Finding finding) {
                return verify::unjudged(request, tools, why, std::move(finding));
            },
        .clock = clock,
        .input_name = "answers",
        .workers = usable_processors()};
    const double own = cpu(RUSAGE_SELF);
    const double children = cpu(RUSAGE_CHILDREN);
    const auto counts = workflow::run_batch(lines, parts, {});
    const double own_used = cpu(RUSAGE_SELF) - own;
    const double children_used = cpu(RUSAGE_CHILDREN) - children;
    if (!counts) return kMissing;
    const Table table{unit, input.lines.size()};
    fmt::print(
        "where it goes {} proofs (CPU, of VerilogEval's way, how often), equal answers not "
        "shared:\n",
        prove == verify::JudgeRequest::Prove::Off ? "without" : "with");
    double steps = 0;
    for (const auto& [what, row] : runner.rows) {
        table.row(what, row.cpu, row.runs);
        steps += row.cpu;
    }
    table.row("jails: bubblewrap, helper, what the kernel does for them", children_used - steps,
              runner.jobs);
    table.row("rtlgen itself", own_used, input.lines.size());
    tell_own_parts(table, input, tools);
    table.row("all", own_used + children_used, input.lines.size());
    return 0;
}

struct Target {
    std::vector<std::string> options;
    double most;
};

}  // namespace

int main(int argc, char** argv) {
    const char* named = std::getenv("RTLGEN_TEST_DATA");
    const fs::path data = argc > 2 ? argv[2] : named != nullptr ? named : "";
    const fs::path baseline = data / ".." / "bench" / "verilog_eval_baseline.py";
    std::error_code error;
    if (argc < 2 || data.empty() || !fs::exists(baseline, error)) {
        fmt::print("[skipped] no real answers: RTLGEN_TEST_DATA names the folder that has them\n");
        return kMissing;
    }
    const TempFolder folder = TempFolder::create().value();
    const Input input = make_input(data);
    const fs::path lines = folder.path() / "lines.jsonl";
    const fs::path problems = folder.path() / "problems.jsonl";
    if (input.lines.empty() || !write_file_atomic(lines, join(input.lines, "\n") + "\n") ||
        !write_file_atomic(problems, input.problems)) {
        return kMissing;
    }
    // Canary and probes are kept for the machine: they aren't part of any answer.
    run_program({argv[1], "doctor"}, folder.path() / "doctor");

    const fs::path said = folder.path() / "baseline";
    run_program({"python3", baseline.string()}, said);
    const std::string told = read_file(said).value_or("");
    const std::size_t at = told.find("cpu ");
    if (at == std::string::npos) return kMissing;
    const double unit = std::strtod(told.c_str() + at + 4, nullptr);
    fmt::print("VerilogEval's own way: {}", told);

    int result = 0;
    const std::vector<Target> targets = {{{"--prove", "off"}, 0.7}, {{"--prove", "auto"}, 0.5}};
    for (const Target& target : targets) {
        std::vector<std::string> command = {argv[1],        "verify",     "--batch",
                                            lines.string(), "--problems", problems.string()};
        command.insert(command.end(), target.options.begin(), target.options.end());
        const Ran ran = run_program(command, folder.path() / "verdicts");
        std::map<std::string, int> verdicts;
        for (const Json& line : read_lines(folder.path() / "verdicts")) {
            ++verdicts[line.value("verdict", "error")];
        }
        std::string counts;
        for (const auto& [verdict, count] : verdicts)
            counts += fmt::format(", {} {}", count, verdict);
        fmt::print(
            "rtlgen verify --batch {}: {} answers{}, cpu {:.1f} s, ratio {:.3f} ({} at most)\n",
            join(target.options, " "), input.lines.size(), counts, ran.cpu, ran.cpu / unit,
            target.most);
        if (ran.cpu > target.most * unit) result = 1;
    }
    for (const auto prove : {verify::JudgeRequest::Prove::Off, verify::JudgeRequest::Prove::Auto}) {
        if (const int missing = tell_stages(input, unit, prove); missing != 0) return missing;
    }
    return result;
}
