// SPDX-License-Identifier: Apache-2.0
// Equal candidates of one batch are judged once.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>

#include "core/base/result.h"
#include "core/domain/verdict.h"
#include "verify/judge.h"

namespace rtlgen::workflow {

/// Judges by another function what hasn't been judged lately; safe to call from several threads.
/// Two requests are equal where candidate, testbench, reference, seed and limits are: all else has
/// to be the same for every request. Who comes while an equal one is judged waits for it.
/// Candidates that differ in comments and white space alone share a verdict that names no place in
/// a text. Passes and fails are kept, but for fails by time and memory, which another run may not
/// meet; of them the last kMostKept.
class JudgeOnce {
public:
    using Judge = std::function<Result<Verdict>(const verify::JudgeRequest&, std::stop_token)>;
    static constexpr std::size_t kMostKept = 4096;

    explicit JudgeOnce(Judge judge) : judge_(std::move(judge)) {}

    /// A verdict that another request brought is marked as cached.
    Result<Verdict> judge(const verify::JudgeRequest& request, const std::stop_token& stop);

private:
    struct Entry {
        bool ended = false;
        std::optional<Verdict> verdict;
    };
    class Claim;

    std::shared_ptr<Entry> find_or_claim(const std::string& key, Claim& claim);
    /// The entry's verdict once there is one; none: it came to nothing, or `stop`.
    std::optional<Verdict> wait_for(const Entry& entry, const std::stop_token& stop);
    void end(const std::string& key, const std::optional<Verdict>& verdict);

    Judge judge_;
    std::mutex mutex_;
    std::condition_variable_any ended_;
    std::unordered_map<std::string, std::shared_ptr<Entry>> entries_;
    std::deque<std::string> kept_;  ///< keys of those with a verdict, the oldest first
};

}  // namespace rtlgen::workflow
