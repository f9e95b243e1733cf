// SPDX-License-Identifier: Apache-2.0
// Where the code stands is completion_text's and fences' matter; here is the order in which they
// are asked, and what becomes of the modules that were found.
#include "core/rtl/code_extraction.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "core/base/text.h"
#include "core/rtl/completion_text.h"
#include "core/rtl/fences.h"
#include "core/rtl/lexer.h"
#include "core/rtl/module_header.h"

namespace rtlgen::rtl {
namespace {

struct Found {
    std::string code;
    std::string how;
    std::vector<std::string> problems;
};

bool cut_by_length(const ExtractionRequest& request) {
    static constexpr std::array<std::string_view, 4> kReasons = {"length", "max_tokens",
                                                                 "MAX_TOKENS", "model_length"};
    return std::ranges::find(kReasons, request.finish_reason) != kReasons.end();
}

/// The header that a body alone gets, without the body that the interface may have.
std::string wanted_header(const std::string& interface_text) {
    const Outline outline = read_outline(interface_text);
    const auto unit = std::ranges::find(outline.units, UnitKind::Module, &DesignUnit::kind);
    if (unit == outline.units.end()) return {};
    return interface_text.substr(0, unit->header_span.end());
}

std::optional<Found> from_fences(std::string_view text) {
    Found found;
    int count = 0;
    for (const FencedBlock& block : fenced_blocks(text)) {
        if (!holds_unit(block.content)) continue;
        // Behind an open fence prose may follow.
        const bool whole =
            block.closed || block.content.find("endmodule") == std::string_view::npos;
        found.code += whole ? std::string(block.content) : bare_code(block.content);
        if (!found.code.ends_with('\n')) found.code += '\n';
        if (!block.closed) found.problems.emplace_back("a fence isn't closed");
        ++count;
    }
    if (count == 0) return std::nullopt;
    found.how = count == 1 ? "fence" : "fences";
    return found;
}

/// A body whose endmodule comes before any module begins; helpers may follow it.
std::optional<Found> from_body(std::string_view text, const ExtractionRequest& request) {
    const std::string header = wanted_header(request.interface_text);
    if (header.empty()) return std::nullopt;
    Found found;
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

std::optional<Found> from_passage(std::string_view text, const ExtractionRequest& request) {
    if (auto found = from_fences(text)) return found;
    if (!request.interface_text.empty() && continues_module(text)) {
        if (auto found = from_body(text, request)) return found;
    }
    if (std::string code = bare_code(text); !code.empty())
        return Found{std::move(code), "bare", {}};
    return std::nullopt;
}

std::optional<Found> find_code(std::string_view answer, const ExtractionRequest& request) {
    for (const Passage& passage : passages(answer)) {
        auto found = from_passage(passage.text, request);
        if (!found) continue;
        if (!passage.how.empty()) found->how = passage.how + "/" + found->how;
        if (!passage.closed)
            found->problems.push_back("the end mark of " + passage.how + " is missing");
        return found;
    }
    return std::nullopt;
}

/// Of units that stand there twice the last whole one counts, else the last.
std::set<std::size_t> superseded(const std::vector<DesignUnit>& units) {
    std::map<std::string_view, std::size_t> chosen;
    std::set<std::size_t> left_out;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto [entry, added] = chosen.try_emplace(units[i].header.name, i);
        if (added) continue;
        const bool keep_old = units[entry->second].closed && !units[i].closed;
        left_out.insert(keep_old ? i : entry->second);
        if (!keep_old) entry->second = i;
    }
    return left_out;
}

/// Modules without ports that nobody instantiates and that instantiate others of the text.
std::set<std::size_t> testbenches(const std::vector<DesignUnit>& units, std::string_view top) {
    std::set<std::string_view> names;
    std::set<std::string_view> used;
    for (const DesignUnit& unit : units) {
        names.insert(unit.header.name);
        for (const Instance& instance : unit.instances) used.insert(instance.module_name);
    }
    std::set<std::size_t> found;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const DesignUnit& unit = units[i];
        if (unit.kind != UnitKind::Module || !unit.header.ports.empty()) continue;
        if (unit.header.name == top || used.contains(unit.header.name)) continue;
        if (std::ranges::any_of(unit.instances, [&](const Instance& instance) {
                return names.contains(instance.module_name);
            })) {
            found.insert(i);
        }
    }
    return found;
}

/// Whether a unit without its end could end here: nothing is open and a statement is over.
bool is_balanced(std::string_view body) {
    int blocks = 0;
    int brackets = 0;
    std::string_view last = ";";
    for (const Token& token : lex(body)) {
        if (token.is("begin") || token.is("case") || token.is("casez") || token.is("casex") ||
            token.is("function") || token.is("task") || token.is("generate")) {
            ++blocks;
        } else if (token.is("end") || token.is("endcase") || token.is("endfunction") ||
                   token.is("endtask") || token.is("endgenerate")) {
            --blocks;
        } else if (token.is("(") || token.is("[") || token.is("{") || token.is("'{")) {
            ++brackets;
        } else if (token.is(")") || token.is("]") || token.is("}")) {
            --brackets;
        }
        if (token.unterminated) return false;
        last = token.text;
    }
    return blocks == 0 && brackets == 0 && (last == ";" || last.starts_with("end"));
}

/// What is to be done to the text at an offset.
struct Edit {
    std::size_t offset = 0;
    std::size_t removed = 0;
    std::string added;
};

class Finisher {
public:
    Finisher(Found found, const ExtractionRequest& request)
        : request_(request), units_(read_outline(found.code).units) {
        result_.code = std::move(found.code);
        result_.how = std::move(found.how);
        result_.problems = std::move(found.problems);
    }

