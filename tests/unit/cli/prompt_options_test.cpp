// SPDX-License-Identifier: Apache-2.0
#include "cli/prompt_options.h"

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;
using namespace rtlgen::cli;

TEST_CASE("examples are JSON lines, and a line that is none is named") {
    const TempFolder folder = TempFolder::create().value();
    PromptOptions options;
    CHECK(load_prompt_choice(options)->shots.empty());
    options.shots = (folder.path() / "shots.jsonl").string();
    CHECK(load_prompt_choice(options).error().code == ErrorCode::NotFound);
    REQUIRE(write_file_atomic(options.shots, "{\"spec\":\"A wire.\",\"code\":\"module w;\"}\n\n"));
    CHECK(load_prompt_choice(options)->shots ==
          std::vector<workflow::Shot>{{"A wire.", "module w;"}});
    REQUIRE(write_file_atomic(options.shots, "\n{\"spec\":\"A wire.\"}\n"));
    const auto broken = load_prompt_choice(options);
    CHECK(broken.error().code == ErrorCode::Unreadable);
    CHECK(broken.error().where.ends_with("shots.jsonl:2"));
}

TEST_CASE("generate asks in the form and with the examples that its options name") {
    const TempFolder folder = TempFolder::create().value();
    const auto path = [&](const char* name) { return (folder.path() / name).string(); };
    REQUIRE(write_file_atomic(path("spec.md"), "An inverter.\n"));
    REQUIRE(write_file_atomic(path("header.v"), "module inv(input a, output y);\n"));
    REQUIRE(write_file_atomic(path("shots"), "{\"spec\":\"A wire.\",\"code\":\"module w;\"}\n"));
    const Ran ran = run_rtlgen({"generate", path("spec.md"), "--model", "command:/bin/cat",
                                "--dry-run", "--interface", path("header.v"), "--prompt-form",
                                "completion", "--shots", path("shots")});
    INFO(ran.err);
    CHECK(ran.code == 0);
    CHECK(contains(ran.out, "Answer with the body alone"));
    CHECK(contains(ran.out, "A wire."));
    CHECK(run_rtlgen({"generate", path("spec.md"), "--repair-tokens", "1"}).code == 2);
}
