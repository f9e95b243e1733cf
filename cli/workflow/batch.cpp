// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>
#include <utility>
#include <vector>

#include "cli/workflow/judge_once.h"
#include "core/base/text.h"

namespace rtlgen::workflow {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;

/// Whether a line is what can't be judged, rather than the machine.
bool is_refusal(ErrorCode code) {
    switch (code) {
        case ErrorCode::InvalidArgument:
        case ErrorCode::Config:
        case ErrorCode::NotFound:
        case ErrorCode::Unreadable:
        case ErrorCode::BadBench: return true;
        default: return false;
    }
}

std::string verdict_line(const Json& id, const Verdict& verdict) {
    Json line = {{"schema", nullptr}, {"id", id}};
    Json document = to_json(verdict);
    for (auto& [key, value] : document.items()) line[key] = std::move(value);
    return line.dump();
}

std::string error_line(const Json& id, const Error& error) {
    return Json{{"schema", "rtlgen.error.v1"},
                {"id", id},
                {"code", to_string(error.code)},
                {"message", to_valid_utf8(error.message)},
                {"where", to_valid_utf8(error.where)}}
        .dump();
}

/// A line on its way from the input to the output.
struct Slot {
    Json id;
    std::string where;  ///< INPUT:LINE
    std::size_t bytes = 0;
    std::optional<BatchItem> item;
    // What it came to:
    bool done = false;
    bool interrupted = false;
    std::string text;
};

class Batch {
public:
    Batch(BatchLines& lines, const BatchParts& parts, const std::stop_token& stop)
        : lines_(lines),
          parts_(parts),
          once_(parts.judge),
          on_stop_(stop, Cancel{cancel_}),
          window_(kAhead * std::max<std::size_t>(parts.workers, 1)) {}

    Result<BatchCounts> run() {
        Status ended;
        {
            std::vector<std::jthread> threads;
            threads.emplace_back([this] { read_all(); });
            for (std::size_t i = 0; i < std::max<std::size_t>(parts_.workers, 1); ++i) {
                threads.emplace_back([this] { judge_all(); });
            }
            ended = write_all();
            if (!ended) cancel_.request_stop();
        }
        TRY(ended);
        if (input_error_) return tl::unexpected<Error>(*input_error_);
        return counts_;
    }

private:
    struct Cancel {
        std::stop_source& source;
        void operator()() const { source.request_stop(); }
    };

    [[nodiscard]] bool has_room() const {
        return slots_.empty() || (slots_.size() < window_ && bytes_ < kMostBytes.count);
    }

    void read_all() {
        const std::stop_token stop = cancel_.get_token();
        while (true) {
            {
                std::unique_lock lock(mutex_);
                if (!changed_.wait(lock, stop, [this] { return has_room(); })) break;
            }
            Result<std::optional<InputLine>> line = parts_.next_line(stop);
            if (!line || !*line) {
                const std::scoped_lock lock(mutex_);
                if (!line) input_error_ = std::move(line).error();
                break;
            }
            if (!(*line)->too_long && trim((*line)->text).empty()) continue;
            if (std::shared_ptr<Slot> slot = read_line(**line)) add(std::move(slot));
        }
        const std::scoped_lock lock(mutex_);
        input_ended_ = true;
        changed_.notify_all();
    }

    /// None where the line gives a Problem alone.
    std::shared_ptr<Slot> read_line(const InputLine& line) {
        auto slot = std::make_shared<Slot>();
        slot->where = fmt::format("{}:{}", parts_.input_name, line.number);
        slot->bytes = line.text.size();
        BatchRead read;
        if (line.too_long) {
            read.item = fail(ErrorCode::InvalidArgument, "the line is too long");
        } else {
            try {
                read = lines_.read(line.text);
            } catch (const std::exception& error) {
                read.item = fail(ErrorCode::Internal, error.what());
            }
        }
        slot->id = std::move(read.id);
        if (!read.item) {
            finish(*slot, tl::unexpected<Error>(std::move(read.item).error()));
            slot->done = true;
            return slot;
        }
        if (!*read.item) return nullptr;
        slot->item = *std::move(read.item);
        return slot;
    }

    void add(std::shared_ptr<Slot> slot) {
        const std::scoped_lock lock(mutex_);
        if (!slot->done) todo_.push_back(slot);
        bytes_ += slot->bytes;
        slots_.push_back(std::move(slot));
        changed_.notify_all();
    }

