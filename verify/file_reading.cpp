// SPDX-License-Identifier: Apache-2.0
#include "verify/file_reading.h"

#include <algorithm>
#include <map>

#include "core/base/parallel.h"
#include "core/rtl/file_parts.h"

namespace rtlgen::verify {
namespace {

void append(std::vector<Finding>& to, std::vector<Finding> from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

FileReading reading_of(const rtl::FilePart& part, const CompileResult& compiled) {
    FileReading reading;
    reading.file = part.file;
    reading.top = part.set.top;
    for (std::size_t i = 0; i < compiled.reads.size(); ++i) {
        const auto& [front_end, says] = compiled.check.detail[i];
        const bool reads = compiled.reads[i].accepted;
        reading.tools.push_back({front_end, reads, reads ? "" : says});
    }
    return reading;
}

/// The whole is as bad as its worst file.
void add_check(Check& whole, const Check& file, const std::string& path) {
    const auto badness = [](Outcome outcome) {
        return outcome == Outcome::Fail ? 2 : outcome == Outcome::ToolError ? 1 : 0;
    };
    if (whole.outcome != Outcome::Skipped && badness(file.outcome) <= badness(whole.outcome))
        return;
    whole.outcome = file.outcome;
    whole.verdict_class = file.verdict_class;
    whole.tool = file.tool;
    if (!file.reason.empty()) whole.reason = path + ": " + file.reason;
}

/// "reads 62 of 79 files", for each front end.
void count_files(Check& check, const std::vector<FileReading>& reading) {
    std::vector<std::pair<std::string, int>> counts;
    for (const FileReading& file : reading) {
        for (std::size_t i = 0; i < file.tools.size(); ++i) {
            if (i == counts.size()) counts.emplace_back(file.tools[i].front_end, 0);
            counts[i].second += file.tools[i].reads ? 1 : 0;
        }
    }
    const std::string all = std::to_string(reading.size());
    for (const auto& [front_end, count] : counts) {
        check.detail.emplace_back(front_end,
                                  "reads " + std::to_string(count) + " of " + all + " files");
    }
}

}  // namespace

Result<FilesCompileResult> compile_files(const SourceSet& set, const tools::Toolset& toolset,
                                         process::Runner& runner, const std::stop_token& stop) {
    const std::vector<rtl::FilePart> parts = rtl::file_parts(set);
    std::vector<Result<CompileResult>> compiled = parallel_map(
        parts.size(), usable_processors(),
        [&](std::size_t i) { return compile_design(parts[i].set, toolset, runner, stop); });
    FilesCompileResult result;
    result.whole.check.name = "compile";
    for (std::size_t i = 0; i < parts.size(); ++i) {
        TRY_ASSIGN(CompileResult file, std::move(compiled[i]));
        result.reading.push_back(reading_of(parts[i], file));
        add_check(result.whole.check, file.check, parts[i].file);
        append(result.whole.errors, std::move(file.errors));
        append(result.whole.warnings, std::move(file.warnings));
    }
    count_files(result.whole.check, result.reading);
    return result;
}

}  // namespace rtlgen::verify
