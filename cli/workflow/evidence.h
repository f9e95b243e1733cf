// SPDX-License-Identifier: Apache-2.0
// What a verdict tells a model that is to mend the design: facts, values, driving lines, messages,
// each a text of bounded size. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/units.h"
#include "core/domain/source_set.h"
#include "core/domain/verdict.h"

namespace rtlgen::workflow {

/// The size of each text before it is put into its block, and of all of them.
struct EvidenceCaps {
    Bytes facts = kibibytes(2);
    Bytes table = kibibytes(6);
    Bytes drivers = kibibytes(6);
    Bytes messages = kibibytes(10);
};
inline constexpr Bytes kEvidenceCap = kibibytes(24);

/// Lines around one that a message names, and the longest line.
inline constexpr int kLinesAround = 2;
inline constexpr std::size_t kLongestLine = 160;

/// Empty where there is nothing to say.
struct EvidenceTexts {
    std::string facts;     ///< first wrong output, time, cycle, expected, got, a line each
    std::string table;     ///< values up to the mismatch
    std::string drivers;   ///< source lines, those that drive marked by `>`
    std::string messages;  ///< reasons and findings, each with the lines that it names
    std::vector<std::string> missing;  ///< what could not be had, and why, a line each
};

/// `files`: the design as it was judged, which the messages name.
[[nodiscard]] EvidenceTexts evidence_of(const Verdict& verdict, std::span<const SourceFile> files,
                                        const EvidenceCaps& caps = {});

/// Lines of `text` by number (from 1), with `kLinesAround` around each, marked, stretches apart by
/// "...": "> 12 | q <= d;". Lines that aren't there are left out.
[[nodiscard]] std::string marked_lines(std::string_view text, std::span<const int> lines);

}  // namespace rtlgen::workflow
