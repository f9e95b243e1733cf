// SPDX-License-Identifier: Apache-2.0
// Readers of foreign text over seeded mutations of sample texts: nothing crashes, no token is out
// of place, and the answers are the same each time.
#include <array>
#include <cstdint>

#include "core/rtl/code_extraction.h"
#include "core/rtl/filelist.h"
#include "core/rtl/include_scan.h"
#include "core/rtl/lexer.h"
#include "core/rtl/line_map.h"
#include "core/rtl/module_header.h"
#include "core/rtl/source_strings.h"
#include "core/rtl/token_hash.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::rtl;

namespace {

/// SplitMix64 (Steele et al. 2014).
class Random {
public:
    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : next() % bound; }

private:
    std::uint64_t state_ = 7;
};

const std::array<std::string, 4> kSamples = {
    "`timescale 1ns/1ps\n`define W(x) x \\\n  + 1\n`ifdef A\nmodule a #(parameter W = 8)(input "
    "[W-1:0] a, (* k *) output reg signed [$clog2(W):0] q);\n/* c */ sub #(.A(1)) u(.x(\"s\\\"\"));"
    "\n always @(*) q = 8'hff ? a : '0; // d\nendmodule : a\n`else `endif\n",
    "<think>no</think> Sure: ```verilog\nmodule m(input a);\nendmodule\n``` [BEGIN] assign y = a;\n"
    "endmodule [DONE] <answer>module n; endmodule</answer> ~~~\nCODE BEGIN\n",
    "-f b.f -F c/d.f +incdir+a+b \"q r\" 'x' // c\n# d\n/* e */ $A ${B} $(C) \\\n --top t -GW=1 "
    "+define+"
    "A=1+B -y l +libext+.v\n",
    "package p; localparam W = q::X + (1 << 3); endpackage module t import p::*; (i.m s);\n"
    "function f; input g; endfunction `include \"x.vh\"\n`line 3 \"f.v\" 1\nbind a b c(.*); "
    "endmodule"};

constexpr std::array<std::string_view, 16> kWords = {
    "module", "endmodule", "`define", "`include \"m.v\"", "/*",   "\"", "\\\n",     "(",
    "#(",     "```",       "[BEGIN]", "-f l.f",           "\xff", "'h", "</think>", "\n"};

std::string mutated(Random& random) {
    std::string text = kSamples.at(random.below(kSamples.size()));
    for (std::size_t steps = random.below(6) + 1; steps > 0; --steps) {
        const std::size_t at = random.below(text.size() + 1);
        switch (random.below(4)) {
            case 0: text.insert(at, kWords.at(random.below(kWords.size()))); break;
            case 1: text.erase(at, random.below(24) + 1); break;
            case 2: text.insert(at, 1, static_cast<char>(random.below(256))); break;
            default: {
                const std::string& other = kSamples.at(random.below(kSamples.size()));
                text.insert(at, other, random.below(other.size()), random.below(80));
            }
        }
    }
    return text;
}

bool tokens_are_in_place(const std::string& text) {
    std::size_t end = 0;
    int line = 1;
    for (const Token& token : lex(text, Comments::Keep)) {
        if (token.text.empty() || token.offset < end || token.end() > text.size()) return false;
        if (token.line < line || token.column < 1) return false;
        if (text.compare(token.offset, token.text.size(), token.text) != 0) return false;
        end = token.end();
        line = token.line;
    }
    return true;
}

bool spans_are_in_place(const std::string& text) {
    for (const DesignUnit& unit : read_outline(text).units) {
        if (unit.span.end() > text.size() || unit.header_span.end() > text.size()) return false;
        if (unit.body_span.end() > unit.span.end() || unit.header.name.empty()) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("mutated texts crash no reader and get the same answer twice") {
    Random random;
    for (int round = 0; round < 3000; ++round) {
        const std::string text = mutated(random);
        CAPTURE(round, text);
        REQUIRE(tokens_are_in_place(text));
        REQUIRE(spans_are_in_place(text));
        ExtractionRequest request;
        request.completion = text;
        if (round % 2 == 0) request.interface_text = "module top(input a, output y);";
        const Extraction code = extract_code(request);
        REQUIRE(code == extract_code(request));
        REQUIRE((code.code.empty() || code.code.ends_with('\n')));
        REQUIRE(token_hash(text) == token_hash(text));
        (void)LineMap(text).map(round);
        (void)file_strings(text);
        MemoryFileReader reader;
        reader.files["/w/l.f"] = text;
        reader.files["/w/m.v"] = text;
        reader.variables["A"] = "a b";
        const auto options = parse_source_arguments({"-f", "l.f"}, "/w", reader);
        REQUIRE((options || !options.error().message.empty()));
        SourceSet set;
        set.files = {{"m.v", "/w/m.v", text}};
        const auto includes = scan_includes(set, "/w", reader);
        REQUIRE((includes || includes.error().code == ErrorCode::InvalidArgument));
    }
}
