// SPDX-License-Identifier: Apache-2.0
// `--prove`: whether a design is proven equal to its reference.
#pragma once

#include <string>

#include "core/base/result.h"
#include "verify/judge.h"

namespace CLI {
class App;
}

namespace rtlgen::cli {

using ProveChoice = verify::JudgeRequest::Prove;

void add_proof_option(CLI::App& app, ProveChoice& choice);

/// Error InvalidArgument: a proof is required and there is no reference (`reference`: its option).
Status check_proof(ProveChoice choice, const std::string& reference);

}  // namespace rtlgen::cli
