// SPDX-License-Identifier: Apache-2.0
// Catch2, version 2 (Debian 12) or 3 (Debian 13), and a skip that ctest shows.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif

#include <iostream>
#include <string_view>

/// Whether `part` stands in `text`: the one matcher that both versions of Catch2 would spell alike.
inline bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// Leaves the test case; ctest reports it as skipped, with the reason.
#define SKIP_VISIBLY(reason)                                         \
    do {                                                             \
        std::cout << "[skipped] " << (reason) << '\n' << std::flush; \
        SUCCEED("skipped");                                          \
        return;                                                      \
    } while (false)
