// SPDX-License-Identifier: Apache-2.0
// Operation tables without lines of their own: in one sentence, or in running text.
#pragma once

#include <string>
#include <vector>

#include "datasets/retrieval/design_rules.h"
#include "datasets/retrieval/operation_code.h"

namespace rtlgen::datasets {

/// "op: 0 add, 1 sub (a-b), 2 and": entries of one sentence between commas or semicolons, whose
/// codes go up by one from 0; also "sel=0 -> r = x+y, sel=1 -> ...". `op`: the port that takes the
/// codes, in lower case. Empty where there are fewer than two.
[[nodiscard]] std::vector<CodedLine> inline_table(const std::vector<SpecToken>& tokens,
                                                  const std::string& op);

/// "At 0 it adds, at 1 it subtracts; 2, 3 and 4 are AND, OR and XOR": codes that go up by one from
/// 0 in running text. What stands between two is what the first means; codes in a row share out
/// what follows them. Empty where there are fewer than three.
[[nodiscard]] std::vector<CodedLine> running_table(const RuleContext& context);

}  // namespace rtlgen::datasets
