// SPDX-License-Identifier: Apache-2.0
#include "cli/report/progress.h"

#include <fmt/format.h>

#include "cli/report/run_report.h"

namespace rtlgen::cli {
namespace {

/// "40 s", "12 min", "3.5 h".
std::string duration_text(double seconds) {
    if (seconds < 100) return fmt::format("{:.0f} s", seconds);
    if (seconds < 6000) return fmt::format("{:.0f} min", seconds / 60);
    return fmt::format("{:.1f} h", seconds / 3600);
}

}  // namespace

Progress::Progress(std::ostream& err, Streams::Watched watched, Expected expected,
                   const Clock& clock)
    : err_(err), watched_(watched), expected_(expected), clock_(clock), started_(clock.now()) {}

Progress::~Progress() {
    clear_line();
    err_ << std::flush;
}

void Progress::tell(const store::Attempt& attempt) {
    if (attempt.turn == 0) {
        ++new_samples_;
    } else {
        ++repairs_;
    }
    if (attempt.verdict && attempt.verdict->outcome == Outcome::Pass) ++passed_;
    clear_line();
    err_ << attempt_line(attempt) << "\n";
    show_line();
    err_ << std::flush;
}

void Progress::clear_line() {
    if (shown_) err_ << "\r\x1b[K";
    shown_ = false;
}

void Progress::show_line() {
    if (watched_ == Streams::Watched::No || expected_.samples < 2) return;
    const int done = expected_.done + new_samples_;
    std::string line = fmt::format("{} of {} samples", done, expected_.samples);
    if (repairs_ > 0) line += fmt::format(", {} repairs", repairs_);
    line += fmt::format(", {} passed", passed_);
    const int left = expected_.samples - done;
    if (left > 0 && new_samples_ > 0) {
        const std::chrono::duration<double> taken = clock_.now() - started_;
        line += ", about " + duration_text(taken.count() / new_samples_ * left) + " left";
    }
    err_ << line;
    shown_ = true;
}

}  // namespace rtlgen::cli
