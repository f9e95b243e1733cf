// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/batch_line.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace std::chrono_literals;
using workflow::BatchItem;
using workflow::BatchLines;

namespace {

constexpr const char* kDesign = R"("candidate": "module a(input x, output y);\nendmodule\n")";

/// Files that are there: `ref.sv` alone.
Result<SourceSet> load(const std::vector<std::string>& paths) {
    SourceSet set;
    for (const std::string& path : paths) {
        if (path != "ref.sv") return fail(ErrorCode::NotFound, "no such file", path);
        set.files.push_back({path, "/here/ref.sv", "module r; endmodule\n"});
    }
    return set;
}

BatchLines batch(workflow::BatchDefaults defaults = {}) { return {std::move(defaults), load}; }

std::string line_of(const std::string& more, const std::string& id = "1") {
    return R"({"id": )" + id + ", " + kDesign + (more.empty() ? "" : ", " + more) + "}";
}

BatchItem item(BatchLines& lines, const std::string& text) {
    workflow::BatchRead read = lines.read(text);
    INFO(text);
    if (!read.item) FAIL(read.item.error().text());
    REQUIRE(read.item->has_value());
    return *std::move(*read.item);
}

BatchItem item(const std::string& more) {
    BatchLines lines = batch();
    return item(lines, line_of(more));
}

std::string refusal(BatchLines& lines, const std::string& text) {
    const workflow::BatchRead read = lines.read(text);
    return read.item ? "none" : read.item.error().message;
}

std::string refusal(const std::string& more) {
    BatchLines lines = batch();
    return refusal(lines, line_of(more));
}

}  // namespace

TEST_CASE("a line's candidate is a text, texts by name, or files") {
    BatchLines lines = batch();
    const BatchItem text = item(lines, line_of(""));
    CHECK(text.request.candidate.files.front().path == "candidate.sv");
    CHECK(text.request.candidate.top == "a");
    CHECK_FALSE(text.request.reference);
    const BatchItem object =
        item(lines, R"({"id": 2, "candidate": {"files": {"b.sv": "module b; endmodule",
                  "a.sv": "module a; b u(); endmodule"}, "defines": {"X": 1, "Y": null}}})");
    REQUIRE(object.request.candidate.files.size() == 2);
    CHECK(object.request.candidate.files.front().path == "b.sv");
    CHECK(object.request.candidate.top == "a");
    CHECK(object.request.candidate.defines ==
          std::vector<NameValue>{{"X", "1"}, {"Y", std::nullopt}});
    const BatchItem files = item(lines, R"({"id": 3, "candidate": {"paths": ["ref.sv"]}})");
    CHECK(files.request.candidate.files.front().host_path == "/here/ref.sv");
}

TEST_CASE("a line's problem is its own, one from before, or the command line's") {
    workflow::BatchDefaults defaults;
    defaults.problem.problem.reference =
        SourceSet{.files = {{"flag.v", {}, "module f; endmodule"}}};
    BatchLines lines = batch(defaults);
    REQUIRE(lines.add_problem(R"({"id": "file", "testbench": "module tb; endmodule"})"));
    CHECK(item(lines, line_of("")).request.reference->files.front().path == "flag.v");
    const BatchItem own = item(lines, line_of(R"("reference": "module o; endmodule")", "2"));
    CHECK(own.request.reference->files.front().text == "module o; endmodule");
    // It has an id, so that later lines may name it.
    const std::string inside =
        R"("problem": {"id": "p", "top": "a", "reference": {"text": "module q; endmodule", "top": "q"}})";
    CHECK(item(lines, line_of(inside, "3")).request.reference->top == "q");
    CHECK(item(lines, line_of(R"("problem": "p")", "4")).request.reference->top == "q");
    const BatchItem named = item(lines, line_of(R"("problem": "file")", "5"));
    CHECK(named.request.testbench);
    CHECK_FALSE(named.request.reference);
    // A line of a problem alone is answered by nothing.
    const auto alone =
        lines.read(R"({"problem": {"id": "alone", "reference": "module r; endmodule"}})");
    REQUIRE(alone.item);
    CHECK_FALSE(alone.item->has_value());
    CHECK(item(lines, line_of(R"("problem": "alone")", "6")).request.reference);
    CHECK(refusal(lines, line_of(R"("problem": "none")", "7")) ==
          "there is no problem 'none' before this line");
    CHECK(refusal(lines, R"({"problem": {"id": "p", "reference": "module z; endmodule"}})") ==
          "the problem 'p' was another one before");
    CHECK(refusal(lines, R"({"problem": {"reference": "module z; endmodule"}})") ==
          "'problem.id' is missing");
}

