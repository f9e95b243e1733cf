// SPDX-License-Identifier: Apache-2.0
// The words that the gate sees against those that the preprocessors of Icarus and Verilator leave
// of a text: they must be the same.
#include <cstdlib>
#include <iostream>

#include "core/rtl/lexer.h"
#include "tests/unit/verify/judge_machine.h"
#include "tests/unit/verify/shared_texts.h"
#include "verify/preprocess.h"

using namespace rtlgen;

namespace {

using Words = std::vector<std::string>;

/// White space, line continuations within a macro's text, a byte order mark at the begin.
bool is_space(std::string_view gap) {
    return gap.find_first_not_of(" \t\r\n\v\f\\\xEF\xBB\xBF") == std::string_view::npos;
}

/// What lies between the words is white space: nothing is lost, nothing comes twice.
bool covers(const std::string& text) {
    std::size_t end = 0;
    for (const rtl::Token& token : rtl::lex(text, rtl::Comments::Keep)) {
        if (token.offset < end || text.compare(token.offset, token.text.size(), token.text) != 0) {
            return false;
        }
        if (!is_space(std::string_view(text).substr(end, token.offset - end))) return false;
        end = token.end();
    }
    return is_space(std::string_view(text).substr(end));
}

/// The words of a preprocessed text but for `line and what follows it.
Words words_of(const std::string& text) {
    Words words;
    const std::vector<rtl::Token> tokens = rtl::lex(text);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].is("`line")) {
            const int line = tokens[i].line;
            while (i + 1 < tokens.size() && tokens[i + 1].line == line) ++i;
            continue;
        }
        words.emplace_back(tokens[i].text);
    }
    return words;
}

/// Of a text as it is written: without definitions; none where macros or conditions make another
/// one of it.
std::optional<Words> written_words(const std::string& text) {
    Words words;
    const std::vector<rtl::Token> tokens = rtl::lex(text);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const rtl::Token& token = tokens[i];
        if (token.in_define || token.is("`define")) continue;
        if (token.is("`undef") || token.is("`line")) return std::nullopt;
        const bool makes_other = token.kind == rtl::TokenKind::Macro || token.is("`ifdef") ||
                                 token.is("`ifndef") || token.is("`include");
        if (makes_other) return std::nullopt;
        words.emplace_back(token.text);
    }
    return words;
}

/// The first words that differ, with those before them; empty: none do.
std::string difference(const Words& left, const Words& right) {
    if (left == right) return "";
    const auto [at, other] = std::ranges::mismatch(left, right);
    const auto from = at - std::min<std::ptrdiff_t>(at - left.begin(), 3);
    std::string text;
    for (auto word = from; word != at; ++word) text += *word + " ";
    return text + "| " + (at == left.end() ? "(end)" : *at) + " | " +
           (other == right.end() ? "(end)" : *other);
}

struct Preprocessed {
    std::optional<std::string> icarus;  ///< none: it refuses the text
    std::optional<std::string> verilator;
};

/// Both tools over some texts, in one jail.
std::vector<Preprocessed> preprocess(const test::JudgeMachine& machine,
                                     const std::vector<test::NamedText>& texts) {
    const tools::Tool& icarus = *machine.toolset.find(tools::ToolKind::Icarus);
    const tools::Tool& verilator = *machine.toolset.find(tools::ToolKind::Verilator);
    process::JobSpec job;
    job.name = "preprocess";
    icarus.bind_to(job);
    verilator.bind_to(job);
    for (std::size_t k = 0; k < texts.size(); ++k) {
        const std::string file = "t" + std::to_string(k) + ".sv";
        job.inputs.push_back({file, texts[k].text});
        process::Step by_icarus;
        by_icarus.argv = {icarus.part("ivlpp").string(), "-L", file};
        by_icarus.on_failure = process::Step::OnFailure::Continue;
        process::Step by_verilator;
        by_verilator.argv = {verilator.binary.string(), "-E", "-Wno-fatal", file};
        by_verilator.env = {{"VERILATOR_ROOT", verilator.part("root").string()}};
        by_verilator.on_failure = process::Step::OnFailure::Continue;
        job.steps.push_back(by_icarus);
        job.steps.push_back(by_verilator);
    }
    const auto result = machine.runner->run(job);
    INFO((result ? std::string() : result.error().text()));
    REQUIRE(result);
    std::vector<Preprocessed> made(texts.size());
    for (std::size_t k = 0; k < texts.size(); ++k) {
        const process::StepResult& icarus_said = result->steps[2 * k];
        const process::StepResult& verilator_said = result->steps[2 * k + 1];
        if (icarus_said.ok()) made[k].icarus = icarus_said.out;
        if (verilator_said.ok()) made[k].verilator = verilator_said.out;
    }
    return made;
}

struct Counts {
    int both = 0;     ///< texts that both tools take
    int written = 0;  ///< of these without macros and conditions
    int judged = 0;   ///< those that the judge's own preprocessing takes
    std::vector<std::string> refused;
    std::vector<std::string> differ;
};

/// The text that the gate and all tools read in the end; none where it is refused before that.
std::optional<std::string> judged_text(const test::JudgeMachine& machine, const std::string& text) {
    SourceSet set;
    set.files = {{"design.sv", {}, text}};
    const auto made = verify::preprocess(set, machine.toolset, *machine.runner, {});
    INFO((made ? std::string() : made.error().text()));
    REQUIRE(made);
    if (made->outcome != Outcome::Pass) return std::nullopt;
    return made->set.files.at(0).text;
}

