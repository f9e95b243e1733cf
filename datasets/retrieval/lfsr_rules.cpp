// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/lfsr_rules.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/text.h"

namespace rtlgen::datasets {
namespace {

using Taps = std::set<std::int64_t>;

tl::unexpected<Error> no(std::string why) { return fail(ErrorCode::NotFound, std::move(why)); }

/// "taps at bit positions 5 and 3", "tap positions 32, 22, 2 and 1".
Taps listed_taps(const std::vector<SpecToken>& tokens) {
    constexpr std::array<std::string_view, 11> kBetween = {
        ",", "and", "bit", "position", "at", ":", "are", "be", "stage", "is", "the"};
    for (std::size_t k = 0; k < tokens.size(); ++k) {
        if (!tokens[k].norm.starts_with("tap")) continue;
        Taps taps;
        for (std::size_t next = k + 1; next < tokens.size(); ++next) {
            const SpecToken& token = tokens[next];
            if (token.number) {
                taps.insert(*token.number);
            } else if (std::ranges::find(kBetween, token.norm) == kBetween.end()) {
                break;
            }
        }
        if (taps.size() > 1) return taps;
    }
    return {};
}

/// "x^8 + x^6 + x^5 + x^4 + 1": its exponents but 0.
Taps polynomial_taps(const std::vector<SpecToken>& tokens) {
    Taps taps;
    for (std::size_t k = 0; k + 2 < tokens.size(); ++k) {
        if (tokens[k].norm != "x") continue;
        if (tokens[k + 1].norm == "^" && tokens[k + 2].number) taps.insert(*tokens[k + 2].number);
        if (tokens[k + 1].norm == "+") taps.insert(1);
    }
    return taps.size() > 1 ? taps : Taps();
}

/// "q[7] ^ q[5] ^ q[4] ^ q[3]": the bits' positions from 1 on.
Taps summed_taps(const std::vector<SpecToken>& tokens, const std::string& name) {
    Taps taps;
    for (std::size_t k = 0; k + 3 < tokens.size(); ++k) {
        const bool bit = to_lower(tokens[k].raw) == name && tokens[k + 1].norm == "[" &&
                         tokens[k + 2].number && tokens[k + 3].norm == "]";
        if (!bit) continue;
        const std::string before = k > 0 ? tokens[k - 1].norm : "";
        const std::string after = k + 4 < tokens.size() ? tokens[k + 4].norm : "";
        if (before == "^" || before == "xor" || after == "^" || after == "xor") {
            taps.insert(*tokens[k + 2].number + 1);
        }
    }
    return taps;
}

Result<std::int64_t> mask_of(const Taps& taps, std::int64_t width) {
    std::int64_t mask = 0;
    for (const std::int64_t tap : taps) {
        if (tap < 1 || tap > width) return no("its tap " + std::to_string(tap) + " is no stage");
        mask |= std::int64_t{1} << (tap - 1);
    }
    if (mask >> (width - 1) == 0) return no("its last stage is no tap");
    return mask;
}

Result<std::int64_t> taps_of(const RuleContext& context, Adaptation& adaptation) {
    const std::int64_t width = adaptation.values["WIDTH"];
    std::optional<std::int64_t> mask;
    const auto& tokens = context.spec.tokens;
    for (const Taps& taps :
         {listed_taps(tokens), polynomial_taps(tokens), summed_taps(tokens, context.role("q"))}) {
        if (taps.empty()) continue;
        TRY_ASSIGN(const std::int64_t said, mask_of(taps, width));
        if (mask && *mask != said) return no("its taps are said in two ways");
        mask = said;
        adaptation.numbers.insert(taps.begin(), taps.end());
        for (const std::int64_t tap : taps) adaptation.numbers.insert(tap - 1);
    }
    if (mask) return *mask;
    if (!Phrase("maxim* length").find(context.words, context.role)) {
        return no("it doesn't say its taps");
    }
    mask = maximal_taps(width);
    if (!mask) return no("no maximal-length taps of its width are known");
    adaptation.notes.push_back("the taps aren't said: maximal-length ones are assumed");
    return *mask;
}

/// What the reset sets the register to.
Result<std::int64_t> seed_of(const RuleContext& context, Adaptation& adaptation) {
    const std::int64_t all = (std::int64_t{1} << adaptation.values["WIDTH"]) - 1;
    const std::array<Phrase, 4> ones = {Phrase("all 1"), Phrase("all ones"),
                                        Phrase("every bit * 1"), Phrase("all bits * * 1")};
    if (first_found(ones, context.words, context.role) != nullptr) return all;
    const std::array<Phrase, 7> seeds = {Phrase("reset ~ to #"),
                                         Phrase("seed* ~ to|is|= #"),
                                         Phrase("start* ~ at|from|with #"),
                                         Phrase("initial* ~ to|is|= #"),
                                         Phrase("set* ~ to #"),
                                         Phrase("seed* % #"),
                                         Phrase("seed* #")};
    for (const Phrase& phrase : seeds) {
        const auto hit = phrase.find(context.words, context.role);
        if (!hit || !hit->value) continue;
        if (*hit->value < 1 || *hit->value > all) {
            return no("its seed is zero or wider than the register");
        }
        adaptation.numbers.insert(*hit->value);
        return *hit->value;
    }
    adaptation.notes.push_back("the seed isn't said: 1 is assumed");
    return 1;
}

}  // namespace

std::optional<std::int64_t> maximal_taps(std::int64_t width) {
    constexpr std::array<std::int64_t, 33> kMasks = {
        0,         0,          0x3,        0x6,        0xC,       0x14,      0x30,
        0x60,      0xB8,       0x110,      0x240,      0x500,     0xE08,     0x1C80,
        0x3802,    0x6000,     0xD008,     0x12000,    0x20400,   0x72000,   0x90000,
        0x140000,  0x300000,   0x420000,   0xE10000,   0x1200000, 0x2000023, 0x4000013,
        0x9000000, 0x14000000, 0x20000029, 0x48000000, 0x80200003};
    if (width < 2 || width > 32) return std::nullopt;
    return kMasks[static_cast<std::size_t>(width)];
}

Status lfsr_rules(const RuleContext& context, Adaptation& adaptation) {
    TRY_ASSIGN(adaptation.values["TAPS"], taps_of(context, adaptation));
    TRY_ASSIGN(adaptation.values["SEED"], seed_of(context, adaptation));
    return {};
}

}  // namespace rtlgen::datasets
