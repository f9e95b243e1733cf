// SPDX-License-Identifier: Apache-2.0
// Slots by flock(2), which the kernel gives back when a process dies.
#include "core/process/job_slots.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <system_error>

#include "core/base/clock.h"
#include "core/base/hash.h"

namespace rtlgen::process {
namespace {

/// Who has just come looks less often than who waits for long.
constexpr std::chrono::milliseconds kFirstPause{8};
constexpr std::chrono::milliseconds kShortestPause{2};

tl::unexpected<Error> interrupted() {
    return fail(ErrorCode::Interrupted, "interrupted while waiting for a free job slot");
}

}  // namespace

struct JobSlots::Queue {
    std::mutex mutex;
    std::condition_variable_any free;
    bool taken = false;
};

JobSlots::JobSlots(std::filesystem::path folder, int count)
    : folder_(std::move(folder)), count_(count), queue_(std::make_shared<Queue>()) {}

Result<JobSlots> JobSlots::open(std::filesystem::path folder, int count) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        return fail(ErrorCode::Io, fmt::format("can't make the folder: {}", error.message()),
                    folder.string());
    }
    return JobSlots(std::move(folder), std::max(count, 1));
}

Result<JobSlot> JobSlots::poll(const std::stop_token& stop) const {
    for (auto wait = kFirstPause;; wait = std::max(wait / 2, kShortestPause)) {
        for (int number = 0; number < count_; ++number) {
            const auto path = folder_ / std::to_string(number);
            UniqueFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
            if (!file) {
                return fail(
                    ErrorCode::Io,
                    fmt::format("can't be opened: {}", std::generic_category().message(errno)),
                    path.string());
            }
            if (flock(file.get(), LOCK_EX | LOCK_NB) == 0) {
                return JobSlot(number, std::move(file));
            }
        }
        if (stop.stop_requested()) return interrupted();
        SystemClock().sleep_for(wait, stop);
    }
}

Result<JobSlot> JobSlots::take(const std::stop_token& stop) const {
    std::unique_lock lock(queue_->mutex);
    if (!queue_->free.wait(lock, stop, [&] { return !queue_->taken; })) return interrupted();
    queue_->taken = true;
    lock.unlock();
    Result<JobSlot> slot = poll(stop);
    lock.lock();
    queue_->taken = false;
    queue_->free.notify_one();
    return slot;
}

std::uint32_t JobSlots::first_user() const {
    return static_cast<std::uint32_t>(sha256_seed(folder_.lexically_normal().native()) % 500'000U) *
           256U;
}

std::filesystem::path default_slot_folder(const CacheFolder& cache) {
    std::error_code error;
    if (geteuid() == 0 && std::filesystem::is_directory("/run", error) &&
        access("/run", W_OK) == 0) {
        return "/run/rtlgen/slots";
    }
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    if (geteuid() != 0 && runtime != nullptr && *runtime == '/' && access(runtime, W_OK) == 0) {
        return std::filesystem::path(runtime) / "rtlgen" / "slots";
    }
    auto folder = cache.folder(CacheKind::Slots);
    if (!cache.empty() && cache.make(CacheKind::Slots) && access(folder.c_str(), W_OK) == 0) {
        return folder;
    }
    return std::filesystem::temp_directory_path(error) / fmt::format("rtlgen-slots-{}", geteuid());
}

int default_slot_count() {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0) {
        return 1;
    }
    return std::max(CPU_COUNT(&set), 1);
}

}  // namespace rtlgen::process
