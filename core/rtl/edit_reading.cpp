// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/edit_reading.h"

#include <algorithm>

#include "core/base/text.h"

namespace rtlgen::rtl {
namespace {

bool is_divider(std::string_view line) {
    const std::string_view content = trim(line);
    return content.size() >= 5 && content.find_first_not_of('=') == std::string_view::npos;
}
bool is_replace_end(std::string_view line) { return trim(line).starts_with(">>>>>>>"); }

/// The run of backquotes or tildes that a line begins with, 3 at least; else empty.
std::string_view fence_of(std::string_view line) {
    const std::string_view content = trim(line);
    if (content.empty() || (content[0] != '`' && content[0] != '~')) return {};
    const std::size_t end = std::min(content.find_first_not_of(content[0]), content.size());
    return end >= 3 ? content.substr(0, end) : std::string_view();
}

bool closes(std::string_view line, std::string_view open) {
    const std::string_view content = trim(line);
    return content.size() >= open.size() &&
           content.find_first_not_of(open[0]) == std::string_view::npos;
}

/// N of `@@ -N,M +N,M @@`, or 0.
std::size_t line_of(std::string_view mark) {
    const std::size_t minus = mark.find('-');
    if (minus == std::string_view::npos) return 0;
    std::size_t end = minus + 1;
    while (end < mark.size() && mark[end] >= '0' && mark[end] <= '9') ++end;
    const auto number = parse_int(mark.substr(minus + 1, end - minus - 1));
    return number && *number > 0 ? static_cast<std::size_t>(*number) : 0;
}

class Reading {
public:
    Reading(std::string_view answer, const std::vector<SourceFile>& files)
        : lines_(split_lines(answer)), files_(files) {}

    ReadEdits read() {
        for (at_ = 0; at_ < lines_.size(); ++at_) {
            const std::string_view line = lines_[at_];
            if (is_search_mark(line)) {
                read_search_block();
            } else if (is_hunk_mark(line)) {
                read_hunk(line_of(line));
            } else if (is_header(at_)) {
                read_header();
            } else if (!fence_of(line).empty()) {
                read_fence();
            } else {
                note_name(line);
            }
        }
        return std::move(result_);
    }

private:
    void read_search_block() {
        EditBlock block;
        block.file = name_;
        for (++at_; at_ < lines_.size() && !is_divider(lines_[at_]); ++at_) {
            block.search.push_back(lines_[at_]);
        }
        for (++at_; at_ < lines_.size() && !is_replace_end(lines_[at_]); ++at_) {
            block.replace.push_back(lines_[at_]);
        }
        if (at_ >= lines_.size()) {
            result_.problems.emplace_back("a SEARCH block doesn't come to its end");
            return;
        }
        result_.blocks.push_back(std::move(block));
    }

    /// `--- OLD` with `+++ NEW` below it.
    [[nodiscard]] bool is_header(std::size_t at) const {
        return lines_[at].starts_with("--- ") && at + 1 < lines_.size() &&
               lines_[at + 1].starts_with("+++ ");
    }

    void read_header() {
        const std::string_view old_name = lines_[at_].substr(4);
        const std::string_view new_name = lines_[++at_].substr(4);
        if (note_name(new_name) || note_name(old_name)) return;
        name_.clear();
        if (files_.size() == 1) return;
        result_.problems.push_back("the design has no file " +
                                   std::string(trim(new_name)).substr(0, 80));
    }

    /// Up to the next hunk, fence or header of a file.
    void read_hunk(std::size_t stated_line) {
        EditBlock block;
        block.file = name_;
        block.line = stated_line;
        for (++at_; at_ < lines_.size(); ++at_) {
            const std::string_view line = lines_[at_];
            if (is_hunk_mark(line) || !fence_of(line).empty() || is_header(at_) ||
                line.starts_with("diff ") || line.starts_with("index ")) {
                break;
            }
            add_hunk_line(block, line);
        }
        --at_;
        result_.blocks.push_back(std::move(block));
    }

    static void add_hunk_line(EditBlock& block, std::string_view line) {
        if (line.starts_with('\\')) return;  // "\ No newline at end of file"
        const bool removed = line.starts_with('-');
        const bool added = line.starts_with('+');
        // Context without its space, an empty line, or prose.
        const bool unmarked = !removed && !added && !line.starts_with(' ');
        const std::string_view rest = unmarked ? line : line.substr(1);
        if (!added) block.search.push_back(rest);
        if (!removed) block.replace.push_back(rest);
        block.loose = unmarked ? block.loose + 1 : 0;
    }

    /// A fence around edits is passed over; one around a whole file is that file.
    void read_fence() {
        const std::string_view open = fence_of(lines_[at_]);
        const std::string label = to_lower(trim(trim(lines_[at_]).substr(open.size())));
        std::size_t end = at_ + 1;
        bool edits = false;
        for (; end < lines_.size() && !closes(lines_[end], open); ++end) {
            edits = edits || is_search_mark(lines_[end]) || is_hunk_mark(lines_[end]);
        }
        if (edits || end >= lines_.size()) return;
        if (label.starts_with("diff") || label.starts_with("patch")) {
            // Signs without a line that says where.
            if (at_ + 1 < end && is_header(at_ + 1)) {
                ++at_;
                read_header();
            }
            if (at_ + 1 < end) read_hunk(0);
            return;
        }
        EditBlock block;
        block.file = name_;
        block.whole = true;
        block.replace.assign(lines_.begin() + static_cast<std::ptrdiff_t>(at_) + 1,
                             lines_.begin() + static_cast<std::ptrdiff_t>(end));
        const bool is_code = std::ranges::any_of(block.replace, [](std::string_view line) {
            return trim(line).starts_with("endmodule");
        });
        if (is_code && (!name_.empty() || files_.size() == 1)) {
            result_.blocks.push_back(std::move(block));
        }
        at_ = end;
    }

    /// Whether a line is a file's name but for marks around it.
    bool note_name(std::string_view line) {
        std::string words(trim(line).substr(0, 4096));
        for (const std::string_view prefix : {"File ", "file ", "### ", "## ", "# ", "// "}) {
            if (words.starts_with(prefix)) words.erase(0, prefix.size());
        }
        std::erase_if(words, [](char c) { return c == '`' || c == '*' || c == ':' || c == '"'; });
        words = trim(words.substr(0, words.find('\t')));
        if (words.starts_with("a/") || words.starts_with("b/")) words.erase(0, 2);
        const SourceFile* found = nullptr;
        for (const SourceFile& file : files_) {
            if (file.path == words) {
                name_ = words;
                return true;
            }
            const std::string last = file.path.substr(file.path.rfind('/') + 1);
            if (last != words && !file.path.ends_with("/" + words)) continue;
            if (found != nullptr) return false;
            found = &file;
        }
        if (found != nullptr) name_ = found->path;
        return found != nullptr;
    }

    Lines lines_;
    const std::vector<SourceFile>& files_;
    ReadEdits result_;
    std::string name_;
    std::size_t at_ = 0;
};

}  // namespace

bool is_search_mark(std::string_view line) {
    const std::string_view content = trim(line);
    return content.starts_with("<<<<<<<") && (content.find("SEARCH") != std::string_view::npos ||
                                              content.find("ORIGINAL") != std::string_view::npos);
}

bool is_hunk_mark(std::string_view line) { return line.starts_with("@@ ") || trim(line) == "@@"; }

ReadEdits read_edits(std::string_view answer, const std::vector<SourceFile>& files) {
    return Reading(answer, files).read();
}

}  // namespace rtlgen::rtl
