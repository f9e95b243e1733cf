// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/strict_json.h"

#include <array>

#include "tests/catch.h"

using namespace rtlgen;
using workflow::parse_strict;

namespace {

std::string refusal(const std::string& text) {
    const auto json = parse_strict(text);
    return json ? "none: " + json->dump() : json.error().message;
}

std::string nested(int levels) {
    std::string text = "1";
    for (int i = 0; i < levels; ++i) text = R"({"a":)" + text + "}";
    return text;
}

}  // namespace

TEST_CASE("strict JSON keeps an object and the order of its keys") {
    CHECK(parse_strict(R"({"b": 1, "a": {"z": "x", "y": [1, 2]}})").value().dump() ==
          R"({"b":1,"a":{"z":"x","y":[1,2]}})");
    CHECK(parse_strict(R"({"a": {"k": 1}, "b": {"k": 2}})"));  // a name in two objects
    CHECK(parse_strict(R"({"a": [{"k": 1}, {"k": 2}]})"));
}

TEST_CASE("strict JSON says in one line what is doubtful in a text") {
    CHECK(refusal("") == "it is no JSON: wrong at byte 1");
    CHECK(refusal("{\"a\": 1") == "it is no JSON: wrong at byte 8");
    CHECK(refusal("{\"a\": 1} x") == "it is no JSON: wrong at byte 10");
    CHECK(refusal("[1]") == "it is no JSON object");
    CHECK(refusal("7") == "it is no JSON object");
    CHECK(refusal(std::string("{\"a\": \"\0\"}", 10)) == "it holds a NUL byte");
    CHECK(refusal("{\"a\": \"\xff\"}") == "it is no UTF-8");
    CHECK(refusal(R"({"a": 1, "a": 2})") == "the key 'a' stands there twice");
    CHECK(refusal(R"({"b": {"a": 1, "c": {}, "a": 2}})") == "the key 'a' stands there twice");
    CHECK(refusal(R"({"a": 1e999})") == "it is no JSON that can be read");
}

TEST_CASE("strict JSON has bounds on levels and values") {
    CHECK(parse_strict(nested(workflow::kMostLevels)));
    CHECK(refusal(nested(workflow::kMostLevels + 1)) == "it has more than 8 levels");
    CHECK(refusal("{\"a\": " + std::string(1'000'000, '[')).find("it ") == 0);
    std::string many = "{\"a\": [0";
    for (std::size_t i = 0; i < workflow::kMostValues; ++i) many += ",0";
    CHECK(refusal(many + "]}") == "it has more than 100000 values");
}

TEST_CASE("an unknown key is told with the nearest one") {
    constexpr std::array<std::string_view, 2> kKnown = {"candidate", "id"};
    const auto json = parse_strict(R"({"id": 1, "candidat": "x"})").value();
    CHECK(workflow::check_keys(json, kKnown, "the line").error().message ==
          "the line has a key 'candidat' that isn't known; did you mean 'candidate'?");
}
