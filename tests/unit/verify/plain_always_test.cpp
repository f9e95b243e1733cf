// SPDX-License-Identifier: Apache-2.0
#include "verify/plain_always.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

std::string plain(const std::string& text) {
    SourceSet set;
    set.files = {{"a.sv", "/tmp/a.sv", text}};
    return with_plain_always(set).files.front().text;
}

}  // namespace

TEST_CASE("always_comb is written as always @*, and nothing else changes") {
    CHECK(plain("always_comb y = a; // always_comb\nalways_comb begin end") ==
          "always @* y = a; // always_comb\nalways @* begin end");
    CHECK(plain("wire \\always_comb ; wire always_comb2; string s = \"always_comb\";") ==
          "wire \\always_comb ; wire always_comb2; string s = \"always_comb\";");
    // Beside what it includes it must stay where it is.
    CHECK(plain("`include \"x.vh\"\nalways_comb y = a;") ==
          "`include \"x.vh\"\nalways_comb y = a;");
}

TEST_CASE("a text that is changed is read from memory, another one from where it lies") {
    SourceSet set;
    set.files = {{"a.sv", "/tmp/a.sv", "always_comb y = a;"}, {"b.sv", "/tmp/b.sv", "always @*;"}};
    const SourceSet made = with_plain_always(set);
    CHECK(made.files[0].host_path.empty());
    CHECK(made.files[1].host_path == "/tmp/b.sv");
}
