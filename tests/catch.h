// SPDX-License-Identifier: Apache-2.0
// Catch2, version 2 (Debian 12) or 3 (Debian 13), and a skip that ctest shows.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <iostream>

/// Leaves the test case; ctest reports it as skipped, with the reason.
#define SKIP_VISIBLY(reason)                                \
    do {                                                    \
        std::cout << "[skipped] " << (reason) << std::endl; \
        SUCCEED("skipped");                                 \
        return;                                             \
    } while (false)
