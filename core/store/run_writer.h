// SPDX-License-Identifier: Apache-2.0
// The one thread that writes a Run: what many workers hand in at once is one transaction ("group
// commit"), so that answers cost a disk's flush a batch, not a flush each.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/base/clock.h"
#include "core/store/run_store.h"

namespace rtlgen::store {

/// Safe to call from several threads. The store is its own until it is gone.
class RunWriter {
public:
    /// Both outlive it.
    RunWriter(RunStore& store, Clock& clock);
    /// Writes what was handed in.
    ~RunWriter();
    RunWriter(const RunWriter&) = delete;
    RunWriter& operator=(const RunWriter&) = delete;

    /// Hands an Attempt in; it is on disk after what was handed in before it.
    void submit(const Attempt& attempt);
    /// Hands it in and waits until it is on disk. Errors: the first that the store had, for good.
    Status save(const Attempt& attempt);
    /// Waits until everything that was handed in is on disk.
    Status flush();
    /// So many transactions until now.
    [[nodiscard]] std::uint64_t batches() const;

private:
    void run();
    Status write(const std::vector<Attempt>& batch);
    Status wait_for(std::uint64_t number);
    std::uint64_t enqueue(const Attempt& attempt);

    RunStore& store_;
    Clock& clock_;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::condition_variable done_;
    std::vector<Attempt> queue_;
    std::uint64_t submitted_ = 0;
    std::uint64_t written_ = 0;
    std::uint64_t batches_ = 0;
    std::optional<Error> broken_;
    bool closing_ = false;
    std::thread thread_;
};

}  // namespace rtlgen::store
