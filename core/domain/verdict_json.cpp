// SPDX-License-Identifier: Apache-2.0
// `rtlgen.verdict.v1` out and in (docs/schema/verdict.v1.json).
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/domain/failure_trace_json.h"
#include "core/domain/verdict.h"

namespace rtlgen {
namespace {

using Json = nlohmann::ordered_json;

Json utf8(const std::string& text) { return to_valid_utf8(text); }

template <class T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

template <class Enum>
Enum from_name(std::span<const std::string_view> names, const std::string& name, Enum fallback) {
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? fallback : static_cast<Enum>(found - names.begin());
}

Json to_json(const Mismatch& mismatch) {
    Json json = {{"time", utf8(mismatch.time)}};
    json["cycle"] = or_null(mismatch.cycle);
    json["signal"] = utf8(mismatch.signal);
    json["expected"] = utf8(mismatch.expected);
    json["got"] = utf8(mismatch.got);
    json["mismatches"] = or_null(mismatch.mismatches);
    json["samples"] = or_null(mismatch.samples);
    return json;
}

Json to_json(const Check& check) {
    Json json = {{"name", utf8(check.name)},
                 {"outcome", to_string(check.outcome)},
                 {"class", to_string(check.verdict_class)},
                 {"reason", utf8(check.reason)}};
    json["tool"] = check.tool ? Json{{"name", check.tool->name}, {"version", check.tool->version}}
                              : Json(nullptr);
    Json detail = Json::object();
    for (const auto& [key, value] : check.detail) detail[key] = utf8(value);
    json["detail"] = std::move(detail);
    if (check.mismatch) json["mismatch"] = to_json(*check.mismatch);
    return json;
}

Json to_json(const CandidateId& candidate) {
    Json files = Json::array();
    for (const FileHash& file : candidate.files) {
        files.push_back({{"path", utf8(file.path)}, {"sha256", file.sha256}});
    }
    Json parameters = Json::object();
    for (const NameValue& parameter : candidate.parameters) {
        parameters[parameter.name] = utf8(parameter.value.value_or(""));
    }
    return {{"origin", to_string(candidate.origin)},
            {"top", utf8(candidate.top)},
            {"sha256", candidate.sha256},
            {"files", std::move(files)},
            {"parameters", std::move(parameters)}};
}

Json to_json(const Finding& finding) {
    return {{"severity", to_string(finding.severity)},
            {"rule", finding.rule},
            {"file", utf8(finding.file)},
            {"line", finding.line},
            {"column", finding.column},
            {"message", utf8(finding.message)}};
}

Json to_json(const FileReading& reading) {
    Json reads = Json::object();
    Json reasons = Json::object();
    for (const FileReading::Tool& tool : reading.tools) {
        reads[tool.front_end] = tool.reads;
        if (!tool.reads) reasons[tool.front_end] = utf8(tool.reason);
    }
    return {{"file", utf8(reading.file)},
            {"top", utf8(reading.top)},
            {"reads", std::move(reads)},
            {"reasons", std::move(reasons)}};
}

Json to_json(const Evidence& evidence) {
    Json json = {{"depth_cycles", or_null(evidence.depth_cycles)},
                 {"samples", evidence.samples},
                 {"seed", evidence.seed}};
    json["convention"] = or_null(evidence.convention);
    json["assumptions"] = evidence.assumptions;
    json["blackboxes"] = evidence.blackboxes;
    return json;
}

Json to_json(const Counterexample& counterexample) {
    Json inputs = Json::array();
    for (const std::string& input : counterexample.inputs) inputs.push_back(utf8(input));
    return {{"model", counterexample.model},
            {"inputs", std::move(inputs)},
            {"steps", counterexample.steps},
            {"mismatch", to_json(counterexample.mismatch)}};
}

template <class T>
std::optional<T> optional_from(const Json& json, const char* key) {
    if (!json.contains(key) || json.at(key).is_null()) return std::nullopt;
    return json.at(key).get<T>();
}

Mismatch mismatch_from(const Json& json) {
    return {.time = json.at("time"),
            .cycle = optional_from<std::int64_t>(json, "cycle"),
            .signal = json.at("signal"),
            .expected = json.at("expected"),
            .got = json.at("got"),
            .mismatches = optional_from<std::uint64_t>(json, "mismatches"),
            .samples = optional_from<std::uint64_t>(json, "samples")};
}

Counterexample counterexample_from(const Json& json) {
    return {.model = json.at("model"),
            .inputs = json.at("inputs"),
            .steps = json.at("steps"),
            .mismatch = mismatch_from(json.at("mismatch"))};
}

Check check_from(const Json& json) {
    Check check;
    check.name = json.at("name");
    check.outcome = from_name(verdict_names::outcomes(), json.at("outcome"), Outcome::Unknown);
    check.verdict_class =
        from_name(verdict_names::classes(), json.value("class", "none"), VerdictClass::Other);
    check.reason = json.at("reason");
    if (const Json& tool = json.at("tool"); !tool.is_null()) {
        check.tool = ToolId{tool.at("name"), tool.at("version")};
    }
    for (const auto& [key, value] : json.at("detail").items()) {
        check.detail.emplace_back(key, value.get<std::string>());
    }
    if (json.contains("mismatch")) check.mismatch = mismatch_from(json.at("mismatch"));
    return check;
}

CandidateId candidate_from(const Json& json) {
    CandidateId candidate;
    candidate.origin = from_name(verdict_names::origins(), json.at("origin"), Origin::Person);
    candidate.top = json.at("top");
    candidate.sha256 = json.at("sha256");
    for (const Json& file : json.at("files")) {
        candidate.files.push_back({file.at("path"), file.at("sha256")});
    }
    for (const auto& [name, value] : json.at("parameters").items()) {
        candidate.parameters.push_back({name, value.get<std::string>()});
    }
    return candidate;
}

FileReading reading_from(const Json& json) {
    FileReading reading{.file = json.at("file"), .top = json.at("top"), .tools = {}};
    const Json& reasons = json.at("reasons");
    for (const auto& [front_end, reads] : json.at("reads").items()) {
        reading.tools.push_back({front_end, reads.get<bool>(), reasons.value(front_end, "")});
    }
    return reading;
}

Finding finding_from(const Json& json) {
    constexpr std::array<std::string_view, 3> kSeverities = {"note", "warning", "error"};
    return {.severity = from_name(std::span<const std::string_view>(kSeverities),
                                  json.at("severity"), Severity::Error),
            .rule = json.at("rule"),
            .file = json.at("file"),
            .line = json.at("line"),
            .column = json.at("column"),
            .message = json.at("message")};
}

}  // namespace

Json to_json(const Verdict& verdict) {
    Json checks = Json::array();
    for (const Check& check : verdict.checks) checks.push_back(to_json(check));
    Json findings = Json::array();
    for (const Finding& finding : verdict.findings) findings.push_back(to_json(finding));
    Json json = {{"schema", "rtlgen.verdict.v1"},
                 {"verdict", to_string(verdict.outcome)},
                 {"class", to_string(verdict.verdict_class)},
                 {"grade", to_string(verdict.grade)},
                 {"assurance", to_string(verdict.assurance)}};
    json["evidence"] = to_json(verdict.evidence);
    json["candidate"] = to_json(verdict.candidate);
    json["checks"] = std::move(checks);
    json["findings"] = std::move(findings);
    if (!verdict.reading.empty()) {
        Json reading = Json::array();
        for (const FileReading& file : verdict.reading) reading.push_back(to_json(file));
        json["reading"] = std::move(reading);
    }
    if (verdict.failure_trace) json["failure_trace"] = to_json(*verdict.failure_trace);
    json["counterexample"] =
        verdict.counterexample ? to_json(*verdict.counterexample) : Json(nullptr);
    json["judge"] = {{"version", verdict.judge_version}, {"policy", verdict.policy}};
    json["isolation"] = {{"level", verdict.isolation_level},
                         {"mechanism", verdict.isolation_mechanism}};
    json["volatile"] = {{"work_dir", or_null(verdict.work_dir)},
                        {"seconds", verdict.seconds},
                        {"cached", verdict.cached}};
    return json;
}

Verdict verdict_from_json(const Json& json) {
    Verdict verdict;
    verdict.outcome = from_name(verdict_names::outcomes(), json.at("verdict"), Outcome::Unknown);
    verdict.verdict_class =
        from_name(verdict_names::classes(), json.at("class"), VerdictClass::Other);
    verdict.grade = from_name(verdict_names::grades(), json.at("grade"), Grade::None);
    verdict.assurance =
        from_name(verdict_names::assurances(), json.at("assurance"), Assurance::Static);
    const Json& evidence = json.at("evidence");
    verdict.evidence = {.depth_cycles = optional_from<std::uint64_t>(evidence, "depth_cycles"),
                        .samples = evidence.at("samples"),
                        .seed = evidence.at("seed"),
                        .convention = optional_from<std::string>(evidence, "convention"),
                        .assumptions = evidence.at("assumptions"),
                        .blackboxes = evidence.at("blackboxes")};
    verdict.candidate = candidate_from(json.at("candidate"));
    for (const Json& check : json.at("checks")) verdict.checks.push_back(check_from(check));
    for (const Json& finding : json.at("findings")) {
        verdict.findings.push_back(finding_from(finding));
    }
    for (const Json& file : json.value("reading", Json::array())) {
        verdict.reading.push_back(reading_from(file));
    }
    if (json.contains("failure_trace")) {
        verdict.failure_trace = failure_trace_from_json(json.at("failure_trace"));
    }
    if (const Json found = json.value("counterexample", Json()); found.is_object()) {
        verdict.counterexample = counterexample_from(found);
    }
    verdict.judge_version = json.at("judge").at("version");
    verdict.policy = json.at("judge").at("policy");
    verdict.isolation_level = json.at("isolation").at("level");
    verdict.isolation_mechanism = json.at("isolation").at("mechanism");
    if (json.contains("volatile")) {
        const Json& rest = json.at("volatile");
        verdict.work_dir = optional_from<std::string>(rest, "work_dir");
        verdict.seconds = rest.value("seconds", 0.0);
        verdict.cached = rest.value("cached", false);
    }
    return verdict;
}

}  // namespace rtlgen