/// Whether it asks for a text that isn't its own: the tools look for that in different ways.
bool includes(const std::string& text) {
    return std::ranges::any_of(rtl::lex(text),
                               [](const rtl::Token& token) { return token.is("`include"); });
}

void compare(const test::JudgeMachine& machine, const test::NamedText& text,
             const Preprocessed& made, Counts& counts) {
    if (!covers(text.text)) counts.differ.push_back(text.name + ": bytes are lost");
    const auto judged = judged_text(machine, text.text);
    if (!judged) counts.refused.push_back(text.name + " by the judge");
    if (includes(text.text)) {
        if (judged) counts.differ.push_back(text.name + ": includes a file of the host");
        return;
    }
    if (!made.icarus || !made.verilator) {
        counts.refused.push_back(text.name + (made.icarus      ? " by Verilator"
                                              : made.verilator ? " by Icarus"
                                                               : " by both"));
        return;
    }
    ++counts.both;
    if (!covers(*made.icarus) || !covers(*made.verilator)) {
        counts.differ.push_back(text.name + ": bytes of the preprocessed text are lost");
    }
    const Words by_icarus = words_of(*made.icarus);
    const std::string tools = difference(by_icarus, words_of(*made.verilator));
    if (!tools.empty()) counts.differ.push_back(text.name + ", Icarus | Verilator: " + tools);
    if (judged) {
        ++counts.judged;
        const std::string before = difference(words_of(*judged), by_icarus);
        if (!before.empty()) counts.differ.push_back(text.name + ", judged | Icarus: " + before);
    }
    const auto written = written_words(text.text);
    if (!written) return;
    ++counts.written;
    const std::string own = difference(*written, by_icarus);
    if (!own.empty()) counts.differ.push_back(text.name + ", written | Icarus: " + own);
}

Counts compare_all(const test::JudgeMachine& machine, const std::vector<test::NamedText>& texts) {
    constexpr std::size_t kOneJob = 20;
    Counts counts;
    for (std::size_t begin = 0; begin < texts.size(); begin += kOneJob) {
        const std::size_t end = std::min(begin + kOneJob, texts.size());
        const std::vector<test::NamedText> some(texts.begin() + static_cast<std::ptrdiff_t>(begin),
                                                texts.begin() + static_cast<std::ptrdiff_t>(end));
        const std::vector<Preprocessed> made = preprocess(machine, some);
        for (std::size_t k = 0; k < some.size(); ++k) compare(machine, some[k], made[k], counts);
    }
    std::cout << texts.size() << " texts, " << counts.both << " of them taken by both tools, "
              << counts.written << " of these without macros, " << counts.judged
              << " read by the judge\n";
    for (const std::string& line : counts.refused) std::cout << "refused: " << line << '\n';
    for (const std::string& line : counts.differ) std::cout << "differs: " << line << '\n';
    return counts;
}

std::optional<test::JudgeMachine> machine_with_both() {
    auto machine = test::open_judge_machine();
    const bool usable = machine && machine->has(tools::ToolKind::Icarus) &&
                        machine->has(tools::ToolKind::Verilator);
    return usable ? std::move(machine) : std::nullopt;
}

}  // namespace

TEST_CASE("the tools' preprocessors and the lexer give the same words of small texts") {
    const auto machine = machine_with_both();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Verilator");
    const std::vector<std::string> texts = {
        "module m; // c\n /* d */ wire \\a+b ; endmodule\n",
        "`timescale 1ns/1ps\nmodule m #(parameter W = 8'hff)(input [W-1:0] a);\nendmodule\n",
        "`define W(x) x \\\n  + 1\n`ifdef FOO\njunk\n`else\nmodule m; localparam P = `W(2) ;\n"
        "`endif\nendmodule\n",
        "module m; initial $display(\"a // b /* c\", 4 'b 1x?z, 1.5e3, 10ns); endmodule\n",
        "`define A \"x y\"\n`define B(a, b = 3) (a) <<< (b)\nmodule m; initial $display(`A); "
        "wire [`B(1, 2):0] q; endmodule\n",
        "(* keep *) module m(input a); always @(*) ; wire y = a ? 1 : 2; endmodule\n",
    };
    std::vector<test::NamedText> named;
    for (const std::string& text : texts) named.push_back({text, text});
    const Counts counts = compare_all(*machine, named);
    CHECK(counts.both == static_cast<int>(texts.size()));
    CHECK(counts.differ == std::vector<std::string>{});
}

// $RTLGEN_TEST_DATA: a folder with problems, answers and attacks.
TEST_CASE("the tools' preprocessors and the lexer give the same words of real texts",
          "[.nightly]") {
    const auto machine = machine_with_both();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Verilator");
    const char* data = std::getenv("RTLGEN_TEST_DATA");
    if (data == nullptr) SKIP_VISIBLY("RTLGEN_TEST_DATA names no folder of texts");
    const std::vector<test::NamedText> texts = test::shared_data_texts(data);
    const Counts counts = compare_all(*machine, texts);
    CHECK(counts.differ == std::vector<std::string>{});
}
