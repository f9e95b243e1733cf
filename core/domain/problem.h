// SPDX-License-Identifier: Apache-2.0
// What is wanted, and what can judge it.
#pragma once

#include <optional>
#include <string>

#include "core/domain/source_set.h"

namespace rtlgen {

/// What is wanted: text, maybe an interface that the answer must have.
struct Spec {
    std::string text;
    std::string interface_text;  ///< a module header as Verilog; empty where none was given
    std::string top;             ///< the module that is asked for; empty: whatever the answer has
    bool operator==(const Spec&) const = default;
};

/// A Spec with what can judge an answer to it.
struct Problem {
    std::string suite;
    std::string id;
    Spec spec;
    std::optional<SourceSet> testbench;  ///< its top is the testbench's module
    std::optional<SourceSet> reference;
    bool operator==(const Problem&) const = default;
};

/// A design offered for a Problem.
enum class Trust { Own, Candidate };

}  // namespace rtlgen
