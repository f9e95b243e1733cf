// SPDX-License-Identifier: Apache-2.0
// A dump read around the first mismatch.
#include <algorithm>
#include <map>
#include <set>

#include "core/base/text.h"
#include "verify/failure_trace.h"
#include "verify/line_words.h"
#include "verify/printed_value.h"
#include "verify/waveform.h"

namespace rtlgen::verify {
namespace {

using Side = Wave::Side;

bool is_clock_name(std::string_view name) {
    const std::string lower = to_lower(name);
    return lower == "ck" || lower.find("clk") != std::string::npos ||
           lower.find("clock") != std::string::npos;
}

bool is_output(const Port& port) { return port.direction != PortDirection::Input; }

std::string_view last_part(std::string_view name) { return name.substr(name.rfind('.') + 1); }

/// Whether a testbench's variable of that name counts its errors.
bool counts_errors(std::string_view name) {
    const std::string lower = to_lower(name);
    return lower == "bad" || lower == "wrong" || lower.find("err") != std::string::npos ||
           lower.find("fail") != std::string::npos || lower.find("mismatch") != std::string::npos;
}

/// The time in a testbench's line where the convention knows none: "MISMATCH y at 12", "t=12".
std::optional<std::uint64_t> time_in(std::string_view line) {
    for (const std::string_view mark : {" at ", "@", "t="}) {
        const std::size_t at = line.find(mark);
        if (at == std::string_view::npos) continue;
        if (const auto time = leading_number(line.substr(at + mark.size()))) return time;
    }
    return std::nullopt;
}

class FailureReading {
public:
    FailureReading(const DumpPlace& place, const ModuleHeader& ports, const Cone& cone,
                   const MismatchFacts& facts)
        : place_(place), ports_(ports), cone_(cone), facts_(facts) {}

    Result<FailureTrace> read(std::string_view dump) {
        trace_.signal = failing_output(ports_, facts_);
        trace_.time = facts_.mismatch.time;
        trace_.cycle = facts_.mismatch.cycle;
        trace_.expected = facts_.mismatch.expected;
        trace_.got = facts_.mismatch.got;
        TRY_ASSIGN(waveform_, read_vcd(dump, ~std::uint64_t{0}, wanted_names()));
        scope_ = scope_of(place_.instance);
        if (scope_.empty()) {
            trace_.values_from = "no values: the dump doesn't hold the design's ports";
            return std::move(trace_);
        }
        find_time();
        if (!time_) return std::move(trace_);
        fill_in();
        add_rows();
        return std::move(trace_);
    }

private:
    std::function<bool(std::string_view)> wanted_names() {
        for (const Port& port : ports_.ports) {
            names_.insert(port.name);
            names_.insert(port.name + "_ref");
        }
        for (const ConeRegister& reg : cone_.registers) names_.emplace(last_part(reg.name));
        return
            [this](std::string_view name) { return names_.contains(name) || counts_errors(name); };
    }

    /// The scope whose last part is `instance` and that holds a port.
    [[nodiscard]] std::string scope_of(std::string_view instance) const {
        if (instance.empty()) return {};
        for (const Wave& wave : waveform_.waves) {
            if (last_part(wave.scope) != instance) continue;
            const bool has_port = std::ranges::any_of(
                ports_.ports, [&](const Port& port) { return port.name == wave.name; });
            if (has_port) return wave.scope;
        }
        return {};
    }

    [[nodiscard]] const Wave* wave_at(std::string_view scope, std::string_view name) const {
        const auto found = std::ranges::find_if(waveform_.waves, [&](const Wave& wave) {
            return wave.name == name && wave.scope == scope;
        });
        return found == waveform_.waves.end() ? nullptr : &*found;
    }

    /// Of a name below the design's top.
    [[nodiscard]] const Wave* wave_of(std::string_view name) const {
        const std::size_t dot = name.rfind('.');
        if (dot == std::string_view::npos) return wave_at(scope_, name);
        return wave_at(scope_ + "." + std::string(name.substr(0, dot)), last_part(name));
    }

    [[nodiscard]] std::uint64_t last_time() const {
        std::uint64_t last = 0;
        for (const Wave& wave : waveform_.waves) {
            if (!wave.changes.empty()) last = std::max(last, wave.changes.back().first);
        }
        return last;
    }

