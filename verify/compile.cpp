// SPDX-License-Identifier: Apache-2.0
#include "verify/compile.h"

#include <algorithm>

#include "core/base/parallel.h"
#include "core/tools/rules.h"

namespace rtlgen::verify {
namespace {

/// A front end with the tool that serves it.
struct Reader {
    const tools::FrontEnd* front_end = nullptr;
    const tools::Tool* tool = nullptr;
};

std::vector<Reader> usable_readers(const tools::Toolset& toolset) {
    std::vector<Reader> readers;
    for (const tools::FrontEnd& front_end : tools::front_ends()) {
        if (const tools::Tool* tool = tool_for(front_end, toolset)) {
            readers.push_back({&front_end, tool});
        }
    }
    std::ranges::sort(readers, {}, [](const Reader& reader) { return reader.front_end->clarity; });
    return readers;
}

bool broke(const tools::ReadResult& read) {
    return !read.accepted && (read.crashed || read.end >= process::StepEnd::Signaled);
}

/// A module that every tool reads: where it fails too, the machine is to blame.
SourceSet control_design() {
    SourceSet set;
    set.files = {
        {"control.v", {}, "module control(input a, output y);\n    assign y = ~a;\nendmodule\n"}};
    set.top = "control";
    return set;
}

enum class Blame { Nobody, Design, Tool };

struct Reading {
    tools::ReadResult read;
    Blame blame = Blame::Nobody;
};

/// Reads, once more where the tool broke, and then a control design.
Result<Reading> read_fairly(const Reader& reader, const SourceSet& set, process::Runner& runner,
                            const std::stop_token& stop) {
    const auto read = [&](const SourceSet& what) -> Result<tools::ReadResult> {
        Result<tools::ReadResult> result =
            tools::read_design(*reader.front_end, *reader.tool, what, runner, stop);
        if (result || result.error().code != ErrorCode::InvalidArgument) return result;
        // What this tool can't be told, such as a parameter's text, another one may be.
        tools::ReadResult refusal;
        refusal.tool = reader.tool->id();
        refusal.findings = {{Severity::Error, reader.front_end->name + "/argument", "", 0, 0,
                             result.error().text()}};
        return refusal;
    };
    Reading reading;
    TRY_ASSIGN(reading.read, read(set));
    if (!broke(reading.read)) return reading;
    const bool is_limit = reading.read.end >= process::StepEnd::WallLimit;
    if (!is_limit) {
        TRY_ASSIGN(reading.read, read(set));
        if (!broke(reading.read)) return reading;
    }
    TRY_ASSIGN(const tools::ReadResult control, read(control_design()));
    reading.blame = control.accepted ? Blame::Design : Blame::Tool;
    return reading;
}

/// Whether a reader came to the limit of its first reading.
bool gave_up_early(const Reader& reader, const Reading& reading) {
    return reader.front_end->first_cpu.count() > 0 && !reading.read.accepted &&
           reading.read.end == process::StepEnd::CpuLimit;
}

/// Reads with all the time that there is: nobody else reads it.
Result<Reading> read_patiently(const Reader& reader, const SourceSet& set, process::Runner& runner,
                               const std::stop_token& stop) {
    tools::FrontEnd patient = *reader.front_end;
    patient.first_cpu = std::chrono::seconds(0);
    return read_fairly({&patient, reader.tool}, set, runner, stop);
}

std::string first_error(const tools::ReadResult& read) {
    const auto error = std::ranges::find(read.findings, Severity::Error, &Finding::severity);
    return error == read.findings.end() ? "no message" : format_finding(*error);
}

std::string describe(const Reading& reading) {
    if (reading.read.accepted) return "reads it";
    if (reading.blame == Blame::Tool) return "is broken: it does not read a control design either";
    if (reading.read.crashed || reading.read.end == process::StepEnd::Signaled)
        return "crashes on it";
    if (reading.read.end >= process::StepEnd::WallLimit) {
        return "gives up: " + std::string(process::to_string(reading.read.end));
    }
    return "refuses it: " + first_error(reading.read);
}

/// Whether a tool had nothing to say but that parts are missing: so it could parse what is there.
bool only_misses_parts(const tools::ReadResult& read) {
    bool misses = false;
    for (const Finding& finding : read.findings) {
        if (finding.severity != Severity::Error) continue;
        if (!tools::is_missing_part(finding)) return false;
        misses = true;
    }
    return misses;
}

/// The class of a design that no front end reads: elaboration where one of them misses nothing but
/// parts or says that the design refuses itself, since another may not know the language; syntax
/// where one says so, since others have finer names for it; else what the one with the best
/// messages says.
VerdictClass class_of_refusals(const std::vector<Reading>& readings) {
    const bool parsed = std::ranges::any_of(readings, [](const Reading& reading) {
        return reading.blame == Blame::Nobody &&
               (only_misses_parts(reading.read) ||
                std::ranges::any_of(reading.read.findings, tools::is_own_error));
    });
    if (parsed) return VerdictClass::Elaboration;
    VerdictClass best = VerdictClass::Other;
    for (const Reading& reading : readings) {
        if (reading.blame != Blame::Nobody) continue;
        const VerdictClass found = class_of_errors(reading.read.findings);
        if (found == VerdictClass::Syntax) return found;
        if (best == VerdictClass::Other) best = found;
    }
    if (best != VerdictClass::Other) return best;
    const bool limit = std::ranges::any_of(readings, [](const Reading& reading) {
        return reading.read.end >= process::StepEnd::WallLimit;
    });
    return limit ? VerdictClass::ResourceLimit : VerdictClass::Other;
}

/// read_verilog takes an assignment to a net in a block with a warning; no edition of the standard
/// does. Where another front end refuses that very line, a warned reading is no acceptance.
bool is_lenient(const Reading& reading, const std::vector<Reading>& readings) {
    if (!reading.read.accepted) return false;
    const auto is_refused = [&](const Finding& warned) {
        if (warned.rule != "yosys/assigned-wire") return false;
        return std::ranges::any_of(readings, [&](const Reading& other) {
            return !other.read.accepted && other.blame == Blame::Nobody &&
                   std::ranges::any_of(other.read.findings, [&](const Finding& finding) {
                       return finding.severity == Severity::Error && finding.file == warned.file &&
                              finding.line == warned.line;
                   });
        });
    };
    return std::ranges::any_of(reading.read.findings, is_refused);
}

/// A design's own $error or $fatal at elaboration (IEEE 1800-2017, clause 20.11): Icarus 12 reads
/// it and says nothing, so one front end that tells is enough.
const Reading* told_by_itself(const std::vector<Reading>& readings) {
    const auto found = std::ranges::find_if(readings, [](const Reading& reading) {
        return reading.blame == Blame::Nobody && !reading.read.accepted &&
               std::ranges::any_of(reading.read.findings, tools::is_own_error);
    });
    return found == readings.end() ? nullptr : &*found;
}

void decide(Check& check, const std::vector<Reading>& readings) {
    if (const Reading* teller = told_by_itself(readings)) {
        check.outcome = Outcome::Fail;
        check.tool = teller->read.tool;
        check.verdict_class = VerdictClass::Elaboration;
        check.reason = describe(*teller);
        return;
    }
    const auto accepted = std::ranges::find_if(readings, [&](const Reading& reading) {
        return reading.read.accepted && !is_lenient(reading, readings);
    });
    if (accepted != readings.end()) {
        check.outcome = Outcome::Pass;
        check.tool = accepted->read.tool;
        return;
    }
    const auto refused = std::ranges::find_if(readings, [](const Reading& reading) {
        return !reading.read.accepted && reading.blame != Blame::Tool;
    });
    if (refused == readings.end()) {
        check.outcome = Outcome::ToolError;
        check.reason = "no front end works on this machine; see rtlgen doctor";
        return;
    }
    check.outcome = Outcome::Fail;
    check.tool = refused->read.tool;
    check.verdict_class = class_of_refusals(readings);
    check.reason = describe(*refused);
}

}  // namespace

const tools::Tool* tool_for(const tools::FrontEnd& front_end, const tools::Toolset& toolset) {
    for (const tools::Tool* tool : toolset.all(front_end.kind)) {
        if (front_end.usable(*tool)) return tool;
    }
    return nullptr;
}

VerdictClass class_of_errors(const std::vector<Finding>& findings) {
    const VerdictClass found = tools::errors_class(findings);
    return found == VerdictClass::None ? VerdictClass::Other : found;
}

Check compiled_by_running(const tools::Toolset& toolset, const ToolId& reader) {
    Check check;
    check.name = "compile";
    check.outcome = Outcome::Pass;
    check.tool = reader;
    for (const Reader& usable : usable_readers(toolset)) {
        const bool is_it = usable.tool->id().name == reader.name;
        check.detail.emplace_back(usable.front_end->name,
                                  is_it ? "compiles it for its run" : "not asked");
    }
    return check;
}

Result<CompileResult> compile_design(const SourceSet& set, const tools::Toolset& toolset,
                                     process::Runner& runner, const std::stop_token& stop) {
    CompileResult result;
    result.check.name = "compile";
    const std::vector<Reader> readers = usable_readers(toolset);
    if (readers.empty()) {
        result.check.outcome = Outcome::ToolError;
        result.check.reason = "no Icarus, Verilator or Yosys is installed; see rtlgen doctor";
        return result;
    }
    std::vector<Result<Reading>> read =
        parallel_map(readers.size(), usable_processors(), [&](std::size_t i) -> Result<Reading> {
            return read_fairly(readers[i], set, runner, stop);
        });
    const bool is_read = std::ranges::any_of(
        read, [](const Result<Reading>& reading) { return reading && reading->read.accepted; });
    std::vector<Reading> readings;
    for (std::size_t i = 0; i < read.size(); ++i) {
        TRY_ASSIGN(Reading reading, std::move(read[i]));
        if (!is_read && gave_up_early(readers[i], reading)) {
            TRY_ASSIGN(reading, read_patiently(readers[i], set, runner, stop));
        }
        result.check.detail.emplace_back(readers[i].front_end->name, describe(reading));
        std::vector<Finding>& sink = reading.read.accepted ? result.warnings : result.errors;
        sink.insert(sink.end(), reading.read.findings.begin(), reading.read.findings.end());
        readings.push_back(std::move(reading));
    }
    decide(result.check, readings);
    for (Reading& reading : readings) result.reads.push_back(std::move(reading.read));
    return result;
}

}  // namespace rtlgen::verify