    Extraction finish() {
        leave_out();
        end_units();
        std::ranges::sort(edits_, std::ranges::greater{}, &Edit::offset);
        for (const Edit& edit : edits_) {
            result_.code.replace(edit.offset, edit.removed, edit.added);
        }
        if (!result_.code.ends_with('\n')) result_.code += '\n';
        return std::move(result_);
    }

private:
    void leave_out() {
        left_out_ = superseded(units_);
        for (const std::size_t i : left_out_) {
            result_.problems.push_back("module " + units_[i].header.name +
                                       " stands there twice: one was left out");
        }
        for (const std::size_t i : testbenches(units_, wanted_top())) {
            if (!left_out_.insert(i).second) continue;
            result_.problems.push_back("testbench " + units_[i].header.name + " was left out");
        }
        std::size_t covered = 0;  // a nested unit goes with its outer one
        for (const std::size_t i : left_out_) {
            const Span span = units_[i].span;
            if (span.offset < covered) continue;
            covered = span.end();
            edits_.push_back({span.offset, span.length, ""});
        }
    }

    void end_units() {
        for (std::size_t i = 0; i < units_.size(); ++i) {
            const DesignUnit& unit = units_[i];
            if (unit.closed || left_out_.contains(i) || unit.kind != UnitKind::Module) continue;
            const bool last = i + 1 == units_.size();
            const bool whole = is_balanced(unit.span.of(result_.code));
            if (last && (cut_by_length(request_) || !whole)) {
                result_.verdict_class = VerdictClass::Truncated;
                result_.problems.push_back("the text ends within module " + unit.header.name);
            } else if (whole) {
                edits_.push_back({unit.span.end(), 0, "\nendmodule\n"});
                result_.problems.push_back("endmodule of " + unit.header.name +
                                           " was missing and is added");
            }
        }
    }

    [[nodiscard]] std::string wanted_top() const {
        if (!request_.top.empty() || request_.interface_text.empty()) return request_.top;
        const auto header = interface_from_text(request_.interface_text);
        return header ? header->name : std::string();
    }

    const ExtractionRequest& request_;
    std::vector<DesignUnit> units_;
    std::set<std::size_t> left_out_;
    std::vector<Edit> edits_;
    Extraction result_;
};

bool is_refusal(std::string_view answer, const ExtractionRequest& request) {
    if (request.finish_reason == "content_filter" || request.finish_reason == "refusal")
        return true;
    static constexpr std::array<std::string_view, 12> kPhrases = {
        "i'm sorry",  "i am sorry",  "i cannot",     "i can't", "i can’t",  "i’m sorry",
        "i'm unable", "i am unable", "i'm not able", "i won't", "as an ai", "i must decline"};
    const std::string begin = to_lower(trim(answer).substr(0, 400));
    return std::ranges::any_of(
        kPhrases, [&](std::string_view phrase) { return begin.find(phrase) != std::string::npos; });
}

Extraction nothing(std::string_view answer, const ExtractionRequest& request) {
    Extraction result;
    result.how = "none";
    result.verdict_class = VerdictClass::NoCode;
    if (trim(request.completion).empty()) {
        result.problems.emplace_back("the completion is empty");
    } else if (trim(answer).empty()) {
        result.problems.emplace_back("the completion is reasoning alone, without an answer");
    } else {
        result.problems.emplace_back("no module stands in the completion");
    }
    if (cut_by_length(request)) {
        result.verdict_class = VerdictClass::Truncated;
        result.problems.emplace_back("the completion was cut at its length limit");
    } else if (is_refusal(answer, request)) {
        result.verdict_class = VerdictClass::Refused;
    }
    return result;
}

struct ReasoningMarks {
    std::string_view begin;
    std::string_view end;
};
constexpr std::array<ReasoningMarks, 6> kReasoning = {
    {{"<think>", "</think>"},
     {"<thinking>", "</thinking>"},
     {"<thought>", "</thought>"},
     {"<reasoning>", "</reasoning>"},
     {"<|begin_of_thought|>", "<|end_of_thought|>"},
     {"<|channel|>analysis", "<|channel|>final"}}};

}  // namespace

std::string_view without_reasoning(std::string_view completion) {
    static constexpr std::array<std::string_view, 5> kEndMarks = {
        "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|return|>", "<｜end▁of▁sentence｜>"};
    for (const ReasoningMarks& marks : kReasoning) {
        const std::size_t end = completion.rfind(marks.end);
        if (end != std::string_view::npos) {
            completion.remove_prefix(end + marks.end.size());
        } else if (trim(completion).starts_with(marks.begin)) {
            return {};  // never ended: no answer
        }
    }
    for (const std::string_view mark : kEndMarks) {
        const std::size_t at = completion.find(mark);
        // At the very front it is no end.
        if (at != std::string_view::npos && !trim(completion.substr(0, at)).empty()) {
            completion = completion.substr(0, at);
        }
    }
    return completion;
}

Extraction extract_code(const ExtractionRequest& request) {
    const std::string_view answer = without_reasoning(request.completion);
    std::optional<Found> found = find_code(answer, request);
    if (!found) return nothing(answer, request);
    return Finisher(*std::move(found), request).finish();
}

}  // namespace rtlgen::rtl
