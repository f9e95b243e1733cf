// SPDX-License-Identifier: Apache-2.0
#include "verify/site_check.h"

#include <algorithm>
#include <cstdlib>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/base/text.h"
#include "core/process/site_command.h"

namespace rtlgen::verify {
namespace {

void read_exit(Check& check, const process::SiteCommandResult& result) {
    constexpr int kNoAnswer = 77;
    constexpr int kCannotRun =
        126;  // as POSIX has it for shells, 2.8.2: 127 not found, 128 + signal
    if (result.timed_out) {
        check.outcome = Outcome::Unknown;
        check.verdict_class = VerdictClass::Timeout;
        check.reason = "the command did not end within its time limit";
    } else if (result.exit_code == 0) {
        check.outcome = Outcome::Pass;
        check.reason = "exit code 0";
    } else if (result.exit_code == kNoAnswer) {
        check.outcome = Outcome::Unknown;
        check.verdict_class = VerdictClass::Unjudged;
        check.reason = "exit code 77: the command gives no answer";
    } else if (result.exit_code >= kCannotRun) {
        check.outcome = Outcome::ToolError;
        check.reason = result.exit_code == kCannotRun       ? "the command can't be executed"
                       : result.exit_code == kCannotRun + 1 ? "the command isn't there"
                                                            : "a signal ended the command";
    } else {
        check.outcome = Outcome::Fail;
        check.verdict_class = VerdictClass::Other;
        check.reason = "exit code " + std::to_string(result.exit_code);
    }
}

}  // namespace

Result<SiteCheck> parse_site_check(const std::string& text) {
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    if (equals == std::string::npos || equals + 1 == text.size() || !is_simple_identifier(name)) {
        return fail(ErrorCode::InvalidArgument, "--check wants NAME=COMMAND, not " + text);
    }
    return SiteCheck{name, text.substr(equals + 1)};
}

Result<Check> run_site_check(const SiteCheck& site, const SourceSet& candidate,
                             std::chrono::milliseconds limit, const std::stop_token& stop) {
    TRY_ASSIGN(const TempFolder folder, TempFolder::create());
    process::SiteCommand command;
    command.shell_text = site.command;
    command.limit = limit;
    const std::filesystem::path junit = folder.path() / "junit.xml";
    command.env = {{"RTLGEN_TOP", candidate.top}, {"RTLGEN_JUNIT", junit.string()}};
    for (const SourceFile& file : candidate.files) {
        std::filesystem::path path = file.host_path;
        if (path.empty()) {
            path = folder.path() / ("source_" + std::to_string(command.arguments.size()) + ".sv");
            TRY(write_file_atomic(path, file.text));
        }
        command.arguments.push_back(path.string());
    }
    TRY_ASSIGN(const process::SiteCommandResult result, process::run_site_command(command, stop));
    Check check;
    check.name = "site:" + site.name;
    read_exit(check, result);
    constexpr std::size_t kMostOutput = 2000;
    if (!result.out.empty()) check.detail = {{"output", result.out.substr(0, kMostOutput)}};
    if (const auto xml = read_file(junit)) {
        const JunitCounts counts = count_junit(*xml);
        check.detail.emplace_back("junit", std::to_string(counts.failures) + " of " +
                                               std::to_string(counts.tests) + " failed");
        if (counts.failures > 0 && check.outcome == Outcome::Pass) {
            check.outcome = Outcome::Fail;
            check.verdict_class = VerdictClass::Other;
            check.reason = check.detail.back().second;
        }
    }
    return check;
}

JunitCounts count_junit(std::string_view xml) {
    JunitCounts counts;
    bool counted = false;  // the current test case has failed already
    for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
        const std::string_view tag = xml.substr(at + 1);
        const auto is = [&](std::string_view name) {
            return tag.starts_with(name) && tag.size() > name.size() &&
                   std::string_view(" \t\r\n/>").find(tag[name.size()]) != std::string_view::npos;
        };
        if (is("testcase")) {
            ++counts.tests;
            counted = false;
        } else if ((is("failure") || is("error")) && !counted) {
            ++counts.failures;
            counted = true;
        }
    }
    return counts;
}

}  // namespace rtlgen::verify
