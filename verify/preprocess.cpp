// SPDX-License-Identifier: Apache-2.0
#include "verify/preprocess.h"

#include <algorithm>
#include <filesystem>

#include "core/base/text.h"
#include "core/rtl/lexer.h"
#include "core/rtl/plain_text.h"
#include "core/tools/preprocessor.h"
#include "verify/gate_lists.h"

namespace rtlgen::verify {
namespace {

using rtl::Token;
using rtl::TokenKind;

Finding refusal(const Token& token, const std::string& file, const std::string& rule,
                const std::string& message) {
    return {Severity::Error, rule, file, token.line, token.column, message};
}

/// The candidate's own file that `name` means, or null.
const SourceFile* own_file(const SourceSet& candidate, const std::string& name) {
    const auto is_meant = [&](const SourceFile& file) {
        return file.path == name || std::filesystem::path(file.path).filename() == name;
    };
    const auto found = std::ranges::find_if(candidate.files, is_meant);
    return found == candidate.files.end() ? nullptr : &*found;
}

/// What directives ask for, before a preprocessor acts upon them.
class DirectiveReader {
public:
    DirectiveReader(const SourceSet& candidate, Preprocessed& made)
        : candidate_(candidate), made_(made) {}

    void run() {
        for (const SourceFile& file : candidate_.files) {
            if (file.text.find('\0') != std::string::npos) {
                made_.findings.push_back({Severity::Error, "gate/bad-byte", file.path, 0, 0,
                                          "holds a NUL: it is no text that a file may have"});
            }
            const std::vector<Token> tokens = rtl::lex(file.text);
            for (std::size_t i = 0; i < tokens.size(); ++i) {
                if (tokens[i].kind != TokenKind::Directive) continue;
                const Token* next = i + 1 < tokens.size() ? &tokens[i + 1] : nullptr;
                read(tokens[i], next, file.path);
            }
        }
        if (!made_.findings.empty()) {
            made_.outcome = Outcome::Fail;
            made_.verdict_class = VerdictClass::Forbidden;
        }
    }

private:
    void read(const Token& token, const Token* next, const std::string& file) {
        if (token.text == "`include") {
            include(token, next, file);
        } else if (!std::ranges::count(allowed_directives(), token.text)) {
            made_.findings.push_back(
                refusal(token, file, "gate/directive",
                        "`" + std::string(token.text) + "` is no directive that a design may use"));
        } else if (next != nullptr && std::ranges::count(customary_macros(), next->text) > 0) {
            made_.notes.push_back({Severity::Note, "preprocess/condition", file, token.line,
                                   token.column,
                                   "no tool is told " + std::string(next->text) +
                                       ": all of them read the text without it"});
        }
    }

    void include(const Token& token, const Token* next, const std::string& file) {
        const bool named = next != nullptr && next->kind == TokenKind::String;
        const std::string name = named ? rtl::string_value(*next) : std::string();
        const SourceFile* own = own_file(candidate_, name);
        if (own == nullptr) {
            made_.findings.push_back(
                refusal(token, file, "gate/include", "includes what is no file of the candidate"));
            return;
        }
        SourceFile copy = *own;
        copy.host_path.clear();
        made_.set.included_files.push_back({name, {}, std::move(copy)});
    }

    const SourceSet& candidate_;
    Preprocessed& made_;
};

/// A text that every preprocessor takes: where it fails too, the machine is to blame.
SourceSet control_text() {
    SourceSet set;
    set.files = {{"control.v", {}, "`define A 1\nmodule control; wire x = `A; endmodule\n"}};
    return set;
}

std::vector<Finding> undefined_macros(const SourceSet& set) {
    std::vector<Finding> findings;
    for (const SourceFile& file : set.files) {
        for (const Token& token : rtl::lex(file.text)) {
            if (token.kind != TokenKind::Macro) continue;
            findings.push_back(
                refusal(token, file.path, "preprocess/undefined-macro",
                        "the macro " + std::string(token.text.substr(1)) + " isn't defined"));
        }
    }
    return findings;
}

SourceSet with_texts(SourceSet set, std::vector<std::string> texts) {
    for (std::size_t i = 0; i < set.files.size(); ++i) set.files[i].text = std::move(texts[i]);
    set.included_files.clear();
    return set;
}

bool broke(const tools::PreprocessorResult& run) { return run.end >= process::StepEnd::Signaled; }

/// Asks one preprocessor after the other.
class Preprocessing {
public:
    Preprocessing(Preprocessed made, const tools::Toolset& toolset, process::Runner& runner,
                  std::stop_token stop)
        : made_(std::move(made)), toolset_(toolset), runner_(runner), stop_(std::move(stop)) {}

