// SPDX-License-Identifier: Apache-2.0
// `--keep`: what a judgement leaves, for whom, and that it runs by hand with the same answer.
#include "cli/keep.h"

#include <sys/wait.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/base/text.h"
#include "tests/catch.h"
#include "tests/environment.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kRight = "module top(output y);\n  assign y = 1'b1;\nendmodule\n";
constexpr std::string_view kBroken = "module top(output y);\n  assign y = ;\nendmodule\n";

/// A folder with a design, and what `rtlgen verify --json` makes of it.
struct Design {
    explicit Design(std::string_view text) {
        REQUIRE(write_file_atomic(folder.path() / "top.v", text));
    }
    [[nodiscard]] Ran verify(const std::vector<std::string>& more) const {
        std::vector<std::string> arguments = {"verify", "--json",
                                              (folder.path() / "top.v").string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_rtlgen(arguments);
    }
    [[nodiscard]] fs::path work() const { return folder.path() / "work"; }
    TempFolder folder = TempFolder::create().value();
};

nlohmann::json work_dir(const Ran& result) {
    return nlohmann::json::parse(result.out)["volatile"]["work_dir"];
}

/// The folder of the job NAME, whatever its number.
fs::path job_folder(const fs::path& work, const std::string& name) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(work / "jobs", error)) {
        if (entry.path().filename().string().substr(3) == name) return entry.path();
    }
    return {};
}

/// The exit code of the last step that ran, as the record tells it.
std::string recorded_exit(const fs::path& job) {
    std::string code;
    const std::string text = read_file(job / "result.txt").value();
    for (const std::string_view line : split_lines(text)) {
        const std::size_t at = line.find(": exited exit ");
        if (at != std::string_view::npos)
            code = line.substr(at + 14, line.find(" signal") - at - 14);
    }
    return code;
}

std::string exit_by_hand(const fs::path& job, const fs::path& scratch) {
    const std::string command =
        "TMPDIR='" + scratch.string() + "' sh '" + (job / "job.sh").string() + "' >/dev/null 2>&1";
    return std::to_string(WEXITSTATUS(std::system(command.c_str())));
}

bool has_icarus() { return fs::exists("/usr/bin/vvp") && fs::exists("/usr/bin/iverilog"); }

/// The process's folder for the length of a scope.
class InFolder {
public:
    explicit InFolder(const fs::path& folder) : before_(fs::current_path()) {
        fs::current_path(folder);
    }
    ~InFolder() { fs::current_path(before_); }
    InFolder(const InFolder&) = delete;
    InFolder& operator=(const InFolder&) = delete;

private:
    fs::path before_;
};

}  // namespace

TEST_CASE("verify keeps nothing unless it is asked to") {
    const Design design(kBroken);
    const InFolder here(design.folder.path());
    for (const std::vector<std::string>& more :
         {std::vector<std::string>{}, {"--keep", "none"}, {"--keep", "none", "--work-dir", "w"}}) {
        const Ran result = design.verify(more);
        CHECK(work_dir(result).is_null());
        CHECK_FALSE(contains(result.err, "kept"));
        CHECK(std::distance(fs::directory_iterator(design.folder.path()), {}) == 1);
    }
}

TEST_CASE("keeping all leaves script, inputs, logs, results and verdict, and names the folder") {
    if (!has_icarus()) SKIP_VISIBLY("iverilog is not installed");
    const Design design(kRight);
    const Ran result = design.verify({"--keep", "all", "--work-dir", design.work().string()});
    CHECK(work_dir(result) == design.work().string());
    CHECK(contains(result.err, "kept in " + design.work().string()));
    const fs::path job = job_folder(design.work(), "icarus-read");
    REQUIRE(!job.empty());
    for (const char* name : {"job.sh", "inputs/icarus.files", "step-1.out", "result.txt"}) {
        INFO(name);
        CHECK(fs::exists(job / name));
    }
    CHECK(read_file(design.work() / "verdict.json").value() == result.out);
}

TEST_CASE("a kept job gives by hand the exit code that it gave in the jail") {
    if (!has_icarus()) SKIP_VISIBLY("iverilog is not installed");
    for (const std::string_view text : {kRight, kBroken}) {
        const Design design(text);
        (void)design.verify({"--work-dir", design.work().string()});
        const fs::path job = job_folder(design.work(), "icarus-read");
        REQUIRE(!job.empty());
        const std::string code = recorded_exit(job);
        CHECK((code == "0") == (text == kRight));
        CHECK(exit_by_hand(job, design.folder.path()) == code);
    }
}

