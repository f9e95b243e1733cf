// SPDX-License-Identifier: Apache-2.0
// From a line of preprocessed text back to the user's file and line, by its `line directives (IEEE
// 1800-2017, clause 22.12).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rtlgen::rtl {

struct SourceLine {
    std::string file;  ///< empty before the first directive
    int line = 0;      ///< from 1
    bool operator==(const SourceLine&) const = default;
};

class LineMap {
public:
    LineMap() = default;
    /// Reads the directives of `preprocessed`; malformed ones, and those in comments, are passed
    /// by. `first_file` names the lines before the first directive.
    explicit LineMap(std::string_view preprocessed, std::string first_file = {});

    /// Where line `line` (from 1) of the preprocessed text came from.
    [[nodiscard]] SourceLine map(int line) const;

    /// The names that the directives gave, in order of their first use.
    [[nodiscard]] const std::vector<std::string>& files() const { return files_; }

private:
    struct Segment {
        int first_line = 1;  ///< in the preprocessed text
        int source_line = 1;
        std::size_t file = 0;
    };
    std::vector<std::string> files_;
    std::vector<Segment> segments_;
};

}  // namespace rtlgen::rtl
