// SPDX-License-Identifier: Apache-2.0
#include "core/store/run_writer.h"

#include <chrono>
#include <string>
#include <utility>

namespace rtlgen::store {

RunWriter::RunWriter(RunStore& store, Clock& clock)
    : store_(store), clock_(clock), thread_([this] { run(); }) {}

RunWriter::~RunWriter() {
    {
        const std::scoped_lock lock(mutex_);
        closing_ = true;
    }
    arrived_.notify_all();
    thread_.join();
}

std::uint64_t RunWriter::enqueue(const Attempt& attempt) {
    std::uint64_t number = 0;
    {
        const std::scoped_lock lock(mutex_);
        queue_.push_back(attempt);
        number = ++submitted_;
    }
    arrived_.notify_one();
    return number;
}

void RunWriter::submit(const Attempt& attempt) { (void)enqueue(attempt); }

Status RunWriter::save(const Attempt& attempt) { return wait_for(enqueue(attempt)); }

Status RunWriter::flush() {
    std::uint64_t last = 0;
    {
        const std::scoped_lock lock(mutex_);
        last = submitted_;
    }
    return wait_for(last);
}

Status RunWriter::wait_for(std::uint64_t number) {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return written_ >= number; });
    if (broken_) return tl::unexpected<Error>(*broken_);
    return {};
}

std::uint64_t RunWriter::batches() const {
    const std::scoped_lock lock(mutex_);
    return batches_;
}

Status RunWriter::write(const std::vector<Attempt>& batch) {
    TRY(store_.save_all(batch));
    const std::int64_t now =
        std::chrono::duration_cast<std::chrono::milliseconds>(clock_.wall_now().time_since_epoch())
            .count();
    for (const Attempt& attempt : batch) {
        TRY(store_.log(now, attempt.folder_name() + " " + std::string(to_string(attempt.state))));
    }
    return {};
}

void RunWriter::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        arrived_.wait(lock, [&] { return closing_ || !queue_.empty(); });
        if (queue_.empty()) return;
        const std::vector<Attempt> batch = std::exchange(queue_, {});
        const bool usable = !broken_;
        lock.unlock();
        const Status done = usable ? write(batch) : Status{};
        lock.lock();
        if (!done) broken_ = done.error();
        written_ += batch.size();
        ++batches_;
        done_.notify_all();
    }
}

}  // namespace rtlgen::store
