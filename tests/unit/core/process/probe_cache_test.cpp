// SPDX-License-Identifier: Apache-2.0
// What a remembered canary depends on.
#include "core/process/probe_cache.h"

#include "core/base/temp_folder.h"
#include "core/process/helper_binary.h"
#include "tests/unit/core/process/jail_fixture.h"

using namespace rtlgen;
using namespace rtlgen::process;
using namespace rtlgen::process::test;

TEST_CASE("A canary is remembered for one plan, bubblewrap and helper", "[sandbox]") {
    const TempFolder folder = TempFolder::create().value();
    const ProbeCache cache(folder.path(), "/bin/true", "helper 1");
    CHECK_FALSE(cache.believes("S2"));
    cache.remember("S2");
    CHECK(cache.believes("S2"));
    CHECK_FALSE(cache.believes("S1"));
    CHECK(ProbeCache(folder.path(), "/bin/true", "helper 1").believes("S2"));
    CHECK_FALSE(ProbeCache(folder.path(), "/bin/true", "helper 2").believes("S2"));
    CHECK_FALSE(ProbeCache(folder.path(), "/bin/false", "helper 1").believes("S2"));
}

TEST_CASE("make_runner remembers the canary of the helper that it installed", "[sandbox]") {
    const TempFolder folder = TempFolder::create().value();
    const SandboxChoice choice = choice_of(IsolationLevel::S1, folder.path());
    if (const auto runner = make_runner(choice); !runner) {
        SKIP_VISIBLY(runner.error().text());
    }
    const auto helper = install_helper(choice.cache_dir);
    REQUIRE(helper);
    bool remembered = false;
    for (const char* bwrap : {"/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap", ""}) {
        remembered =
            remembered || ProbeCache(choice.cache_dir, bwrap, helper->sha256).believes("S1");
    }
    CHECK(remembered);
}
