// SPDX-License-Identifier: Apache-2.0
// Mutants of what the library answers.
#pragma once

#include "datasets/library.h"
#include "tests/mutants/word_mutants.h"

namespace rtlgen::test {

/// All mutants of the answer's code; at most `most`, spread evenly.
inline std::vector<CodeMutant> mutants_of(const datasets::LibraryAnswer& answer, std::size_t most) {
    std::set<std::string> sizes;
    for (const datasets::AdaptedParameter& parameter : answer.adaptation.parameters) {
        sizes.insert(parameter.name);
    }
    std::vector<CodeMutant> all = WordMutator(answer.code, std::move(sizes)).all();
    if (all.size() <= most) return all;
    std::vector<CodeMutant> some;
    for (std::size_t k = 0; k < most; ++k) some.push_back(all[k * all.size() / most]);
    return some;
}

}  // namespace rtlgen::test
