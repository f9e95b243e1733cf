// SPDX-License-Identifier: Apache-2.0
#include "core/tools/verilator/verilator_runtime.h"

#include <array>

#include "core/base/cache_prune.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/temp_folder.h"
#include "core/base/text.h"
#include "core/tools/read_outcome.h"

namespace rtlgen::tools::verilator {
namespace {

namespace fs = std::filesystem;

/// Raised when flags or files change.
constexpr std::string_view kRuntimeGeneration = "1";
constexpr std::string_view kComplete = "complete";

std::string header_text(const Tool& tool, Trace trace) {
    std::string text = "#include \"verilated.h\"\n";
    if (tool.has("timing")) text += "#include \"verilated_timing.h\"\n";
    if (trace == Trace::Vcd) text += "#include \"verilated_vcd_c.h\"\n";
    return text + "#include <memory>\n";
}

std::string runtime_key(const Runtime& runtime) {
    FieldHasher hasher;
    hasher.add(kRuntimeGeneration)
        .add(runtime.verilator.fingerprint)
        .add(runtime.cxx.fingerprint)
        .add(join(compile_flags(runtime), " "));
    return hasher.finish().substr(0, 32);
}

/// The sizes of a folder's files, as the mark of a complete runtime tells them: a file cut short by
/// a full disk or a hand is built again.
std::string sizes(const fs::path& folder, const Runtime& runtime) {
    std::vector<std::string> names = runtime_objects(runtime.verilator, runtime.trace);
    names.push_back(std::string(kHeader));
    names.push_back(std::string(kHeader) + ".gch");
    std::string text;
    for (const std::string& name : names) {
        std::error_code error;
        const auto size = fs::file_size(folder / name, error);
        if (error) return {};
        text += name + " " + std::to_string(size) + "\n";
    }
    return text;
}

bool is_complete(const fs::path& folder, const Runtime& runtime) {
    const auto mark = read_file(folder / kComplete);
    return mark && !mark->empty() && *mark == sizes(folder, runtime);
}

/// Root's jobs run as a user without rights, who has to read this; there is no secret in it.
void make_readable(const fs::path& folder) {
    std::error_code error;
    constexpr fs::perms kRead =
        fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
    constexpr fs::perms kEnter =
        fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        fs::permissions(entry.path(), kRead | fs::perms::owner_write, error);
    }
    fs::permissions(folder, kRead | kEnter, error);
}

Status build(const Runtime& runtime, const fs::path& folder, process::Runner& runner,
             std::stop_token stop) {
    TRY_ASSIGN(const process::JobResult result, runner.run(plan_runtime(runtime), std::move(stop)));
    for (const process::StepResult& step : result.steps) {
        if (step.ok()) continue;
        const std::string_view said = trim(step.err);
        return fail(
            ErrorCode::ToolFailed,
            "Verilator's runtime doesn't compile: " + std::string(process::to_string(step.end)) +
                " " + escape_for_terminal(said.substr(0, said.find('\n'))),
            runtime.cxx.binary.string());
    }
    // Under the entry's lock, so that one that is there was left by a process that is gone.
    const fs::path made = folder.string() + std::string(kNewSuffix);
    std::error_code error;
    fs::remove_all(made, error);
    if (!fs::create_directory(made, error)) {
        return fail(ErrorCode::Io, "can't be made: " + error.message(), made.string());
    }
    for (const auto& [name, bytes] : result.outputs) {
        TRY(write_file_atomic(made / name, bytes));
    }
    TRY(write_file_atomic(made / kHeader, header_text(runtime.verilator, runtime.trace)));
    const std::string mark = sizes(made, runtime);
    if (mark.empty()) {
        return fail(ErrorCode::ToolFailed, "Verilator's runtime came out incomplete",
                    runtime.cxx.binary.string());
    }
    TRY(write_file_atomic(made / kComplete, mark));
    make_readable(made);
    fs::remove_all(folder, error);
    fs::rename(made, folder, error);
    if (error) return fail(ErrorCode::Io, error.message(), folder.string());
    return {};
}

/// A runtime that nobody else will use.
Result<RuntimeInUse> build_apart(const Runtime& runtime, process::Runner& runner,
                                 std::stop_token stop) {
    TRY_ASSIGN(TempFolder temporary, TempFolder::create());
    RuntimeInUse built;
    built.temporary = std::make_shared<TempFolder>(std::move(temporary));
    built.folder = built.temporary->path() / runtime_key(runtime);
    TRY(build(runtime, built.folder, runner, std::move(stop)));
    return built;
}

}  // namespace

