// SPDX-License-Identifier: Apache-2.0
// Whether a simulator refuses a testbench for the testbench's own sake: the control is the same
// testbench with a stand-in for the design, which has just the ports that the testbench names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/finding.h"
#include "core/domain/source_set.h"

namespace rtlgen::verify {

/// A place in the testbench where a module of the design is instantiated.
struct DesignInstance {
    std::string file;
    std::string name;
    int first_line = 0;
    int last_line = 0;
};

struct StandIn {
    /// The design with an empty module in the place of each that the testbench instantiates. Its
    /// ports are inputs of one bit, which take any expression.
    SourceSet design;
    std::vector<DesignInstance> instances;
};

/// By the lexer alone; pure. Files keep their paths, and lose those of the machine.
[[nodiscard]] StandIn stand_in_for(const SourceSet& design, const SourceSet& testbench);

/// The first error of `findings` that is the testbench's own: `control`, which is what the same
/// tool says of the testbench with the stand-in, has it in the same place. None are errors in the
/// design's files, of names within an instance of the design, or at such an instance (but for
/// undeclared names there), nor a missing module where the design isn't instantiated at all.
[[nodiscard]] std::optional<Finding> bench_fault(const std::vector<Finding>& findings,
                                                 const std::vector<Finding>& control,
                                                 const StandIn& stand_in);

}  // namespace rtlgen::verify
