// SPDX-License-Identifier: Apache-2.0
#include "verify/bench_sources.h"

#include <algorithm>
#include <map>
#include <span>

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/rtl/lexer.h"
#include "core/rtl/module_header.h"
#include "core/rtl/source_order.h"
#include "core/rtl/source_strings.h"
#include "verify/convention.h"

namespace rtlgen::verify {
namespace fs = std::filesystem;
namespace {

using Names = std::set<std::string, std::less<>>;
using rtl::Token;
using rtl::TokenKind;

using Texts = std::vector<SourceFile>;

/// A module's file in one of the folders; empty where it is in none.
fs::path find_in_folders(const std::string& module_name, const SourceSet& set) {
    std::vector<std::string> extensions = set.library_extensions;
    if (extensions.empty()) extensions = {".v", ".sv"};
    for (const fs::path& folder : set.library_dirs) {
        for (const std::string& extension : extensions) {
            std::error_code error;
            fs::path file = folder / (module_name + extension);
            if (fs::is_regular_file(file, error)) return file;
        }
    }
    return {};
}

/// Adds the files of library folders that `texts` name a module of, and those that these name.
void add_library_folders(Texts& texts, const SourceSet& set) {
    constexpr std::size_t kMostFiles = 10'000;
    if (set.library_dirs.empty()) return;
    Names asked;
    for (std::size_t i = 0; i < texts.size() && texts.size() < kMostFiles; ++i) {
        Names names;
        for (const Token& token : rtl::lex(texts[i].text)) {
            if (token.kind == TokenKind::Identifier && !rtl::is_keyword(token.text)) {
                names.emplace(token.text);
            }
        }
        for (const std::string& name : names) {
            if (!asked.insert(name).second) continue;
            const fs::path file = find_in_folders(name, set);
            if (file.empty()) continue;
            if (auto text = read_file(file, mebibytes(16))) {
                texts.push_back({file.string(), file, *std::move(text)});
            }
        }
    }
}

/// The files of a set, those that they include, those of its libraries.
Texts all_texts(const SourceSet& set) {
    Texts texts = set.files;
    for (const IncludedFile& included : set.included_files) texts.push_back(included.file);
    texts.insert(texts.end(), set.library_files.begin(), set.library_files.end());
    add_library_folders(texts, set);
    return texts;
}

bool says_any(const Texts& files, std::span<const std::string_view> words) {
    return std::ranges::any_of(files, [&](const SourceFile& file) {
        return std::ranges::any_of(rtl::lex(file.text), [&](const Token& token) {
            return std::ranges::find(words, token.text) != words.end() &&
                   token.kind != TokenKind::String;
        });
    });
}

constexpr std::string_view kFailures[] = {"$error", "$fatal", "assert"};
constexpr std::string_view kFinishes[] = {"$finish", "$finish_and_return", "$stop", "$fatal",
                                          "$exit"};

/// Where the design prints a text that a convention would take for the testbench's verdict.
std::string printed_verdict(const Texts& design) {
    for (const SourceFile& file : design) {
        for (const Token& token : rtl::lex(file.text)) {
            if (token.kind == TokenKind::String && looks_like_verdict(rtl::string_value(token))) {
                return file.path + ":" + std::to_string(token.line);
            }
        }
    }
    return {};
}

constexpr std::string_view kPrints[] = {
    "$display",  "$write",  "$monitor",  "$strobe",   "$displayb", "$displayh", "$displayo",
    "$writeb",   "$writeh", "$writeo",   "$monitorb", "$monitorh", "$strobeb",  "$strobeh",
    "$fdisplay", "$fwrite", "$fmonitor", "$fstrobe",  "$info"};

/// What the testbench's $dumpfile names; empty where there is none.
std::string dump_file_of(const Texts& bench) {
    for (const SourceFile& file : bench) {
        for (const rtl::FileString& string : rtl::file_strings(file.text)) {
            if (string.task == "$dumpfile") return string.name;
        }
    }
    return {};
}

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
    for (const T& item : from) {
        if (std::ranges::find(to, item) == to.end()) to.push_back(item);
    }
}

void add_set(SourceSet& to, const SourceSet& from) {
    append(to.files, from.files);
    append(to.library_files, from.library_files);
    append(to.included_files, from.included_files);
    append(to.include_dirs, from.include_dirs);
    append(to.library_dirs, from.library_dirs);
    append(to.library_extensions, from.library_extensions);
    append(to.defines, from.defines);
}

bool is_beneath(const std::string& name) {
    return name.front() != '/' && name.find("..") == std::string::npos;
}

/// Files beside these files, or in the current folder, that a string of one names for reading.
std::vector<process::InputFile> named_data_files(const Texts& texts) {
    constexpr Bytes kLargest = mebibytes(16);
    std::map<std::string, process::InputFile> found;
    for (const SourceFile& file : texts) {
        if (file.host_path.empty()) continue;
        for (const rtl::FileString& string : rtl::file_strings(file.text)) {
            const std::string& name = string.name;
            if (string.use == rtl::FileUse::Write || !is_beneath(name) || found.contains(name))
                continue;
            for (const fs::path& folder : {file.host_path.parent_path(), fs::current_path()}) {
                std::error_code error;
                if (!fs::is_regular_file(folder / name, error)) continue;
                if (auto bytes = read_file(folder / name, kLargest)) {
                    found.emplace(name, process::InputFile{name, *std::move(bytes)});
                    break;
                }
            }
        }
    }
    std::vector<process::InputFile> files;
    for (auto& [name, file] : found) files.push_back(std::move(file));
    return files;
}

std::set<std::string> port_names(const ModuleHeader& header) {
    std::set<std::string> names;
    for (const Port& port : header.ports) names.insert(port.name);
    return names;
}

bool has_input(const SourceSet& bench, const std::set<std::string>& ports,
               const std::string& name) {
    for (const SourceFile& file : bench.files) {
        for (const rtl::DesignUnit& unit : rtl::read_outline(file.text).units) {
            const auto port = std::ranges::find(unit.header.ports, name, &Port::name);
            const bool same = port != unit.header.ports.end() && port_names(unit.header) == ports;
            if (same && port->direction == PortDirection::Input) return true;
        }
    }
    return false;
}

/// A port of the design's that is inout, where a module with the same ports, such as the reference
/// within the testbench, has an input.
std::string two_way_port(const SourceSet& design, const SourceSet& bench) {
    for (const SourceFile& file : design.files) {
        for (const rtl::DesignUnit& unit : rtl::read_outline(file.text).units) {
            if (unit.header.name != design.top) continue;
            const std::set<std::string> names = port_names(unit.header);
            for (const Port& port : unit.header.ports) {
                if (port.direction == PortDirection::Inout && has_input(bench, names, port.name)) {
                    return port.name;
                }
            }
        }
    }
    return {};
}

BenchFacts facts_of(const BenchInputs& inputs, const SourceSet& bench) {
    BenchFacts facts;
    for (const SourceFile& file : bench.files) facts.bench_files.insert(file.path);
    for (const SourceFile& file : bench.library_files) facts.bench_files.insert(file.path);
    for (const IncludedFile& included : bench.included_files) {
        facts.bench_files.insert(included.file.path);
    }
    for (const IncludedFile& included : inputs.design.included_files) {
        facts.bench_files.erase(included.file.path);
    }
    const Texts design = all_texts(inputs.design);
    facts.bench_can_fail = says_any(all_texts(inputs.testbench), kFailures);
    facts.design_can_finish = says_any(design, kFinishes);
    facts.may_drive_inputs = inputs.trust == Trust::Own;
    if (inputs.trust == Trust::Candidate) facts.two_way_port = two_way_port(inputs.design, bench);
    // What a candidate's macros make of its words, the lexer doesn't see.
    if (inputs.trust == Trust::Candidate || says_any(design, kPrints)) {
        facts.design_verdict = printed_verdict(design);
    }
    facts.dump_file = dump_file_of(all_texts(inputs.testbench));
    facts.dumps_elsewhere = !facts.dump_file.empty() && !is_beneath(facts.dump_file);
    if (facts.dumps_elsewhere) facts.dump_file.clear();
    return facts;
}

}  // namespace

