// SPDX-License-Identifier: Apache-2.0
// Checks and encodes a job.
#include "core/process/job_blob.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace rtlgen::process {
namespace {

class Writer {
public:
    void number(std::uint64_t value) {
        for (int shift = 0; shift < 64; shift += 8) {
            bytes_.push_back(static_cast<char>((value >> shift) & 0xffU));
        }
    }
    void text(std::string_view value) {
        number(value.size());
        bytes_.append(value);
        bytes_.push_back('\0');
    }
    void texts(const std::vector<std::string>& values) {
        number(values.size());
        for (const std::string& value : values) {
            text(value);
        }
    }
    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

bool has_nul(std::string_view text) { return text.find('\0') != std::string_view::npos; }

/// A path that stays beneath the work folder, whatever it is joined to.
bool is_beneath(const std::string& path) {
    if (path.empty() || has_nul(path) || path.size() > 4000 || path.back() == '/') {
        return false;
    }
    const std::filesystem::path parsed(path);
    return parsed.is_relative() && std::none_of(parsed.begin(), parsed.end(), [](const auto& part) {
               return part == ".." || part == "." || part.empty();
           });
}

/// A place where a bind may stand: absolute, without dots, and not one of the jail's own.
bool is_bind_place(const std::filesystem::path& path) {
    if (!path.is_absolute() || path != path.lexically_normal() || has_nul(path.native())) {
        return false;
    }
    for (const char* own : {"/", "/proc", "/dev", jail::kWorkInJail, "/tmp", "/usr", "/bin",
                            "/sbin", "/lib", "/lib64", jail::kHelperInJail}) {
        if (path == own) {
            return false;
        }
    }
    const std::string first = std::next(path.begin())->string();
    return first != "proc" && first != "dev" && "/" + first != jail::kWorkInJail;
}

/// The kernel's limits on one argument, and on all with the environment where the stack is 8 MiB;
/// the rest of the 2 MiB is the fixed environment's and the pointers'.
constexpr std::size_t kLongestArgument = (128U << 10U) - 1;
constexpr std::size_t kMostArguments = (2U << 20U) - (64U << 10U);

tl::unexpected<Error> too_long(std::string_view text, const std::string& where) {
    constexpr std::size_t kShown = 40;
    return fail(
        ErrorCode::InvalidArgument,
        fmt::format("'{}...' is an argument of {} KiB, and a program takes 128 KiB at most: "
                    "put it into a file",
                    text.substr(0, kShown), text.size() >> 10U),
        where);
}

/// Whether exec could take the arguments and the environment.
Status check_size(const Step& step, const std::string& where) {
    std::size_t sum = 0;
    const auto add = [&sum](std::size_t size) { sum += size + 1 + sizeof(char*); };
    for (const std::string& argument : step.argv) {
        if (argument.size() >= kLongestArgument) return too_long(argument, where);
        add(argument.size());
    }
    for (const auto& [name, value] : step.env) {
        if (name.size() + value.size() + 1 >= kLongestArgument) {
            return too_long(fmt::format("{}={}", name, value), where);
        }
        add(name.size() + value.size() + 1);
    }
    if (sum <= kMostArguments) return {};
    return fail(ErrorCode::InvalidArgument,
                fmt::format("the arguments of '{}' are {} KiB together, and a program takes 2 MiB "
                            "at most: put them into a file",
                            step.argv.front().substr(0, 200), sum >> 10U),
                where);
}

Status check_step(const Step& step, const std::string& where) {
    if (step.argv.empty() || step.argv.front().empty()) {
        return fail(ErrorCode::InvalidArgument, "a step names no program", where);
    }
    if (std::any_of(step.argv.begin(), step.argv.end(), has_nul)) {
        return fail(ErrorCode::InvalidArgument, "an argument holds a NUL byte", where);
    }
    for (const auto& [name, value] : step.env) {
        if (name.empty() || name.find('=') != std::string::npos || has_nul(name) ||
            has_nul(value)) {
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("'{}' can't be the name of an environment variable", name),
                        where);
        }
    }
    return check_size(step, where);
}

Status check_limits(const Limits& limits, const std::string& where) {
    if (limits.wall.count() <= 0 || limits.cpu.count() <= 0 || limits.memory.count == 0 ||
        limits.disk.count == 0 || limits.processes <= 0) {
        return fail(ErrorCode::InvalidArgument,
                    "limits on time, memory, disk and processes must be above zero", where);
    }
    return {};
}

Status check_files(const JobSpec& job, const std::string& where) {
    std::set<std::string> names;
    for (const InputFile& input : job.inputs) {
        if (!is_beneath(input.path) || !names.insert(input.path).second) {
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("input '{}' is no path beneath the work folder, or is named "
                                    "twice",
                                    input.path),
                        where);
        }
    }
    for (const OutputFile& output : job.outputs) {
        if (!is_beneath(output.path)) {
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("output '{}' is no path beneath the work folder", output.path),
                        where);
        }
    }
    return {};
}

