// SPDX-License-Identifier: Apache-2.0
#include "core/llm/openai_groups.h"

#include <algorithm>
#include <functional>

namespace rtlgen::llm {

Result<std::optional<Completion>> SampleGroups::take(const std::string& key, std::size_t index,
                                                     const Ask& ask, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    Group& group = find(key);
    while (group.asking) {
        const int failures = group.failures;
        ++group.waiting;
        const bool over = changed_.wait(lock, stop, [&] { return !group.asking; });
        --group.waiting;
        if (!over) return fail(ErrorCode::Interrupted, "interrupted");
        if (group.failures != failures && group.error.code != ErrorCode::Interrupted) {
            const Error error = group.error;
            if (group.waiting == 0 && !group.asking) forget(group);
            return tl::unexpected<Error>(error);
        }
    }
    if (group.answered) return hand_out(group, index);
    group.asking = true;
    lock.unlock();
    Result<Answers> answers = ask();
    lock.lock();
    group.asking = false;
    changed_.notify_all();
    if (!answers) {
        ++group.failures;
        group.error = answers.error();
        if (group.waiting == 0) forget(group);
        return tl::unexpected<Error>(std::move(answers).error());
    }
    group.answered = true;
    group.answers = *std::move(answers);
    group.came.assign(group.answers.size(), false);
    return hand_out(group, index);
}

SampleGroups::Group& SampleGroups::find(const std::string& key) {
    const auto found = std::ranges::find(groups_, key, &Group::key);
    if (found != groups_.end()) return *found;
    forget_old();
    groups_.emplace_back().key = key;
    return groups_.back();
}

void SampleGroups::forget(const Group& group) {
    groups_.remove_if([&group](const Group& other) { return &other == &group; });
}

void SampleGroups::forget_old() {
    constexpr std::size_t kMostGroups = 1024;
    if (groups_.size() < kMostGroups) return;
    const auto old = std::ranges::find_if(
        groups_, [](const Group& group) { return !group.asking && group.waiting == 0; });
    if (old != groups_.end()) groups_.erase(old);
}

Result<std::optional<Completion>> SampleGroups::hand_out(Group& group, std::size_t index) {
    std::optional<Completion> mine;
    if (index < group.answers.size()) {
        mine = std::exchange(group.answers[index], std::nullopt);
        group.came[index] = true;
    }
    const bool all_came = std::ranges::all_of(group.came, std::identity{});
    if (all_came && group.waiting == 0) forget(group);
    return mine;
}

}  // namespace rtlgen::llm
