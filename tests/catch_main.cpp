// SPDX-License-Identifier: Apache-2.0
// Catch2's main, for version 2 alone: version 3 links its own.
#if !__has_include(<catch2/catch_all.hpp>)
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#endif
