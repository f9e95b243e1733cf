// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/file_parts.h"

#include <algorithm>

#include "tests/catch.h"

namespace rtlgen::rtl {
namespace {

SourceSet set_of(const std::vector<std::pair<std::string, std::string>>& files) {
    SourceSet set;
    for (const auto& [path, text] : files) set.files.push_back({path, {}, text});
    return set;
}

std::vector<std::string> paths_of(const SourceSet& set) {
    std::vector<std::string> paths;
    for (const SourceFile& file : set.files) paths.push_back(file.path);
    return paths;
}

using Paths = std::vector<std::string>;

TEST_CASE("a file's part holds what it needs, what that needs, and files of macros alone") {
    const auto parts = file_parts(set_of({
        {"macros.sv", "`define W 4\n"},
        {"pkg.sv", "package p; typedef logic t; endpackage\n"},
        {"bus.sv", "interface bus(input clk); p::t v; endinterface\n"},
        {"leaf.sv", "module leaf(bus b); endmodule\n"},
        {"top.sv", "module top(input clk); bus b(clk); leaf i(b); endmodule\n"},
        {"other.sv", "module other(input a, output leaf); assign leaf = a; endmodule\n"},
    }));
    REQUIRE(parts.size() == 6);
    CHECK(parts[4].file == "top.sv");
    CHECK(parts[4].set.top == "top");
    CHECK(paths_of(parts[4].set) == Paths{"macros.sv", "pkg.sv", "bus.sv", "leaf.sv", "top.sv"});
    CHECK(parts[3].set.top == "leaf");
    CHECK(paths_of(parts[3].set) == Paths{"macros.sv", "pkg.sv", "bus.sv", "leaf.sv"});
    // A port may have a module's name.
    CHECK(paths_of(parts[5].set) == Paths{"macros.sv", "other.sv"});
}

TEST_CASE("a file with two modules that don't use each other has no top") {
    const auto parts = file_parts(set_of({
        {"two.v", "module a; endmodule\nmodule b; endmodule\n"},
        {"one.v", "module c; d i(); endmodule\nmodule d; endmodule\n"},
    }));
    CHECK(parts[0].set.top.empty());
    CHECK(parts[1].set.top == "c");
}

TEST_CASE("a file needs no other for what it defines itself") {
    const auto parts = file_parts(set_of({
        {"a.v", "module wrap; endmodule\nmodule bench; wrap w(); endmodule\n"},
        {"b.v", "module wrap; endmodule\nmodule bench; wrap w(); endmodule\n"},
    }));
    CHECK(paths_of(parts[1].set) == Paths{"b.v"});
    CHECK(parts[1].set.top == "bench");
}

TEST_CASE("where there are libraries, a part has all packages: what is found there may need them") {
    SourceSet set = set_of({{"p.sv", "package p; endpackage\n"},
                            {"q.sv", "package q; endpackage\nmodule r; endmodule\n"},
                            {"m.sv", "module m; from_library l(); endmodule\n"}});
    CHECK(paths_of(file_parts(set)[2].set) == Paths{"m.sv"});
    set.library_dirs = {"/lib"};
    CHECK(paths_of(file_parts(set)[2].set) == Paths{"p.sv", "m.sv"});
}

TEST_CASE("a file without modules is used by one that stands in for a top") {
    const auto parts = file_parts(set_of({{"p.sv",
                                           "package p; localparam int W = 3; endpackage\n"
                                           "interface bus; logic [p::W-1:0] v; endinterface\n"}}));
    REQUIRE(parts.size() == 1);
    REQUIRE(parts[0].set.files.size() == 2);
    const std::string& text = parts[0].set.files[1].text;
    // read_verilog reads packages, but no import.
    CHECK(text.find("import") == std::string::npos);
    CHECK(text.find("bus i_bus ();") != std::string::npos);
    CHECK(text.find("module " + parts[0].set.top + ";") != std::string::npos);
}

}  // namespace
}  // namespace rtlgen::rtl
