// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"

namespace rtlgen::cli {

const std::vector<Command>& commands() {
    static const std::vector<Command> table = {};
    return table;
}

}  // namespace rtlgen::cli
