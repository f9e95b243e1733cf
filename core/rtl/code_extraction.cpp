// SPDX-License-Identifier: Apache-2.0
// Where the code stands is completion_text's and fences' matter; here is the order in which they
// are asked. What becomes of the modules that were found is unit_choice's.
#include "core/rtl/code_extraction.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/text.h"
#include "core/rtl/answer_text.h"
#include "core/rtl/completion_text.h"
#include "core/rtl/edit_blocks.h"
#include "core/rtl/fences.h"
#include "core/rtl/lexer.h"
#include "core/rtl/module_header.h"
#include "core/rtl/unit_choice.h"

namespace rtlgen::rtl {
namespace {

/// The header that a body alone gets, without the body that the interface may have.
std::string wanted_header(const std::string& interface_text) {
    const Outline outline = read_outline(interface_text);
    const auto unit = std::ranges::find(outline.units, UnitKind::Module, &DesignUnit::kind);
    if (unit == outline.units.end()) return {};
    return interface_text.substr(0, unit->header_span.end());
}

std::optional<FoundCode> from_fences(std::string_view text);

/// Labels of blocks that are Verilog alone; in others, such as a script that writes a file, only
/// the modules count.
bool is_verilog_label(std::string_view label) {
    static constexpr std::array<std::string_view, 12> kLabels = {
        "",    "verilog", "systemverilog", "sv",   "v",    "vh",
        "svh", "hdl",     "rtl",           "text", "code", "system"};
    return std::ranges::find(kLabels, label) != kLabels.end();
}

/// Strings of JSON that hold modules; drafts and explanations only where nothing else does.
std::optional<FoundCode> from_json(std::string_view text) {
    FoundCode found;
    FoundCode drafts;
    for (const JsonString& string : json_strings(text)) {
        if (!holds_unit(string.text)) continue;
        const std::string key = to_lower(string.key);
        const bool draft =
            key.find("reason") != std::string::npos || key.find("think") != std::string::npos ||
            key.find("thought") != std::string::npos || key.find("expla") != std::string::npos ||
            key.find("analysis") != std::string::npos;
        FoundCode& of = draft ? drafts : found;
        const auto blocks = from_fences(string.text);
        of.code += blocks ? blocks->code : string.text + "\n";
        if (!string.closed) of.problems.emplace_back("a string of JSON isn't closed");
    }
    if (found.code.empty()) found = std::move(drafts);
    if (found.code.empty()) return std::nullopt;
    found.how = "json";
    return found;
}

/// What a block offers as code; empty where there is none.
std::string code_of(const FencedBlock& block) {
    if (has_edits(block.content)) return new_file_of_diff(block.content);
    if (!holds_unit(block.content)) {
        const auto json = from_json(block.content);
        return json ? json->code : std::string();
    }
    // Behind an open fence prose may follow.
    const bool whole = block.closed || block.content.find("endmodule") == std::string_view::npos;
    return whole && is_verilog_label(block.label) ? std::string(block.content)
                                                  : bare_code(block.content);
}

std::optional<FoundCode> from_fences(std::string_view text) {
    FoundCode found;
    int count = 0;
    for (const FencedBlock& block : fenced_blocks(text)) {
        const std::string code = code_of(block);
        if (code.empty()) continue;
        found.code += code;
        if (!found.code.ends_with('\n')) found.code += '\n';
        if (!block.closed) found.problems.emplace_back("a fence isn't closed");
        ++count;
    }
    if (count == 0) return std::nullopt;
    found.how = count == 1 ? "fence" : "fences";
    return found;
}

/// A body whose endmodule comes before any module begins; helpers may follow it.
std::optional<FoundCode> from_body(std::string_view text, const ExtractionRequest& request) {
    const std::string header = wanted_header(request.interface_text);
    if (header.empty()) return std::nullopt;
    FoundCode found;
    found.how = "body";
    std::string_view rest = text;
    for (const FencedBlock& block : fenced_blocks(text)) {
        if (bare_body(block.content).empty()) continue;
        rest = block.content;
        found.how = "fence/body";
    }
    const std::string_view body = bare_body(rest);
    if (body.empty()) return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(body.data() - rest.data()) + body.size());
    found.code = header + "\n" + std::string(body);
    if (!found.code.ends_with('\n')) found.code += '\n';
    found.code += bare_code(rest);
    return found;
}

/// Whether `text` goes on within a module that the prompt opened.
bool continues_module(std::string_view text) {
    if (!holds_unit(text)) return true;
    for (const Token& token : lex(text)) {
        if (token.is("endmodule")) return true;
        if (token.is("module")) return false;
    }
    return false;
}

std::optional<FoundCode> from_passage(std::string_view text, const ExtractionRequest& request) {
    if (auto found = from_fences(text)) return found;
    if (auto found = from_json(text)) return found;
    // Of lines that replace others a module can't be made without those.
    if (has_edits(text)) return std::nullopt;
    if (!request.interface_text.empty() && continues_module(text)) {
        if (auto found = from_body(text, request)) return found;
    }
    if (std::string code = bare_code(text); !code.empty())
        return FoundCode{std::move(code), "bare", {}};
    return std::nullopt;
}

std::optional<FoundCode> find_code(std::string_view answer, const ExtractionRequest& request) {
    for (const Passage& passage : passages(answer)) {
        auto found = passage.how == "html" ? from_passage(without_entities(passage.text), request)
                                           : from_passage(passage.text, request);
        if (!found) continue;
        if (!passage.how.empty()) found->how = passage.how + "/" + found->how;
        if (!passage.closed)
            found->problems.push_back("the end mark of " + passage.how + " is missing");
        return found;
    }
    return std::nullopt;
}

bool is_refusal(std::string_view answer, const ExtractionRequest& request) {
    if (request.finish_reason == "content_filter" || request.finish_reason == "refusal")
        return true;
    static constexpr std::array<std::string_view, 31> kPhrases = {"i'm sorry",
                                                                  "i am sorry",
                                                                  "i cannot",
                                                                  "i can't",
                                                                  "i'm unable",
                                                                  "i am unable",
                                                                  "i'm not able",
                                                                  "i am not able",
                                                                  "i won't",
                                                                  "i will not",
                                                                  "as an ai",
                                                                  "as a language model",
                                                                  "i must decline",
                                                                  "i have to decline",
                                                                  "i must refuse",
                                                                  "i apologize, but",
                                                                  "i apologise, but",
                                                                  "can't assist",
                                                                  "cannot assist",
                                                                  "can't help with",
                                                                  "cannot help with",
                                                                  "unable to assist",
                                                                  "can't comply",
                                                                  "cannot comply",
                                                                  "not comfortable",
                                                                  "against my guidelines",
                                                                  "lo siento",
                                                                  "je suis désolé",
                                                                  "es tut mir leid",
                                                                  "抱歉",
                                                                  "对不起"};
    const std::string begin =
        replace_all(to_lower(trim(answer).substr(0, 400)), "\xE2\x80\x99", "'");
    return std::ranges::any_of(
        kPhrases, [&](std::string_view phrase) { return begin.find(phrase) != std::string::npos; });
}

std::string why_nothing(std::string_view answer, const ExtractionRequest& request) {
    if (trim(request.completion).empty()) return "the completion is empty";
    if (trim(answer).empty()) return "the completion is reasoning alone, without an answer";
    if (has_edits(answer))
        return "the completion is an edit, and there is no design to apply it to";
    const std::string_view language = other_language(answer);
    if (!language.empty()) return "the completion holds " + std::string(language) + ", not Verilog";
    return "no module stands in the completion";
}

Extraction nothing(std::string_view answer, const ExtractionRequest& request) {
    Extraction result;
    result.how = "none";
    result.verdict_class = VerdictClass::NoCode;
    result.problems.push_back(why_nothing(answer, request));
    if (cut_by_length(request)) {
        result.verdict_class = VerdictClass::Truncated;
        result.problems.emplace_back("the completion was cut at its length limit");
    } else if (is_refusal(answer, request)) {
        result.verdict_class = VerdictClass::Refused;
    }
    return result;
}

}  // namespace

Extraction extract_code(const ExtractionRequest& request) {
    const std::string answer = plain_answer(without_reasoning(request.completion));
    std::optional<FoundCode> found = find_code(answer, request);
    if (!found) return nothing(answer, request);
    found->code = plain_code(std::move(found->code));
    return choose_units(*std::move(found), request);
}

}  // namespace rtlgen::rtl
