// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/fences.h"

#include <algorithm>

#include "core/base/text.h"

namespace rtlgen::rtl {
namespace {

/// The fence at the front of a line, or one of length 0.
struct Fence {
    char mark = '\0';
    std::size_t length = 0;
    std::size_t end = 0;  ///< where the info string begins in the line
};

Fence fence_of(std::string_view line) {
    // Quoted and listed blocks are fenced behind their marker.
    const std::size_t begin = line.find_first_not_of(" \t>");
    if (begin == std::string_view::npos || (line[begin] != '`' && line[begin] != '~')) return {};
    Fence fence{line[begin], 0, begin};
    while (fence.end < line.size() && line[fence.end] == fence.mark) ++fence.end;
    fence.length = fence.end - begin;
    return fence.length >= 3 ? fence : Fence{};
}

/// The line at `begin` without its end, and where the next one begins.
struct Line {
    std::string_view text;
    std::size_t next = 0;
};

Line line_at(std::string_view text, std::size_t begin) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return {line, std::min(end + 1, text.size())};
}

/// Whether a fence ends this line of code, and where the code ends.
bool closes_at_end(std::string_view line, const Fence& open, std::size_t& code_length) {
    const std::size_t last = line.find_last_not_of(" \t");
    if (last == std::string_view::npos || line[last] != open.mark) return false;
    std::size_t begin = last + 1;
    while (begin > 0 && line[begin - 1] == open.mark) --begin;
    code_length = begin;
    if (last + 1 - begin < open.length) return false;
    // A comment may speak of fences; behind the last word of a module one is meant.
    const std::size_t comment = line.find("//");
    return comment >= begin || line.substr(0, comment).find("endmodule") != std::string_view::npos;
}

class BlockReader {
public:
    explicit BlockReader(std::string_view text) : text_(text) {}

    std::vector<FencedBlock> read() {
        for (std::size_t begin = 0; begin < text_.size();) {
            const auto [line, next] = line_at(text_, begin);
            if (open_.length == 0) {
                outside(line, begin, next);
            } else {
                inside(line, begin, next);
            }
            begin = next;
        }
        if (open_.length > 0) {
            close(text_.size());
            blocks_.back().closed = false;
        }
        return std::move(blocks_);
    }

private:
    void outside(std::string_view line, std::size_t begin, std::size_t next) {
        const Fence fence = fence_of(line);
        if (fence.length == 0) return;
        open(fence, line, begin, next);
        std::size_t code_length = 0;
        if (content_ < next && closes_at_end(line, open_, code_length)) close(begin + code_length);
    }

    void inside(std::string_view line, std::size_t begin, std::size_t next) {
        const Fence fence = fence_of(line);
        std::size_t code_length = 0;
        if (fence.mark == open_.mark && fence.length >= open_.length) {
            close(begin);
            if (!trim(line.substr(fence.end)).empty()) open(fence, line, begin, next);
        } else if (closes_at_end(line, open_, code_length)) {
            close(begin + code_length);
        }
    }

    void open(const Fence& fence, std::string_view line, std::size_t begin, std::size_t next) {
        open_ = fence;
        content_ = next;
        FencedBlock block;
        const std::string_view info = trim(line.substr(fence.end));
        const std::size_t space = std::min(info.find_first_of(" \t{"), info.size());
        block.label = to_lower(info.substr(0, space));
        // ```verilog module a; and ```module a;
        const bool no_label = block.label == "module" || block.label.starts_with("//");
        const std::string_view rest = no_label ? info : info.substr(space);
        const bool code_follows =
            rest.find(';') != std::string_view::npos || trim(rest).starts_with("module ");
        if (no_label) block.label.clear();
        if (code_follows || no_label) {
            content_ = begin + static_cast<std::size_t>(rest.data() - line.data());
        }
        blocks_.push_back(std::move(block));
    }

    void close(std::size_t end) {
        blocks_.back().content = text_.substr(content_, end - content_);
        open_ = {};
    }

    std::string_view text_;
    std::vector<FencedBlock> blocks_;
    Fence open_;
    std::size_t content_ = 0;
};

}  // namespace

std::vector<FencedBlock> fenced_blocks(std::string_view text) { return BlockReader(text).read(); }

}  // namespace rtlgen::rtl
