// SPDX-License-Identifier: Apache-2.0
// docs/schema/verdict.v1.json against the serializer: all that it writes is valid, every key that
// it promises is missed, and the closed lists are those of the code.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/result.h"
#include "core/domain/verdict.h"
#include "tests/schema.h"
#include "tests/unit/core/domain/full_verdict.h"

using namespace rtlgen;
using Json = nlohmann::json;

namespace {

Json full_json() {
    Verdict verdict = full_verdict();
    verdict.findings[0].message = "too \xff wide";
    return Json::parse(to_json(verdict).dump());
}

Json as_json(const Verdict& verdict) { return Json::parse(to_json(verdict).dump()); }

/// A pointer to every key of every object within `json`, but what a site may name as it likes.
void collect_keys(const Json& json, const Json::json_pointer& at,
                  std::vector<Json::json_pointer>& keys) {
    if (json.is_object()) {
        for (const auto& [key, value] : json.items()) {
            keys.push_back(at / key);
            if (key != "detail" && key != "parameters" && key != "reads" && key != "reasons")
                collect_keys(value, at / key, keys);
        }
    } else if (json.is_array()) {
        for (std::size_t i = 0; i < json.size(); ++i) collect_keys(json[i], at / i, keys);
    }
}

std::set<std::string> names(std::span<const std::string_view> list) {
    return {list.begin(), list.end()};
}

std::set<std::string> enum_of(const Json& rule) {
    return rule.at("enum").get<std::set<std::string>>();
}

}  // namespace

TEST_CASE("every verdict that is written is valid by its schema") {
    NEED_VALIDATOR();
    const Json schema = read_schema("verdict.v1");
    CHECK(schema_violations(schema, as_json(full_verdict())) == "");
    CHECK(schema_violations(schema, as_json(Verdict{})) == "");
    for (const Outcome outcome : {Outcome::Fail, Outcome::Unknown, Outcome::ToolError}) {
        for (std::size_t i = 0; i < verdict_names::classes().size(); ++i) {
            Verdict verdict = full_verdict();
            verdict.outcome = outcome;
            verdict.verdict_class = static_cast<VerdictClass>(i);
            CHECK(schema_violations(schema, as_json(verdict)) == "");
        }
    }
}

TEST_CASE("a verdict without any one of its keys is invalid, but for those that may be left out") {
    NEED_VALIDATOR();
    const Json schema = read_schema("verdict.v1");
    const Json whole = full_json();
    std::vector<Json::json_pointer> keys;
    collect_keys(whole, Json::json_pointer(), keys);
    REQUIRE(keys.size() > 40);
    for (const Json::json_pointer& key : keys) {
        Json cut = whole;
        cut.at(key.parent_pointer()).erase(key.back());
        INFO(key.to_string());
        const bool optional = key.to_string() == "/volatile" || key.to_string() == "/reading" ||
                              key.to_string() == "/checks/0/mismatch";
        CHECK(schema_violations(schema, cut).empty() == optional);
    }
}

TEST_CASE("a verdict with a value of another type or outside a closed list is invalid") {
    NEED_VALIDATOR();
    const Json schema = read_schema("verdict.v1");
    const Json whole = full_json();
    std::vector<Json::json_pointer> keys;
    collect_keys(whole, Json::json_pointer(), keys);
    for (const Json::json_pointer& key : keys) {
        Json wrong = whole;
        wrong.at(key) = Json::array({Json::object({{"no", "such"}})});
        INFO(key.to_string());
        CHECK(schema_violations(schema, wrong) != "");
    }
    for (const char* key : {"/verdict", "/class", "/grade", "/assurance", "/checks/0/outcome",
                            "/checks/0/class", "/findings/0/severity", "/candidate/origin",
                            "/isolation/level", "/schema", "/judge/policy", "/candidate/sha256"}) {
        Json wrong = whole;
        wrong.at(Json::json_pointer(key)) = "perhaps";
        INFO(key);
        CHECK(schema_violations(schema, wrong) != "");
    }
    Json pass = whole;
    pass["verdict"] = "pass";
    CHECK(schema_violations(schema, pass) != "");
    pass["class"] = "none";
    CHECK(schema_violations(schema, pass) == "");
    Json skipped = whole;
    skipped["verdict"] = "skipped";
    CHECK(schema_violations(schema, skipped) != "");
}

TEST_CASE("a key that a later rtlgen adds leaves a verdict valid") {
    NEED_VALIDATOR();
    const Json schema = read_schema("verdict.v1");
    Json later = full_json();
    for (const char* place :
         {"", "/evidence", "/candidate", "/candidate/files/0", "/checks/0", "/checks/0/tool",
          "/checks/0/mismatch", "/findings/0", "/reading/0", "/judge", "/isolation", "/volatile"}) {
        later.at(Json::json_pointer(place))["added_later"] = {1, "two"};
    }
    CHECK(schema_violations(schema, later) == "");
}

TEST_CASE("the closed lists of the verdict's schema are those of the code") {
    const Json schema = read_schema("verdict.v1");
    const Json& properties = schema.at("properties");
    const Json& definitions = schema.at("definitions");
    CHECK(enum_of(definitions.at("class")) == names(verdict_names::classes()));
    CHECK(enum_of(properties.at("grade")) == names(verdict_names::grades()));
    CHECK(enum_of(properties.at("assurance")) == names(verdict_names::assurances()));
    const Json& check = definitions.at("check").at("properties");
    CHECK(enum_of(check.at("outcome")) == names(verdict_names::outcomes()));
    std::set<std::string> verdicts = names(verdict_names::outcomes());
    verdicts.erase("skipped");
    CHECK(enum_of(properties.at("verdict")) == verdicts);
    const Json& candidate = definitions.at("candidate").at("properties");
    CHECK(enum_of(candidate.at("origin")) == names(verdict_names::origins()));
    const Json& finding = definitions.at("finding").at("properties");
    CHECK(enum_of(finding.at("severity")) ==
          std::set<std::string>{std::string(to_string(Severity::Note)),
                                std::string(to_string(Severity::Warning)),
                                std::string(to_string(Severity::Error))});
    std::set<std::string> codes;
    for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
        codes.emplace(to_string(static_cast<ErrorCode>(i)));
    }
    CHECK(enum_of(read_schema("error.v1").at("properties").at("code")) == codes);
}
