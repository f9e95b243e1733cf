// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/edit_answer.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "core/base/text.h"
#include "core/rtl/code_extraction.h"

namespace rtlgen::workflow {
namespace {

using Lines = std::vector<std::string_view>;

/// Lines that stand in a file, and those in their place. `whole`: in place of all of it.
struct Block {
    std::string file;  ///< empty: not named
    Lines search;
    Lines replace;
    bool whole = false;
};

bool is_search(std::string_view line) {
    return line.starts_with("<<<<<<<") && line.find("SEARCH") != std::string_view::npos;
}
bool is_divider(std::string_view line) { return trim(line) == "======="; }
bool is_replace_end(std::string_view line) { return line.starts_with(">>>>>>>"); }
bool is_hunk(std::string_view line) { return line.starts_with("@@ ") || trim(line) == "@@"; }
bool is_fence(std::string_view line) { return trim(line).starts_with("```"); }

/// Reads the blocks of an answer, line by line.
class AnswerReading {
public:
    AnswerReading(std::string_view answer, const std::vector<SourceFile>& files)
        : lines_(split_lines(answer)), files_(files) {}

    std::vector<Block> read() {
        for (at_ = 0; at_ < lines_.size(); ++at_) {
            const std::string_view line = lines_[at_];
            if (is_search(trim(line))) {
                read_search_block();
            } else if (is_hunk(line)) {
                read_hunk();
            } else if (is_fence(line)) {
                read_fence();
            } else {
                note_name(line);
            }
        }
        return std::move(blocks_);
    }

    [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }

private:
    void read_search_block() {
        Block block{name_, {}, {}, false};
        for (++at_; at_ < lines_.size() && !is_divider(lines_[at_]); ++at_) {
            block.search.push_back(lines_[at_]);
        }
        for (++at_; at_ < lines_.size() && !is_replace_end(trim(lines_[at_])); ++at_) {
            block.replace.push_back(lines_[at_]);
        }
        if (at_ >= lines_.size()) {
            problems_.emplace_back("a SEARCH block doesn't come to its end");
            return;
        }
        blocks_.push_back(std::move(block));
    }

    /// Up to the next hunk, fence or header of a file; unmarked lines are context.
    void read_hunk() {
        Block block{name_, {}, {}, false};
        for (++at_; at_ < lines_.size(); ++at_) {
            const std::string_view line = lines_[at_];
            if (is_hunk(line) || is_fence(line) || line.starts_with("--- ") ||
                line.starts_with("diff ")) {
                break;
            }
            if (line.starts_with('\\')) continue;
            const std::string_view rest = line.empty() ? line : line.substr(1);
            if (!line.starts_with('+')) block.search.push_back(rest);
            if (!line.starts_with('-')) block.replace.push_back(rest);
        }
        --at_;
        // An empty line at the end belongs to the answer rather than to the hunk.
        while (!block.search.empty() && !block.replace.empty() &&
               trim(block.search.back()).empty() && trim(block.replace.back()).empty()) {
            block.search.pop_back();
            block.replace.pop_back();
        }
        blocks_.push_back(std::move(block));
    }

    /// A fence around edits is passed over; one around a whole file is that file.
    void read_fence() {
        std::size_t end = at_ + 1;
        bool edits = false;
        while (end < lines_.size() && trim(lines_[end]) != "```") {
            edits = edits || is_search(trim(lines_[end])) || is_hunk(lines_[end]);
            ++end;
        }
        if (edits || end >= lines_.size()) return;
        Block block{name_, {}, {}, true};
        block.replace.assign(lines_.begin() + static_cast<std::ptrdiff_t>(at_) + 1,
                             lines_.begin() + static_cast<std::ptrdiff_t>(end));
        const bool is_code = std::ranges::any_of(block.replace, [](std::string_view line) {
            return trim(line).starts_with("endmodule");
        });
        if (is_code && (!name_.empty() || files_.size() == 1)) blocks_.push_back(std::move(block));
        at_ = end;
    }

    /// A line that is a file's name but for marks around it.
    void note_name(std::string_view line) {
        std::string words(trim(line));
        for (const std::string_view prefix :
             {"+++ ", "--- ", "File ", "file ", "### ", "## ", "# "}) {
            if (words.starts_with(prefix)) words.erase(0, prefix.size());
        }
        std::erase_if(words, [](char c) { return c == '`' || c == '*' || c == ':' || c == '"'; });
        words = trim(words.substr(0, words.find('\t')));
        if (words.starts_with("a/") || words.starts_with("b/")) words.erase(0, 2);
        const SourceFile* found = nullptr;
        for (const SourceFile& file : files_) {
            if (file.path == words) {
                name_ = words;
                return;
            }
            const std::string last = file.path.substr(file.path.rfind('/') + 1);
            if (last != words && !file.path.ends_with("/" + words)) continue;
            if (found != nullptr) return;
            found = &file;
        }
        if (found != nullptr) name_ = found->path;
    }