TEST_CASE("a line's top, parameters, seed and limits reach the judge") {
    const BatchItem made = item(R"("top": "a", "seed": 7, "timeout": 2.5, "deadline": 0.25)");
    CHECK(made.request.candidate.top == "a");
    CHECK(made.request.seed == "7");
    CHECK(made.request.limits.wall == 2500ms);
    CHECK(made.request.limits.cpu == 3s);
    CHECK(made.deadline == 250ms);
    CHECK(item("").deadline == 300s);  // ten times the default limit of a simulation
    BatchLines lines = batch({.deadline = 5s});
    CHECK(item(lines, line_of("")).deadline == 5s);
    const BatchItem wide = item(
        lines,
        R"({"id": 2, "candidate": "module a #(parameter W = 4)(input [W-1:0] x); endmodule", "parameters": {"W": 8}})");
    CHECK(wide.request.candidate.parameters == std::vector<NameValue>{{"W", "8"}});
    CHECK_FALSE(wide.verdict);
}

TEST_CASE("an answer of a model is taken apart, and one without a design has its verdict") {
    BatchLines lines = batch();
    const BatchItem fenced = item(
        lines,
        R"({"id": 1, "completion": "Here:\n```verilog\nmodule m(input a);\nendmodule\n```\n"})");
    CHECK(fenced.request.candidate.files.front().text == "module m(input a);\nendmodule\n");
    CHECK(fenced.request.origin == Origin::Model);
    CHECK_FALSE(fenced.verdict);
    const BatchItem none = item(lines, R"({"id": 2, "completion": "I don't know."})");
    REQUIRE(none.verdict);
    CHECK(none.verdict->outcome == Outcome::Fail);
    CHECK(none.verdict->verdict_class == VerdictClass::NoCode);
}

TEST_CASE("a design that lacks a parameter which it should have fails by its interface") {
    const BatchItem made = item(R"("parameters": {"WIDTH": 8})");
    REQUIRE(made.verdict);
    CHECK(made.verdict->verdict_class == VerdictClass::Interface);
}

TEST_CASE("garbage that could be a design is judged, not refused") {
    BatchLines lines = batch();
    for (const char* text : {"", "no code", "module", "module a; module b; endmodule"}) {
        const nlohmann::json line = {{"id", text}, {"candidate", text}, {"top", "TopModule"}};
        const BatchItem made = item(lines, line.dump());
        CHECK(made.request.candidate.top == "TopModule");
    }
}

TEST_CASE("what a line may not say is told in one line") {
    CHECK(refusal(R"("candiate": 1)") ==
          "the line has a key 'candiate' that isn't known; did you mean 'candidate'?");
    CHECK(refusal(R"("completion": "x")") ==
          "the line has to have one of candidate and completion");
    CHECK(refusal(R"("timeout": 0)") == "'timeout' is no number of seconds from 0.001 to 1000000");
    CHECK(refusal(R"("deadline": "5")") ==
          "'deadline' is no number of seconds from 0.001 to 1000000");
    CHECK(refusal(R"("top": "a b")") == "'top' is no plain identifier ([A-Za-z_][A-Za-z0-9_$]*)");
    CHECK(refusal(R"("seed": [])") == "'seed' is no string and no whole number");
    CHECK(refusal(R"("parameters": {"W": []})") ==
          "'parameters': the value of W is no number and no string");
    CHECK(refusal(R"("parameters": {"W": "1\n2"})") ==
          "'parameters': the value of W has a control character");
    CHECK(refusal(R"("parameters": {"W;": 1})") ==
          "'parameters' has a name that is no plain identifier");
    CHECK(refusal(R"("reference": 1)") == "'reference' is no text and no object");
    CHECK(refusal(R"("reference": {})") == "'reference' has to have one of text, files and paths");
    CHECK(refusal(R"("reference": {"text": "", "paths": ["ref.sv"]})") ==
          "'reference' has to have one of text, files and paths");
    CHECK(refusal(R"("reference": "a\u0000b")") == "'reference' holds a NUL character");
    CHECK(refusal(R"("reference": {"files": {"": "x"}})") ==
          "'reference.files' has a name that is empty, too long or no text");
    for (const char* path : {"-", "-f", "+incdir+x", ""}) {
        CHECK(refusal(R"("reference": {"paths": [")" + std::string(path) + "\"]}") ==
              "'reference.paths' is no list of file names");
    }
    CHECK(refusal(R"("reference": {"paths": ["gone.v"]})") == "no such file");
    CHECK(refusal(R"("testbench": "module tb; endmodule", "parameters": {"x": 1})")
              .find("parameters have no meaning with a testbench") == 0);
}

TEST_CASE("each id may stand there once, and a bad line's is known") {
    BatchLines lines = batch();
    CHECK(lines.read(line_of("", "7")).item);
    CHECK(refusal(lines, line_of("", "7")) == "the id was there before");
    CHECK(lines.read(line_of("", "\"7\"")).item);  // a string is another one
    const auto bad = lines.read(line_of("\"x\": 1", "\"b\""));
    CHECK(bad.id == "b");
    CHECK_FALSE(bad.item);
    CHECK(refusal(lines, line_of("", "\"b\"")) == "the id was there before");
    CHECK(refusal(lines, R"({"candidate": "x"})") == "'id' is missing");
    for (const char* id : {"1.5", "null", "[]", "true"}) {
        CHECK(refusal(lines, line_of("", id)) ==
              "'id' is no string (of 4096 bytes at most) and no whole number");
    }
    CHECK(lines.read("{").id.is_null());
}
