// SPDX-License-Identifier: Apache-2.0
#include "verify/convention.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/base/text.h"
#include "verify/line_tone.h"
#include "verify/line_words.h"

namespace rtlgen::verify {
namespace {

using Lines = std::span<const std::string_view>;
using Reading = std::optional<BenchVerdict>;

std::optional<std::uint64_t> to_count(std::string_view text) {
    const std::optional<std::int64_t> value = parse_int(trim(text));
    if (!value || *value < 0) return std::nullopt;
    return static_cast<std::uint64_t>(*value);
}

// ---- VerilogEval: "Mismatches: 3 in 20 samples", the last such line; a "TIMEOUT" line before it
// means that its watchdog ended the run.

/// The output with the earliest first mismatch among VerilogEval's hints.
std::optional<Mismatch> earliest_hint(Lines lines) {
    std::optional<Mismatch> first;
    std::uint64_t first_time = 0;
    for (const std::string_view line : lines) {
        const auto hint = match_line(
            line, "Hint: Output '*' has * mismatches. First mismatch occurred at time *.");
        if (!hint) continue;
        const auto time = to_count((*hint)[2]);
        if (!time || (first && *time >= first_time)) continue;
        first_time = *time;
        first = Mismatch{};
        first->signal = (*hint)[0];
        first->time = (*hint)[2];
    }
    return first;
}

Reading read_verilog_eval(Lines lines, const RunFacts& /*facts*/) {
    Reading reading;
    bool watchdog = false;
    std::uint64_t mismatches = 0;
    for (const std::string_view line : lines) {
        if (trim(line) == "TIMEOUT") watchdog = true;
        const auto match = match_line(line, "Mismatches: * in * samples");
        if (!match) continue;
        const auto wrong = to_count((*match)[0]);
        const auto samples = to_count((*match)[1]);
        if (!wrong || !samples) continue;
        mismatches = *wrong;
        reading = BenchVerdict{.samples = *samples, .line = std::string(trim(line))};
    }
    if (!reading) return reading;
    if (mismatches > 0) {
        reading->outcome = BenchOutcome::Fail;
        reading->first_mismatch = earliest_hint(lines).value_or(Mismatch{});
        reading->first_mismatch->mismatches = mismatches;
        reading->first_mismatch->samples = reading->samples;
    } else if (reading->samples == 0) {
        reading->outcome = BenchOutcome::NoSamples;
    } else {
        reading->outcome = watchdog ? BenchOutcome::Incomplete : BenchOutcome::Pass;
        if (watchdog) reading->line += " (after its watchdog's TIMEOUT)";
    }
    return reading;
}

// ---- RTLLM: a banner of equal signs around "Your Design Passed", "Error", "Failed" or "Test
// completed with N failures".

Reading read_rtllm(Lines lines, const RunFacts& /*facts*/) {
    Reading reading;
    for (const std::string_view line : lines) {
        if (line.find("===") == std::string_view::npos) continue;
        if (line.find("Your Design Passed") != std::string_view::npos) {
            if (!reading)
                reading = BenchVerdict{BenchOutcome::Pass, 0, std::string(trim(line)), {}};
            continue;
        }
        const auto completed = match_line(line, "*Test completed with * failures*");
        const bool failures =
            completed && to_count(split((*completed)[1], '/').front()).value_or(1) > 0;
        const bool banner = line.find("Error") != std::string_view::npos ||
                            line.find("Failed") != std::string_view::npos;
        if (!failures && !banner) continue;
        if (!reading || reading->outcome == BenchOutcome::Pass) {
            reading = BenchVerdict{BenchOutcome::Fail, 0, std::string(trim(line)), Mismatch{}};
        }
    }
    return reading;
}

// ---- TAP (Test Anything Protocol 13): a plan "1..N" and N results.

Reading read_tap(Lines lines, const RunFacts& /*facts*/) {
    std::optional<std::uint64_t> plan;
    std::uint64_t results = 0;
    std::uint64_t skipped = 0;
    std::string bad;
    for (std::string_view line : lines) {
        line = trim(line);
        const bool not_ok = line.starts_with("not ok");
        const std::string lower = to_lower(line);
        const bool excused = lower.find("# todo") != std::string::npos;
        if (const auto range = match_line(line, "1..*")) {
            plan = to_count(split((*range)[0], ' ').front());
        } else if (not_ok || line == "ok" || line.starts_with("ok ")) {
            ++results;
            if (lower.find("# skip") != std::string::npos) ++skipped;
            if (not_ok && !excused && bad.empty()) bad = line;
        } else if (line.starts_with("Bail out!") && bad.empty()) {
            bad = line;
        }
    }
    if (!plan) return std::nullopt;
    BenchVerdict verdict{.samples = results - skipped, .line = "1.." + std::to_string(*plan)};
    if (!bad.empty()) {
        verdict.outcome = BenchOutcome::Fail;
        verdict.line = bad;
        verdict.first_mismatch = Mismatch{};
    } else if (*plan == 0 || verdict.samples == 0) {
        verdict.outcome = BenchOutcome::NoSamples;
        if (skipped > 0) verdict.line += ", all of them skipped";
    } else {
        verdict.outcome = results == *plan ? BenchOutcome::Pass : BenchOutcome::Incomplete;
    }
    return verdict;
}

// ---- PASS and FAIL lines, in the many ways in which people write them.

/// "expected 3 got 4", "exp=3 act=4": the words after such names.
Mismatch values_in(std::string_view line) {
    Mismatch mismatch;
    const auto value_after = [&](std::string_view lower, std::string_view name) -> std::string {
        const std::size_t at = lower.find(name);
        if (at == std::string_view::npos) return {};
        std::string_view rest = line.substr(at + name.size());
        const std::size_t begin = rest.find_first_not_of(" :=\t");
        if (begin == std::string_view::npos || begin == 0) return {};
        rest.remove_prefix(begin);
        return std::string(rest.substr(0, rest.find_first_of(" ,;:)\t")));
    };
    const std::string lower = to_lower(line);
    for (const std::string_view name : {"expected", "expect", "exp", "want"}) {
        if (mismatch.expected.empty()) mismatch.expected = value_after(lower, name);
    }
    for (const std::string_view name : {"got", "actual", "act", "found", "received"}) {
        if (mismatch.got.empty()) mismatch.got = value_after(lower, name);
    }
    for (const std::string_view name : {"at time", "time"}) {
        if (!mismatch.time.empty()) break;
        const std::string value = value_after(lower, name);
        if (!value.empty() && value.front() >= '0' && value.front() <= '9') mismatch.time = value;
    }
    return mismatch;
}

Reading read_pass_fail(Lines lines, const RunFacts& /*facts*/) {
    Reading reading;
    std::uint64_t pass_lines = 0;
    std::uint64_t told = 0;
    std::map<std::string, std::string_view> open;  // tallies that aren't complete, and their lines
    for (const std::string_view line : lines) {
        const TonedLine toned = tone_of(line);
        if (toned.tone == LineTone::Fail) {
            return BenchVerdict{BenchOutcome::Fail, 0, std::string(trim(line)), values_in(line)};
        }
        if (toned.tally && !toned.tally->complete()) open[toned.tally->key] = line;
        if (toned.tone != LineTone::Pass) continue;
        if (toned.tally) open.erase(toned.tally->key);
        ++pass_lines;
        told = std::max(told, toned.samples);
        reading = BenchVerdict{BenchOutcome::Pass, 0, std::string(trim(line)), {}};
    }
    if (!open.empty()) {
        const std::string_view line = open.begin()->second;
        return BenchVerdict{BenchOutcome::Fail, 0, std::string(trim(line)), Mismatch{}};
    }
    if (reading) reading->samples = std::max(told, pass_lines);
    return reading;
}

// ---- Exit code: a testbench that reports by $error and $fatal alone. It passes where it could
// have failed, reached its own $finish, and reported nothing.

Reading read_exit_code(Lines /*lines*/, const RunFacts& facts) {
    if (facts.reports_errors) {
        return BenchVerdict{BenchOutcome::Fail, 0, "the simulation reported an error", Mismatch{}};
    }
    if (!facts.bench_can_fail || !facts.bench_finished) return std::nullopt;
    return BenchVerdict{
        BenchOutcome::Pass, 0, "the testbench finished without $error or $fatal", {}};
}

constexpr std::array<Convention, 5> kConventions = {{
    {"verilog-eval", read_verilog_eval},
    {"rtllm", read_rtllm},
    {"tap", read_tap},
    {"pass-fail", read_pass_fail},
    {"exit-code", read_exit_code},
}};

}  // namespace

std::span<const Convention> conventions() { return kConventions; }

BenchReading read_transcript(std::string_view out, const RunFacts& facts) {
    const std::vector<std::string_view> lines = split_lines(out);
    BenchReading chosen;
    for (const Convention& convention : kConventions) {
        // The names of TAP's results hold words that are no verdict.
        if (chosen.convention == "tap" && convention.name == "pass-fail") continue;
        const Reading reading = convention.read(lines, facts);
        if (!reading) continue;
        if (!chosen.convention) {
            chosen = {std::string(convention.name), *reading};
            // VerilogEval's hints hold words that the later conventions would misread.
            if (convention.name == "verilog-eval" && !facts.reports_errors) break;
        } else if (reading->outcome == BenchOutcome::Fail &&
                   chosen.verdict.outcome == BenchOutcome::Pass) {
            chosen.verdict = *reading;
        }
    }
    return chosen;
}

std::string convention_policy() {
    std::string text;
    for (const Convention& convention : kConventions) text += std::string(convention.name) + "\n";
    return text + tone_policy();
}

bool looks_like_verdict(std::string_view text) {
    if (text.find("Mismatches:") != std::string_view::npos) return true;
    if (text.find("Your Design Passed") != std::string_view::npos) return true;
    const std::string_view line = trim(text);
    if (line.starts_with("ok ") || line.starts_with("1..")) return true;
    const std::vector<LineWord> words = line_words(text);
    return std::ranges::any_of(words, [](const LineWord& word) { return is_pass_word(word.text); });
}

}  // namespace rtlgen::verify
