// SPDX-License-Identifier: Apache-2.0
#include "synth/report_json.h"

#include <nlohmann/json.hpp>

#include "core/base/text.h"

namespace rtlgen::synth {
namespace {

using Json = nlohmann::ordered_json;

Json utf8(const std::string& text) { return to_valid_utf8(text); }

Json counts(const CellCounts& cells) {
    Json json = Json::object();
    for (const auto& [type, count] : cells) json[to_valid_utf8(type)] = count;
    return json;
}

Json latches_of(const Ppa& ppa) {
    Json signals = Json::array();
    for (const LatchSignal& latch : ppa.latches) {
        signals.push_back({{"signal", utf8(latch.signal)}, {"bits", latch.bits}});
    }
    return {{"bits", ppa.latch_bits()}, {"signals", std::move(signals)}};
}

Json memories_of(const Ppa& ppa) {
    Json list = Json::array();
    for (const Memory& memory : ppa.memories) {
        list.push_back({{"name", utf8(memory.name)},
                        {"words", memory.words},
                        {"width", memory.width},
                        {"bits", memory.bits()},
                        {"became", memory.became == Memory::Became::Cells ? "cells" : "memory"}});
    }
    return {{"count", ppa.memories.size()}, {"bits", ppa.memory_bits()}, {"list", std::move(list)}};
}

Json depth_of(const Ppa& ppa) {
    if (!ppa.depth) return nullptr;
    return {{"value", ppa.depth->cells},
            {"unit", "cells"},
            {"from", utf8(ppa.depth->from)},
            {"to", utf8(ppa.depth->to)}};
}

Json area_of(const Ppa& ppa) {
    if (!ppa.area) return nullptr;
    return {{"value", ppa.area->value},
            {"unit", "um2"},
            {"cells_without_area", counts(ppa.cells_without_area)}};
}

Json library_of(const Ppa& ppa) {
    if (!ppa.library) return nullptr;
    return {{"name", utf8(ppa.library->name)},
            {"path", utf8(ppa.library->path)},
            {"sha256", ppa.library->sha256},
            {"corner", utf8(ppa.library->corner)}};
}

Json ppa_of(const Ppa& ppa) {
    Json json = {{"cells", {{"total", ppa.cells}, {"by_type", counts(ppa.cells_by_type)}}},
                 {"registers", {{"bits", ppa.registers}}},
                 {"flip_flops", {{"bits", ppa.flip_flops}}}};
    json["latches"] = latches_of(ppa);
    json["memories"] = memories_of(ppa);
    json["logic_depth"] = depth_of(ppa);
    json["area"] = area_of(ppa);
    json["library"] = library_of(ppa);
    Json boxes = Json::array();
    for (const BlackBox& box : ppa.black_boxes) {
        Json instances = Json::array();
        for (const std::string& instance : box.instances) instances.push_back(utf8(instance));
        boxes.push_back({{"module", utf8(box.module)}, {"instances", std::move(instances)}});
    }
    json["black_boxes"] = std::move(boxes);
    json["port_bits"] = ppa.port_bits;
    return json;
}

Json design_of(const CandidateId& design) {
    Json files = Json::array();
    for (const FileHash& file : design.files) {
        files.push_back({{"path", utf8(file.path)}, {"sha256", file.sha256}});
    }
    Json parameters = Json::object();
    for (const NameValue& parameter : design.parameters) {
        parameters[parameter.name] = utf8(parameter.value.value_or(""));
    }
    return {{"top", utf8(design.top)},
            {"sha256", design.sha256},
            {"files", std::move(files)},
            {"parameters", std::move(parameters)}};
}

Json attempts_of(const SynthReport& report) {
    Json list = Json::array();
    for (const SynthAttempt& attempt : report.attempts) {
        list.push_back({{"name", attempt.tool.name},
                        {"version", attempt.tool.version},
                        {"reader", attempt.reader},
                        {"outcome", to_string(attempt.outcome)},
                        {"reason", utf8(attempt.reason)}});
    }
    return list;
}

}  // namespace

Json to_json(const SynthReport& report, double seconds) {
    Json json = {{"schema", "rtlgen.synth.v1"},
                 {"outcome", to_string(report.outcome)},
                 {"reason", utf8(report.reason)}};
    json["design"] = design_of(report.design);
    json["ppa"] = report.ppa ? ppa_of(*report.ppa) : Json(nullptr);
    json["clock_period"] = nullptr;
    if (report.clock_period) {
        json["clock_period"] = {{"value", report.clock_period->value}, {"unit", "ns"}};
    }
    json["tools"] = attempts_of(report);
    Json findings = Json::array();
    for (const Finding& finding : report.findings) {
        findings.push_back({{"severity", to_string(finding.severity)},
                            {"rule", finding.rule},
                            {"file", utf8(finding.file)},
                            {"line", finding.line},
                            {"column", finding.column},
                            {"message", utf8(finding.message)}});
    }
    json["findings"] = std::move(findings);
    json["isolation"] = {{"level", process::to_string(report.isolation)},
                         {"mechanism", process::mechanism(report.isolation)}};
    json["volatile"] = {{"seconds", seconds}};
    return json;
}

}  // namespace rtlgen::synth