TEST_CASE("keeping failures keeps what is no pass, and leaves no trace of a pass") {
    if (!has_icarus()) SKIP_VISIBLY("iverilog is not installed");
    const Design wrong(kBroken);
    const Ran kept = wrong.verify({"--keep", "failed", "--work-dir", wrong.work().string()});
    CHECK(kept.code == 1);
    CHECK(work_dir(kept) == wrong.work().string());
    CHECK(!job_folder(wrong.work(), "icarus-read").empty());
    const Design right(kRight);
    const InFolder here(right.folder.path());
    for (const std::vector<std::string>& more :
         {std::vector<std::string>{"--keep", "failed"},
          {"--keep", "failed", "--work-dir", right.work().string()}}) {
        const Ran passed = right.verify(more);
        CHECK(passed.code == 0);
        CHECK(work_dir(passed).is_null());
        CHECK_FALSE(contains(passed.err, "kept"));
        CHECK(std::distance(fs::directory_iterator(right.folder.path()), {}) == 1);
    }
    fs::create_directory(right.work());
    (void)right.verify({"--keep", "failed", "--work-dir", right.work().string()});
    CHECK(fs::is_empty(right.work()));  // the user's own folder stays
}

TEST_CASE("a work folder that holds something is refused before anything is judged") {
    const Design design(kRight);
    fs::create_directory(design.work());
    REQUIRE(write_file_atomic(design.work() / "mine.txt", "mine"));
    const Ran result = design.verify({"--work-dir", design.work().string()});
    CHECK(result.code == 2);
    CHECK(contains(result.err, "--work-dir takes a new or empty folder"));
    CHECK(read_file(design.work() / "mine.txt").value() == "mine");
    CHECK(std::distance(fs::directory_iterator(design.work()), {}) == 1);
}

TEST_CASE("judgements at the same time have a work folder each") {
    if (!has_icarus()) SKIP_VISIBLY("iverilog is not installed");
    const Design design(kBroken);
    const InFolder here(design.folder.path());
    std::vector<Ran> results(4);
    {
        std::vector<std::jthread> threads;
        for (Ran& result : results) {
            threads.emplace_back([&] { result = design.verify({"--keep", "all"}); });
        }
    }
    std::set<std::string> folders;
    for (const Ran& result : results) {
        INFO(result.out << result.err);
        REQUIRE(result.code == 1);
        const std::string folder = work_dir(result);
        CHECK(read_file(folder + "/verdict.json").value() == result.out);
        folders.insert(folder);
    }
    CHECK(folders.size() == results.size());
}

TEST_CASE("a place where nothing can be kept costs the record, not the verdict") {
    const Design design(kBroken);
    REQUIRE(write_file_atomic(design.work(), "a file"));
    const Ran result =
        design.verify({"--keep", "all", "--work-dir", (design.work() / "deep").string()});
    CHECK(result.code == 1);
    CHECK(work_dir(result).is_null());
    CHECK(contains(result.err, "rtlgen: the jobs are not kept: "));
    CHECK(split_lines(result.err).size() == 1);
}

TEST_CASE("a record holds nothing of rtlgen's own environment") {
    const Design design(kBroken);
    const std::string secret = "sk-" + std::string(20, 'q');
    const ScopedVariable key("OPENAI_API_KEY", secret);
    (void)design.verify({"--keep", "all", "--work-dir", design.work().string()});
    int files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(design.work())) {
        if (!entry.is_regular_file()) continue;
        ++files;
        INFO(entry.path().string());
        CHECK_FALSE(contains(read_file(entry.path()).value(), secret));
    }
    CHECK(files > 4);
}

TEST_CASE("generate keeps the jobs of failed attempts in the Run, and of all only when asked") {
    if (!has_icarus()) SKIP_VISIBLY("iverilog is not installed");
    const Design design(kRight);
    const fs::path bench = design.folder.path() / "tb.sv";
    const fs::path spec = design.folder.path() / "spec.md";
    REQUIRE(write_file_atomic(spec, "A module `top` whose output y is 1.\n"));
    REQUIRE(write_file_atomic(bench,
                              "module tb; wire y; top t(y); initial begin #5 if (y === 1) "
                              "$display(\"PASS: 1 check\"); else $display(\"FAIL\"); $finish; end "
                              "endmodule\n"));
    const auto generate = [&](const char* value, const std::string& run,
                              const std::vector<std::string>& more) {
        const fs::path model = design.folder.path() / "model.sh";
        REQUIRE(write_file_atomic(model, std::string("#!/bin/sh\ncat >/dev/null\nprintf '```\\n") +
                                             "module top(output y);\\nassign y = " + value +
                                             ";\\nendmodule\\n```\\n'\n"));
        fs::permissions(model, fs::perms::owner_all);
        std::vector<std::string> arguments = {
            "generate",      spec.string(),
            "--model",       "command:" + model.string(),
            "--testbench",   bench.string(),
            "--run-dir",     (design.folder.path() / run).string(),
            "--max-repairs", "0"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        (void)run_rtlgen(arguments);
        return design.folder.path() / run / "attempts/s01.t0/judge";
    };
    CHECK(fs::exists(generate("0", "failed", {})));
    CHECK(fs::exists(generate("1", "passed", {}).parent_path() / "verdict.json"));
    CHECK_FALSE(fs::exists(design.folder.path() / "passed/attempts/s01.t0/judge"));
    CHECK(fs::exists(generate("1", "all", {"--keep", "all"})));
    CHECK_FALSE(fs::exists(generate("0", "none", {"--keep", "none"})));
}