    Lines lines_;
    const std::vector<SourceFile>& files_;
    std::vector<Block> blocks_;
    std::vector<std::string> problems_;
    std::string name_;
    std::size_t at_ = 0;
};

std::string_view without_end_space(std::string_view line) {
    const std::size_t end = line.find_last_not_of(" \t\r");
    return end == std::string_view::npos ? std::string_view() : line.substr(0, end + 1);
}

using Look = std::string_view (*)(std::string_view);

constexpr Look kLooks[] = {[](std::string_view line) { return line; }, without_end_space,
                           [](std::string_view line) { return trim(line); }};

/// Where `search` stands in `lines`; several places: the second is told too.
std::vector<std::size_t> places_of(const Lines& lines, const Lines& search, Look look) {
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at + search.size() <= lines.size() && places.size() < 2; ++at) {
        bool same = true;
        for (std::size_t i = 0; same && i < search.size(); ++i) {
            same = look(lines[at + i]) == look(search[i]);
        }
        if (same) places.push_back(at);
    }
    return places;
}

enum class Found { No, Once, Often };

Found apply_to(SourceFile& file, const Block& block) {
    const Lines lines = split_lines(file.text);
    for (const Look look : kLooks) {
        const std::vector<std::size_t> places = places_of(lines, block.search, look);
        if (places.empty()) continue;
        if (places.size() > 1) return Found::Often;
        // Lines keep the file's own ends, and a last one without any stays so.
        const std::string_view end = file.text.find("\r\n") != std::string::npos ? "\r\n" : "\n";
        const bool closed = file.text.empty() || file.text.back() == '\n';
        std::string text;
        const auto add = [&](std::string_view line) { text.append(line).append(end); };
        for (std::size_t i = 0; i < places[0]; ++i) add(lines[i]);
        for (const std::string_view line : block.replace) add(line);
        for (std::size_t i = places[0] + block.search.size(); i < lines.size(); ++i) add(lines[i]);
        if (!closed && text.ends_with(end)) text.resize(text.size() - end.size());
        file.text = std::move(text);
        return Found::Once;
    }
    return Found::No;
}

std::string told_lines(const Lines& search) {
    const std::string first(search.empty() ? std::string_view() : trim(search.front()));
    return std::to_string(search.size()) + " lines that begin with `" + first.substr(0, 80) + "`";
}

/// An empty text where it went well.
std::string apply_block(std::vector<SourceFile>& files, const Block& block) {
    if (block.whole) {
        const auto file = block.file.empty()
                              ? files.begin()
                              : std::ranges::find(files, block.file, &SourceFile::path);
        file->text.clear();
        for (const std::string_view line : block.replace) file->text.append(line).append("\n");
        return {};
    }
    if (block.search.empty()) return "an edit has no lines to look for";
    std::vector<SourceFile*> candidates;
    for (SourceFile& file : files) {
        if (block.file.empty() || file.path == block.file) candidates.push_back(&file);
    }
    // Of a block that names no file the lines say which it is, if one alone has them.
    std::vector<SourceFile*> holders;
    for (SourceFile* file : candidates) {
        SourceFile copy = *file;
        if (apply_to(copy, block) != Found::No) holders.push_back(file);
    }
    if (holders.empty()) return "no file has the " + told_lines(block.search);
    if (holders.size() > 1 || apply_to(*holders.front(), block) == Found::Often) {
        return "more than one place has the " + told_lines(block.search);
    }
    return {};
}

}  // namespace

bool has_edits(std::string_view answer) {
    const Lines lines = split_lines(rtl::without_reasoning(answer));
    const bool search =
        std::ranges::any_of(lines, [](std::string_view line) { return is_search(trim(line)); });
    return search || (std::ranges::any_of(lines, is_hunk) &&
                      std::ranges::any_of(lines, [](std::string_view line) {
                          return line.starts_with('+') || line.starts_with('-');
                      }));
}

EditedFiles apply_answer(std::vector<SourceFile> files, std::string_view answer) {
    EditedFiles edited;
    AnswerReading reading(rtl::without_reasoning(answer), files);
    const std::vector<Block> blocks = reading.read();
    edited.problems = reading.problems();
    edited.files = files;
    for (const Block& block : blocks) {
        std::string problem = apply_block(edited.files, block);
        if (problem.empty()) {
            ++edited.edits;
        } else {
            edited.problems.push_back(std::move(problem));
        }
    }
    if (!edited.problems.empty()) {
        edited.files = std::move(files);
        edited.edits = 0;
    }
    return edited;
}

}  // namespace rtlgen::workflow