Names module_names(const SourceSet& set) {
    Names names;
    for (const SourceFile& file : set.files) {
        for (const rtl::DesignUnit& unit : rtl::read_outline(file.text).units) {
            if (unit.kind != rtl::UnitKind::Class) names.insert(unit.header.name);
        }
    }
    return names;
}

Result<BenchSources> assemble_bench(const BenchInputs& inputs) {
    SourceSet bench = inputs.testbench;
    TRY_ASSIGN(bench.top, rtl::detect_testbench_top(inputs.testbench));
    if (inputs.reference != nullptr) {
        const Names wanted = module_names(*inputs.reference);
        const bool used = std::ranges::any_of(inputs.testbench.files, [&](const SourceFile& file) {
            return std::ranges::any_of(rtl::lex(file.text), [&](const Token& token) {
                return token.kind == TokenKind::Identifier &&
                       wanted.contains(std::string(token.text));
            });
        });
        if (used) add_set(bench, *inputs.reference);
    }
    BenchSources assembled;
    if (inputs.trust == Trust::Own) {
        assembled.sources = inputs.design;
        assembled.sources.parameters.clear();
        add_set(assembled.sources, bench);
    } else {
        assembled.sources = bench;
        SourceSet design = inputs.design;
        for (SourceFile& file : design.files) file.host_path.clear();
        design.included_files.clear();
        add_set(assembled.sources, design);
    }
    assembled.sources.top = bench.top;
    assembled.sources.parameters = inputs.testbench.parameters;
    assembled.facts = facts_of(inputs, bench);
    assembled.facts.top = bench.top;
    Texts readers = all_texts(inputs.testbench);
    if (inputs.trust == Trust::Own) {
        const Texts design = all_texts(inputs.design);
        readers.insert(readers.end(), design.begin(), design.end());
    }
    assembled.data_files = named_data_files(readers);
    // A dump's folder is there on the user's machine, but not in the jail.
    const fs::path dump_folder = fs::path(assembled.facts.dump_file).parent_path();
    if (!dump_folder.empty()) {
        assembled.data_files.push_back({(dump_folder / "rtlgen.folder").string(), ""});
    }
    return assembled;
}

