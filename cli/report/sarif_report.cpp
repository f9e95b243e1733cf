// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <set>

#include "cli/report/report.h"
#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

using Json = nlohmann::ordered_json;

Json location(const Finding& finding) {
    Json physical = {{"artifactLocation", {{"uri", to_valid_utf8(finding.file)}}}};
    if (finding.line > 0) {
        Json region = {{"startLine", finding.line}};
        if (finding.column > 0) region["startColumn"] = finding.column;
        physical["region"] = std::move(region);
    }
    return {{"physicalLocation", std::move(physical)}};
}

Json result(const Finding& finding) {
    Json json = {{"ruleId", finding.rule.empty() ? "rtlgen/other" : finding.rule},
                 {"level", to_string(finding.severity)},
                 {"message", {{"text", to_valid_utf8(finding.message)}}}};
    json["locations"] = Json::array();
    if (!finding.file.empty()) json["locations"].push_back(location(finding));
    return json;
}

}  // namespace

std::string to_sarif(const Verdict& verdict) {
    Json results = Json::array();
    std::set<std::string> rules;
    for (const Finding& finding : verdict.findings) {
        results.push_back(result(finding));
        rules.insert(results.back()["ruleId"].get<std::string>());
    }
    Json described = Json::array();
    for (const std::string& rule : rules) described.push_back({{"id", rule}});
    const Json driver = {
        {"name", "rtlgen"}, {"version", verdict.judge_version}, {"rules", std::move(described)}};
    Json run = {{"tool", {{"driver", driver}}}};
    run["results"] = std::move(results);
    const Json document = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                           {"version", "2.1.0"},
                           {"runs", Json::array({std::move(run)})}};
    return document.dump(2) + "\n";
}

}  // namespace rtlgen::cli
