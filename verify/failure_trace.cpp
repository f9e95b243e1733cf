// SPDX-License-Identifier: Apache-2.0
#include "verify/failure_trace.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/rtl/lexer.h"
#include "core/rtl/module_header.h"
#include "core/tools/jailed_sources.h"
#include "core/tools/simulator.h"
#include "verify/bench_sources.h"

namespace rtlgen::verify {
namespace {

constexpr std::string_view kDumpFile = "rtlgen_trace.vcd";
/// Where $dumpvars writes if the testbench's own $dumpfile isn't reached.
constexpr std::string_view kDefaultDump = "dump.vcd";

/// The name of the first instance of `module` in `set`; empty where there is none.
std::string instance_of(const SourceSet& set, const std::string& module) {
    for (const SourceFile& file : set.files) {
        for (const rtl::DesignUnit& unit : rtl::read_outline(file.text).units) {
            for (const rtl::Instance& instance : unit.instances) {
                if (instance.module_name == module) return instance.name;
            }
        }
    }
    return {};
}

/// The unit of the testbench's first `timescale; empty where it has none.
std::string time_unit_of(const SourceSet& testbench) {
    constexpr std::string_view kDirective = "`timescale";
    for (const SourceFile& file : testbench.files) {
        const std::size_t at = file.text.find(kDirective);
        if (at == std::string::npos) continue;
        const std::string_view rest = std::string_view(file.text).substr(at + kDirective.size());
        std::string unit(trim(rest.substr(0, rest.find('/'))));
        std::erase(unit, ' ');
        return unit;
    }
    return {};
}

ModuleHeader header_of(const SourceSet& design, const std::string& top) {
    const rtl::HeaderOptions options{design.defines, design.parameters};
    for (const SourceFile& file : design.files) {
        for (rtl::DesignUnit& unit : rtl::read_outline(file.text, options).units) {
            if (unit.header.name == top) return std::move(unit.header);
        }
    }
    return {};
}

std::vector<std::string> outputs_of(const ModuleHeader& header, const std::string& failing) {
    if (!failing.empty()) return {failing};
    std::vector<std::string> outputs;
    for (const Port& port : header.ports) {
        if (port.direction != PortDirection::Input) outputs.push_back(port.name);
    }
    return outputs;
}

/// Where nothing drives an output, the line that declares it.
void add_declarations(Cone& cone, const SourceSet& design,
                      const std::vector<std::string>& outputs) {
    for (const SourceFile& file : design.files) {
        for (const rtl::DesignUnit& unit : rtl::read_outline(file.text).units) {
            if (unit.header.name != design.top) continue;
            for (const rtl::Token& token : rtl::lex(file.text)) {
                const bool inside =
                    token.offset >= unit.span.offset && token.offset < unit.span.end();
                const bool named = std::ranges::find(outputs, rtl::name_of(token)) != outputs.end();
                if (!inside || !named || cone.lines.size() >= outputs.size()) continue;
                cone.lines.push_back({file.path, token.line, std::string(token.text)});
            }
        }
    }
}

class Tracing {
public:
    Tracing(const TraceRequest& request, const JudgeTools& tools, const std::stop_token& stop)
        : simulation_(request.simulation),
          tool_(request.check.tool.value_or(ToolId{})),
          facts_{request.check.mismatch.value_or(Mismatch{}), request.check.reason,
                 time_unit_of(request.simulation.testbench)},
          tools_(tools),
          stop_(stop) {}

    Result<FailureTrace> run() {
        const ModuleHeader header = header_of(simulation_.design, simulation_.design_top);
        SourceSet design = simulation_.design;
        design.top = simulation_.design_top;
        if (simulation_.trust == Trust::Candidate) {
            for (SourceFile& file : design.files) file.host_path.clear();
            design.included_files.clear();
        }
        const std::vector<std::string> outputs = outputs_of(header, failing_output(header, facts_));
        Cone cone;
        Result<Cone> found = find_cone(design, outputs, tools_.toolset, tools_.runner, stop_);
        if (found) {
            cone = *std::move(found);
        } else if (found.error().code == ErrorCode::Interrupted) {
            return tl::unexpected<Error>(found.error());
        } else {
            cone = lexed_cone(design, outputs);
        }
        if (cone.lines.empty()) add_declarations(cone, design, outputs);
        TRY_ASSIGN(FailureTrace trace, read_values(header, cone));
        trace.drivers = std::move(cone.lines);
        trace.drivers_from = std::move(cone.read_by);
        return trace;
    }

private:
    /// What the testbench itself told, and why there is no more.
    [[nodiscard]] FailureTrace only_told(const ModuleHeader& header, std::string why) const {
        FailureTrace trace;
        trace.signal = failing_output(header, facts_);
        trace.time = facts_.mismatch.time;
        trace.cycle = facts_.mismatch.cycle;
        trace.expected = facts_.mismatch.expected;
        trace.got = facts_.mismatch.got;
        trace.values_from = "no values: " + std::move(why);
        return trace;
    }

