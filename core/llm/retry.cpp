// SPDX-License-Identifier: Apache-2.0
#include "core/llm/retry.h"

#include <curl/curl.h>

#include <algorithm>
#include <random>

#include "core/base/text.h"

namespace rtlgen::llm {

using std::chrono::milliseconds;

bool may_pass_later(int status) {
    return status == 0 || status == 408 || status == 409 || status == 429 ||
           (status >= 500 && status <= 599 && status != 501);
}

std::optional<milliseconds> parse_retry_after(const std::string& text, Clock::WallTime now) {
    if (const auto seconds = parse_double(trim(text))) {
        constexpr double kLongest = 1e9;
        if (!(*seconds >= 0)) return std::nullopt;
        return milliseconds(static_cast<std::int64_t>(std::min(*seconds, kLongest) * 1e3));
    }
    const std::time_t date = curl_getdate(text.c_str(), nullptr);
    if (date < 0) return std::nullopt;
    const auto wait =
        std::chrono::ceil<milliseconds>(Clock::WallTime::clock::from_time_t(date) - now);
    if (wait < milliseconds(0)) return std::nullopt;
    return wait;
}

milliseconds full_jitter(const RetryPolicy& policy, int number, std::uint64_t seed) {
    constexpr int kMostDoublings = 20;
    const milliseconds doubled =
        policy.first_delay * (std::int64_t{1} << std::clamp(number - 1, 0, kMostDoublings));
    const milliseconds full = std::min(doubled, policy.longest_delay);
    std::mt19937_64 random(seed + static_cast<std::uint64_t>(number));
    return milliseconds(
        static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(full.count() + 1)));
}

std::optional<milliseconds> retry_delay(const RetryPolicy& policy, const FailedTry& failed) {
    const bool used_up =
        failed.faults >= policy.max_tries || failed.refusals >= policy.max_refusals;
    if (used_up || !may_pass_later(failed.status)) return std::nullopt;
    if (const auto asked = parse_retry_after(failed.retry_after, failed.now)) {
        if (*asked > policy.longest_delay) return std::nullopt;
        return asked;
    }
    return full_jitter(policy, std::max(failed.faults, failed.refusals), failed.jitter_seed);
}

}  // namespace rtlgen::llm
