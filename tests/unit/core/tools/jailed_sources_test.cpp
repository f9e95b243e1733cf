// SPDX-License-Identifier: Apache-2.0
// How a SourceSet is put into a jail.
#include "core/tools/jailed_sources.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::tools;

namespace {

SourceSet set_of(std::vector<SourceFile> files) {
    SourceSet set;
    set.files = std::move(files);
    return set;
}

}  // namespace

TEST_CASE("A file of the host is bound by its folder at the same path and named as the user did") {
    const auto jailed = jail_sources(set_of({{"rtl/a.sv", "/data/chip/rtl/a.sv", "text"},
                                             {"rtl/b.sv", "/data/chip/rtl/../rtl/b.sv", "text"}}));
    REQUIRE(jailed);
    CHECK(jailed->files == std::vector<std::string>{"/data/chip/rtl/a.sv", "/data/chip/rtl/b.sv"});
    REQUIRE(jailed->binds.size() == 1);
    CHECK(jailed->binds[0].host == "/data/chip/rtl");
    CHECK(jailed->binds[0].inside == "/data/chip/rtl");
    CHECK(jailed->inputs.empty());
    CHECK(jailed->user_path("/data/chip/rtl/b.sv") == "rtl/b.sv");
    CHECK(jailed->user_path("/elsewhere.sv") == "/elsewhere.sv");
}

TEST_CASE("A folder under another bound one isn't bound twice") {
    SourceSet set = set_of({{"a.sv", "/data/chip/rtl/deep/a.sv", ""}});
    set.include_dirs = {"/data/chip/rtl", "/data/chip/rtl2"};
    const auto jailed = jail_sources(set);
    REQUIRE(jailed);
    REQUIRE(jailed->binds.size() == 2);
    CHECK(jailed->binds[0].host == "/data/chip/rtl");
    CHECK(jailed->binds[1].host == "/data/chip/rtl2");
    CHECK(jailed->include_dirs == std::vector<std::string>{"/data/chip/rtl", "/data/chip/rtl2"});
}

TEST_CASE("A text without a host path is copied under a name of ours") {
    const auto jailed = jail_sources(set_of({{"a; rm -rf !.v", {}, "module a; endmodule"}}));
    REQUIRE(jailed);
    REQUIRE(jailed->inputs.size() == 1);
    CHECK(jailed->inputs[0].path == "src/f0.v");
    CHECK(jailed->inputs[0].bytes == "module a; endmodule");
    CHECK(jailed->files == std::vector<std::string>{"src/f0.v"});
    CHECK(jailed->user_path("src/f0.v") == "a; rm -rf !.v");
    CHECK(jailed->user_text("see src/f0.v:3") == "see a; rm -rf !.v:3");
}

TEST_CASE("Paths within a message become the user's") {
    const auto jailed = jail_sources(
        set_of({{"rtl/a.sv", "/data/chip/rtl/a.sv", ""}, {"a.svh", "/data/chip/rtl/a.svh", ""}}));
    REQUIRE(jailed);
    CHECK(jailed->user_text("defined at: /data/chip/rtl/a.sv:98.") == "defined at: rtl/a.sv:98.");
    CHECK(jailed->user_text("/data/chip/rtl/a.svh") == "a.svh");
    CHECK(jailed->user_text("see /data/chip/rtl/a.sv. or x") == "see rtl/a.sv. or x");
    CHECK(jailed->user_text("").empty());
    CHECK(jailed->user_path("../data/chip/rtl/a.sv") == "rtl/a.sv");
    CHECK(jailed->user_path("../../rtl/a.sv") == "rtl/a.sv");
    CHECK(jailed->user_path("../b.sv") == "../b.sv");
}

TEST_CASE("A host path with a character that a script may misread is copied instead") {
    for (const char* name : {"a b.v", "a;b.v", "a'b.v", "a\"b.v", "a\nb.v", "a!b.v", "a$b.v",
                             "a`b.v", "a#b.v", "a:b.v", "a,b.v", "a*b.v"}) {
        CAPTURE(name);
        const auto jailed =
            jail_sources(set_of({{name, std::string("/data/chip/") + name, "text"}}));
        REQUIRE(jailed);
        CHECK(jailed->binds.empty());
        CHECK(jailed->files == std::vector<std::string>{"src/f0.v"});
    }
    const auto dash = jail_sources(set_of({{"-o.v", "/data/chip/-o.v", "text"}}));
    REQUIRE(dash);
    CHECK(dash->files == std::vector<std::string>{"/data/chip/-o.v"});
}

TEST_CASE("A home, the temporary folder and the system's folders aren't shown for a file's sake") {
    for (const char* folder : {"/", "/tmp", "/root", "/home", "/home/ann", "/etc", "/proc/1",
                               "/var/tmp", "/usr", "/etc/ssl"}) {
        CAPTURE(folder);
        CHECK_FALSE(is_bindable_folder(folder));
        const auto jailed =
            jail_sources(set_of({{"a.v", std::filesystem::path(folder) / "a.v", "text"}}));
        REQUIRE(jailed);
        CHECK(jailed->binds.empty());
        CHECK(jailed->files == std::vector<std::string>{"src/f0.v"});
    }
    for (const char* folder :
         {"/tmp/x", "/home/ann/chip", "/root/chip", "/data", "/var/lib/x", "/srv/chip"}) {
        CAPTURE(folder);
        CHECK(is_bindable_folder(folder));
    }
}

