// SPDX-License-Identifier: Apache-2.0
// Designs of the library, broken by one operator each, with what judges them.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/rtl/lexer.h"
#include "core/rtl/module_header.h"
#include "datasets/library.h"

namespace rtlgen::test {

struct BrokenDesign {
    std::string name;   ///< "counter: + becomes - in line 20"
    std::string right;  ///< code that passes
    std::string wrong;
    int line = 0;  ///< of the change
    SourceSet testbench;
    SourceSet reference;  ///< without files: none
    std::string top;
};

/// Pairs of an operator and what takes its place.
inline constexpr std::array<std::pair<const char*, const char*>, 12> kOperatorMutations = {{
    {"+", "-"},
    {"-", "+"},
    {"==", "!="},
    {"!=", "=="},
    {"&&", "||"},
    {"||", "&&"},
    {"&", "|"},
    {"|", "&"},
    {"^", "&"},
    {"<<", ">>"},
    {"1'b1", "1'b0"},
    {"1'b0", "1'b1"},
}};

/// All mutants of a text's modules by one operator; those of headers and declarations are left out.
inline std::vector<std::pair<std::string, int>> operator_mutants(const std::string& code) {
    std::vector<std::pair<std::string, int>> mutants;
    for (const rtl::DesignUnit& unit : rtl::read_outline(code).units) {
        int depth = 0;
        bool declares = false;
        for (const rtl::Token& token : rtl::lex(code)) {
            if (token.offset < unit.body_span.offset || token.offset >= unit.body_span.end()) {
                continue;
            }
            if (token.is("reg") || token.is("wire") || token.is("localparam") ||
                token.is("integer") || token.is("parameter")) {
                declares = true;
            }
            if (token.is(";")) declares = false;
            if (token.is("[")) ++depth;
            if (token.is("]")) --depth;
            if (depth > 0 || declares) continue;
            for (const auto& [from, to] : kOperatorMutations) {
                if (token.text != from) continue;
                std::string mutant = code;
                mutant.replace(token.offset, token.text.size(), to);
                mutants.emplace_back(std::move(mutant), token.line);
            }
        }
    }
    return mutants;
}

/// Up to `most` mutants of a library's answer, spread over its text.
inline std::vector<BrokenDesign> broken_versions(const std::string& name,
                                                 const datasets::LibraryAnswer& answer,
                                                 std::size_t most) {
    const auto mutants = operator_mutants(answer.code);
    std::vector<BrokenDesign> broken;
    const std::size_t step =
        std::max<std::size_t>(1, mutants.size() / std::max<std::size_t>(1, most));
    for (std::size_t i = 0; i < mutants.size() && broken.size() < most; i += step) {
        BrokenDesign design;
        design.name = name + ", line " + std::to_string(mutants[i].second);
        design.right = answer.code;
        design.wrong = mutants[i].first;
        design.line = mutants[i].second;
        design.testbench.files = {{"bench.sv", {}, answer.testbench}};
        design.testbench.top = answer.testbench_top;
        design.top = answer.top;
        broken.push_back(std::move(design));
    }
    return broken;
}

}  // namespace rtlgen::test
