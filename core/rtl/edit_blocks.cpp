// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/edit_blocks.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/base/text.h"
#include "core/rtl/answer_text.h"
#include "core/rtl/code_extraction.h"
#include "core/rtl/edit_reading.h"

namespace rtlgen::rtl {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view without_end_space(std::string_view line) {
    while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
    return line;
}

bool same_but_for_space(std::string_view a, std::string_view b) {
    std::size_t i = 0;
    std::size_t k = 0;
    while (true) {
        while (i < a.size() && is_space(a[i])) ++i;
        while (k < b.size() && is_space(b[k])) ++k;
        if (i == a.size() || k == b.size()) return i == a.size() && k == b.size();
        if (a[i++] != b[k++]) return false;
    }
}

using SameLine = bool (*)(std::string_view, std::string_view);

constexpr SameLine kSameLine[] = {
    [](std::string_view a, std::string_view b) { return a == b; },
    [](std::string_view a, std::string_view b) {
        return without_end_space(a) == without_end_space(b);
    },
    [](std::string_view a, std::string_view b) { return trim(a) == trim(b); }, same_but_for_space};

/// Lines compared for one answer: real ones need thousands.
constexpr std::size_t kMostComparisons = 20'000'000;
constexpr std::size_t kMostPlaces = 8;

/// Lines to look for and those in their place.
struct Change {
    Lines search;
    Lines replace;
};

/// Without the last `loose` lines, which are the same in both.
Change without_loose(Change change, std::size_t loose) {
    change.search.resize(change.search.size() - std::min(loose, change.search.size()));
    change.replace.resize(change.replace.size() - std::min(loose, change.replace.size()));
    return change;
}

void drop_empty_ends(Lines& lines) {
    const auto has_text = [](std::string_view line) { return !trim(line).empty(); };
    lines.erase(lines.begin(), std::ranges::find_if(lines, has_text));
    while (!lines.empty() && !has_text(lines.back())) lines.pop_back();
}

Change without_empty_ends(Change change) {
    drop_empty_ends(change.search);
    drop_empty_ends(change.replace);
    return change;
}

/// Where a change fits in a file.
struct Places {
    std::vector<std::size_t> lines;  ///< from 0
    Change change;
};

std::string told_lines(const Lines& search) {
    const std::string first(search.empty() ? std::string_view() : trim(search.front()));
    return std::to_string(search.size()) + (search.size() == 1 ? " line" : " lines") +
           " beginning with `" + first.substr(0, 80) + "`";
}

class Applying {
public:
    explicit Applying(std::vector<SourceFile>& files) : files_(files) {}

    /// An empty text where it went well.
    std::string apply(const EditBlock& block) {
        if (block.whole) return replace_file(block);
        std::vector<std::pair<SourceFile*, Places>> holders;
        if (without_empty_ends({block.search, {}}).search.empty()) {
            return "an edit has no lines to look for";
        }
        // Of a block that names no file the lines say which it is, if one alone has them.
        for (SourceFile& file : files_) {
            if (!block.file.empty() && file.path != block.file) continue;
            Places places = places_in(file, block);
            if (!places.lines.empty()) holders.emplace_back(&file, std::move(places));
        }
        if (spent_ > kMostComparisons) return "the edits take too long to look for";
        if (holders.empty()) {
            return (block.file.empty() ? "no file has the " : block.file + " doesn't have the ") +
                   told_lines(block.search);
        }
        auto& [file, places] = holders.front();
        if (holders.size() > 1 || places.lines.size() > 1) {
            return "more than one place has the " + told_lines(block.search) + ": " +
                   told_places(holders);
        }
        replace_lines(*file, places);
        return {};
    }

private:
    std::string replace_file(const EditBlock& block) {
        const auto file = block.file.empty()
                              ? files_.begin()
                              : std::ranges::find(files_, block.file, &SourceFile::path);
        std::string text;
        for (const std::string_view line : block.replace) text.append(line).append("\n");
        const std::string placeholder = placeholder_in(text);
        if (!placeholder.empty()) return "the file leaves parts out: `" + placeholder + "`";
        file->text = plain_code(std::move(text));
        return {};
    }

    Places places_in(const SourceFile& file, const EditBlock& block) {
        const Lines lines = split_lines(file.text);
        const Change whole{block.search, block.replace};
        for (const Change& change : {whole, without_empty_ends(whole),
                                     without_empty_ends(without_loose(whole, block.loose))}) {
            if (change.search.empty()) continue;
            for (const SameLine same : kSameLine) {
                Places places{find(lines, change.search, same), change};
                if (places.lines.empty()) continue;
                keep_stated(places.lines, file, block.line);
                return places;
            }
        }
        return {};
    }

