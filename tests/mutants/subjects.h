// SPDX-License-Identifier: Apache-2.0
// Designs whose mutants are judged: references with a testbench that knows nothing of the judge.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/domain/source_set.h"
#include "datasets/library.h"

namespace rtlgen::test {

struct Subject {
    std::string name;
    std::string code;  ///< the reference as a candidate writes it, its module called `top`
    std::string top;
    SourceSet reference;
    std::vector<SourceFile> bench;  ///< the testbench, and a reference where it has one beside it
    std::string bench_top;
};

/// What the testbench itself printed about the design.
enum class BenchWord { Same, Different, Nothing };

/// Of the library's testbenches ("PASS: ", "FAIL: ") and of VerilogEval's ("Mismatches: 1 in 9
/// samples").
[[nodiscard]] BenchWord bench_word(std::string_view printed);

/// Designs of the library as their specifications ask for them.
Result<std::vector<Subject>> library_subjects(const datasets::Library& library);

/// The references of a file of VerilogEval problems, a JSON object a line; `but` leaves out those
/// whose reference and testbench it has already.
Result<std::vector<Subject>> verilog_eval_subjects(const std::filesystem::path& file,
                                                   const std::vector<Subject>& but);

}  // namespace rtlgen::test
