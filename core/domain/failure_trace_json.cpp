// SPDX-License-Identifier: Apache-2.0
#include "core/domain/failure_trace_json.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/base/text.h"

namespace rtlgen {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 3> kRoles = {"input", "output", "register"};

Json cycle_json(const std::optional<std::int64_t>& cycle) {
    return cycle ? Json(*cycle) : Json(nullptr);
}

std::optional<std::int64_t> cycle_from(const Json& json) {
    const Json& cycle = json.at("cycle");
    return cycle.is_null() ? std::nullopt : std::optional(cycle.get<std::int64_t>());
}

}  // namespace

std::string_view to_string(SignalRole role) { return kRoles.at(static_cast<std::size_t>(role)); }

Json to_json(const FailureTrace& trace) {
    Json json = {{"signal", to_valid_utf8(trace.signal)},     {"time", to_valid_utf8(trace.time)},
                 {"cycle", cycle_json(trace.cycle)},          {"clock", to_valid_utf8(trace.clock)},
                 {"expected", to_valid_utf8(trace.expected)}, {"got", to_valid_utf8(trace.got)}};
    json["signals"] = Json::array();
    for (const TracedSignal& signal : trace.signals) {
        json["signals"].push_back({{"name", to_valid_utf8(signal.name)},
                                   {"role", to_string(signal.role)},
                                   {"width", signal.width}});
    }
    json["rows"] = Json::array();
    for (const TraceRow& row : trace.rows) {
        json["rows"].push_back(
            {{"time", row.time}, {"cycle", cycle_json(row.cycle)}, {"values", row.values}});
    }
    json["drivers"] = Json::array();
    for (const DrivingLine& driver : trace.drivers) {
        json["drivers"].push_back({{"file", to_valid_utf8(driver.file)},
                                   {"line", driver.line},
                                   {"drives", to_valid_utf8(driver.drives)}});
    }
    json["values_from"] = to_valid_utf8(trace.values_from);
    json["drivers_from"] = to_valid_utf8(trace.drivers_from);
    return json;
}

FailureTrace failure_trace_from_json(const Json& json) {
    FailureTrace trace;
    trace.signal = json.at("signal");
    trace.time = json.at("time");
    trace.cycle = cycle_from(json);
    trace.clock = json.at("clock");
    trace.expected = json.at("expected");
    trace.got = json.at("got");
    for (const Json& signal : json.at("signals")) {
        const std::string role = signal.at("role");
        const auto found = std::ranges::find(kRoles, role);
        trace.signals.push_back({signal.at("name"),
                                 found == kRoles.end()
                                     ? SignalRole::Register
                                     : static_cast<SignalRole>(found - kRoles.begin()),
                                 signal.at("width")});
    }
    for (const Json& row : json.at("rows")) {
        trace.rows.push_back({row.at("time"), cycle_from(row), row.at("values")});
    }
    for (const Json& driver : json.at("drivers")) {
        trace.drivers.push_back({driver.at("file"), driver.at("line"), driver.at("drives")});
    }
    trace.values_from = json.at("values_from");
    trace.drivers_from = json.at("drivers_from");
    return trace;
}

}  // namespace rtlgen
