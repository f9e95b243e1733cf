// SPDX-License-Identifier: Apache-2.0
#include "core/tools/yosys_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace rtlgen::tools {
namespace {

constexpr std::string_view kPlan = "plan.txt";
constexpr std::string_view kAnswer = "answer.bin";
constexpr std::string_view kBaseScript = "base.ys";
constexpr std::string_view kItemScript = "item.ys";
constexpr std::uint64_t kMagic = 0x3176726573677472ULL;

/// Reads the answer's bytes; anything out of place fails it.
class AnswerReader {
public:
    explicit AnswerReader(std::string_view bytes) : bytes_(bytes) {}

    std::uint64_t number() {
        std::uint64_t value = 0;
        if (bytes_.size() < sizeof value) return broken();
        for (std::size_t i = sizeof value; i > 0; --i) {
            value = (value << 8U) | static_cast<unsigned char>(bytes_[i - 1]);
        }
        bytes_.remove_prefix(sizeof value);
        return value;
    }
    std::string text() {
        const std::uint64_t size = number();
        if (size > bytes_.size()) {
            broken();
            return {};
        }
        std::string text(bytes_.substr(0, static_cast<std::size_t>(size)));
        bytes_.remove_prefix(static_cast<std::size_t>(size));
        return text;
    }
    /// A count of things that take eight bytes at least.
    std::uint64_t count() {
        const std::uint64_t count = number();
        return count > bytes_.size() / 8 + 1 ? broken() : count;
    }
    [[nodiscard]] bool good() const { return good_; }
    [[nodiscard]] bool at_end() const { return bytes_.empty(); }

private:
    std::uint64_t broken() {
        good_ = false;
        bytes_ = {};
        return 0;
    }

    std::string_view bytes_;
    bool good_ = true;
};

process::StepEnd end_of(std::uint64_t end) {
    switch (end) {
        case 0: return process::StepEnd::Exited;
        case 1: return process::StepEnd::Signaled;
        case 2: return process::StepEnd::WallLimit;
        case 3: return process::StepEnd::CpuLimit;
        default: return process::StepEnd::OutputLimit;
    }
}

process::JobResult read_part(AnswerReader& reader) {
    process::JobResult part;
    process::StepResult& step = part.steps.emplace_back();
    step.end = end_of(reader.number());
    const auto code = static_cast<int>(reader.number());
    (step.end == process::StepEnd::Exited ? step.exit_code : step.signal) = code;
    step.wall = std::chrono::microseconds(reader.number());
    step.cpu = std::chrono::microseconds(reader.number());
    step.peak_memory = Bytes{reader.number()};
    step.out = reader.text();
    for (std::uint64_t files = reader.count(); files > 0 && reader.good(); --files) {
        std::string name = reader.text();
        part.outputs[std::move(name)] = reader.text();
    }
    return part;
}

std::string kept_lines(const YosysRun& run) {
    std::string text;
    for (const process::OutputFile& output : run.outputs) {
        text += fmt::format("keep {} {}\n", output.path, output.cap.count);
    }
    return text + fmt::format("keep {} {}\n", end_mark().path, end_mark().cap.count);
}

std::string limits_line(const process::Limits& limits) {
    return fmt::format("limits {} {} {} {} {}\n", limits.cpu.count(), limits.wall.count(),
                       limits.memory.count, limits.file.count, limits.output.count);
}

process::JobSpec plan_server(const Tool& tool, const YosysBatch& batch) {
    process::JobSpec job;
    job.name = batch.base.name;
    job.limits = batch.base.limits;
    job.inputs = batch.base.inputs;
    job.binds = batch.base.binds;
    job.inputs.push_back({std::string(kBaseScript), whole_script(batch.base), false});
    std::string plan = fmt::format("base {}\n{}", kBaseScript, kept_lines(batch.base));
    for (std::size_t i = 0; i < batch.items.size(); ++i) {
        const YosysRun& item = batch.items[i];
        plan +=
            fmt::format("item {}\n{}{}", kItemScript, limits_line(item.limits), kept_lines(item));
        std::vector<process::InputFile> inputs = item.inputs;
        inputs.push_back({std::string(kItemScript), whole_script(item), false});
        for (process::InputFile& input : inputs) {
            std::string from = fmt::format("items/{}/{}", i, input.path);
            plan += fmt::format("input {} {}\n", from, input.path);
            job.inputs.push_back({std::move(from), std::move(input.bytes), false});
        }
        job.binds.insert(job.binds.end(), item.binds.begin(), item.binds.end());
        job.limits.wall += item.limits.wall;
        job.limits.memory = std::max(job.limits.memory, item.limits.memory);
    }
    job.inputs.push_back({std::string(kPlan), std::move(plan), false});
    job.outputs = {{std::string(kAnswer), gibibytes(1)}};
    job.limits.file = std::max(job.limits.file, gibibytes(1));
    job.limits.disk = std::max(job.limits.disk, gibibytes(1));
    tool.bind_to(job);
    process::Step step;
    step.argv = {tool.binary.string(), "--serve", std::string(kPlan), std::string(kAnswer)};
    job.steps.push_back(std::move(step));
    return job;
}

YosysResult result_of(const Tool& tool, process::JobResult part, const process::JobResult& base) {
    // The end mark of the base is no item's.
    for (const auto& [name, bytes] : base.outputs) {
        if (name != end_mark().path) part.outputs.emplace(name, bytes);
    }
    return parse_yosys(tool, {}, part);
}

}  // namespace

