// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/filelist.h"

#include <algorithm>
#include <fstream>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/rtl/filelist_words.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::rtl;
namespace fs = std::filesystem;

namespace {

using Words = std::vector<std::string>;

Result<SourceOptions> parse(const Words& arguments, const MemoryFileReader& reader = {}) {
    return parse_source_arguments(arguments, "/proj", reader);
}

Words paths(const SourceOptions& options) {
    Words result;
    for (const NamedFile& file : options.files) result.push_back(file.host_path.string());
    return result;
}

Words words_of(std::string_view text) {
    MemoryFileReader reader;
    reader.variables = {{"ROOT", "/opt/my rtl"}, {"A_1", "x"}};
    const auto words = filelist_words(text, "l.f", reader);
    REQUIRE(words.has_value());
    Words result;
    for (const FilelistWord& word : *words) result.push_back(word.text);
    return result;
}

}  // namespace

TEST_CASE("source options are read as Verilator reads them") {
    const auto options = parse({"a.sv", "+incdir+inc+/abs", "-Iinc2", "-I", "inc3", "+define+A=1+B",
                                "-DC=x", "-D", "E", "-y", "lib", "+libext+.v+.vlib", "-v",
                                "cells.v", "-GW=8", "-pvalue+D=2", "--top-module", "m", "-"});
    REQUIRE(options.has_value());
    CHECK(paths(*options) == Words{"/proj/a.sv", "-"});
    CHECK(options->include_dirs ==
          std::vector<fs::path>{"/proj/inc", "/abs", "/proj/inc2", "/proj/inc3"});
    CHECK(options->defines ==
          std::vector<NameValue>{{"A", "1"}, {"B", std::nullopt}, {"C", "x"}, {"E", std::nullopt}});
    CHECK(options->library_dirs == std::vector<fs::path>{"/proj/lib"});
    CHECK(options->library_extensions == Words{".v", ".vlib"});
    CHECK(options->library_files[0].host_path == "/proj/cells.v");
    CHECK(options->parameters == std::vector<NameValue>{{"W", "8"}, {"D", "2"}});
    CHECK(options->top == "m");
}

TEST_CASE("every spelling of the top is understood and the last one counts") {
    for (const Words& words :
         {Words{"--top", "t"}, Words{"--top=t"}, Words{"-top", "t"}, Words{"-top-module", "t"},
          Words{"--top-module=t"}, Words{"--top", "s", "--top", "t"}}) {
        const auto options = parse(words);
        REQUIRE(options.has_value());
        CHECK(options->top == "t");
    }
}

TEST_CASE("a later define replaces an earlier one, and a file counts once") {
    const auto options = parse({"-DA=1", "a.v", "./a.v", "-DA=2", "x/../a.v"});
    REQUIRE(options.has_value());
    CHECK(options->defines == std::vector<NameValue>{{"A", "2"}});
    CHECK(options->files.size() == 1);
}

TEST_CASE("names in a list of -f are relative to the folder of the call, those of -F to the list") {
    MemoryFileReader reader;
    reader.files["/proj/ip/l.f"] = "a.v\n+incdir+inc\n";
    const auto f = parse({"-f", "ip/l.f"}, reader);
    REQUIRE(f.has_value());
    CHECK(paths(*f) == Words{"/proj/a.v"});
    CHECK(f->include_dirs == std::vector<fs::path>{"/proj/inc"});
    const auto big_f = parse({"-F", "ip/l.f"}, reader);
    REQUIRE(big_f.has_value());
    CHECK(paths(*big_f) == Words{"/proj/ip/a.v"});
    CHECK(big_f->files[0].path == "ip/a.v");
    CHECK(big_f->files[0].named_in == "ip/l.f:1");
    CHECK(big_f->include_dirs == std::vector<fs::path>{"/proj/ip/inc"});
}

TEST_CASE("lists name lists, each relative to its own base") {
    MemoryFileReader reader;
    reader.files["/proj/a.f"] = "-F ip/b.f\nlast.v\n";
    reader.files["/proj/ip/b.f"] = "-F sub/c.f\nb.v\n";
    reader.files["/proj/ip/sub/c.f"] = "../c.v\n";
    const auto options = parse({"-f", "a.f"}, reader);
    REQUIRE(options.has_value());
    CHECK(paths(*options) == Words{"/proj/ip/c.v", "/proj/ip/b.v", "/proj/last.v"});
    CHECK(options->filelists == Words{"a.f", "ip/b.f", "ip/sub/c.f"});
}

