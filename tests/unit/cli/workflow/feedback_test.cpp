// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/feedback.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::workflow;

namespace {

const Spec kSpec{"A gate.", "module m(input a);", "m"};

std::string rendered(const prompts::PromptRequest& request) {
    const auto prompt = prompts::PromptTemplates().render(request);
    INFO((prompt ? std::string() : prompt.error().text()));
    REQUIRE(prompt);
    return prompt->user;
}

}  // namespace

TEST_CASE("the first prompt has the specification, the header and the top") {
    const std::string text = rendered(first_prompt(kSpec));
    CHECK(contains(text, "A gate."));
    CHECK(contains(text, "```verilog\nmodule m(input a);\n```"));
    CHECK(contains(text, "named `m`"));
    CHECK_FALSE(contains(rendered(first_prompt({"A gate.", "", ""})), "is named"));
}

TEST_CASE("a completion is asked for where a header is there, else a whole design") {
    const PromptChoice choice{PromptForm::Completion, {}};
    CHECK(first_prompt(kSpec, choice).template_name == "complete.md");
    CHECK(contains(rendered(first_prompt(kSpec, choice)), "Answer with the body alone"));
    CHECK(first_prompt({"A gate.", "", ""}, choice).template_name == "generate.md");
}

TEST_CASE("examples stand in front of the question, in order") {
    const PromptChoice choice{PromptForm::Specification,
                              {{"An inverter.", "module inv;"}, {"A wire.", "module w;"}}};
    const std::string text = rendered(first_prompt(kSpec, choice));
    const std::size_t first = text.find("An inverter.");
    const std::size_t second = text.find("module w;");
    CHECK(first < text.find("module inv;"));
    CHECK(text.find("module inv;") < second);
    CHECK(second < text.find("A gate."));
}
