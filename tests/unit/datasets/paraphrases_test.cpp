// SPDX-License-Identifier: Apache-2.0
// Specifications in other words than the library's own: the right design with the right parameters,
// names and reset, or no match; never something else.
#include <toml++/toml.h>
#include <algorithm>
#include <iostream>

#include "core/rtl/module_header.h"
#include "tests/unit/datasets/library_fixture.h"

using namespace rtlgen;
using namespace rtlgen::datasets;

namespace {

/// What an adapted design does beyond its widths.
const std::vector<std::string> kTraits = {"async",   "reset_low",   "is_down",    "is_right",
                                          "is_fwft", "is_comb",     "is_range",   "tc_gated",
                                          "has_up",  "reset_last",  "has_rise",   "has_fall",
                                          "has_any", "parity_even", "parity_odd", "two_stop"};

std::vector<std::string> traits_of(const LibraryAnswer& answer) {
    std::vector<std::string> traits;
    for (const std::string& trait : kTraits) {
        if (answer.adaptation.has(trait)) traits.push_back(trait);
    }
    for (const TableRow& row : answer.adaptation.table) {
        traits.push_back(std::to_string(row.code) + ":" + row.operation);
    }
    std::ranges::sort(traits);
    return traits;
}

std::vector<std::string> wanted_traits(const toml::table& wanted) {
    std::vector<std::string> traits;
    for (const toml::node& node : *wanted["traits"].as_array()) {
        traits.push_back(node.value_or(std::string()));
    }
    std::ranges::sort(traits);
    return traits;
}

/// Names, directions and widths in order.
std::string signature(const std::string& code) {
    const auto header = rtl::interface_from_text(code);
    if (!header) return "no header";
    std::string text = header->name;
    for (const Port& port : header->ports) {
        text += port.direction == PortDirection::Output ? " out:" : " in:";
        text += port.name + "[" + std::to_string(port.width) + "]";
    }
    return text;
}

/// Empty, or what is wrong with the answer.
std::string difference(const LibraryAnswer& answer, const toml::table& wanted) {
    const std::string design = wanted["design"].value_or(std::string());
    if (answer.design != design) return "design " + answer.design;
    const std::string header = wanted["header"].value_or(std::string());
    if (signature(answer.code) != signature(header)) return signature(answer.code);
    for (const auto& [key, node] : *wanted["parameters"].as_table()) {
        const std::string value = std::to_string(node.value_or(std::int64_t{-1}));
        const bool same = std::ranges::any_of(answer.parameters, [&](const NameValue& one) {
            return one.name == key.str() && one.value == value;
        });
        if (!same) return "parameter " + std::string(key.str());
    }
    if (traits_of(answer) != wanted_traits(wanted)) return join(traits_of(answer), " ");
    return "";
}

}  // namespace

TEST_CASE("paraphrases are answered rightly in at least four of five cases, and never wrongly") {
    const Library library = test::open_library();
    const toml::table expected =
        toml::parse(test::text_of(test::data_folder("paraphrases") / "expected.toml"));
    int right = 0;
    int all = 0;
    for (const auto& [key, node] : expected) {
        const std::string name(key.str());
        CAPTURE(name);
        const toml::table& wanted = *node.as_table();
        ++all;
        const auto answer = library.answer(
            {test::text_of(test::data_folder("paraphrases") / (name + ".md")), "", ""});
        if (!answer) {
            INFO(answer.error().message);
            CHECK_FALSE(wanted["tuned"].value_or(true));
            continue;
        }
        CHECK(difference(*answer, wanted).empty());
        if (difference(*answer, wanted).empty()) ++right;
    }
    std::cout << right << " of " << all << " paraphrases are answered rightly\n";
    CHECK(all >= 24);
    CHECK(right * 5 >= all * 4);
}

TEST_CASE("every answer to a paraphrase passes its own testbench") {
    const auto machine = test::machine_with("icarus");
    if (!machine) SKIP_VISIBLY("no jail or no Icarus");
    const Library library = test::open_library();
    int simulated = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(test::data_folder("paraphrases"))) {
        if (entry.path().extension() != ".md") continue;
        CAPTURE(entry.path().filename().string());
        const auto answer = library.answer({test::text_of(entry.path()), "", ""});
        if (!answer) continue;
        CHECK(test::verdict_line(*machine, "icarus", *answer).starts_with("PASS: "));
        ++simulated;
    }
    CHECK(simulated >= 20);
}