TEST_CASE("comments, quotes, continued lines and variables of a filelist") {
    CHECK(words_of("a.v // x\n# y\n/* z\n z */ b.v\n") == Words{"a.v", "b.v"});
    CHECK(words_of("http://x a//b a#b src/*.v") == Words{"http://x", "a//b", "a#b", "src/*.v"});
    CHECK(words_of("\"my file.v\" 'it s $ROOT' a\\ b") == Words{"my file.v", "it s $ROOT", "a b"});
    CHECK(words_of("+incdir+a\\\n+b \\\r\nc") == Words{"+incdir+a+b", "c"});
    CHECK(words_of("$ROOT/a ${A_1}y $(A_1)z \"$ROOT\" a$ $1+") ==
          Words{"/opt/my rtl/a", "xy", "xz", "/opt/my rtl", "a$", "$1+"});
    CHECK(words_of("-DX=\\\"s\\\"") == Words{"-DX=\"s\""});
    CHECK(words_of("\xEF\xBB\xBF"
                   "a.v\r\n") == Words{"a.v"});
}

TEST_CASE("what is wrong in a filelist is said with its line") {
    MemoryFileReader reader;
    const std::vector<std::pair<std::string, std::string>> table = {
        {"a\n$NONE/b", "l.f:2: the environment variable NONE is not set"},
        {"a\n\"b\nc", "l.f:2: a quote is not closed"},
        {"/* a", "l.f:1: /* is not closed"},
        {"a\n-y", "l.f:2: -y needs a value"},
        {"+define+9x", "l.f:1: '9x' is no NAME or NAME=VALUE"},
        {"--top a;b", "l.f:1: 'a;b' is no module name"},
        {"-GW", "l.f:1: -GW needs a value: -GW=VALUE"}};
    for (const auto& [text, message] : table) {
        reader.files["/proj/l.f"] = text;
        const auto options = parse({"-f", "l.f"}, reader);
        REQUIRE_FALSE(options.has_value());
        CHECK(options.error().text() == message);
        CHECK(options.error().code == ErrorCode::InvalidArgument);
    }
}

TEST_CASE("filelists that name each other in a circle are an error with the chain") {
    MemoryFileReader reader;
    reader.files["/proj/a.f"] = "x.v\n-f b.f";
    reader.files["/proj/b.f"] = "-f c.f";
    reader.files["/proj/c.f"] = "-f a.f";
    const auto options = parse({"-f", "a.f"}, reader);
    REQUIRE_FALSE(options.has_value());
    CHECK(options.error().text() ==
          "c.f:1: filelists name each other in a circle: a.f -> b.f -> c.f -> a.f");
}

TEST_CASE("a list that is named twice is read twice, but no bomb of lists explodes") {
    MemoryFileReader reader;
    reader.files["/proj/a.f"] = "-f b.f -f b.f";
    reader.files["/proj/b.f"] = "x.v";
    REQUIRE(parse({"-f", "a.f"}, reader).has_value());
    for (int i = 0; i < 40; ++i) {
        const std::string next = " -f " + std::to_string(i + 1) + ".f";
        reader.files["/proj/" + std::to_string(i) + ".f"] = next + next;
    }
    reader.files["/proj/40.f"] = "x.v";
    CHECK_FALSE(parse({"-f", "0.f"}, reader).has_value());
}

TEST_CASE("a filelist that isn't there is named with the list that names it") {
    MemoryFileReader reader;
    reader.files["/proj/a.f"] = "\n-f none.f";
    const auto options = parse({"-f", "a.f"}, reader);
    REQUIRE_FALSE(options.has_value());
    CHECK(options.error().text() == "none.f: no such file (named in a.f:2)");
}

TEST_CASE("unknown options are errors on the command line and passed by in filelists") {
    CHECK(parse({"+foo"}).error().message == "unknown option +foo");
    CHECK(parse({"--bogus"}).error().message == "unknown option --bogus");
    MemoryFileReader reader;
    reader.files["/proj/a.f"] = "--timing +librescan -Wno-fatal a.v";
    const auto options = parse({"-f", "a.f"}, reader);
    REQUIRE(options.has_value());
    CHECK(options->ignored ==
          Words{"--timing (a.f:1)", "+librescan (a.f:1)", "-Wno-fatal (a.f:1)"});
    CHECK(paths(*options) == Words{"/proj/a.v"});
}

TEST_CASE("a command line is parted into source arguments and the rest") {
    const std::set<std::string> valued = {"--testbench", "-o"};
    const Words line = {"--json", "a.v",     "-f",     "l.f", "+incdir+x", "--testbench", "-tb.v",
                        "-DA",    "--top=m", "+bogus", "-o",  "o.v",       "b.v"};
    const SplitArguments split = split_source_arguments(line, valued);
    CHECK(split.source == Words{"-f", "l.f", "+incdir+x", "-DA", "--top=m", "+bogus"});
    CHECK(split.rest == Words{"--json", "a.v", "--testbench", "-tb.v", "-o", "o.v", "b.v"});
    const SplitArguments files = split_source_files(line, valued);
    CHECK(files.source ==
          Words{"a.v", "-f", "l.f", "+incdir+x", "-DA", "--top=m", "+bogus", "b.v"});
    CHECK(files.rest == Words{"--json", "--testbench", "-tb.v", "-o", "o.v"});
}

