// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/unit_choice.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/base/text.h"
#include "core/rtl/answer_text.h"
#include "core/rtl/lexer.h"
#include "core/rtl/module_header.h"

namespace rtlgen::rtl {
namespace {

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

/// Gates and switches of IEEE 1800, which no module defines.
bool is_primitive(std::string_view name) {
    static constexpr std::array<std::string_view, 26> kNames = {
        "and",     "nand",     "or",       "nor",    "xor",     "xnor",  "buf",
        "not",     "bufif0",   "bufif1",   "notif0", "notif1",  "nmos",  "pmos",
        "rnmos",   "rpmos",    "cmos",     "rcmos",  "tran",    "rtran", "tranif0",
        "tranif1", "rtranif0", "rtranif1", "pullup", "pulldown"};
    return std::ranges::find(kNames, name) != kNames.end();
}

/// What is to be done to the text at an offset.
struct Edit {
    std::size_t offset = 0;
    std::size_t removed = 0;
    std::string added;
};

class Finisher {
public:
    Finisher(FoundCode found, const ExtractionRequest& request)
        : request_(request), units_(read_outline(found.code).units) {
        result_.code = std::move(found.code);
        result_.how = std::move(found.how);
        result_.problems = std::move(found.problems);
    }

    Extraction finish() {
        leave_out();
        end_units();
        if (cut_by_length(request_)) find_missing();
        std::ranges::sort(edits_, std::ranges::greater{}, &Edit::offset);
        for (const Edit& edit : edits_) {
            result_.code.replace(edit.offset, edit.removed, edit.added);
        }
        if (!result_.code.ends_with('\n')) result_.code += '\n';
        refuse_placeholders();
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
            const std::size_t begin = units_[i].span.offset;
            if (begin < covered) continue;
            covered = end_of(i);
            edits_.push_back({begin, covered - begin, ""});
        }
    }

    /// A unit without its end reaches to the next one.
    [[nodiscard]] std::size_t end_of(std::size_t i) const {
        const std::size_t end = units_[i].span.end();
        if (units_[i].closed || i + 1 == units_.size()) return end;
        return std::min(end, units_[i + 1].span.offset);
    }

    void end_units() {
        for (std::size_t i = 0; i < units_.size(); ++i) {
            const DesignUnit& unit = units_[i];
            if (unit.closed || left_out_.contains(i) || unit.kind != UnitKind::Module) continue;
            const bool last = i + 1 == units_.size();
            const std::size_t end = end_of(i);
            const bool whole = is_balanced(
                std::string_view(result_.code).substr(unit.span.offset, end - unit.span.offset));
            if (last && (cut_by_length(request_) || !whole)) {
                result_.verdict_class = VerdictClass::Truncated;
                result_.problems.push_back("the text ends within module " + unit.header.name);
            } else if (whole) {
                edits_.push_back({end, 0, "\nendmodule\n"});
                result_.problems.push_back("endmodule of " + unit.header.name +
                                           " was missing and is added");
            }
        }
    }

    /// Of a text that was cut: whether what it lacks is what was to come.
    void find_missing() {
        if (result_.verdict_class != VerdictClass::None) return;
        std::set<std::string_view> names;
        for (const DesignUnit& unit : units_) names.insert(unit.header.name);
        const std::string top = wanted_top();
        std::string missing = top.empty() || names.contains(top) ? std::string() : top;
        for (std::size_t i = 0; i < units_.size() && missing.empty(); ++i) {
            if (left_out_.contains(i)) continue;
            for (const Instance& instance : units_[i].instances) {
                if (!names.contains(instance.module_name) && !is_primitive(instance.module_name))
                    missing = instance.module_name;
            }
        }
        if (missing.empty()) return;
        result_.verdict_class = VerdictClass::Truncated;
        result_.problems.push_back("the text ends before module " + missing);
    }

    void refuse_placeholders() {
        if (result_.verdict_class != VerdictClass::None) return;
        const std::string placeholder = placeholder_in(result_.code);
        if (placeholder.empty()) return;
        result_.verdict_class = VerdictClass::NoCode;
        result_.code.clear();
        // First, since a reader may be told one reason alone.
        result_.problems.insert(result_.problems.begin(),
                                "the code leaves parts out: `" + placeholder + "`");
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

}  // namespace

bool cut_by_length(const ExtractionRequest& request) {
    static constexpr std::array<std::string_view, 4> kReasons = {"length", "max_tokens",
                                                                 "MAX_TOKENS", "model_length"};
    return std::ranges::find(kReasons, request.finish_reason) != kReasons.end();
}

Extraction choose_units(FoundCode found, const ExtractionRequest& request) {
    return Finisher(std::move(found), request).finish();
}

}  // namespace rtlgen::rtl
