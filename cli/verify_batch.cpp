// SPDX-License-Identifier: Apache-2.0
#include "cli/verify_batch.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <utility>

#include "cli/option_values.h"
#include "cli/source_loading.h"
#include "cli/workflow/batch.h"
#include "core/base/text.h"
#include "core/rtl/filelist.h"
#include "verify/reference/prepared_reference.h"

namespace rtlgen::cli {
namespace {

/// Twice what the largest single file may be: a line may hold a design and what judges it.
constexpr Bytes kLongestLine = mebibytes(64);

/// --top, -G and -D for lines that don't say; all other sources stand in the lines.
Status add_source_words(workflow::BatchProblem& problem, const Session& session) {
    if (session.source_arguments.empty()) return {};
    const rtl::HostFileReader reader(session.stop);
    TRY_ASSIGN(rtl::SourceOptions words,
               rtl::parse_source_arguments(session.source_arguments,
                                           std::filesystem::current_path(), reader));
    problem.problem.spec.top = std::move(words.top);
    problem.parameters = std::move(words.parameters);
    problem.defines = std::move(words.defines);
    words.top.clear();
    words.parameters.clear();
    words.defines.clear();
    if (words == rtl::SourceOptions()) return {};
    return fail(ErrorCode::InvalidArgument,
                "--batch takes designs from its lines: of sources only --top, -G and -D may be "
                "named beside it");
}

Status read_problems(const std::string& path, workflow::BatchLines& lines,
                     const std::stop_token& stop) {
    if (path.empty()) return {};
    TRY_ASSIGN(const auto reader, LineReader::open(path, kLongestLine));
    while (true) {
        TRY_ASSIGN(const std::optional<InputLine> line, reader->next(stop));
        if (!line) return {};
        if (!line->too_long && trim(line->text).empty()) continue;
        const Status added = line->too_long
                                 ? fail(ErrorCode::InvalidArgument, "the line is too long")
                                 : lines.add_problem(line->text);
        if (added) continue;
        Error error = added.error();
        error.where = fmt::format("{}:{}", reader->name(), line->number) +
                      (error.where.empty() ? "" : ": " + error.where);
        return tl::unexpected<Error>(std::move(error));
    }
}

/// Through the file where there is one, so that a reader who has stopped reading doesn't keep us.
Status write_out(const Streams& streams, std::string_view line, const std::stop_token& stop) {
    if (streams.out_fd >= 0) return write_line(streams.out_fd, line, stop);
    streams.out << line << "\n" << std::flush;
    if (streams.out) return {};
    return fail(ErrorCode::Io, "can't be written", "standard output");
}

std::string summary(const workflow::BatchCounts& counts) {
    std::string text = fmt::format("{} lines: {} pass, {} fail, {} unknown", counts.lines(),
                                   counts.pass, counts.fail, counts.unknown);
    const auto add = [&text](std::size_t count, std::string_view what) {
        if (count > 0) text += fmt::format(", {} {}", count, what);
    };
    add(counts.tool_error, "tool errors");
    add(counts.refused, "that can't be judged");
    add(counts.broken, "that the machine couldn't judge");
    add(counts.shared, "of an equal candidate");
    return text;
}

}  // namespace

void add_verify_batch_options(CLI::App& app, VerifyBatchOptions& options) {
    app.add_option_function<std::vector<std::string>>(
           "--batch",
           [&options](const std::vector<std::string>& words) {
               options.wanted = true;
               options.input = words;
           },
           "Judge many designs: JSON lines of a file or - in, a verdict a line out")
        ->type_name("[FILE]")
        ->expected(0, 1);
    app.add_option("--problems", options.problems,
                   "With --batch: JSON lines of problems that its lines name");
    app.add_option("--deadline", options.deadline,
                   "With --batch: seconds that a line may take (default 10 times --timeout)")
        ->check(time_limit());
}

Result<int> verify_batch(const VerifyBatchOptions& options, workflow::BatchDefaults defaults,
                         const MachineOptions& machine_options, Session& session) {
    using std::chrono::milliseconds;
    TRY(add_source_words(defaults.problem, session));
    if (options.deadline) {
        defaults.deadline = milliseconds(static_cast<std::int64_t>(*options.deadline * 1e3));
    }
    const auto load = [&session](const std::vector<std::string>& paths) {
        return load_plain(paths, session.stop);
    };
    workflow::BatchLines lines(std::move(defaults), load);
    TRY(read_problems(options.problems, lines, session.stop));
    const std::string path =
        options.input.empty() || options.input.front().empty() ? "-" : options.input.front();
    TRY_ASSIGN(const auto input, LineReader::open(path, kLongestLine));
    TRY_ASSIGN(const Machine machine, open_machine(machine_options, session.stop));
    verify::SharedReferences references;
    verify::JudgeTools tools = machine.judge_tools();
    tools.references = &references;
    const workflow::BatchParts parts{
        .next_line = [&input](const std::stop_token& stop) { return input->next(stop); },
        .write_line =
            [&session](std::string_view line, const std::stop_token& stop) {
                return write_out(session.streams, line, stop);
            },
        .judge =
            [&tools](const verify::JudgeRequest& request, std::stop_token stop) {
                return verify::judge(request, tools, std::move(stop));
            },
        .unjudged =
            [&tools](const verify::JudgeRequest& request, VerdictClass why, Finding finding) {
                return verify::unjudged(request, tools, why, std::move(finding));
            },
        .clock = *machine.clock,
        .input_name = input->name(),
        .workers = machine.jobs};
    TRY_ASSIGN(const workflow::BatchCounts counts, workflow::run_batch(lines, parts, session.stop));
    session.streams.err << summary(counts) << "\n";
    return workflow::exit_code(counts);
}

}  // namespace rtlgen::cli
