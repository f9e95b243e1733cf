// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/source_option.h"

#include <algorithm>
#include <array>

#include "core/rtl/filelist.h"

namespace rtlgen::rtl {
namespace {

/// How the value stands to the option.
enum class Form : std::uint8_t {
    Next,        ///< -f FILE
    JoinedNext,  ///< -IDIR or -I DIR
    Joined,      ///< +incdir+DIR
    EqualsNext,  ///< --top=T or --top T
};

struct Row {
    std::string_view word;
    Form form;
    SourceOptionKind kind;
};

using Kind = SourceOptionKind;

// Longer words stand before their beginnings.
constexpr std::array<Row, 15> kRows = {{{"-f", Form::Next, Kind::Filelist},
                                        {"-F", Form::Next, Kind::RelativeFilelist},
                                        {"-y", Form::Next, Kind::LibraryDir},
                                        {"-v", Form::Next, Kind::LibraryFile},
                                        {"+incdir+", Form::Joined, Kind::IncludeDirs},
                                        {"+libext+", Form::Joined, Kind::LibraryExtensions},
                                        {"+define+", Form::Joined, Kind::Defines},
                                        {"-pvalue+", Form::Joined, Kind::Parameter},
                                        {"--top-module", Form::EqualsNext, Kind::Top},
                                        {"-top-module", Form::EqualsNext, Kind::Top},
                                        {"--top", Form::EqualsNext, Kind::Top},
                                        {"-top", Form::EqualsNext, Kind::Top},
                                        {"-I", Form::JoinedNext, Kind::IncludeDir},
                                        {"-D", Form::JoinedNext, Kind::Define},
                                        {"-G", Form::JoinedNext, Kind::Parameter}}};

constexpr std::array<std::string_view, 63> kWithValue = {"CFLAGS",
                                                         "FI",
                                                         "LDFLAGS",
                                                         "MAKEFLAGS",
                                                         "Mdir",
                                                         "build-jobs",
                                                         "compiler",
                                                         "compiler-include",
                                                         "converge-limit",
                                                         "coverage-expr-max",
                                                         "coverage-max-width",
                                                         "debugi",
                                                         "default-language",
                                                         "expand-limit",
                                                         "func-recursion-depth",
                                                         "gate-stmts",
                                                         "hierarchical-params-file",
                                                         "hierarchical-threads",
                                                         "if-depth",
                                                         "inline-mult",
                                                         "instr-count-dpi",
                                                         "j",
                                                         "json-only-meta-output",
                                                         "json-only-output",
                                                         "l2-name",
                                                         "language",
                                                         "lib-create",
                                                         "localize-max-size",
                                                         "make",
                                                         "max-num-width",
                                                         "mod-prefix",
                                                         "o",
                                                         "output-groups",
                                                         "output-split",
                                                         "output-split-cfuncs",
                                                         "output-split-ctrace",
                                                         "pins-bv",
                                                         "pipe-filter",
                                                         "prefix",
                                                         "preproc-token-limit",
                                                         "protect-key",
                                                         "protect-lib",
                                                         "reloop-limit",
                                                         "sarif-output",
                                                         "threads",
                                                         "threads-dpi",
                                                         "threads-max-mtasks",
                                                         "timescale",
                                                         "timescale-override",
                                                         "trace-depth",
                                                         "trace-max-array",
                                                         "trace-max-width",
                                                         "trace-threads",
                                                         "unroll-count",
                                                         "unroll-limit",
                                                         "unroll-stmts",
                                                         "unused-regexp",
                                                         "verilate-jobs",
                                                         "waiver-output",
                                                         "work",
                                                         "x-assign",
                                                         "x-initial",
                                                         "xml-output"};

constexpr std::array<std::string_view, 9> kForeign = {".cpp", ".cc", ".cxx", ".c", ".C",
                                                      ".o",   ".a",  ".so",  ".mk"};

enum class PlainWords : std::uint8_t { Stay, AreSources };

SplitArguments split(const std::vector<std::string>& arguments,
                     const std::set<std::string>& value_options, PlainWords plain_words) {
    SplitArguments result;
    bool options_end = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& word = arguments[i];
        const bool plain =
            options_end || word == "-" || !(word.starts_with('-') || word.starts_with('+'));
        if (word == "--" && !options_end) {
            options_end = true;
            result.rest.push_back(word);
            if (plain_words == PlainWords::AreSources) result.source.push_back(word);
        } else if (plain) {
            (plain_words == PlainWords::AreSources ? result.source : result.rest).push_back(word);
        } else if (value_options.contains(word)) {
            result.rest.push_back(word);
            if (i + 1 < arguments.size()) result.rest.push_back(arguments[++i]);
        } else if (const auto option = source_option(word)) {
            result.source.push_back(word);
            if (option->needs_next && i + 1 < arguments.size()) {
                result.source.push_back(arguments[++i]);
            }
        } else {
            // An unknown +word is a source argument, so that the error speaks of it.
            (word.starts_with('+') ? result.source : result.rest).push_back(word);
        }
    }
    return result;
}

}  // namespace

std::optional<SourceOption> source_option(std::string_view word) {
    for (const Row& row : kRows) {
        if (!word.starts_with(row.word)) continue;
        const std::string_view rest = word.substr(row.word.size());
        SourceOption option{row.kind, std::string(rest), rest.empty()};
        switch (row.form) {
            case Form::Next:
                if (rest.empty()) return option;
                break;
            case Form::JoinedNext: return option;
            case Form::Joined: option.needs_next = false; return option;
            case Form::EqualsNext:
                if (rest.empty()) return option;
                if (rest.starts_with('=')) {
                    option.value.erase(0, 1);
                    return option;
                }
                break;
        }
    }
    return std::nullopt;
}

bool takes_value(std::string_view word) {
    if (!word.starts_with('-')) return false;
    word.remove_prefix(word.starts_with("--") ? 2 : 1);
    return std::ranges::find(kWithValue, word) != kWithValue.end();
}

bool is_foreign_file(std::string_view path) {
    const std::size_t dot = path.rfind('.');
    return dot != std::string_view::npos && path.substr(dot).find('/') == std::string_view::npos &&
           std::ranges::find(kForeign, path.substr(dot)) != kForeign.end();
}

SplitArguments split_source_arguments(const std::vector<std::string>& arguments,
                                      const std::set<std::string>& value_options) {
    return split(arguments, value_options, PlainWords::Stay);
}

SplitArguments split_source_files(const std::vector<std::string>& arguments,
                                  const std::set<std::string>& value_options) {
    return split(arguments, value_options, PlainWords::AreSources);
}

}  // namespace rtlgen::rtl