    Result<Preprocessed> run() {
        bool ran = false;
        for (const tools::Preprocessor& row : tools::preprocessors()) {
            const tools::Tool* tool = toolset_.find(row.kind);
            if (tool == nullptr) continue;
            ran = true;
            TRY_ASSIGN(const bool done, ask(row, *tool));
            if (done) return std::move(made_);
        }
        if (!ran) {
            return fail(ErrorCode::ToolMissing,
                        "a design with macros needs Icarus Verilog or Verilator to preprocess it");
        }
        return std::move(made_);
    }

private:
    /// Whether this one takes the text. What the first one says of the design stays.
    Result<bool> ask(const tools::Preprocessor& row, const tools::Tool& tool) {
        TRY_ASSIGN(tools::PreprocessorResult run,
                   tools::run_preprocessor(row, tool, made_.set, runner_, stop_));
        if (run.ok) {
            SourceSet plain = with_texts(made_.set, rtl::plain_texts(run.printed, run.files));
            run.findings = undefined_macros(plain);
            if (run.findings.empty()) {
                made_ = {std::move(plain),   run.tool, Outcome::Pass,
                         VerdictClass::None, {},       std::move(made_.notes)};
                return true;
            }
        }
        if (made_.outcome == Outcome::Fail) return false;
        made_.tool = run.tool;
        made_.outcome = Outcome::Fail;
        made_.verdict_class = VerdictClass::Syntax;
        if (broke(run)) {
            TRY(blame(row, tool, run));
        } else {
            made_.findings = std::move(run.findings);
        }
        return false;
    }

    /// Whose fault it is that a preprocessor didn't come to its end.
    Status blame(const tools::Preprocessor& row, const tools::Tool& tool,
                 const tools::PreprocessorResult& run) {
        TRY_ASSIGN(const tools::PreprocessorResult control,
                   tools::run_preprocessor(row, tool, control_text(), runner_, stop_));
        made_.outcome = control.ok ? Outcome::Fail : Outcome::ToolError;
        const bool is_limit = run.end >= process::StepEnd::WallLimit;
        made_.verdict_class = is_limit ? VerdictClass::ResourceLimit : VerdictClass::Other;
        const std::string file = made_.set.files.empty() ? "" : made_.set.files.front().path;
        made_.findings = {{Severity::Error, "preprocess/no-end", file, 0, 0,
                           row.name + " doesn't come to its end (" +
                               std::string(process::to_string(run.end)) + ")"}};
        return {};
    }

    Preprocessed made_;
    const tools::Toolset& toolset_;
    process::Runner& runner_;
    std::stop_token stop_;
};

}  // namespace

Result<Preprocessed> preprocess(const SourceSet& candidate, const tools::Toolset& toolset,
                                process::Runner& runner, const std::stop_token& stop) {
    Preprocessed made;
    made.set = candidate;
    for (SourceFile& file : made.set.files) file.host_path.clear();
    made.set.included_files.clear();
    // A candidate doesn't say which warnings count.
    made.set.control_files.clear();
    DirectiveReader(candidate, made).run();
    if (made.outcome != Outcome::Pass) return made;
    const bool needed = std::ranges::any_of(
        made.set.files, [](const SourceFile& file) { return rtl::needs_preprocessing(file.text); });
    if (needed) return Preprocessing(std::move(made), toolset, runner, stop).run();
    std::vector<std::string> texts;
    for (const SourceFile& file : made.set.files) texts.push_back(rtl::plain_text(file.text));
    made.set = with_texts(std::move(made.set), std::move(texts));
    return made;
}

}  // namespace rtlgen::verify
