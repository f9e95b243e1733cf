// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/batch_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "cli/workflow/strict_json.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/rtl/code_extraction.h"
#include "core/rtl/source_order.h"

namespace rtlgen::workflow {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;

constexpr std::array<std::string_view, 13> kLineKeys = {
    "id",         "candidate", "completion", "problem", "reference", "testbench", "top",
    "parameters", "defines",   "interface",  "seed",    "timeout",   "deadline"};
constexpr std::array<std::string_view, 7> kProblemKeys = {
    "id", "reference", "testbench", "top", "parameters", "defines", "interface"};
constexpr std::array<std::string_view, 6> kSourceKeys = {"text", "files",      "paths",
                                                         "top",  "parameters", "defines"};

tl::unexpected<Error> refuse(std::string message) {
    return fail(ErrorCode::InvalidArgument, std::move(message));
}

Result<std::string> text_of(const Json& value, const std::string& key) {
    if (!value.is_string()) return refuse("'" + key + "' is no string");
    return value.get<std::string>();
}

/// A text that tools get: a NUL would end it for some of them.
Result<std::string> source_text(const Json& value, const std::string& key) {
    TRY_ASSIGN(std::string text, text_of(value, key));
    if (text.find('\0') != std::string::npos) return refuse("'" + key + "' holds a NUL character");
    return text;
}

Result<std::string> identifier(const Json& value, const std::string& key) {
    TRY_ASSIGN(std::string name, text_of(value, key));
    if (name.empty() || is_simple_identifier(name)) return name;
    return refuse("'" + key + "' is no plain identifier ([A-Za-z_][A-Za-z0-9_$]*)");
}

/// Seconds within the bounds that --timeout has.
Result<milliseconds> seconds(const Json& value, const std::string& key) {
    constexpr double kLeast = 1e-3;
    constexpr double kMost = 1e6;
    const double number = value.is_number() ? value.get<double>() : NAN;
    if (number >= kLeast && number <= kMost) {
        return milliseconds(static_cast<std::int64_t>(number * 1e3));
    }
    return refuse(fmt::format("'{}' is no number of seconds from {} to {}", key, kLeast, kMost));
}

/// {"WIDTH": 8}: numbers, texts, and where `empty` says so null for a name without a value.
enum class Valueless { Refused, Taken };
Result<std::vector<NameValue>> name_values(const Json& value, const std::string& key,
                                           Valueless valueless) {
    if (!value.is_object()) return refuse("'" + key + "' is no object of names and values");
    std::vector<NameValue> list;
    for (const auto& [name, entry] : value.items()) {
        if (!is_simple_identifier(name)) {
            return refuse("'" + key + "' has a name that is no plain identifier");
        }
        if (entry.is_string()) {
            list.push_back({name, entry.get<std::string>()});
        } else if (entry.is_number()) {
            list.push_back({name, entry.dump()});
        } else if (entry.is_null() && valueless == Valueless::Taken) {
            list.push_back({name, std::nullopt});
        } else {
            return refuse("'" + key + "': the value of " + name + " is no number and no string");
        }
        const std::string& text = list.back().value.value_or("");
        const bool plain = std::ranges::none_of(
            text, [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == '\x7f'; });
        if (!plain) {
            return refuse("'" + key + "': the value of " + name + " has a control character");
        }
    }
    return list;
}

/// {"a.sv": "module ..."}: texts by the names that messages give them.
Result<std::vector<SourceFile>> inline_files(const Json& value, const std::string& key) {
    if (!value.is_object() || value.empty()) {
        return refuse("'" + key + ".files' is no object of names and texts");
    }
    std::vector<SourceFile> files;
    for (const auto& [name, text] : value.items()) {
        constexpr std::size_t kLongest = 1024;
        if (name.empty() || name.size() > kLongest || name.find('\0') != std::string::npos) {
            return refuse("'" + key + ".files' has a name that is empty, too long or no text");
        }
        TRY_ASSIGN(std::string source, source_text(text, key + ".files." + shown_name(name)));
        files.push_back({name, {}, std::move(source)});
    }
    return files;
}

Result<std::vector<std::string>> paths_of(const Json& value, const std::string& key) {
    const auto wrong = [&] { return refuse("'" + key + ".paths' is no list of file names"); };
    if (!value.is_array() || value.empty()) return wrong();
    std::vector<std::string> paths;
    for (const Json& entry : value) {
        if (!entry.is_string()) return wrong();
        std::string path = entry.get<std::string>();
        // Standard input is the batch itself, and options are no files.
        if (path.empty() || path.starts_with('-') || path.starts_with('+') ||
            path.find('\0') != std::string::npos) {
            return wrong();
        }
        paths.push_back(std::move(path));
    }
    return paths;
}

/// Error: it isn't there, or is no string or whole number.
Result<Json> id_of(const Json& line) {
    constexpr std::size_t kLongest = 4096;
    const auto id = line.find("id");
    if (id == line.end()) return refuse("'id' is missing");
    const bool fits = id->is_string() ? id->get_ref<const std::string&>().size() <= kLongest
                                      : id->is_number_integer();
    if (!fits) return refuse("'id' is no string (of 4096 bytes at most) and no whole number");
    return *id;
}

/// What there is no design in: a verdict, since it says something about the answer.
Verdict without_design(VerdictClass why, std::string reason, Origin origin) {
    Check check;
    check.name = "gate";
    check.outcome = Outcome::Fail;
    check.verdict_class = why;
    check.reason = std::move(reason);
    Verdict verdict;
    verdict.outcome = Outcome::Fail;
    verdict.verdict_class = why;
    verdict.candidate.origin = origin;
    verdict.checks.push_back(std::move(check));
    return verdict;
}

}  // namespace