Status check_binds(const JobSpec& job, const std::string& where) {
    for (const ReadOnlyBind& bind : job.binds) {
        const auto& inside = bind.inside.empty() ? bind.host : bind.inside;
        if (!bind.host.is_absolute() || !is_bind_place(inside)) {
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("'{}' can't be made readable at '{}' in the jail: both must be "
                                    "absolute and none of the jail's own folders",
                                    bind.host.string(), inside.string()),
                        where);
        }
    }
    return {};
}

void write_step(Writer& writer, const JobSpec& job, const Step& step, const JailSetting& setting) {
    const Limits& limits = step.limits ? *step.limits : job.limits;
    writer.number(step.on_failure == Step::OnFailure::Continue ? 1 : 0);
    writer.number(static_cast<std::uint64_t>(limits.wall.count()));
    writer.number(static_cast<std::uint64_t>(limits.cpu.count()));
    writer.number(limits.memory.count);
    writer.number(limits.output.count);
    writer.number(limits.file.count);
    writer.number(limits.disk.count);
    writer.number(static_cast<std::uint64_t>(limits.processes));
    writer.texts(step.argv);
    writer.texts(step_environment(step, setting));
}

}  // namespace

Status check_job(const JobSpec& job) {
    const std::string where = fmt::format("job {}", job.name);
    TRY(check_limits(job.limits, where));
    for (const Step& step : job.steps) {
        TRY(check_step(step, where));
        if (step.limits) {
            TRY(check_limits(*step.limits, where));
        }
    }
    TRY(check_files(job, where));
    return check_binds(job, where);
}

std::vector<std::string> step_environment(const Step& step, const JailSetting& setting) {
    std::vector<std::pair<std::string, std::string>> all = {{"LC_ALL", "C"},
                                                            {"TZ", "UTC"},
                                                            {"PATH", "/usr/bin:/bin"},
                                                            {"HOME", setting.tmp},
                                                            {"TMPDIR", setting.tmp}};
    for (const auto& entry : step.env) {
        const auto same = std::find_if(all.begin(), all.end(),
                                       [&](const auto& old) { return old.first == entry.first; });
        if (same == all.end()) {
            all.push_back(entry);
        } else {
            same->second = entry.second;
        }
    }
    std::vector<std::string> lines;
    lines.reserve(all.size());
    for (const auto& [name, value] : all) {
        lines.push_back(fmt::format("{}={}", name, value));
    }
    return lines;
}

std::string encode_job(const JobSpec& job, const JailSetting& setting) {
    Writer writer;
    writer.number(jail::kSpecMagic);
    writer.number(static_cast<std::uint64_t>(setting.mode));
    writer.number(setting.parent_pid);
    writer.number(setting.drop_uid);
    writer.number(setting.drop_gid);
    writer.number(setting.base_tasks);
    writer.text(setting.work);
    writer.text(setting.tmp);
    writer.text(setting.seccomp);
    writer.texts(setting.readable);
    writer.number(job.inputs.size());
    for (const InputFile& input : job.inputs) {
        writer.text(input.path);
        writer.number(input.executable ? 1 : 0);
        writer.text(input.bytes);
    }
    writer.number(job.outputs.size());
    for (const OutputFile& output : job.outputs) {
        writer.text(output.path);
        writer.number(output.cap.count);
    }
    writer.number(job.steps.size());
    for (const Step& step : job.steps) {
        write_step(writer, job, step, setting);
    }
    return writer.take();
}

}  // namespace rtlgen::process
