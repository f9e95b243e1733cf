// SPDX-License-Identifier: Apache-2.0
#include "core/llm/exchange_traffic.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/llm/http_error.h"

namespace rtlgen::llm {
namespace {

using std::chrono::milliseconds;

/// After the stream's own end, the connection gets so long to end the response too: it can be used
/// again then.
constexpr milliseconds kGrace{1'000};

std::string seconds_text(milliseconds time) {
    return fmt::format("{:g} s", static_cast<double>(time.count()) / 1e3);
}

/// An error object in a whole answer of status 200, of the kind that another try may mend.
std::optional<Error> passing_error(const HttpResponse& response) {
    // Quotes within strings are escaped: no text of a model looks like this.
    constexpr std::string_view kErrorKey = "\"error\":";
    constexpr std::size_t kLargest = 65'536;
    if (response.body.size() > kLargest || response.body.find(kErrorKey) == std::string::npos) {
        return std::nullopt;
    }
    const auto json = nlohmann::ordered_json::parse(response.body, nullptr, false);
    auto error = json.is_object() ? error_in_answer(json) : std::nullopt;
    return error && error->code == ErrorCode::Network ? std::move(error) : std::nullopt;
}

Error network_error(std::string message) { return {ErrorCode::Network, std::move(message), ""}; }

}  // namespace

Exchange::Traffic::Traffic(ExchangeOptions options, Clock& clock)
    : options_(std::move(options)),
      clock_(clock),
      gate_(options_.start_concurrency, options_.max_concurrency, options_.retry) {
    initialize_curl();
    transfer_options_.ca_file = options_.ca_file;
    transfer_options_.proxy = options_.proxy;
    transfer_options_.connect_timeout = options_.connect_timeout;
    transfer_options_.body_cap = options_.body_cap;
    std::vector<std::pair<std::string, config::Secret>> headers = options_.headers;
    for (const auto& [name, value] : options_.plain_headers) {
        headers.emplace_back(name, config::Secret(value));
    }
    transfer_options_.get_headers = header_list(headers, WithBody::No);
    transfer_options_.post_headers = header_list(headers, WithBody::Yes);
    loop_.emplace(*this, clock_, std::max(options_.max_concurrency, 1));
}

Result<HttpResponse> Exchange::Traffic::send(const Call& call, const std::stop_token& stop) {
    const auto job = std::make_shared<Job>();
    job->call = &call;
    auto result = job->promise.get_future();
    {
        const std::scoped_lock lock(mutex_);
        posted_.push_back(job);
    }
    loop_->wake();
    const std::stop_callback end_at_once(stop, [this, &job] {
        job->stopped = true;
        any_stopped_ = true;
        loop_->wake();
    });
    return result.get();
}

std::optional<Clock::SteadyTime> Exchange::Traffic::look(Time now) {
    // In this order: a call is posted before it is stopped.
    const bool any_stopped = any_stopped_.exchange(false);
    take_posted();
    if (any_stopped) end_stopped();
    check_active(now);
    wake_resting(now);
    end_late(now);
    send_ready(now);
    return next_look(now);
}

void Exchange::Traffic::take_posted() {
    const std::scoped_lock lock(mutex_);
    ready_.insert(ready_.end(), std::make_move_iterator(posted_.begin()),
                  std::make_move_iterator(posted_.end()));
    posted_.clear();
}

void Exchange::Traffic::end_stopped() {
    const auto end_if_stopped = [this](const JobPointer& job) {
        if (!job->stopped) return false;
        if (job->transfer) {
            gate_.ended();
            loop_->drop(*job->transfer);
            put_away(*job);
        }
        end(*job, fail(ErrorCode::Interrupted, "interrupted"));
        return true;
    };
    std::erase_if(ready_, end_if_stopped);
    std::erase_if(resting_, end_if_stopped);
    std::erase_if(active_, end_if_stopped);
}

std::optional<Clock::SteadyTime> Exchange::Traffic::silence_ends(const Job& job) const {
    const bool works_on_it = job.call->reader == nullptr && !job.transfer->answering();
    return works_on_it ? std::nullopt : std::optional(job.transfer->last_byte() + options_.silence);
}

void Exchange::Traffic::check_active(Time now) {
    std::vector<std::pair<JobPointer, tl::expected<HttpResponse, HttpFailure>>> finished;
    std::erase_if(active_, [&](const JobPointer& job) {
        HttpTransfer& transfer = *job->transfer;
        const auto silence_end = silence_ends(*job);
        const bool whole = transfer.ended() && now >= transfer.last_byte() + kGrace;
        const bool late = now >= job->deadline;
        const bool silent = silence_end && now >= *silence_end;
        if (!whole && !late && !silent) return false;
        loop_->drop(transfer);
        if (transfer.ended() || transfer.whole_without_end()) {
            finished.emplace_back(job, transfer.finish(CURLE_OK));
        } else if (late) {
            finished.emplace_back(
                job, tl::unexpected<HttpFailure>({network_error(
                         "no whole answer in time (" + seconds_text(options_.timeout) + ")")}));
        } else {
            finished.emplace_back(
                job, tl::unexpected<HttpFailure>(
                         {network_error("the server fell silent (" +
                                        seconds_text(options_.silence) + " without a byte)"),
                          true}));
        }
        put_away(*job);
        return true;
    });
    for (auto& [job, outcome] : finished) judge(job, std::move(outcome));
}

void Exchange::Traffic::wake_resting(Time now) {
    std::vector<JobPointer> rested;
    std::erase_if(resting_, [&](const JobPointer& job) {
        if (now < job->rests_until) return false;
        rested.push_back(job);
        return true;
    });
    ready_.insert(ready_.begin(), rested.begin(), rested.end());
}

void Exchange::Traffic::end_late(Time now) {
    // Those that were sent before stand in front.
    const auto fresh = std::ranges::find_if_not(ready_, &Job::sent_before, &JobPointer::operator*);
    const auto kept = std::remove_if(ready_.begin(), fresh, [now](const JobPointer& job) {
        if (now < job->deadline) return false;
        end(*job, tl::unexpected<Error>(job->last_error));
        return true;
    });
    ready_.erase(kept, fresh);
}

void Exchange::Traffic::send_ready(Time now) {
    while (!ready_.empty() && gate_.open(now)) {
        const JobPointer job = std::move(ready_.front());
        ready_.pop_front();
        start(job, now);
    }
}

void Exchange::Traffic::start(const JobPointer& job, Time now) {
    if (!job->sent_before) job->deadline = now + options_.timeout;
    job->sent_before = true;
    if (spare_.empty()) {
        job->transfer = std::make_unique<HttpTransfer>(transfer_options_, clock_);
    } else {
        job->transfer = std::move(spare_.back());
        spare_.pop_back();
    }
    job->transfer->owner = job.get();
    job->transfer->begin(job->call->url, job->call->body, job->call->reader);
    if (!loop_->start(*job->transfer)) {
        end(*job, fail(ErrorCode::Network, "libcurl can't be started"));
        return;
    }
    gate_.sent();
    active_.push_back(job);
}

void Exchange::Traffic::put_away(Job& job) {
    job.transfer->owner = nullptr;
    spare_.push_back(std::move(job.transfer));
}

void Exchange::Traffic::done(HttpTransfer& transfer, CURLcode code) {
    const auto at = std::ranges::find_if(
        active_, [&](const JobPointer& job) { return job.get() == transfer.owner; });
    const JobPointer job = std::move(*at);
    *at = std::move(active_.back());
    active_.pop_back();
    auto outcome = transfer.finish(code);
    put_away(*job);
    judge(job, std::move(outcome));
}

void Exchange::Traffic::judge(const JobPointer& job,
                              tl::expected<HttpResponse, HttpFailure> outcome) {
    reached_ = reached_ || outcome;
    if (outcome && outcome->status == 200) {
        auto error = passing_error(*outcome);
        if (!error) {
            gate_.answered();
            end(*job, *std::move(outcome));
            return;
        }
        outcome = tl::unexpected<HttpFailure>({*std::move(error), true});
    }
    if (!outcome) {
        gate_.ended();
        HttpFailure failure = std::move(outcome).error();
        ++job->faults;
        // A server that has answered before may be starting again.
        if (failure.may_pass || (failure.unreachable && reached_)) {
            retry(job, nullptr, std::move(failure.error));
        } else {
            end(*job, tl::unexpected<Error>(std::move(failure.error)));
        }
        return;
    }
    if (outcome->status == job->call->also_answers) {
        gate_.ended();
        end(*job, *std::move(outcome));
        return;
    }
    Error error = error_of_response(*outcome, options_.key_hint);
    if (is_quota_spent(*outcome)) {
        gate_.ended();
        end(*job, tl::unexpected<Error>(std::move(error)));
        return;
    }
    retry(job, &*outcome, std::move(error));
}

void Exchange::Traffic::retry(const JobPointer& job, const HttpResponse* response, Error error) {
    const Time now = clock_.now();
    const bool refused = response != nullptr && response->status == 429;
    if (response != nullptr) ++(refused ? job->refusals : job->faults);
    FailedTry failed;
    failed.faults = job->faults;
    failed.refusals = job->refusals;
    failed.now = clock_.wall_now();
    failed.jitter_seed = job->call->jitter_seed;
    std::optional<milliseconds> asked;
    if (response != nullptr) {
        failed.status = response->status;
        const auto header = response->headers.find("retry-after");
        if (header != response->headers.end()) failed.retry_after = header->second;
        asked = parse_retry_after(failed.retry_after, failed.now);
        if (asked && *asked > options_.retry.longest_delay) asked.reset();
    }
    if (refused) {
        gate_.refused(now, asked, failed.jitter_seed);
    } else if (response != nullptr) {
        gate_.ended();
        if (asked && may_pass_later(response->status)) gate_.hold(now, *asked);
    }
    const auto delay = retry_delay(options_.retry, failed);
    // A refused call waits with everybody else; a wait of its own would come on top of that.
    job->rests_until =
        refused ? gate_.opens(now).value_or(now) : now + delay.value_or(milliseconds(0));
    if (!delay || job->rests_until >= job->deadline) {
        end(*job, tl::unexpected<Error>(std::move(error)));
        return;
    }
    job->last_error = std::move(error);
    resting_.push_back(job);
}

std::optional<Clock::SteadyTime> Exchange::Traffic::next_look(Time now) const {
    std::optional<Time> next;
    const auto at = [&next](std::optional<Time> time) {
        if (time && (!next || *time < *next)) next = time;
    };
    if (!ready_.empty()) at(gate_.opens(now));
    for (const JobPointer& job : ready_) {
        if (!job->sent_before) break;  // those that were sent before stand in front
        at(job->deadline);
    }
    for (const JobPointer& job : resting_) at(job->rests_until);
    for (const JobPointer& job : active_) {
        at(job->deadline);
        at(silence_ends(*job));
        if (job->transfer->ended()) at(job->transfer->last_byte() + kGrace);
    }
    return next;
}

void Exchange::Traffic::end(Job& job, Result<HttpResponse> result) {
    job.promise.set_value(std::move(result));
}

}  // namespace rtlgen::llm