Result<SourceSet> BatchLines::source_from(const Json& value, const std::string& key) {
    SourceSet set;
    const std::string name = key + ".sv";
    if (value.is_string()) {
        TRY_ASSIGN(std::string text, source_text(value, key));
        set.files = {{name, {}, std::move(text)}};
        return set;
    }
    if (!value.is_object()) return refuse("'" + key + "' is no text and no object");
    TRY(check_keys(value, kSourceKeys, "'" + key + "'"));
    const auto kinds = value.contains("text") + value.contains("files") + value.contains("paths");
    if (kinds != 1) return refuse("'" + key + "' has to have one of text, files and paths");
    if (value.contains("text")) {
        TRY_ASSIGN(std::string text, source_text(value.at("text"), key + ".text"));
        set.files = {{name, {}, std::move(text)}};
    } else if (value.contains("files")) {
        TRY_ASSIGN(set.files, inline_files(value.at("files"), key));
    } else {
        TRY_ASSIGN(const std::vector<std::string> paths, paths_of(value.at("paths"), key));
        TRY_ASSIGN(set, load_(paths));
    }
    if (value.contains("top")) {
        TRY_ASSIGN(set.top, identifier(value.at("top"), key + ".top"));
    }
    if (value.contains("parameters")) {
        TRY_ASSIGN(set.parameters,
                   name_values(value.at("parameters"), key + ".parameters", Valueless::Refused));
    }
    if (value.contains("defines")) {
        TRY_ASSIGN(set.defines,
                   name_values(value.at("defines"), key + ".defines", Valueless::Taken));
    }
    return set;
}

Result<BatchProblem> BatchLines::problem_from(const Json& object, BatchProblem base) {
    if (object.contains("reference")) {
        TRY_ASSIGN(base.problem.reference, source_from(object.at("reference"), "reference"));
    }
    if (object.contains("testbench")) {
        TRY_ASSIGN(base.problem.testbench, source_from(object.at("testbench"), "testbench"));
    }
    Spec& spec = base.problem.spec;
    if (object.contains("top")) {
        TRY_ASSIGN(spec.top, identifier(object.at("top"), "top"));
    }
    if (object.contains("interface")) {
        TRY_ASSIGN(spec.interface_text, source_text(object.at("interface"), "interface"));
    }
    if (object.contains("parameters")) {
        TRY_ASSIGN(base.parameters,
                   name_values(object.at("parameters"), "parameters", Valueless::Refused));
    }
    if (object.contains("defines")) {
        TRY_ASSIGN(base.defines, name_values(object.at("defines"), "defines", Valueless::Taken));
    }
    return base;
}

Status BatchLines::keep(const std::string& id, BatchProblem problem) {
    const auto [at, fresh] = problems_.try_emplace(id, std::move(problem));
    if (fresh || at->second == problem) return {};
    return refuse("the problem '" + shown_name(id) + "' was another one before");
}

Status BatchLines::add_problem(std::string_view text) {
    TRY_ASSIGN(const Json object, parse_strict(text));
    TRY(check_keys(object, kProblemKeys, "a problem"));
    if (!object.contains("id")) return refuse("'id' is missing");
    TRY_ASSIGN(const std::string id, text_of(object.at("id"), "id"));
    TRY_ASSIGN(BatchProblem problem, problem_from(object, {}));
    return keep(id, std::move(problem));
}

