// SPDX-License-Identifier: Apache-2.0
// Any bytes as an answer that edits a design of one file, of two, and of its own text.
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/rtl/edit_blocks.h"

namespace {

using Files = std::vector<rtlgen::SourceFile>;

/// Nothing is changed of an answer with a problem, and files stay what and where they are.
void check(const Files& files, std::string_view answer) {
    const rtlgen::rtl::EditedFiles edited = rtlgen::rtl::apply_edits(files, answer);
    if (edited.files.size() != files.size()) abort();
    if (!edited.problems.empty() && (edited.edits != 0 || edited.files != files)) abort();
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (edited.files[i].path != files[i].path) abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string design = "module top(input a, output y);\n  assign y = a;\nendmodule\n";
    check({{"top.v", {}, design}}, text);
    check({{"rtl/top.v", {}, design}, {"rtl/sub.v", {}, "module sub;\r\nendmodule"}}, text);
    // The first half's lines stand in the file: hunks find a place.
    check({{"top.v", {}, std::string(text.substr(0, size / 2))}}, text);
    const std::string added = rtlgen::rtl::new_file_of_diff(text);
    if (added.size() > size + 1) abort();
    return 0;
}
