// SPDX-License-Identifier: Apache-2.0
#include "cli/proof_option.h"

#include "cli/option_values.h"

namespace rtlgen::cli {

void add_proof_option(CLI::App& app, ProveChoice& choice) {
    const Choices<ProveChoice> choices = {
        {"off", ProveChoice::Off}, {"auto", ProveChoice::Auto}, {"require", ProveChoice::Require}};
    add_choice(app, "--prove", choice, choices,
               "off; auto: tried where a reference alone judges; require: no pass without a proof "
               "against the reference");
}

Status check_proof(ProveChoice choice, const std::string& reference) {
    if (choice != ProveChoice::Require || !reference.empty()) return {};
    return fail(ErrorCode::InvalidArgument, "--prove require needs --reference");
}

}  // namespace rtlgen::cli