SourceSet reference_as_design(const SourceSet& reference, const std::string& design_top) {
    const Names names = module_names(reference);
    const std::string top =
        reference.top.empty() && names.size() == 1 ? *names.begin() : reference.top;
    SourceSet renamed = reference;
    renamed.top = design_top;
    for (SourceFile& file : renamed.files) {
        std::string text;
        std::size_t copied = 0;
        for (const Token& token : rtl::lex(file.text)) {
            if (token.kind != TokenKind::Identifier || !names.contains(std::string(token.text))) {
                continue;
            }
            text.append(file.text, copied, token.offset - copied);
            text += token.text == top ? design_top : std::string(token.text) + "_as_design";
            copied = token.end();
        }
        text.append(file.text, copied);
        file.text = std::move(text);
        file.host_path.clear();
        file.path = "(reference as design) " + file.path;
    }
    return renamed;
}

std::string module_under_test(const SourceSet& testbench, const SourceSet& reference,
                              const std::string& design_top) {
    Names given = module_names(testbench);
    given.merge(module_names(reference));
    Names asked;
    for (const SourceFile& file : testbench.files) {
        for (const rtl::DesignUnit& unit : rtl::read_outline(file.text).units) {
            for (const rtl::Instance& instance : unit.instances) {
                const bool is_given =
                    given.contains(instance.module_name) || rtl::is_keyword(instance.module_name);
                if (!is_given) asked.insert(instance.module_name);
            }
        }
    }
    return asked.size() == 1 && !asked.contains(design_top) ? *asked.begin() : design_top;
}

}  // namespace rtlgen::verify
