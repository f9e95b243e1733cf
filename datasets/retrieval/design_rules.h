// SPDX-License-Identifier: Apache-2.0
// What single designs decide beyond their metadata: ranges, line rates, operation tables.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "datasets/retrieval/adaptation.h"

namespace rtlgen::datasets {

struct RuleContext {
    const DesignMetadata& design;
    const ReadSpec& spec;
    const std::vector<SpecToken>& words;
    RoleName role;
};

/// Checks and completes `adaptation` by the rules of its design. Error NotFound: why it doesn't
/// fit.
Status apply_design_rules(const RuleContext& context, Adaptation& adaptation);

/// Clocks of a bit of a UART: as given, else the nearest number to the ratio of its rates.
[[nodiscard]] std::int64_t clocks_per_bit(const Adaptation& adaptation);

/// The number of bits that a role's `width` means; none where a parameter of it has no value or it
/// is no expression of that kind.
[[nodiscard]] std::optional<std::int64_t> role_width(const std::string& width,
                                                     const Adaptation& adaptation);

/// Reads the table of operations and their codes. Error NotFound: no table, a code twice, or an
/// operation that the design hasn't.
Result<std::vector<TableRow>> read_operation_table(const RuleContext& context, int& code_bits);

}  // namespace rtlgen::datasets
