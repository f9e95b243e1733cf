// SPDX-License-Identifier: Apache-2.0
// Writes a job's script, inputs, logs and result.
#include "core/process/job_record.h"

#include <fmt/format.h>

#include <system_error>

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/process/job_blob.h"

namespace rtlgen::process {
namespace {

namespace fs = std::filesystem;

/// For a POSIX shell: one word, whatever is in it.
std::string shell_word(std::string_view text) {
    return "'" + replace_all(std::string(text), "'", "'\\''") + "'";
}

Status write_under(const fs::path& folder, const std::string& path, std::string_view bytes) {
    const fs::path file = folder / path;
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    if (error) {
        return fail(ErrorCode::Io, fmt::format("can't be made: {}", error.message()),
                    file.parent_path().string());
    }
    return write_file_atomic(file, bytes);
}

Status make_executable(const fs::path& file) {
    std::error_code error;
    fs::permissions(file, fs::perms::owner_all | fs::perms::group_read | fs::perms::others_read,
                    error);
    return error ? Status(fail(ErrorCode::Io, error.message(), file.string())) : Status();
}

std::string result_text(const JobSpec& job, const Result<JobResult>& result) {
    std::string text = fmt::format("job: {}\n", escape_for_terminal(job.name));
    if (!result) {
        return text + fmt::format("error: {}: {}\n", to_string(result.error().code),
                                  escape_for_terminal(result.error().text()));
    }
    text += fmt::format("isolation: {} ({})\n", to_string(result->level), mechanism(result->level));
    for (std::size_t index = 0; index < result->steps.size(); ++index) {
        const StepResult& step = result->steps[index];
        text += fmt::format(
            "step {}: {} exit={} signal={} wall_us={} cpu_us={} peak_bytes={} out_bytes={} "
            "err_bytes={}\n",
            index + 1, to_string(step.end), step.exit_code, step.signal, step.wall.count(),
            step.cpu.count(), step.peak_memory.count, step.out.size(), step.err.size());
    }
    for (const auto& [path, bytes] : result->outputs) {
        text += fmt::format("output: {} bytes={}\n", escape_for_terminal(path), bytes.size());
    }
    for (const std::string& path : result->refused_outputs) {
        text += fmt::format("refused output: {}\n", escape_for_terminal(path));
    }
    return text;
}

Status write_result_files(const fs::path& folder, const JobResult& result) {
    for (std::size_t index = 0; index < result.steps.size(); ++index) {
        const StepResult& step = result.steps[index];
        if (step.end != StepEnd::NotRun) {
            TRY(write_under(folder, fmt::format("step-{}.out", index + 1), step.out));
            TRY(write_under(folder, fmt::format("step-{}.err", index + 1), step.err));
        }
    }
    for (const auto& [path, bytes] : result.outputs) {
        TRY(write_under(folder / "output", path, bytes));
    }
    return {};
}

}  // namespace

std::string job_script(const JobSpec& job) {
    std::string text =
        "#!/bin/sh\n"
        "# The job's steps, to be run by hand. NO JAIL stands around them: read them first.\n"
        "cd \"$(dirname \"$0\")/work\" || exit 1\n"
        "tmp=$(mktemp -d) || exit 1\n"
        "trap 'rm -rf \"$tmp\"' EXIT\n";
    JailSetting setting;
    for (std::size_t index = 0; index < job.steps.size(); ++index) {
        const Step& step = job.steps[index];
        text += fmt::format("\n# step {}\nenv -i", index + 1);
        for (const std::string& entry : step_environment(step, setting)) {
            const bool in_tmp = entry == "HOME=" || entry == "TMPDIR=";
            text += " " + (in_tmp ? entry + "\"$tmp\"" : shell_word(entry));
        }
        for (const std::string& argument : step.argv) {
            text += " \\\n    " + shell_word(argument);
        }
        text += " </dev/null";
        if (step.on_failure == Step::OnFailure::Stop) {
            text += " || exit $?";
        }
        text += "\n";
    }
    return text;
}

Status write_job_record(const fs::path& folder, const JobSpec& job,
                        const Result<JobResult>& result) {
    TRY(check_job(job));  // its paths stay beneath the folder
    std::error_code error;
    fs::create_directories(folder / "work", error);
    if (error) {
        return fail(ErrorCode::Io, fmt::format("can't be made: {}", error.message()),
                    folder.string());
    }
    for (const InputFile& input : job.inputs) {
        TRY(write_under(folder / "work", input.path, input.bytes));
        if (input.executable) {
            TRY(make_executable(folder / "work" / input.path));
        }
    }
    if (result) {
        TRY(write_result_files(folder, *result));
    }
    TRY(write_under(folder, "result.txt", result_text(job, result)));
    TRY(write_under(folder, "job.sh", job_script(job)));
    return make_executable(folder / "job.sh");
}

}  // namespace rtlgen::process