    /// Which side of `time` the wrong value stands on; none where it stands on neither.
    [[nodiscard]] std::optional<Side> side_at(std::uint64_t time) const {
        const Wave* wave = trace_.signal.empty() ? nullptr : wave_of(trace_.signal);
        if (wave == nullptr || trace_.got.empty()) return std::nullopt;
        for (const Side side : {Side::Before, Side::At}) {
            if (may_denote(trace_.got, wave->value(time, side))) return side;
        }
        return std::nullopt;
    }

    void find_time() {
        auto printed = leading_number(facts_.mismatch.time);
        if (!printed) {
            time_ = first_counted_error();
            if (!time_) printed = time_in(facts_.line);
        }
        if (!printed) {
            if (!time_)
                trace_.values_from = "no values: the testbench tells no time of the mismatch";
            return;
        }
        // %t prints in units of the precision, %d in those of the testbench's time unit.
        std::vector<std::uint64_t> candidates = {*printed};
        const auto unit = femtoseconds(facts_.time_unit);
        const auto scale = femtoseconds(waveform_.timescale);
        if (unit && scale && *unit > *scale) candidates.push_back(*printed * (*unit / *scale));
        for (const std::uint64_t candidate : candidates) {
            if (const auto side = side_at(candidate)) {
                time_ = candidate;
                side_ = *side;
                return;
            }
        }
        const std::uint64_t last = last_time();
        time_ = candidates.back() <= last ? candidates.back() : candidates.front();
        if (*time_ > last && *time_ - last > last / 2) {
            trace_.values_from = "no values: the dump ends at " +
                                 time_text(last, waveform_.timescale) + ", before the mismatch";
            time_.reset();
        }
    }

    [[nodiscard]] std::optional<std::uint64_t> first_counted_error() const {
        std::optional<std::uint64_t> first;
        for (const Wave& wave : waveform_.waves) {
            if (!counts_errors(wave.name) || last_part(wave.scope) != place_.bench) continue;
            bool was_zero = false;
            for (const auto& [time, digits] : wave.changes) {
                const bool zero = digits.find_first_not_of('0') == std::string::npos;
                const bool known = digits.find_first_of("xz") == std::string::npos;
                if (was_zero && known && !zero && (!first || time < *first)) first = time;
                was_zero = zero;
            }
        }
        return first;
    }

    void fill_in() {
        trace_.time = time_text(*time_, waveform_.timescale);
        const std::string reference = scope_of(place_.reference_instance);
        if (trace_.signal.empty() && !reference.empty()) find_signal(reference);
        const Wave* wave = trace_.signal.empty() ? nullptr : wave_of(trace_.signal);
        if (wave == nullptr) return;
        if (trace_.got.empty())
            trace_.got = verilog_literal(wave->value(*time_, side_), wave->width);
        const Wave* right = reference.empty() ? nullptr : wave_at(reference, trace_.signal);
        if (right != nullptr && trace_.expected.empty()) {
            trace_.expected = verilog_literal(right->value(*time_, side_), right->width);
        }
    }

    /// The first output that differs from the reference's.
    void find_signal(const std::string& reference) {
        for (const Side side : {Side::Before, Side::At}) {
            for (const Port& port : ports_.ports) {
                const Wave* got = is_output(port) ? wave_of(port.name) : nullptr;
                const Wave* right = got == nullptr ? nullptr : wave_at(reference, port.name);
                if (right == nullptr || got->value(*time_, side) == right->value(*time_, side)) {
                    continue;
                }
                trace_.signal = port.name;
                side_ = side;
                return;
            }
        }
    }

    void add_column(std::string name, SignalRole role) {
        if (columns_.size() >= kTraceSignals || name == trace_.clock) return;
        const Wave* wave = wave_of(name);
        const bool known = std::ranges::any_of(
            columns_, [&](const auto& column) { return column.first.name == name; });
        if (wave == nullptr || known) return;
        columns_.push_back({{std::move(name), role, wave->width}, wave});
    }

    /// What matters most comes first, for as many as there is room; then by role.
    void choose_columns() {
        const auto add_ports = [&](auto&& takes) {
            for (const Port& port : ports_.ports) {
                if (!takes(port)) continue;
                add_column(port.name, is_output(port) ? SignalRole::Output : SignalRole::Input);
            }
        };
        add_ports([&](const Port& port) { return port.name == trace_.signal; });
        for (const std::string& input : cone_.inputs) add_column(input, SignalRole::Input);
        for (const ConeRegister& reg : cone_.registers) {
            const bool is_port = std::ranges::any_of(
                ports_.ports, [&](const Port& port) { return port.name == reg.name; });
            add_column(reg.name, is_port ? SignalRole::Output : SignalRole::Register);
        }
        add_ports([](const Port& port) { return !is_output(port); });
        add_ports(is_output);
        std::ranges::stable_sort(columns_, {},
                                 [&](const auto& column) { return column_rank(column.first); });
        for (const auto& column : columns_) trace_.signals.push_back(column.first);
    }

