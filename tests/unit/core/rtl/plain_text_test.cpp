// SPDX-License-Identifier: Apache-2.0
// Texts without anything that tools could read differently, on the lines that they had.
#include "core/rtl/plain_text.h"

#include "tests/catch.h"

using rtlgen::rtl::needs_preprocessing;
using rtlgen::rtl::plain_text;
using rtlgen::rtl::plain_texts;
using Texts = std::vector<std::string>;

TEST_CASE("what a preprocessor acts upon is told from what it hands on") {
    for (const char* text : {"`define A 1\n", "`ifdef A\n`endif", "`include \"a.vh\"",
                             "assign y = `A;", "a``b", "`undef A", "`undefineall"}) {
        CAPTURE(text);
        CHECK(needs_preprocessing(text));
    }
    for (const char* text :
         {"module m; endmodule", "`timescale 1ns/1ps\n", "`default_nettype none\nwire a;",
          "// `define A\n", "/* `A */", "string s = \"`A\";", "wire \\a`b ;", ""}) {
        CAPTURE(text);
        CHECK_FALSE(needs_preprocessing(text));
    }
}

TEST_CASE("comments become blanks, and what is left stays where it was") {
    CHECK(plain_text("// synthesis translate_off\nmodule m; /*verilator lint_off*/ wire a;\n") ==
          "\nmodule m;                        wire a;\n");
    CHECK(plain_text("a/* two\nlines */b\r\n\tc\fd") == "a\n        b\n c d\n");
    CHECK(plain_text("\\esc /**/x \"// s\" y") == "\\esc     x \"// s\" y\n");
    CHECK(plain_text("").empty());
    CHECK(plain_text("// nothing").empty());
    // Whoever refuses it sees it.
    CHECK(plain_text("a /* open").find("/* open") != std::string::npos);
}

TEST_CASE("words that a comment kept apart stay apart") {
    CHECK(plain_text("wi/**/re") == "wi    re\n");
    CHECK(plain_text("a/**/+/**/+b") == "a    +    +b\n");
}

TEST_CASE("each file's text is taken from what was printed, line by line") {
    const Texts texts = plain_texts(
        "`line 1 \"a.v\" 0\nmodule a;\n\nendmodule\n`line 1 \"b.v\" 0\n\n\nmodule b; endmodule\n",
        {"a.v", "b.v", "c.v"});
    CHECK(texts == Texts{"module a;\n\nendmodule\n", "\n\nmodule b; endmodule\n", ""});
}

TEST_CASE("a macro's text of many lines stands in the line that uses it") {
    // As ivlpp prints it: the lines go on with the macro's text, then back.
    CHECK(plain_texts("`line 1 \"c.v\" 0\nx\n3 +\n 1 +\n 4\n`line 2 \"c.v\" 2\n; wire q;\n z\n",
                      {"c.v"}) == Texts{"x\n3 + 1 + 4 ; wire q;\n z\n"});
    // As Verilator prints it: each line says where it belongs.
    CHECK(plain_texts("`line 1 \"c.v\" 1\nx\n3 +\n`line 2 \"c.v\" 0\n 1 +\n`line 2 \"c.v\" 0\n 4;\n"
                      "z\n",
                      {"c.v"}) == Texts{"x\n3 + 1 + 4;\nz\n"});
}

TEST_CASE("an included text stands in the line of its include") {
    CHECK(plain_texts("`line 1 \"c.v\" 0\n\n`line 1 \"inc/i.vh\" 1\nwire a;\nwire b;\n"
                      "`line 3 \"c.v\" 2\nmodule m;\n",
                      {"c.v"}) == Texts{"\nwire a; wire b;\nmodule m;\n"});
}

TEST_CASE("a forged line directive misleads nobody but its own lines") {
    const Texts texts =
        plain_texts("`line 1 \"c.v\" 0\nwire a;\n`line 900 \"else.v\" 0\nwire b;\n", {"c.v"});
    CHECK(texts == Texts{"wire a;\nwire b;\n"});
    CHECK(plain_texts("wire a;\n", {}).empty());
}