bool serves_batches(const Tool& tool) { return tool.has("serve"); }

Result<std::vector<process::JobResult>> parse_answers(std::string_view bytes) {
    AnswerReader reader(bytes);
    const auto broken = [] {
        return fail(ErrorCode::ToolFailed, "the answer of Yosys's server can't be read");
    };
    if (reader.number() != kMagic) return broken();
    std::vector<process::JobResult> parts;
    for (std::uint64_t left = reader.count(); left > 0 && reader.good(); --left) {
        parts.push_back(read_part(reader));
    }
    if (!reader.good() || !reader.at_end() || parts.empty()) return broken();
    return parts;
}

Result<std::vector<YosysResult>> run_yosys_one_by_one(const Tool& tool, const YosysBatch& batch,
                                                      process::Runner& runner,
                                                      const std::stop_token& stop) {
    std::vector<YosysResult> results;
    for (const YosysRun& item : batch.items) {
        YosysRun run = item;
        run.script = batch.base.script + item.script;
        run.inputs.insert(run.inputs.end(), batch.base.inputs.begin(), batch.base.inputs.end());
        run.outputs.insert(run.outputs.end(), batch.base.outputs.begin(), batch.base.outputs.end());
        run.binds.insert(run.binds.end(), batch.base.binds.begin(), batch.base.binds.end());
        TRY_ASSIGN(YosysResult result, run_yosys(tool, run, {}, runner, stop));
        results.push_back(std::move(result));
    }
    return results;
}

Result<std::vector<YosysResult>> run_yosys_batch(const Tool& tool, const YosysBatch& batch,
                                                 process::Runner& runner,
                                                 const std::stop_token& stop) {
    if (!serves_batches(tool) || batch.items.size() < 2) {
        return run_yosys_one_by_one(tool, batch, runner, stop);
    }
    TRY_ASSIGN(const process::JobResult job, runner.run(plan_server(tool, batch), stop));
    const auto answer = job.outputs.find(std::string(kAnswer));
    const auto parts = parse_answers(answer == job.outputs.end() ? "" : answer->second);
    // A server without an answer, or with too many, says nothing about any of them.
    if (!parts || parts->size() > batch.items.size() + 1) {
        return run_yosys_one_by_one(tool, batch, runner, stop);
    }
    const process::JobResult& base = parts->front();
    if (!base.outputs.contains(end_mark().path)) {
        return std::vector<YosysResult>(batch.items.size(), parse_yosys(tool, {}, base));
    }
    std::vector<YosysResult> results;
    for (std::size_t i = 1; i < parts->size(); ++i) {
        results.push_back(result_of(tool, (*parts)[i], base));
    }
    YosysBatch rest{batch.base, {}};
    rest.items.assign(batch.items.begin() + static_cast<std::ptrdiff_t>(results.size()),
                      batch.items.end());
    TRY_ASSIGN(std::vector<YosysResult> others, run_yosys_one_by_one(tool, rest, runner, stop));
    std::ranges::move(others, std::back_inserter(results));
    return results;
}

}  // namespace rtlgen::tools