    Result<FailureTrace> read_values(const ModuleHeader& header, const Cone& cone) {
        const Result<std::string> dump = run_with_dump();
        if (!dump) {
            if (dump.error().code == ErrorCode::Interrupted) {
                return tl::unexpected<Error>(dump.error());
            }
            return only_told(header, dump.error().message);
        }
        Result<FailureTrace> trace = read_failure(*dump, place_, header, cone, facts_);
        if (!trace) return only_told(header, "the dump can't be read");
        if (trace->values_from.empty()) {
            trace->values_from = tool_.name + " " + tool_.version;
        }
        return trace;
    }

    Result<std::string> run_with_dump() {
        TRY_ASSIGN(BenchSources bench,
                   assemble_bench({simulation_.design, simulation_.trust, simulation_.testbench,
                                   simulation_.reference}));
        place_.bench = bench.facts.top;
        place_.instance = instance_of(simulation_.testbench, simulation_.design_top);
        if (simulation_.reference != nullptr) {
            for (const std::string& name : module_names(*simulation_.reference)) {
                if (place_.reference_instance.empty()) {
                    place_.reference_instance = instance_of(simulation_.testbench, name);
                }
            }
        }
        if (place_.instance.empty()) {
            return fail(ErrorCode::NotFound, "the testbench's instance of the design isn't found");
        }
        const auto simulator =
            std::ranges::find(tools::simulators(), tool_.name, &tools::Simulator::name);
        if (simulator == tools::simulators().end()) {
            return fail(ErrorCode::ToolMissing, "no simulator writes a dump");
        }
        const std::string& own = bench.facts.dump_file;
        tools::SimulationRequest request;
        request.sources =
            with_dump(std::move(bench.sources), place_, own.empty() ? std::string(kDumpFile) : "");
        request.data_files = bench.data_files;
        request.run_limits = simulation_.limits;
        request.run_limits.file = std::min(request.run_limits.file, kLargestDump);
        request.cache_dir = tools_.cache_dir;
        request.outputs = {{own.empty() ? std::string(kDumpFile) : own, kLargestDump}};
        if (!own.empty() && own != kDefaultDump) {
            request.outputs.push_back({std::string(kDefaultDump), kLargestDump});
        }
        TRY_ASSIGN(tools::SimulationResult result,
                   simulator->simulate(tools_.toolset, request, tools_.runner, stop_));
        for (const process::OutputFile& output : request.outputs) {
            const auto found = result.outputs.find(output.path);
            if (found != result.outputs.end()) return std::move(found->second);
        }
        return fail(ErrorCode::NotFound, result.compiled ? "the run wrote no dump"
                                                         : "the run with a dump doesn't compile");
    }

    const SimulateRequest& simulation_;
    ToolId tool_;
    MismatchFacts facts_;
    DumpPlace place_;
    const JudgeTools& tools_;
    const std::stop_token& stop_;
};

}  // namespace

SourceSet with_dump(SourceSet set, const DumpPlace& place, const std::string& file) {
    for (SourceFile& source : set.files) {
        for (const rtl::DesignUnit& unit : rtl::read_outline(source.text).units) {
            if (unit.header.name != place.bench || !unit.closed) continue;
            std::string block = "initial begin ";
            if (!file.empty()) {
                block += "$dumplimit(" + std::to_string(kLargestDump.count) + "); $dumpfile(\"" +
                         file + "\"); ";
            }
            block += "$dumpvars(1, " + place.bench + "); ";
            const bool direct = std::ranges::any_of(
                unit.instances,
                [&](const rtl::Instance& instance) { return instance.name == place.instance; });
            block += direct ? "$dumpvars(0, " + place.bench + "." + place.instance + "); end "
                            : "$dumpvars(0, " + place.bench + "); end ";
            source.text.insert(unit.body_span.end(), block);
            // The tools are to read this text; what it includes lies beside the file still.
            const std::filesystem::path folder = source.host_path.parent_path();
            if (!folder.empty() && tools::is_bindable_folder(folder) &&
                tools::is_script_safe_path(folder.string())) {
                set.include_dirs.push_back(folder);
            }
            source.host_path.clear();
            return set;
        }
    }
    return set;
}

Result<FailureTrace> trace_failure(const TraceRequest& request, const JudgeTools& tools,
                                   const std::stop_token& stop) {
    return Tracing(request, tools, stop).run();
}

}  // namespace rtlgen::verify
