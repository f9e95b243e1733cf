// SPDX-License-Identifier: Apache-2.0
// What a Run leaves beside its database.
#include "core/store/run_files.h"

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::store;

TEST_CASE("a testbench that came with an answer is kept beside the candidate") {
    auto scratch = TempFolder::create();
    REQUIRE(scratch);
    Attempt attempt;
    attempt.state = AttemptState::Answered;
    attempt.candidate_code = "module m; endmodule\n";
    attempt.completion = llm::Completion{};
    const std::filesystem::path bare = scratch->path() / "bare";
    REQUIRE(write_attempt_files(bare, attempt));
    CHECK_FALSE(std::filesystem::exists(bare / "testbench.sv"));

    SourceSet testbench;
    testbench.files = {{"library_testbench.sv", {}, "module m_tb; endmodule\n"}};
    attempt.completion->testbench = testbench;
    const std::filesystem::path kept = scratch->path() / "kept";
    REQUIRE(write_attempt_files(kept, attempt));
    CHECK(*read_text(kept / "testbench.sv") == "module m_tb; endmodule\n");
    CHECK(*read_text(kept / "candidate.sv") == attempt.candidate_code);
}
