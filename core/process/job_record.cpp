// SPDX-License-Identifier: Apache-2.0
// Every word of the script is quoted: an argument may hold anything.
#include "core/process/job_record.h"

#include <fmt/format.h>

#include <system_error>

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/process/job_blob.h"

namespace rtlgen::process {
namespace {

namespace fs = std::filesystem;

std::string shell_word(std::string_view word) {
    return "'" + replace_all(std::string(word), "'", "'\\''") + "'";
}

Status write_file(const fs::path& path, std::string_view bytes) {
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) {
        return fail(ErrorCode::Io, error.message(), path.parent_path().string());
    }
    return write_file_atomic(path, bytes);
}

Status make_executable(const fs::path& path) {
    std::error_code error;
    fs::permissions(path, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
                    fs::perm_options::add, error);
    if (error) {
        return fail(ErrorCode::Io, error.message(), path.string());
    }
    return {};
}

std::string step_lines(const Step& step, std::size_t number, const JailSetting& setting) {
    std::string line = "env -i";
    for (const std::string& entry : step_environment(step, setting)) {
        line += " " + shell_word(entry);
    }
    for (const std::string& argument : step.argv) {
        line += " " + shell_word(argument);
    }
    line += " </dev/null";
    return fmt::format("echo 'step {}' >&2\n{}{}\n", number, line,
                       step.on_failure == Step::OnFailure::Continue ? " || true" : " || exit");
}

std::string result_lines(const JobResult& result, Bytes output_cap) {
    std::string text = fmt::format("isolation {}\n", to_string(result.level));
    for (std::size_t index = 0; index < result.steps.size(); ++index) {
        const StepResult& step = result.steps[index];
        text += fmt::format("step {}: {} exit {} signal {} wall_us {} cpu_us {} peak_bytes {}\n",
                            index + 1, to_string(step.end), step.exit_code, step.signal,
                            step.wall.count(), step.cpu.count(), step.peak_memory.count);
    }
    for (const std::string& path : result.refused_outputs) {
        text += fmt::format("refused output: {}\n", escape_for_terminal(path));
    }
    for (const auto& [path, bytes] : result.outputs) {
        if (bytes.size() <= output_cap.count) continue;
        text += fmt::format("output not kept: {} ({} bytes)\n", escape_for_terminal(path),
                            bytes.size());
    }
    return text;
}

Status write_inputs(const fs::path& folder, const JobSpec& job) {
    for (const InputFile& input : job.inputs) {
        TRY(write_file(folder / input.path, input.bytes));
        if (input.executable) {
            TRY(make_executable(folder / input.path));
        }
    }
    return {};
}

/// By the spec's names, which check_job has seen.
Status write_outputs(const fs::path& folder, const JobSpec& job, const JobResult& result,
                     Bytes output_cap) {
    for (const OutputFile& output : job.outputs) {
        const auto found = result.outputs.find(output.path);
        if (found != result.outputs.end() && found->second.size() <= output_cap.count) {
            TRY(write_file(folder / output.path, found->second));
        }
    }
    return {};
}

Status write_logs(const fs::path& folder, const JobResult& result, Bytes output_cap) {
    for (std::size_t index = 0; index < result.steps.size(); ++index) {
        const std::string name = fmt::format("step-{}", index + 1);
        TRY(write_file(folder / (name + ".out"), result.steps[index].out));
        TRY(write_file(folder / (name + ".err"), result.steps[index].err));
    }
    return write_file(folder / "result.txt", result_lines(result, output_cap));
}

}  // namespace

std::string job_script(const JobSpec& job) {
    std::string text =
        "#!/bin/sh\n# Runs this job's steps by hand, WITHOUT a jail: read the inputs first.\n"
        "cd \"$(dirname \"$0\")\" || exit 3\n";
    for (const ReadOnlyBind& bind : job.binds) {
        if (!bind.inside.empty() && bind.inside != bind.host) {
            text += fmt::format("# The jail showed {} at {}.\n",
                                escape_for_terminal(replace_all(bind.host.string(), "\n", "?")),
                                escape_for_terminal(replace_all(bind.inside.string(), "\n", "?")));
        }
    }
    text +=
        "work=$(mktemp -d) || exit 3\n[ ! -d inputs ] || cp -R inputs/. \"$work\" || exit 3\n"
        "cd \"$work\" || exit 3\necho \"in $work\" >&2\n";
    JailSetting setting;
    setting.tmp = "/tmp";
    for (std::size_t index = 0; index < job.steps.size(); ++index) {
        text += step_lines(job.steps[index], index + 1, setting);
    }
    return text;
}

Status write_job_record(const fs::path& folder, const JobSpec& job, const JobResult& result,
                        Bytes output_cap) {
    TRY(check_job(job));
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        return fail(ErrorCode::Io, "can't be made: " + error.message(), folder.string());
    }
    if (!fs::is_empty(folder, error)) {
        return fail(ErrorCode::Io, "isn't empty", folder.string());
    }
    TRY(write_inputs(folder / "inputs", job));
    TRY(write_outputs(folder / "outputs", job, result, output_cap));
    TRY(write_logs(folder, result, output_cap));
    TRY(write_file(folder / "job.sh", job_script(job)));
    return make_executable(folder / "job.sh");
}

}  // namespace rtlgen::process
