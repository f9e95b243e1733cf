// SPDX-License-Identifier: Apache-2.0
// Yosys as a program that runs a script of ours over a design, and what such a run gives.
#pragma once

#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/finding.h"
#include "core/domain/source_set.h"
#include "core/tools/toolset.h"

namespace rtlgen::tools {

/// How Yosys reads a design: by its own reader, or by slang where the tool has read_slang.
enum class YosysReader { Verilog, Slang };
/// "read_verilog", "read_slang".
std::string_view to_string(YosysReader reader);

/// The readers that `tool` has for `set`, the better one first: slang where its messages can be had
/// as JSON, but for texts that say
/// `full_case`, which it ignores and counts latches for that the text rules out (IEEE 1364.1;
/// 68 bits of them in a processor that has none by read_verilog).
[[nodiscard]] std::vector<YosysReader> yosys_readers(const Tool& tool, const SourceSet& set);

/// Whether a text of `set` says `full_case`, as an attribute or in a comment for synthesis.
[[nodiscard]] bool says_full_case(const SourceSet& set);

/// One run. Everything named in `script` stands in `inputs`, `outputs` or what the reading adds;
/// no name of a user's may stand in it but top names that are plain identifiers. What lies in the
/// design when the script ends is told to YosysResult.
struct YosysRun {
    std::string name = "yosys";                ///< of the job
    std::string script;                        ///< commands, a line each
    std::vector<process::InputFile> inputs;    ///< such as a Liberty file
    std::vector<process::OutputFile> outputs;  ///< such as "stat.json"
    std::vector<process::ReadOnlyBind> binds;
    process::Limits limits;
};

struct YosysResult {
    ToolId tool;
    bool ok = false;  ///< the script ran to its end, which a file of the last command proves
    std::vector<std::string> modules;  ///< with content, that the design held then
    bool crashed = false;
    process::StepEnd end = process::StepEnd::NotRun;
    std::vector<Finding>
        findings;  ///< rules yosys/NAME and slang/NAME; files as the tool named them
    std::string log;
    std::map<std::string, std::string> outputs;
};

/// Adds to `run` the inputs and binds of `set`, and to its script the lines that read it and
/// elaborate it under its top (empty: all modules are checked, none is the top). After them the
/// design has processes still
/// (`proc` is the caller's) where the reader is Verilog, and is flat where it is Slang.
/// `folder`, such as "left/": where the inputs stand, so that one run can read two sets one after
/// the other. Error InvalidArgument: as jail_sources says, or a parameter's value that Yosys can't
/// be given.
Status add_reading(YosysRun& run, YosysReader reader, const SourceSet& set,
                   const std::string& folder = {});

/// The run's script with what writes the end mark, and that mark's file.
[[nodiscard]] std::string whole_script(const YosysRun& run);
[[nodiscard]] process::OutputFile end_mark();

/// Pure.
[[nodiscard]] process::JobSpec plan_yosys(const Tool& tool, const YosysRun& run);
/// Pure. `set`: whose paths the findings get; an empty one changes none.
[[nodiscard]] YosysResult parse_yosys(const Tool& tool, const SourceSet& set,
                                      const process::JobResult& result);

/// plan -> run -> parse. Errors are the machine's, never the design's.
Result<YosysResult> run_yosys(const Tool& tool, const YosysRun& run, const SourceSet& set,
                              process::Runner& runner, std::stop_token stop);

/// The modules of a `write_json` text, ports in the order of the source, widths evaluated.
/// `read_by` is "yosys". Error ToolFailed where the text is no such JSON.
Result<std::vector<ModuleHeader>> parse_headers(std::string_view json);

/// The header of `top` (empty: the set's top, else what Yosys takes for it) with its parameters at
/// the values of `set`: read_slang first where the tool has it, read_verilog second.
/// Errors: NotFound (no reader got to it; the message is the first error's), those of the runner.
Result<ModuleHeader> read_interface(const Tool& tool, const SourceSet& set, const std::string& top,
                                    process::Runner& runner, const std::stop_token& stop);

}  // namespace rtlgen::tools
