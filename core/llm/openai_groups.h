// SPDX-License-Identifier: Apache-2.0
// Several answers to one prompt out of one request: the first caller of a group asks for all, the
// others wait for theirs.
#pragma once

#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/llm/backend.h"

namespace rtlgen::llm {

/// Thread-safe.
class SampleGroups {
public:
    /// One element for each member of the group; none where the server gave fewer.
    using Answers = std::vector<std::optional<Completion>>;
    using Ask = std::function<Result<Answers>()>;

    /// The answer `index` (from 0) of the group `key`; none where it was taken before, or the
    /// server gave fewer. A group is asked for once until each of its members came. Blocks while
    /// another caller asks. An asker's error is that of all who wait for it; where it was
    /// interrupted, the next one asks.
    Result<std::optional<Completion>> take(const std::string& key, std::size_t index,
                                           const Ask& ask, const std::stop_token& stop);

private:
    struct Group {
        std::string key;
        bool asking = false;
        bool answered = false;
        int waiting = 0;
        int failures = 0;  ///< how often asking for it has failed
        Error error;       ///< of the latest failure
        Answers answers;
        std::vector<bool> came;  ///< the members that took theirs, or were told that it is none
    };

    Group& find(const std::string& key);
    void forget(const Group& group);
    /// Answers that nobody came for are given up when there are many.
    void forget_old();
    Result<std::optional<Completion>> hand_out(Group& group, std::size_t index);

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::list<Group> groups_;  ///< oldest first
};

}  // namespace rtlgen::llm