std::vector<std::string> compile_flags(const Runtime& runtime) {
    const Tool& tool = runtime.verilator;
    const Trace trace = runtime.trace;
    const std::string include = tool.part("root").string() + "/include";
    const std::string vcd = trace == Trace::Vcd ? "1" : "0";
    std::vector<std::string> flags = {"-w",
                                      "-O0",
                                      "-DVERILATOR=1",
                                      "-DVM_COVERAGE=0",
                                      "-DVM_SC=0",
                                      "-DVM_TRACE=" + vcd,
                                      "-DVM_TRACE_FST=0",
                                      "-DVM_TRACE_SAIF=0",
                                      "-DVM_TRACE_VCD=" + vcd};
    flags.emplace_back(tool.has("timing") ? "-std=gnu++20" : "-std=gnu++17");
    // clang has coroutines in C++20, and no such option.
    if (tool.has("timing") && !runtime.cxx.has("clang")) flags.emplace_back("-fcoroutines");
    flags.push_back("-I" + include);
    flags.push_back("-I" + include + "/vltstd");
    return flags;
}

std::vector<std::string> runtime_objects(const Tool& tool, Trace trace) {
    std::vector<std::string> objects = {"verilated.o", "verilated_threads.o",
                                        "verilated_probdist.o"};
    if (tool.has("timing")) objects.emplace_back("verilated_timing.o");
    if (trace == Trace::Vcd) objects.emplace_back("verilated_vcd_c.o");
    std::error_code error;
    if (fs::exists(tool.part("root") / "include/verilated_random.cpp", error)) {
        objects.emplace_back("verilated_random.o");
    }
    return objects;
}

process::JobSpec plan_runtime(const Runtime& runtime) {
    process::JobSpec job;
    job.name = "verilator-runtime";
    job.limits.wall = std::chrono::minutes(5);
    job.limits.cpu = std::chrono::minutes(3);
    job.limits.file = mebibytes(512);
    job.limits.disk = gibibytes(1);
    runtime.verilator.bind_to(job);
    runtime.cxx.bind_to(job);
    const std::string header(kHeader);
    job.inputs.push_back({header, header_text(runtime.verilator, runtime.trace), false});
    const std::vector<std::string> flags = compile_flags(runtime);
    const auto add = [&](std::vector<std::string> arguments, const std::string& output) {
        process::Step step;
        step.argv = {runtime.cxx.binary.string()};
        step.argv.insert(step.argv.end(), flags.begin(), flags.end());
        step.argv.insert(step.argv.end(), arguments.begin(), arguments.end());
        step.argv.insert(step.argv.end(), {"-o", output});
        job.steps.push_back(std::move(step));
        job.outputs.push_back({output, mebibytes(512)});
    };
    add({"-x", "c++-header", header}, header + ".gch");
    const std::string include = runtime.verilator.part("root").string() + "/include/";
    for (const std::string& object : runtime_objects(runtime.verilator, runtime.trace)) {
        // The runtime is compiled once and run often: the later -O wins.
        add({"-O2", "-c", include + object.substr(0, object.size() - 2) + ".cpp"}, object);
    }
    return job;
}

Result<RuntimeInUse> ensure_runtime(const Runtime& runtime, const CacheFolder& cache,
                                    process::Runner& runner, std::stop_token stop) {
    if (cache.empty()) return build_apart(runtime, runner, std::move(stop));
    const fs::path folder = cache.entry(CacheKind::VerilatorRuntime, runtime_key(runtime));
    const Status made = cache.make(CacheKind::VerilatorRuntime);
    // A lock that was made exclusive is let go of before it is shared: prune may come between.
    constexpr int kTurns = 5;
    for (int turn = 0; turn < kTurns; ++turn) {
        Result<CacheLock> lock = CacheLock::take(folder, CacheLock::Mode::Shared, stop);
        if (!lock && lock.error().code == ErrorCode::Interrupted) {
            return tl::unexpected<Error>(lock.error());
        }
        if (is_complete(folder, runtime)) {
            if (!lock) return RuntimeInUse{folder, {}, {}};
            lock->touch();
            if (turn > 0) apply_max_size(cache);
            return RuntimeInUse{folder, *std::move(lock), {}};
        }
        // A cache that can't be written keeps nothing, and is no reason to give up.
        if (!made || !lock) return build_apart(runtime, runner, std::move(stop));
        lock = CacheLock();
        TRY_ASSIGN(const CacheLock only, CacheLock::take(folder, CacheLock::Mode::Exclusive, stop));
        if (!is_complete(folder, runtime)) TRY(build(runtime, folder, runner, stop));
    }
    return fail(ErrorCode::Io, "is removed as often as it is made", folder.string());
}

}  // namespace rtlgen::tools::verilator
