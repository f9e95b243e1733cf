// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/source_order.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::rtl;

namespace {

using Names = std::vector<std::string>;

/// Files of /w, named by their paths there.
SourceSet set_of(const std::vector<std::pair<std::string, std::string>>& files) {
    SourceSet set;
    for (const auto& [name, text] : files) set.files.push_back({name, "/w/" + name, text});
    return set;
}

Result<std::vector<IncludeUse>> includes_of(const SourceSet& set, MemoryFileReader reader = {}) {
    for (const SourceFile& file : set.files) reader.files[file.host_path] = file.text;
    return scan_includes(set, "/w", reader);
}

Names order_of(const SourceSet& set) {
    const auto includes = includes_of(set);
    REQUIRE(includes.has_value());
    Names names;
    for (const SourceFile& file : order_sources(set, *includes).set.files) {
        names.push_back(file.path);
    }
    return names;
}

}  // namespace

TEST_CASE("packages come before the files that use them and everything else stays in order") {
    const SourceSet set = set_of({{"top.sv", "module t import b_pkg::*; (); endmodule"},
                                  {"x.sv", "module x; endmodule"},
                                  {"b.sv", "package b_pkg; localparam W = a_pkg::W; endpackage"},
                                  {"a.sv", "package a_pkg; localparam W = 1; endpackage"},
                                  {"z.sv", "module z; wire [a_pkg::W:0] q; endmodule"}});
    CHECK(order_of(set) == Names{"a.sv", "b.sv", "top.sv", "x.sv", "z.sv"});
}

TEST_CASE("an order that is right stays as it is") {
    const SourceSet set = set_of({{"m.sv", "module m; endmodule"},
                                  {"p.sv", "package p; endpackage"},
                                  {"n.sv", "module n; import p::*; endmodule"}});
    CHECK(order_of(set) == Names{"m.sv", "p.sv", "n.sv"});
}

TEST_CASE("packages that use each other are a warning, not a loop") {
    const SourceSet set = set_of({{"a.sv", "package a; localparam X = b::Y; endpackage"},
                                  {"b.sv", "package b; localparam Y = a::X; endpackage"}});
    const OrderedSources ordered = order_sources(set, {});
    CHECK(ordered.set.files.size() == 2);
    REQUIRE(ordered.findings.size() == 1);
    CHECK(ordered.findings[0].rule == "rtlgen/PACKAGE_CYCLE");
}

TEST_CASE("a file that others include is left out where it can't stand beside them") {
    const SourceSet set = set_of({{"top.v",
                                   "module t;\n`include \"body.vh\"\n`include \"defs.vh\"\n"
                                   "endmodule\n`include \"sub.v\"\n"},
                                  {"body.vh", "assign a = b;"},
                                  {"defs.vh", "`define W 8\n"},
                                  {"sub.v", "module s; endmodule"}});
    const auto includes = includes_of(set);
    REQUIRE(includes.has_value());
    REQUIRE(includes->size() == 3);
    CHECK((*includes)[0] == IncludeUse{"top.v", 2, "body.vh", "/w/body.vh", "/w"});
    const OrderedSources ordered = order_sources(set, *includes);
    CHECK(ordered.include_only == Names{"body.vh", "sub.v"});
    CHECK(ordered.findings.empty());
}

TEST_CASE("a module in two files is a warning that names both") {
    const SourceSet set =
        set_of({{"a.v", "module m; endmodule"}, {"b.v", "\nmodule m; endmodule"}});
    const OrderedSources ordered = order_sources(set, {});
    REQUIRE(ordered.findings.size() == 1);
    CHECK(format_finding(ordered.findings[0]) ==
          "b.v:2: warning: module m stands in a.v as well [rtlgen/DUPLICATE]");
}

TEST_CASE("files that include each other without end are an error with the chain") {
    MemoryFileReader reader;
    reader.files["/w/a.vh"] = "\n`include \"b.vh\"\n";
    reader.files["/w/b.vh"] = "`include \"a.vh\"\n";
    const auto includes = includes_of(set_of({{"t.v", "`include \"a.vh\"\n"}}), reader);
    REQUIRE_FALSE(includes.has_value());
    CHECK(includes.error().code == ErrorCode::InvalidArgument);
    CHECK(includes.error().message.find("a.vh -> b.vh -> a.vh") != std::string::npos);
    CHECK_FALSE(includes_of(set_of({{"t.v", "`include \"t.v\"\n"}})).has_value());
}

TEST_CASE("a circle of includes with guards is none") {
    MemoryFileReader reader;
    reader.files["/w/inc/a.vh"] = "`ifndef A\n`define A\n`include \"b.vh\"\n`endif\n";
    reader.files["/w/inc/b.vh"] = "`ifndef B\n`define B\n`include \"a.vh\"\n`endif\n";
    SourceSet set = set_of({{"t.v", "`include \"a.vh\"\n`include <none.vh>\n"}});
    set.include_dirs = {"/w/inc"};
    const auto includes = includes_of(set, reader);
    REQUIRE(includes.has_value());
    REQUIRE(includes->size() == 4);
    CHECK((*includes)[1] == IncludeUse{"inc/a.vh", 3, "b.vh", "/w/inc/b.vh", "/w/inc"});
    CHECK((*includes)[3] == IncludeUse{"t.v", 2, "none.vh", {}, {}});
}