    /// Inputs, registers, outputs, the wrong one first; ports in their own order.
    [[nodiscard]] std::pair<int, std::ptrdiff_t> column_rank(const TracedSignal& signal) const {
        if (signal.role == SignalRole::Register) return {1, 0};
        const auto port = std::ranges::find(ports_.ports, signal.name, &Port::name);
        const std::ptrdiff_t place = port - ports_.ports.begin();
        if (signal.role == SignalRole::Input) return {0, place};
        return {2, signal.name == trace_.signal ? -1 : place};
    }

    void add_row(std::uint64_t time, Side side, std::optional<std::int64_t> cycle) {
        TraceRow row{time, cycle, {}};
        for (const auto& [signal, wave] : columns_) {
            const std::string digits = wave->value(time, side);
            row.values.push_back(digits.empty() ? "-" : verilog_literal(digits, wave->width));
        }
        trace_.rows.push_back(std::move(row));
    }

    void add_rows() {
        const Wave* clock = find_clock();
        choose_columns();
        std::vector<std::uint64_t> edges;
        if (clock != nullptr) {
            for (const auto& [time, digits] : clock->changes) {
                if (digits == "1" && time <= *time_) edges.push_back(time);
            }
            trace_.cycle = static_cast<std::int64_t>(edges.size());
        } else {
            edges = input_changes();
        }
        const Side side = clock != nullptr ? Side::Before : Side::At;
        const std::size_t begin = edges.size() > kTraceRows ? edges.size() - kTraceRows : 0;
        for (std::size_t i = begin; i < edges.size(); ++i) {
            if (edges[i] == *time_) continue;
            add_row(
                edges[i], side,
                clock == nullptr ? std::nullopt : std::optional(static_cast<std::int64_t>(i) + 1));
        }
        add_row(*time_, side_, clock == nullptr ? std::nullopt : trace_.cycle);
    }

    const Wave* find_clock() {
        const Wave* clock = cone_.clock.empty() ? nullptr : wave_of(cone_.clock);
        if (clock != nullptr) {
            trace_.clock = cone_.clock;
            return clock;
        }
        for (const Port& port : ports_.ports) {
            if (is_output(port) || !is_clock_name(port.name) || wave_of(port.name) == nullptr) {
                continue;
            }
            trace_.clock = port.name;
            return wave_of(port.name);
        }
        return nullptr;
    }

    [[nodiscard]] std::vector<std::uint64_t> input_changes() const {
        std::set<std::uint64_t> times;
        for (const auto& [signal, wave] : columns_) {
            if (signal.role != SignalRole::Input) continue;
            for (const auto& change : wave->changes) {
                if (change.first <= *time_) times.insert(change.first);
            }
        }
        return {times.begin(), times.end()};
    }

    const DumpPlace& place_;
    const ModuleHeader& ports_;
    const Cone& cone_;
    const MismatchFacts& facts_;
    FailureTrace trace_;
    Waveform waveform_;
    std::set<std::string, std::less<>> names_;
    std::string scope_;
    std::optional<std::uint64_t> time_;
    Side side_ = Side::At;
    std::vector<std::pair<TracedSignal, const Wave*>> columns_;
};

}  // namespace

std::string failing_output(const ModuleHeader& ports, const MismatchFacts& facts) {
    const auto is_named = [&](std::string_view name) {
        return std::ranges::any_of(
            ports.ports, [&](const Port& port) { return is_output(port) && port.name == name; });
    };
    // What should be an output may have been made an input.
    const bool is_port = std::ranges::any_of(
        ports.ports, [&](const Port& port) { return port.name == facts.mismatch.signal; });
    if (is_port) return facts.mismatch.signal;
    std::string_view rest = facts.line;
    while (!rest.empty()) {
        std::size_t length = 0;
        while (length < rest.size() && is_simple_identifier(rest.substr(0, length + 1))) ++length;
        const std::string_view word = rest.substr(0, length);
        if (is_named(word)) return std::string(word);
        rest.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return {};
}

Result<FailureTrace> read_failure(std::string_view dump, const DumpPlace& place,
                                  const ModuleHeader& ports, const Cone& cone,
                                  const MismatchFacts& facts) {
    return FailureReading(place, ports, cone, facts).read(dump);
}

}  // namespace rtlgen::verify