    void judge_all() {
        while (const std::shared_ptr<Slot> slot = next_to_judge()) {
            if (cancel_.stop_requested()) {
                slot->interrupted = true;
            } else {
                finish(*slot, judge(*slot->item));
            }
            slot->item.reset();
            const std::scoped_lock lock(mutex_);
            slot->done = true;
            changed_.notify_all();
        }
    }

    std::shared_ptr<Slot> next_to_judge() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !todo_.empty() || input_ended_; });
        if (todo_.empty()) return nullptr;
        std::shared_ptr<Slot> slot = std::move(todo_.front());
        todo_.pop_front();
        return slot;
    }

    Result<Verdict> judge(const BatchItem& item) {
        if (item.verdict) return *item.verdict;
        std::stop_source line_stop;
        const std::stop_callback on_cancel(cancel_.get_token(), Cancel{line_stop});
        std::atomic<bool> late = false;
        std::jthread timer([&](const std::stop_token& in_time) {
            if (!parts_.clock.sleep_for(item.deadline, in_time)) return;
            late = true;
            line_stop.request_stop();
        });
        Result<Verdict> verdict = fail(ErrorCode::Internal, "");
        try {
            verdict = once_.judge(item.request, line_stop.get_token());
        } catch (const std::exception& error) {
            verdict = fail(ErrorCode::Internal, error.what());
        }
        timer.request_stop();
        timer.join();
        if (!late || cancel_.stop_requested()) return verdict;
        const double seconds = std::chrono::duration<double>(item.deadline).count();
        return parts_.unjudged(
            item.request, VerdictClass::Timeout,
            {Severity::Error, "rtlgen/DEADLINE", "", 0, 0,
             fmt::format("the deadline of {} s passed before there was a verdict", seconds)});
    }

    /// Makes the line of output, and counts it.
    void finish(Slot& slot, Result<Verdict> verdict) {
        if (verdict) {
            slot.text = verdict_line(slot.id, *verdict);
            const std::scoped_lock lock(mutex_);
            count(*verdict);
            return;
        }
        Error error = std::move(verdict).error();
        slot.interrupted = error.code == ErrorCode::Interrupted;
        if (slot.interrupted) return;
        if (error.where.empty()) {
            error.where = slot.where;
        } else {
            error.where = slot.where + ": " + error.where;
        }
        slot.text = error_line(slot.id, error);
        const std::scoped_lock lock(mutex_);
        ++(is_refusal(error.code) ? counts_.refused : counts_.broken);
    }

    void count(const Verdict& verdict) {
        switch (verdict.outcome) {
            case Outcome::Pass: ++counts_.pass; break;
            case Outcome::Fail: ++counts_.fail; break;
            case Outcome::ToolError: ++counts_.tool_error; break;
            default: ++counts_.unknown; break;
        }
        if (verdict.cached) ++counts_.shared;
    }

    Status write_all() {
        while (const std::shared_ptr<Slot> slot = next_to_write()) {
            if (slot->interrupted) return fail(ErrorCode::Interrupted, "interrupted");
            TRY(parts_.write_line(slot->text, cancel_.get_token()));
            const std::scoped_lock lock(mutex_);
            bytes_ -= slot->bytes;
            slots_.pop_front();
            changed_.notify_all();
        }
        return {};
    }

    /// The oldest line, once it is done; none after the last.
    std::shared_ptr<Slot> next_to_write() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock,
                      [this] { return slots_.empty() ? input_ended_ : slots_.front()->done; });
        return slots_.empty() ? nullptr : slots_.front();
    }

    BatchLines& lines_;
    const BatchParts& parts_;
    JudgeOnce once_;
    std::stop_source cancel_;
    std::stop_callback<Cancel> on_stop_;
    const std::size_t window_;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<std::shared_ptr<Slot>> slots_;  ///< in the input's order
    std::deque<std::shared_ptr<Slot>> todo_;
    std::size_t bytes_ = 0;  ///< of the slots' lines
    bool input_ended_ = false;
    std::optional<Error> input_error_;
    BatchCounts counts_;
};

}  // namespace

Result<BatchCounts> run_batch(BatchLines& lines, const BatchParts& parts,
                              const std::stop_token& stop) {
    return Batch(lines, parts, stop).run();
}

int exit_code(const BatchCounts& counts) {
    if (counts.tool_error + counts.broken > 0) return 3;
    if (counts.refused > 0) return 2;
    if (counts.fail > 0) return 1;
    return counts.unknown > 0 ? 4 : 0;
}

}  // namespace rtlgen::workflow
