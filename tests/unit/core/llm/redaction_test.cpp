// SPDX-License-Identifier: Apache-2.0
#include "core/llm/redaction.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::llm;

namespace {

const std::string kKey = "sk-Canary/1234+ab=&\"c";

std::string redacted(const std::string& text) {
    Redactor redactor;
    redactor.add(config::Secret(kKey));
    return redactor.redact(text);
}

}  // namespace

TEST_CASE("a key is redacted as it stands, in JSON, in a URL and in base64") {
    CHECK(redacted("is " + kKey + "?") == "is [redacted]?");
    CHECK(redacted(R"({"e":"sk-Canary/1234+ab=&\"c"})") == R"({"e":"[redacted]"})");
    CHECK(redacted(R"({"e":"sk-Canary\/1234+ab=&\"c"})") == R"({"e":"[redacted]"})");
    CHECK(redacted(R"({"e":"sk-Canary/1234\u002bab\u003d\u0026\"c"})") == R"({"e":"[redacted]"})");
    CHECK(redacted("?k=sk-Canary%2F1234%2Bab%3D%26%22c&x") == "?k=[redacted]&x");
    CHECK(redacted("?k=sk-Canary%2f1234%2bab%3d%26%22c&x") == "?k=[redacted]&x");
    CHECK(redacted("c2stQ2FuYXJ5LzEyMzQrYWI9JiJj") == "[redacted]");
}

TEST_CASE("a word that is too short for a key stays in answers") {
    Redactor redactor;
    redactor.add(config::Secret("EMPTY"));
    redactor.add(config::Secret(""));
    CHECK(redactor.redact("EMPTY and \"RU1QVFk\"") == "EMPTY and \"RU1QVFk\"");
}

TEST_CASE("the password of a proxy's URL is redacted, also as the proxy is sent it") {
    Redactor redactor;
    redactor.add_url("http://user:pass%2Fword1@proxy:3128/");
    CHECK(redactor.redact("pass/word1 pass%2Fword1") == "[redacted] [redacted]");
    CHECK(redactor.redact("Basic dXNlcjpwYXNzL3dvcmQx") == "Basic [redacted]");
    redactor.add_url("http://proxy:3128");
    CHECK(redactor.redact("proxy:3128") == "proxy:3128");
}

TEST_CASE("values under the names of keys are redacted in JSON at any depth") {
    CHECK(redact_json_keys(R"({"api_key":"x","a":[{"Authorization":"y"}],"max_tokens":5})") ==
          R"({"api_key":"[redacted]","a":[{"Authorization":"[redacted]"}],"max_tokens":5})");
    CHECK(redact_json_keys(R"({ "top_p": 1.0 })") == R"({ "top_p": 1.0 })");
    CHECK(redact_json_keys("no JSON") == "no JSON");
}

TEST_CASE("a URL is told without its name, password and query") {
    CHECK(redact_url("https://me:secret@host:8/v1?key=x#y") == "https://host:8/v1");
    CHECK(redact_url("https://host/a@b") == "https://host/a@b");
    CHECK(redact_url("no URL") == "no URL");
}
