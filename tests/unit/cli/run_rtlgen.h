// SPDX-License-Identifier: Apache-2.0
// The program as a user calls it, in this process.
#pragma once

#include <sstream>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.h"

namespace rtlgen {

struct Ran {
    int code = 0;
    std::string out;
    std::string err;
};

inline Ran run_rtlgen(const std::vector<std::string>& arguments, std::stop_token stop = {}) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = cli::run_program(arguments, {out, err}, std::move(stop));
    return {code, out.str(), err.str()};
}

}  // namespace rtlgen