TEST_CASE("after two dashes every word is a file") {
    const SplitArguments split = split_source_files({"--json", "--", "-f", "+x"}, {});
    const auto options = parse(split.source);
    REQUIRE(options.has_value());
    CHECK(paths(*options) == Words{"/proj/-f", "/proj/+x"});
    CHECK(split.rest == Words{"--json", "--"});
}

TEST_CASE("sources are loaded with their texts, and what can't be read is one clear line") {
    MemoryFileReader reader;
    reader.files["/proj/a.v"] = "module a; endmodule";
    reader.files["/proj/e.v"] = " \n";
    const auto load = [&](const Words& words) {
        const auto options = parse(words, reader);
        REQUIRE(options.has_value());
        return load_sources(*options, reader);
    };
    const auto set = load({"a.v", "e.v", "-DX", "--top", "a"});
    REQUIRE(set.has_value());
    CHECK(set->files[0] == SourceFile{"a.v", "/proj/a.v", "module a; endmodule"});
    CHECK(set->files.size() == 2);
    CHECK(set->top == "a");
    CHECK(load({"e.v"}).error().text() == "e.v: is empty; name a file with a module");
    CHECK(load({"none.v"}).error().text() == "none.v: no such file");
    CHECK(load({}).error().message == "no source file is named; give FILE... or -f LIST");
    reader.files["/proj/l.f"] = "\n\nnone.v";
    CHECK(load({"-f", "l.f"}).error().text() == "none.v: no such file (named in l.f:3)");
}

TEST_CASE("a binary file, a folder and Latin-1 text on disk are told apart") {
    const auto folder = TempFolder::create();
    REQUIRE(folder.has_value());
    const auto write = [&](const char* name, std::string_view bytes) {
        std::ofstream(folder->path() / name, std::ios::binary) << bytes;
    };
    write("bin.v", std::string_view("module\0", 7));
    write("latin.v", "// caf\xE9\nmodule a; endmodule");
    const HostFileReader reader;
    const auto load = [&](const char* name) {
        const auto options = parse_source_arguments({name}, folder->path(), reader);
        REQUIRE(options.has_value());
        return load_sources(*options, reader);
    };
    CHECK(load("latin.v").has_value());
    CHECK(load("bin.v").error().text() == "bin.v: is a binary file, not source text");
    CHECK(load(".").error().text() == ".: is a folder, not a file");
}

TEST_CASE("Verilator's control files stand apart from the sources") {
    MemoryFileReader reader;
    reader.files = {{"/proj/w.vlt", "`verilator_config\n"}, {"/proj/a.sv", "module a; endmodule"}};
    const auto options = parse({"w.vlt", "a.sv"}, reader);
    REQUIRE(options);
    CHECK(paths(*options) == Words{"/proj/a.sv"});
    const auto set = load_sources(*options, reader);
    REQUIRE(set);
    REQUIRE(set->control_files.size() == 1);
    CHECK(set->control_files[0].path == "w.vlt");
    CHECK(set->files.size() == 1);
}

TEST_CASE("folders keep the names that the user gave them") {
    MemoryFileReader reader;
    reader.files = {{"/proj/ip/l.f", "+incdir+inc\n-y ../lib\n"}};
    const auto options = parse({"-y", "rtl", "-I/opt/x", "-F", "ip/l.f"}, reader);
    REQUIRE(options);
    using Names = std::map<fs::path, std::string>;
    CHECK(options->folder_names == Names{{"/proj/rtl", "rtl"},
                                         {"/opt/x", "/opt/x"},
                                         {"/proj/ip/inc", "ip/inc"},
                                         {"/proj/lib", "lib"}});
}

TEST_CASE("values of Verilator's other options, and files for a compiler, are no sources") {
    MemoryFileReader reader;
    reader.files["/w/l.f"] =
        "--timescale 1ns/1ps -j 4\n-CFLAGS -O2\n-o sim --Mdir obj\n-Wno-fatal d.v\n"
        "sim_main.cpp lib.a x.so y.o z.cc w.c\n";
    const auto options = parse_source_arguments({"-f", "l.f"}, "/w", reader);
    REQUIRE(options);
    REQUIRE(options->files.size() == 1);
    CHECK(options->files[0].path == "d.v");
    for (const char* ignored : {"1ns/1ps (l.f:1)", "4 (l.f:1)", "-O2 (l.f:2)", "sim (l.f:3)",
                                "obj (l.f:3)", "-Wno-fatal (l.f:4)", "sim_main.cpp (l.f:5)"}) {
        INFO(ignored);
        CHECK(std::ranges::find(options->ignored, ignored) != options->ignored.end());
    }
    const auto named = parse_source_arguments({"d.v", "sim_main.cpp"}, "/w", reader);
    REQUIRE_FALSE(named);
    CHECK(named.error().message == "sim_main.cpp is no Verilog source");
}
