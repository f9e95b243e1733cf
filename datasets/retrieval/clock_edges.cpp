// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/clock_edges.h"

#include <array>

#include "core/base/text.h"
#include "datasets/retrieval/phrase.h"

namespace rtlgen::datasets {

std::vector<SpecToken> without_clock_edges(const std::vector<SpecToken>& words,
                                           const std::string& clock) {
    static const std::array<Phrase, 12> edges = {
        Phrase("rising|positive|falling|negative|posedge|active edge of the clock|{clk}"),
        Phrase("rising|positive|falling|negative|active edge of clock|{clk}"),
        Phrase("rising|positive|falling|negative|active clock|{clk} edge"),
        Phrase("positive edge triggered"),
        Phrase("posedge|negedge clk|clock|{clk}"),
        Phrase("clock edge"),
        Phrase("clock rising|positive|falling edge"),
        Phrase("clk|{clk} rising|positive edge"),
        Phrase(
            "clock|clk|{clk} goes|changes|switches|change|rises|transition* from 0|low to 1|high"),
        Phrase("0|low to 1|high transition*|edge*|change* of the clock|clk|{clk}"),
        Phrase("0|low to 1|high transition*|edge*|change* of|on clock|clk|{clk}"),
        Phrase("clock|clk|{clk} 0|low to 1|high transition*|edge*|change*"),
    };
    std::vector<SpecToken> kept = words;
    const RoleName role = [&](std::string_view name) {
        return name == "clk" ? to_lower(clock) : std::string();
    };
    for (const Phrase& phrase : edges) {
        for (auto hit = phrase.find(kept, role); hit; hit = phrase.find(kept, role, hit->end)) {
            for (std::size_t k = hit->begin; k < hit->end; ++k) {
                kept[k] = {"", "", std::nullopt, false, false, kept[k].line};
            }
        }
    }
    return kept;
}

}  // namespace rtlgen::datasets
