// SPDX-License-Identifier: Apache-2.0
// Validation of JSON against docs/schema (JSON Schema draft-07) by valijson, where it is installed.
#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/catch.h"

#if __has_include(<valijson/validator.hpp>)
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

inline constexpr bool kHasValidator = true;

/// What `schema` finds wrong with `document`, a line each; empty: nothing.
inline std::string schema_violations(const nlohmann::json& schema, const nlohmann::json& document) {
    valijson::Schema rules;
    const valijson::adapters::NlohmannJsonAdapter schema_adapter(schema);
    valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(schema_adapter, rules);
    valijson::ValidationResults results;
    const valijson::adapters::NlohmannJsonAdapter adapter(document);
    if (valijson::Validator().validate(rules, adapter, &results)) return {};
    std::string text = "invalid\n";
    for (const auto& error : results) {
        for (const std::string& part : error.context) text += part;
        text += ": " + error.description + "\n";
    }
    return text;
}
#else
inline constexpr bool kHasValidator = false;
inline std::string schema_violations(const nlohmann::json&, const nlohmann::json&) { return {}; }
#endif

/// docs/schema/NAME.json, such as "verdict.v1".
inline nlohmann::json read_schema(const std::string& name) {
    std::ifstream file(RTLGEN_SOURCE_DIR "/docs/schema/" + name + ".json");
    return nlohmann::json::parse(file);
}

/// Leaves the test case, visibly, where there is no validator.
#define NEED_VALIDATOR() \
    if (!kHasValidator) SKIP_VISIBLY("libvalijson-dev is not installed")
