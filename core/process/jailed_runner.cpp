// SPDX-License-Identifier: Apache-2.0
// One job: a slot, a memory file with the job, a jail around the helper, frames until the end mark.
#include "core/process/jailed_runner.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <system_error>

#include "core/base/text.h"
#include "core/process/child_process.h"
#include "core/process/job_blob.h"
#include "core/process/job_frames.h"
#include "core/process/job_user.h"
#include "core/process/seccomp_filter.h"
#include "core/process/staged_binds.h"
#include "core/process/unique_fd.h"

namespace rtlgen::process {
namespace {

using std::chrono::milliseconds;

/// A helper that is told to end needs no longer than this.
constexpr milliseconds kEndPatience{1500};
/// Beside the steps' own limits on time: start, inputs, outputs.
constexpr milliseconds kBackstop{60'000};

tl::unexpected<Error> os_error(std::string_view what) {
    return fail(ErrorCode::Io,
                fmt::format("can't {}: {}", what, std::generic_category().message(errno)));
}

Result<UniqueFd> memory_file(const char* name, std::string_view bytes) {
    UniqueFd file(memfd_create(name, MFD_CLOEXEC));
    if (!file) {
        return os_error("make a memory file for a job");
    }
    while (!bytes.empty()) {
        const ssize_t wrote = write(file.get(), bytes.data(), bytes.size());
        if (wrote < 0 && errno != EINTR) {
            return os_error("write a job into memory");
        }
        bytes.remove_prefix(static_cast<std::size_t>(wrote < 0 ? 0 : wrote));
    }
    return file;
}

/// The files of one job on rtlgen's side.
struct Channel {
    UniqueFd spec;
    UniqueFd said;
    UniqueFd frames_in;
    UniqueFd frames_out;
};

Result<Channel> open_channel(std::string_view blob) {
    Channel channel;
    TRY_ASSIGN(channel.spec, memory_file("rtlgen-job", blob));
    TRY_ASSIGN(channel.said, memory_file("rtlgen-said", {}));
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        return os_error("make a pipe for a job");
    }
    channel.frames_in = UniqueFd(ends[0]);
    channel.frames_out = UniqueFd(ends[1]);
    return channel;
}

/// What bubblewrap or the helper printed: one line of it goes into an error.
std::string read_said(const UniqueFd& said) {
    std::string text(2000, '\0');
    const ssize_t size = pread(said.get(), text.data(), text.size(), 0);
    text.resize(static_cast<std::size_t>(size < 0 ? 0 : size));
    return escape_for_terminal(replace_all(std::string(trim(text)), "\n", "; "));
}

enum class ReadEnd { EndOfFile, Stopped, TooLong, Malformed };

ReadEnd read_frames(Channel& channel, FrameReader& reader, const std::stop_token& stop,
                    milliseconds limit) {
    const UniqueFd wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    const std::stop_callback on_stop(stop, [&wake] { eventfd_write(wake.get(), 1); });
    const auto deadline = std::chrono::steady_clock::now() + limit;
    std::string buffer(65536, '\0');
    for (;;) {
        const auto left =
            std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            return ReadEnd::TooLong;
        }
        std::array<pollfd, 2> files{pollfd{channel.frames_in.get(), POLLIN, 0},
                                    pollfd{wake.get(), POLLIN, 0}};
        poll(files.data(), files.size(), static_cast<int>(std::min<long>(left.count(), 60'000)));
        if (files[1].revents != 0 || stop.stop_requested()) {
            return ReadEnd::Stopped;
        }
        if (files[0].revents == 0) {
            continue;
        }
        const ssize_t got = read(channel.frames_in.get(), buffer.data(), buffer.size());
        if (got == 0) {
            return ReadEnd::EndOfFile;
        }
        if (got > 0 &&
            !reader.add(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)))) {
            return ReadEnd::Malformed;
        }
    }
}

milliseconds longest_time(const JobSpec& job) {
    milliseconds sum = kBackstop;
    for (const Step& step : job.steps) {
        sum += (step.limits ? *step.limits : job.limits).wall;
    }
    return sum;
}

Bytes largest_disk(const JobSpec& job) {
    Bytes disk = job.limits.disk;
    for (const Step& step : job.steps) {
        disk = std::max(disk, step.limits ? step.limits->disk : disk);
    }
    return disk;
}

}  // namespace

Result<std::unique_ptr<JailedRunner>> JailedRunner::create(JailPlan plan, HelperBinary helper,
                                                           JobSlots slots) {
    std::unique_ptr<JailedRunner> runner(
        new JailedRunner(std::move(plan), std::move(helper), std::move(slots)));
    if (runner->plan_.level != IsolationLevel::S0) {
        TRY_ASSIGN(runner->seccomp_, make_seccomp_filter(runner->plan_.level == IsolationLevel::S1
                                                             ? FilterKind::Landlock
                                                             : FilterKind::Namespaces));
    }
    return runner;
}

JailedRunner::JailedRunner(JailPlan plan, HelperBinary helper, JobSlots slots)
    : plan_(std::move(plan)),
      helper_(std::move(helper)),
      slots_(std::move(slots)),
      host_(read_host_layout()) {}

Result<JobResult> JailedRunner::run(const JobSpec& job, std::stop_token stop) {
    TRY(check_job(job));
    TRY_ASSIGN(const JobSlot slot, slots_.take(stop));
    const JobUser user =
        job_user(plan_.level, slots_.first_user() + static_cast<std::uint32_t>(slot.number()));
    TRY_ASSIGN(const StagedBinds binds, stage_binds(job.binds, user, plan_.level));
    TRY_ASSIGN(const JobPlace place, make_place(plan_.level, user));

    JailSetting setting = place.setting;
    setting.seccomp = seccomp_;
    for (const ReadOnlyBind& bind : binds.binds) {
        setting.readable.push_back(bind.host.string());
    }
    std::vector<std::string> command = {helper_.path.string()};
    if (plan_.level >= IsolationLevel::S2) {
        command = bwrap_command(
            {plan_.bwrap, helper_.path, plan_.bwrap_user, largest_disk(job), binds.binds}, host_);
    }

    TRY_ASSIGN(Channel channel, open_channel(encode_job(job, setting)));
    TRY_ASSIGN(ChildProcess child,
               ChildProcess::start(
                   command, {channel.spec.get(), channel.frames_out.get(), channel.said.get()}));
    channel.frames_out.reset();
    FrameReader reader(job);
    const ReadEnd end = read_frames(channel, reader, stop, longest_time(job));
    channel.frames_in.reset();  // where the helper still runs, this ends it with all it started
    child.finish(kEndPatience);
    switch (end) {
        case ReadEnd::Stopped:
            return fail(ErrorCode::Interrupted, "interrupted", "job " + job.name);
        case ReadEnd::TooLong:
            return fail(ErrorCode::Sandbox, "the jail did not end in time", "job " + job.name);
        default: break;
    }
    if (!reader.started()) {
        return fail(ErrorCode::Sandbox,
                    fmt::format("the jail did not start: {}", read_said(channel.said)),
                    "job " + job.name);
    }
    TRY_ASSIGN(JobResult result, reader.finish());
    result.level = plan_.level;
    return result;
}

}  // namespace rtlgen::process
