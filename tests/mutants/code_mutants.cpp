// SPDX-License-Identifier: Apache-2.0
#include "tests/mutants/code_mutants.h"

#include <map>

namespace rtlgen::test {
namespace {

/// Of `all`, `count` at even distances.
void take_evenly(const std::vector<CodeMutant>& all, std::size_t count,
                 std::vector<CodeMutant>& taken) {
    for (std::size_t k = 0; k < count; ++k) taken.push_back(all[k * all.size() / count]);
}

}  // namespace

std::vector<CodeMutant> code_mutants(const std::string& code, std::size_t most) {
    std::vector<CodeMutant> all = WordMutator(code, {}).all();
    for (CodeMutant& mutant : statement_mutants(code)) all.push_back(std::move(mutant));
    std::map<std::string, std::vector<CodeMutant>> by_operation;
    std::set<std::string> seen;
    for (CodeMutant& mutant : all) {
        if (!seen.insert(mutant.code).second) continue;
        by_operation[mutant.operation].push_back(std::move(mutant));
    }
    // The shares grow together until all are taken or no more are wanted.
    std::map<std::string, std::size_t> shares;
    std::size_t wanted = most;
    for (bool grows = true; grows && wanted > 0;) {
        grows = false;
        for (const auto& [operation, mutants] : by_operation) {
            if (wanted == 0 || shares[operation] == mutants.size()) continue;
            ++shares[operation];
            --wanted;
            grows = true;
        }
    }
    std::vector<CodeMutant> taken;
    for (const auto& [operation, mutants] : by_operation) {
        take_evenly(mutants, shares[operation], taken);
    }
    return taken;
}

}  // namespace rtlgen::test
