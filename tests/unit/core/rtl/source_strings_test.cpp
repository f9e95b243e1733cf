// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/source_strings.h"

#include "tests/catch.h"

using namespace rtlgen::rtl;

TEST_CASE("literals that name files are found with what is done to them") {
    const auto files = file_strings(
        "parameter F = \"init.hex\";\n"
        "initial begin\n $readmemh(\"mem.dat\", m);\n f = $fopen(\"in.txt\", \"r\");\n"
        " g = $fopen(\"log\", \"w\");\n h = $fopen(\"raw\");\n $dumpfile(\"wave.vcd\");\n"
        " $readmemh(\"mem.dat\", n);\nend");
    CHECK(files == std::vector<FileString>{{"init.hex", "", FileUse::Unknown, 1},
                                           {"mem.dat", "$readmemh", FileUse::Read, 3},
                                           {"in.txt", "$fopen", FileUse::Read, 4},
                                           {"log", "$fopen", FileUse::Write, 5},
                                           {"raw", "$fopen", FileUse::Write, 6},
                                           {"wave.vcd", "$dumpfile", FileUse::Write, 7}});
}

TEST_CASE("other literals are no file names") {
    CHECK(file_strings("$display(\"a.b is %d\"); x = \"hello\"; y = \"1.5\"; z = \"a b.txt\";"
                       " `include \"x.vh\"\n// \"c.hex\"\n")
              .empty());
}
