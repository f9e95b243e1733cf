// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/source_strings.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "core/rtl/lexer.h"

namespace rtlgen::rtl {
namespace {

struct FileTask {
    std::string_view name;
    FileUse use;
};
// The file is the first argument of each.
constexpr std::array<FileTask, 16> kFileTasks = {{{"$readmemh", FileUse::Read},
                                                  {"$readmemb", FileUse::Read},
                                                  {"$sreadmemh", FileUse::Unknown},
                                                  {"$sreadmemb", FileUse::Unknown},
                                                  {"$sdf_annotate", FileUse::Read},
                                                  {"$fopen", FileUse::Read},
                                                  {"$writememh", FileUse::Write},
                                                  {"$writememb", FileUse::Write},
                                                  {"$dumpfile", FileUse::Write},
                                                  {"$dumpports", FileUse::Write},
                                                  {"$fsdbDumpfile", FileUse::Write},
                                                  {"$shm_open", FileUse::Write},
                                                  {"$vcdplusfile", FileUse::Write},
                                                  {"$wlfdumpvars", FileUse::Write},
                                                  {"$coverage_save", FileUse::Write},
                                                  {"$save", FileUse::Write}}};

bool is_usable_name(std::string_view name) {
    return !name.empty() && name.size() <= 255 &&
           name.find_first_of(std::string_view("%\0\n", 3)) == std::string_view::npos;
}

/// name.ext, without spaces and with a short extension of letters and digits.
bool looks_like_file_name(std::string_view name) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == '.' || c == '/' || c == '+';
    };
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || !std::ranges::all_of(name, plain)) {
        return false;
    }
    const std::string_view extension = name.substr(dot + 1);
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !extension.empty() && extension.size() <= 8 && letter(extension.front()) &&
           extension.find('/') == std::string_view::npos;
}

/// The second argument of $fopen, a literal too.
FileUse use_by_mode(const std::vector<Token>& tokens, std::size_t name_at) {
    const bool has_mode = name_at + 2 < tokens.size() && tokens[name_at + 1].is(",") &&
                          tokens[name_at + 2].kind == TokenKind::String;
    if (!has_mode) return FileUse::Write;  // a multichannel descriptor is for writing
    const std::string mode = string_value(tokens[name_at + 2]);
    return mode.starts_with('r') ? FileUse::Read : FileUse::Write;
}

}  // namespace

std::vector<FileString> file_strings(std::string_view text) {
    const std::vector<Token> tokens = lex(text);
    std::vector<FileString> found;
    std::set<std::tuple<std::string, std::string, FileUse>> seen;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].kind != TokenKind::String) continue;
        if (i > 0 && tokens[i - 1].is("`include")) continue;
        FileString file;
        file.name = string_value(tokens[i]);
        file.line = tokens[i].line;
        const bool first_argument =
            i >= 2 && tokens[i - 1].is("(") && tokens[i - 2].kind == TokenKind::SystemIdentifier;
        if (first_argument) {
            const auto* task = std::ranges::find(kFileTasks, tokens[i - 2].text, &FileTask::name);
            if (task != kFileTasks.end()) {
                file.task = task->name;
                file.use = task->name == "$fopen" ? use_by_mode(tokens, i) : task->use;
            }
        }
        if (!is_usable_name(file.name)) continue;
        if (file.task.empty() && !looks_like_file_name(file.name)) continue;
        if (seen.emplace(file.name, file.task, file.use).second) found.push_back(std::move(file));
    }
    return found;
}

}  // namespace rtlgen::rtl