TEST_CASE("An include folder that can't be bound is refused with a reason") {
    SourceSet set = set_of({{"a.sv", {}, ""}});
    set.include_dirs = {"/data/my chip"};
    const auto spaced = jail_sources(set);
    REQUIRE_FALSE(spaced);
    CHECK(spaced.error().code == ErrorCode::InvalidArgument);
    CHECK(spaced.error().where == "/data/my chip");
    set.include_dirs = {"/"};
    CHECK_FALSE(jail_sources(set));
    set.include_dirs = {};
    set.library_dirs = {"relative"};
    CHECK_FALSE(jail_sources(set));
}

TEST_CASE(
    "Names that become arguments are plain identifiers and values have no control characters") {
    SourceSet set = set_of({{"a.sv", {}, ""}});
    set.top = "top; shell rm";
    CHECK_FALSE(jail_sources(set));
    set.top = "top";
    CHECK(jail_sources(set));
    set.defines = {{"A B", "1"}};
    CHECK_FALSE(jail_sources(set));
    set.defines = {{"A", "1\nI:/etc"}};
    CHECK_FALSE(jail_sources(set));
    set.defines = {{"A", "8'h ff + \"x\""}};
    CHECK(jail_sources(set));
    set.parameters = {{"-x", "1"}};
    CHECK_FALSE(jail_sources(set));
}

TEST_CASE("Library extensions default to .v and .sv") {
    const auto jailed = jail_sources(SourceSet{});
    REQUIRE(jailed);
    CHECK(jailed->library_extensions == std::vector<std::string>{".v", ".sv"});
    SourceSet set;
    set.library_extensions = {".svh", "/../x"};
    CHECK_FALSE(jail_sources(set));
}

TEST_CASE("A file that a tool found in a folder is named as the user named the folder") {
    SourceSet set = set_of({{"rtl/a.sv", "/data/chip/rtl/a.sv", ""}});
    set.include_dirs = {"/data/inc"};
    set.library_dirs = {"/data/chip", "/opt/cells"};
    set.folder_names = {{"/data/inc", "../inc"}, {"/data/chip", "."}, {"/opt/cells", "/opt/cells"}};
    const auto jailed = jail_sources(set);
    REQUIRE(jailed);
    CHECK(jailed->user_path("/data/inc/sub/d.svh") == "../inc/sub/d.svh");
    CHECK(jailed->user_path("/data/chip/b.sv") == "b.sv");
    CHECK(jailed->user_path("/data/chip/rtl/sub/../c.svh") == "rtl/c.svh");
    CHECK(jailed->user_path("/opt/cells/d.v") == "/opt/cells/d.v");
    CHECK(jailed->user_path("/data/other.v") == "/data/other.v");
    CHECK(jailed->user_text("see /data/inc/d.svh:3 and /data") == "see ../inc/d.svh:3 and /data");
}

TEST_CASE("A control file of Verilator's stands apart, and keeps its extension in a copy") {
    SourceSet set = set_of({{"a.sv", "/data/chip/a.sv", ""}});
    set.control_files = {{"w.vlt", "/data/chip/w.vlt", ""}, {"x.vlt", {}, "`verilator_config"}};
    const auto jailed = jail_sources(set);
    REQUIRE(jailed);
    CHECK(jailed->files.size() == 1);
    CHECK(jailed->control_files == std::vector<std::string>{"/data/chip/w.vlt", "src/c1.vlt"});
}

TEST_CASE("Included files are copied into an include folder of ours, the last one") {
    SourceSet set;
    set.files = {{"q.v", "/data/q/q.v", "`include \"k.vh\"\n"}};
    set.include_dirs = {"/data/inc"};
    set.included_files = {{"k.vh", "/data/q", {"k.vh", "/data/q/k.vh", "1"}},
                          {"sub/m.vh", "/tmp", {"/tmp/sub/m.vh", "/tmp/sub/m.vh", "2"}},
                          {"i.vh", "/data/inc", {"inc/i.vh", "/data/inc/i.vh", "3"}},
                          {"../up.vh", "/data/q", {"../up.vh", "/data/up.vh", "4"}}};
    const auto jailed = jail_sources(set);
    REQUIRE(jailed);
    CHECK(jailed->include_dirs == std::vector<std::string>{"/data/inc", "src/include", "/data/q"});
    REQUIRE(jailed->inputs.size() == 2);
    CHECK(jailed->inputs[0].path == "src/include/k.vh");
    CHECK(jailed->inputs[1].path == "src/include/sub/m.vh");
    CHECK(jailed->user_path("src/include/k.vh") == "k.vh");
    CHECK(jailed->user_path("/data/up.vh") == "../up.vh");
}

TEST_CASE("One name that means two included texts means neither") {
    SourceSet set;
    set.files = {{"a.v", "/data/a/a.v", ""}, {"b.v", "/data/b/b.v", ""}};
    set.included_files = {{"k.vh", "/data/a", {"a/k.vh", "/data/a/k.vh", "1"}},
                          {"k.vh", "/data/b", {"b/k.vh", "/data/b/k.vh", "2"}}};
    const auto jailed = jail_sources(set);
    REQUIRE(jailed);
    CHECK(jailed->inputs.empty());
    set.included_files[1].file.text = "1";
    CHECK(jail_sources(set)->inputs.size() == 1);
}