Result<BatchProblem> BatchLines::problem_of(const Json& line) {
    const auto named = line.find("problem");
    if (named == line.end()) return problem_from(line, defaults_.problem);
    if (named->is_string()) {
        const auto known = problems_.find(named->get_ref<const std::string&>());
        if (known == problems_.end()) {
            return refuse("there is no problem '" +
                          shown_name(named->get_ref<const std::string&>()) + "' before this line");
        }
        return problem_from(line, known->second);
    }
    if (!named->is_object()) return refuse("'problem' is no id and no object");
    TRY(check_keys(*named, kProblemKeys, "'problem'"));
    TRY_ASSIGN(BatchProblem problem, problem_from(*named, {}));
    if (named->contains("id")) {
        TRY_ASSIGN(const std::string id, text_of(named->at("id"), "problem.id"));
        TRY(keep(id, problem));
    }
    return problem_from(line, std::move(problem));
}

Status BatchLines::take_candidate(BatchItem& item, const Json& line, const BatchProblem& problem) {
    verify::JudgeRequest& request = item.request;
    if (line.contains("candidate") == line.contains("completion")) {
        return refuse("the line has to have one of candidate and completion");
    }
    if (line.contains("candidate")) {
        TRY_ASSIGN(request.candidate, source_from(line.at("candidate"), "candidate"));
    } else {
        TRY_ASSIGN(const std::string answer, text_of(line.at("completion"), "completion"));
        const Spec& spec = problem.problem.spec;
        const rtl::Extraction taken =
            rtl::extract_code({answer, spec.interface_text, spec.top, {}});
        request.candidate.files = {{"candidate.sv", {}, taken.code}};
        request.origin = Origin::Model;
        if (taken.verdict_class != VerdictClass::None) {
            item.verdict = without_design(
                taken.verdict_class,
                taken.problems.empty() ? "the answer holds no module" : taken.problems.front(),
                request.origin);
        }
    }
    SourceSet& design = request.candidate;
    if (design.top.empty()) design.top = problem.problem.spec.top;
    if (design.parameters.empty()) design.parameters = problem.parameters;
    if (design.defines.empty()) design.defines = problem.defines;
    // Where the top isn't there or isn't the only one, the checks say so.
    if (const auto top = rtl::detect_top(design)) design.top = *top;
    if (!design.parameters.empty() && !item.verdict) {
        if (const Status there = rtl::check_parameters(design); !there) {
            item.verdict =
                without_design(VerdictClass::Interface, there.error().message, request.origin);
        }
    }
    return {};
}

Result<std::optional<BatchItem>> BatchLines::item_of(const Json& line) {
    if (line.size() == 1 && line.contains("problem") && line.at("problem").is_object()) {
        if (!line.at("problem").contains("id")) return refuse("'problem.id' is missing");
        TRY(problem_of(line));
        return std::optional<BatchItem>();
    }
    TRY_ASSIGN(const Json id, id_of(line));
    if (!ids_.insert(sha256_seed(id.dump())).second) return refuse("the id was there before");
    TRY(check_keys(line, kLineKeys, "the line"));
    BatchItem item;
    item.request = defaults_.judge;
    TRY_ASSIGN(const BatchProblem problem, problem_of(line));
    TRY(take_candidate(item, line, problem));
    item.request.testbench = problem.problem.testbench;
    item.request.reference = problem.problem.reference;
    if (item.request.testbench && !item.request.candidate.parameters.empty()) {
        return refuse("parameters have no meaning with a testbench: it gives the design its own");
    }
    if (line.contains("seed")) {
        const Json& seed = line.at("seed");
        if (!seed.is_string() && !seed.is_number_integer()) {
            return refuse("'seed' is no string and no whole number");
        }
        item.request.seed = seed.is_string() ? seed.get<std::string>() : seed.dump();
    }
    process::Limits& limits = item.request.limits;
    if (line.contains("timeout")) {
        TRY_ASSIGN(limits.wall, seconds(line.at("timeout"), "timeout"));
    }
    limits.cpu = std::chrono::ceil<std::chrono::seconds>(limits.wall);
    item.deadline = defaults_.deadline.value_or(limits.wall * kDeadlineFactor);
    if (line.contains("deadline")) {
        TRY_ASSIGN(item.deadline, seconds(line.at("deadline"), "deadline"));
    }
    return std::optional(std::move(item));
}

BatchRead BatchLines::read(std::string_view text) {
    BatchRead read;
    Result<Json> line = parse_strict(text);
    if (!line) {
        read.item = tl::unexpected<Error>(std::move(line).error());
        return read;
    }
    if (Result<Json> id = id_of(*line)) read.id = *std::move(id);
    read.item = item_of(*line);
    return read;
}

}  // namespace rtlgen::workflow