    std::vector<std::size_t> find(const Lines& lines, const Lines& search, SameLine same) {
        std::vector<std::size_t> places;
        for (std::size_t at = 0; at + search.size() <= lines.size(); ++at) {
            std::size_t i = 0;
            while (i < search.size() && same(lines[at + i], search[i])) ++i;
            spent_ += i + 1;
            if (i == search.size()) places.push_back(at);
            if (places.size() == kMostPlaces || spent_ > kMostComparisons) break;
        }
        return places;
    }

    /// Of several places that which a hunk's number means.
    void keep_stated(std::vector<std::size_t>& places, const SourceFile& file, std::size_t line) {
        if (line == 0 || places.size() < 2) return;
        const std::ptrdiff_t meant = static_cast<std::ptrdiff_t>(line) - 1 + moved_[file.path];
        if (meant < 0) return;
        const auto at = static_cast<std::size_t>(meant);
        if (std::ranges::find(places, at) != places.end()) places = {at};
    }

    static std::string told_places(const std::vector<std::pair<SourceFile*, Places>>& holders) {
        std::string text;
        for (const auto& [file, places] : holders) {
            for (const std::size_t at : places.lines) {
                text += (text.empty() ? "" : ", ") + file->path + ":" + std::to_string(at + 1);
            }
        }
        return text;
    }

    /// Lines keep the file's own ends, and a last one without any stays so.
    void replace_lines(SourceFile& file, const Places& places) {
        const auto& [search, replace] = places.change;
        const Lines lines = split_lines(file.text);
        const std::size_t first = places.lines.front();
        const std::string_view end = file.text.find("\r\n") != std::string::npos ? "\r\n" : "\n";
        const bool closed = file.text.empty() || file.text.back() == '\n';
        std::string text;
        const auto add = [&](std::string_view line) { text.append(line).append(end); };
        for (std::size_t i = 0; i < first; ++i) add(lines[i]);
        for (const std::string_view line : replace) add(line);
        for (std::size_t i = first + search.size(); i < lines.size(); ++i) add(lines[i]);
        if (!closed && text.ends_with(end)) text.resize(text.size() - end.size());
        file.text = std::move(text);
        moved_[file.path] += static_cast<std::ptrdiff_t>(replace.size()) -
                             static_cast<std::ptrdiff_t>(search.size());
    }

    std::vector<SourceFile>& files_;
    std::map<std::string, std::ptrdiff_t> moved_;  ///< lines that edits before it brought in
    std::size_t spent_ = 0;
};

/// A single file's new text where the answer has it in any other shape.
void take_whole(EditedFiles& edited, std::string_view answer) {
    Extraction extraction = extract_code({answer, {}, {}, {}});
    if (extraction.verdict_class != VerdictClass::None) {
        edited.problems = std::move(extraction.problems);
        return;
    }
    edited.files.front().text = std::move(extraction.code);
    edited.edits = 1;
}

}  // namespace

bool has_edits(std::string_view answer) {
    const Lines lines = split_lines(without_reasoning(answer));
    if (std::ranges::any_of(lines, is_search_mark)) return true;
    return std::ranges::any_of(lines, is_hunk_mark) &&
           std::ranges::any_of(lines, [](std::string_view line) {
               return line.starts_with('+') || line.starts_with('-');
           });
}

std::string new_file_of_diff(std::string_view text) {
    std::string code;
    bool is_new = false;
    bool in_hunk = false;
    for (const std::string_view line : split_lines(text)) {
        if (line.starts_with("--- ")) {
            if (in_hunk) return {};  // another file
            is_new = trim(line.substr(4)) == "/dev/null";
        } else if (is_hunk_mark(line)) {
            if (in_hunk) return {};
            in_hunk = true;
            is_new = is_new || line.starts_with("@@ -0,0 ");
        } else if (in_hunk && line.starts_with('+')) {
            code.append(line.substr(1)).append("\n");
        } else if (in_hunk && !trim(line).empty() && !line.starts_with('\\')) {
            return {};
        }
    }
    return is_new ? code : std::string();
}

EditedFiles apply_edits(std::vector<SourceFile> files, std::string_view answer) {
    EditedFiles edited;
    const std::string plain = plain_answer(without_reasoning(answer));
    const ReadEdits read = read_edits(plain, files);
    edited.problems = read.problems;
    edited.files = files;
    Applying applying(edited.files);
    for (const EditBlock& block : read.blocks) {
        std::string problem = applying.apply(block);
        if (problem.empty()) {
            ++edited.edits;
        } else {
            edited.problems.push_back(std::move(problem));
        }
    }
    const bool nothing_found = read.blocks.empty() && edited.problems.empty();
    if (nothing_found && files.size() == 1 && !has_edits(plain)) take_whole(edited, answer);
    if (!edited.problems.empty()) {
        edited.files = std::move(files);
        edited.edits = 0;
    }
    return edited;
}

}  // namespace rtlgen::rtl