TEST_CASE("includes that multiply are followed a bounded number of times") {
    MemoryFileReader reader;
    for (int i = 0; i < 60; ++i) {
        const std::string line = "`include \"" + std::to_string(i + 1) + ".vh\"\n";
        reader.files["/w/" + std::to_string(i) + ".vh"] = line + line;
    }
    CHECK(includes_of(set_of({{"t.v", "`include \"0.vh\"\n"}}), reader).has_value());
}

TEST_CASE("the top is the module that nobody instantiates, over all files") {
    CHECK(detect_top(set_of({{"a.v", "module sub; endmodule"},
                             {"b.v", "module top; sub u(); endmodule"}})) == "top");
    CHECK(detect_top(set_of({{"a.v", "module r(input a); r u(a); endmodule"}})) == "r");
}

TEST_CASE("several roots are an error that names them and says --top") {
    const auto top = detect_top(set_of({{"a.v", "module a; endmodule module b; endmodule"}}));
    REQUIRE_FALSE(top.has_value());
    CHECK(top.error().code == ErrorCode::InvalidArgument);
    CHECK(top.error().text() ==
          "a.v: several modules could be the top: a, b; say which with --top");
}

TEST_CASE("a top that isn't there is an error with close names") {
    SourceSet set = set_of({{"a.v", "module counter; endmodule module fifo; endmodule"}});
    set.top = "Counter8";
    CHECK(detect_top(set).error().message == "there is no module Counter8; did you mean counter?");
    set.top = "zzz";
    CHECK(detect_top(set).error().message == "there is no module zzz; there are counter, fifo");
    set.top = "fifo";
    CHECK(detect_top(set) == "fifo");
    set.top = "cell1";
    set.library_files = {{"lib.v", "/w/lib.v", "module cell1; endmodule"}};
    CHECK(detect_top(set) == "cell1");
}

TEST_CASE("no module and a circle of modules are errors") {
    CHECK(detect_top(set_of({{"a.v", "wire x;"}})).error().message ==
          "no module stands in the files");
    CHECK(detect_top(set_of({{"a.v", "module a; b u(); endmodule module b; a u(); endmodule"}}))
              .error()
              .message.find("--top") != std::string::npos);
}

TEST_CASE("a testbench's top is its root without ports") {
    CHECK(detect_testbench_top(set_of({{"t.sv",
                                        "module stim(output x); endmodule\n"
                                        "module dut_like(input a); endmodule\n"
                                        "module tb; stim s(x); endmodule"}})) == "tb");
    const auto two =
        detect_testbench_top(set_of({{"t.sv", "module t1; endmodule module t2; endmodule"}}));
    REQUIRE_FALSE(two.has_value());
    CHECK(two.error().code == ErrorCode::BadBench);
    CHECK(two.error().message.find("t1, t2; say which with --testbench-top") != std::string::npos);
}

TEST_CASE("a module that a file binds, or that a macro names, is no top") {
    SourceSet set;
    set.files = {{"b.sv", "/w/b.sv",
                  "module b(input clk); endmodule\nmodule chk(input clk); endmodule\n"
                  "bind b chk u_chk(.*);\n"}};
    CHECK(detect_top(set) == "b");
    set.files = {{"m.v", "/w/m.v",
                  "`define SUB sub\nmodule m; `SUB #(1) u(); endmodule\n"
                  "module sub; endmodule\n"}};
    CHECK(detect_top(set) == "m");
    // A macro that is more than a name stays one.
    set.files = {{"m.v", "/w/m.v",
                  "`define SUB wire x; sub\nmodule m; `SUB u(); endmodule\n"
                  "module sub; endmodule\n"}};
    CHECK_FALSE(detect_top(set));
}

TEST_CASE("a parameter that the top doesn't have is told, with close names") {
    SourceSet set;
    set.files = {{"d.v", "/w/d.v", "module d #(parameter WIDTH = 4) (); endmodule\n"}};
    set.top = "d";
    set.parameters = {{"WIDTH", "8"}};
    CHECK(check_parameters(set));
    set.parameters = {{"WIDHT", "8"}};
    const Status refused = check_parameters(set);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::InvalidArgument);
    CHECK(refused.error().message ==
          "-GWIDHT: the top d has no such parameter; did you mean WIDTH?");
    // An older way to declare one, and one that an included file may declare.
    set.files[0].text = "module d; parameter WIDHT = 4; endmodule\n";
    CHECK(check_parameters(set));
    set.files[0].text = "module d;\n`include \"p.vh\"\nendmodule\n";
    CHECK_FALSE(check_parameters(set));
    set.included_files = {{"p.vh", "/w", {"p.vh", "/w/p.vh", "parameter WIDHT = 4;\n"}}};
    CHECK(check_parameters(set));
}

TEST_CASE("included files come with their texts, each once, shown as the user would write them") {
    MemoryFileReader reader;
    reader.files = {{"/w/k.vh", "`include \"m.vh\"\n"}, {"/w/m.vh", "1"}};
    SourceSet set;
    set.files = {{"q.v", "/w/q.v", "`include \"k.vh\"\n`include \"k.vh\"\n"}};
    const auto includes = scan_includes(set, "/w", reader);
    REQUIRE(includes);
    const auto files = read_included(*includes, "/w", reader);
    REQUIRE(files.size() == 2);
    CHECK(files[0] == IncludedFile{"k.vh", "/w", {"k.vh", "/w/k.vh", "`include \"m.vh\"\n"}});
    CHECK(files[1].file.path == "m.vh");
}
