// SPDX-License-Identifier: Apache-2.0
#include "verify/gate_lists.h"

#include <array>

namespace rtlgen::verify {
namespace {

constexpr std::string_view kSystemFunctions[] = {
    // IEEE 1800-2017, 20.5 to 20.9: conversion, data query, arrays, mathematics, bit vectors.
    "$signed", "$unsigned", "$cast", "$bits", "$isunbounded", "$clog2", "$ln", "$log10", "$exp",
    "$sqrt", "$pow", "$floor", "$ceil", "$rtoi", "$itor", "$realtobits", "$bitstoreal",
    "$shortrealtobits", "$bitstoshortreal", "$left", "$right", "$low", "$high", "$increment",
    "$size", "$dimensions", "$unpacked_dimensions", "$countbits", "$countones", "$onehot",
    "$onehot0", "$isunknown",
    // 16.9.3: sampled values, inside assertions.
    "$past", "$rose", "$fell", "$stable", "$changed", "$sampled"};

constexpr std::string_view kDirectives[] = {"`define",
                                            "`undef",
                                            "`undefineall",
                                            "`ifdef",
                                            "`ifndef",
                                            "`else",
                                            "`elsif",
                                            "`endif",
                                            "`timescale",
                                            "`default_nettype",
                                            "`resetall",
                                            "`celldefine",
                                            "`endcelldefine",
                                            "`begin_keywords",
                                            "`end_keywords",
                                            "`unconnected_drive",
                                            "`nounconnected_drive"};

constexpr std::string_view kCustomaryMacros[] = {"SYNTHESIS", "SIMULATION", "FORMAL",  "VERILATOR",
                                                 "YOSYS",     "__ICARUS__", "IVERILOG"};

constexpr RefusedWord kKeywords[] = {
    {"bind", "binds into other modules"},
    {"force", "overrides a driver"},
    {"release", "overrides a driver"},
    {"defparam", "changes another module's parameters"},
    {"export", "exports to foreign code"},
    {"program", "is for testbenches"},
    {"config", "chooses other modules' definitions"},
    {"checker", "is for testbenches"},
    {"rand", "is for testbenches"},
    {"randc", "is for testbenches"},
};

constexpr std::string_view kAttributes[] = {"blackbox", "whitebox", "lib_whitebox",
                                            "abc9_box", "anyconst", "anyseq",
                                            "allconst", "allseq",   "gclk"};

}  // namespace

std::span<const std::string_view> allowed_system_functions() { return kSystemFunctions; }
std::span<const std::string_view> allowed_directives() { return kDirectives; }
std::span<const std::string_view> customary_macros() { return kCustomaryMacros; }
std::span<const RefusedWord> refused_keywords() { return kKeywords; }
std::span<const std::string_view> refused_attributes() { return kAttributes; }

}  // namespace rtlgen::verify
