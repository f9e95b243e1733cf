// SPDX-License-Identifier: Apache-2.0
// Ports, numbers and the module's name told by examples; what was learned as bytes and back.
#include <algorithm>
#include <random>
#include <sstream>

#include "datasets/retrieval/learned_library.h"
#include "datasets/retrieval/matching.h"
#include "datasets/retrieval/port_words.h"
#include "tests/unit/datasets/library_fixture.h"

using namespace rtlgen;
using namespace rtlgen::datasets;

namespace {

TaggedSpec tagged(const std::string& text, std::map<std::string, std::string> ports) {
    return {read_spec({text, "", ""}), std::move(ports)};
}

/// Counters whose ports are called by all sorts of names.
std::vector<TaggedSpec> lessons() {
    std::vector<TaggedSpec> examples;
    const std::vector<std::array<const char*, 3>> names = {
        {"tick", "wipe", "sum"},   {"ck", "zap", "total"},   {"sysclk", "init", "value"},
        {"cp", "erase", "amount"}, {"phi", "home", "count"}, {"mclk", "drop", "number"}};
    for (const auto& [clock, reset, count] : names) {
        std::ostringstream text;
        text << "Whenever " << clock << " rises, " << count << " becomes one more. While " << reset
             << " is high at that moment, " << count << " is cleared. The output " << count
             << " has eight bits.";
        examples.push_back(tagged(text.str(), {{"clk", clock}, {"rst", reset}, {"q", count}}));
    }
    return examples;
}

DesignMetadata counter() {
    DesignMetadata design;
    design.name = "counter";
    for (const char* name : {"clk", "rst", "q"}) {
        Role role;
        role.name = name;
        role.required = true;
        design.roles.push_back(role);
    }
    return design;
}

WordFrequencies frequencies_of(const std::vector<TaggedSpec>& examples) {
    WordFrequencies frequencies;
    for (const TaggedSpec& example : examples) frequencies.add(example.spec, example.ports);
    return frequencies;
}

}  // namespace

TEST_CASE("a matching is the cheapest of all that there are") {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> costs(-5, 5);
    for (int round = 0; round < 200; ++round) {
        const std::size_t rows = 1 + static_cast<std::size_t>(round) % 4;
        const std::size_t columns = rows + static_cast<std::size_t>(round) % 3;
        std::vector<std::vector<double>> cost(rows, std::vector<double>(columns));
        for (auto& row : cost) std::ranges::generate(row, [&] { return costs(random); });
        double best = 1e9;
        std::vector<std::size_t> order(columns);
        for (std::size_t k = 0; k < columns; ++k) order[k] = k;
        do {
            double sum = 0;
            for (std::size_t r = 0; r < rows; ++r) sum += cost[r][order[r]];
            best = std::min(best, sum);
        } while (std::ranges::next_permutation(order).found);
        const std::vector<std::size_t> found = cheapest_matching(cost);
        REQUIRE(found.size() == rows);
        double sum = 0;
        for (std::size_t r = 0; r < rows; ++r) {
            sum += cost[r][found[r]];
            CHECK(std::ranges::count(found, found[r]) == 1);
        }
        CHECK(sum < best + 1e-9);
    }
    CHECK(cheapest_matching({}).empty());
}

TEST_CASE("words play the roles that alike words play in examples") {
    const std::vector<TaggedSpec> examples = lessons();
    const WordFrequencies frequencies = frequencies_of(examples);
    const PortTagger tagger(examples, frequencies);
    const ReadSpec spec = read_spec(
        {"Whenever beat rises, tally becomes one more. While forget is high at that moment, tally "
         "is cleared. The output tally has eight bits.",
         "", ""});
    const auto ports = tagger.read_ports(counter(), spec, frequencies);
    REQUIRE(ports);
    REQUIRE(ports->size() == 3);
    CHECK((*ports)[0].name == "beat");
    CHECK((*ports)[0].role == "clk");
    CHECK((*ports)[1].name == "tally");
    CHECK((*ports)[1].role == "q");
    CHECK((*ports)[2].name == "forget");
    CHECK((*ports)[2].role == "rst");
}

TEST_CASE("a text in which a required role is nobody's has no reading") {
    const std::vector<TaggedSpec> examples = lessons();
    const WordFrequencies frequencies = frequencies_of(examples);
    const PortTagger tagger(examples, frequencies);
    const ReadSpec spec = read_spec({"Nothing here is a counter.", "", ""});
    const auto ports = tagger.read_ports(counter(), spec, frequencies);
    REQUIRE_FALSE(ports);
    CHECK(ports.error().code == ErrorCode::NotFound);
}

TEST_CASE("a required role makes no port of a word that is none") {
    const std::vector<TaggedSpec> examples = lessons();
    const WordFrequencies frequencies = frequencies_of(examples);
    const PortTagger tagger(examples, frequencies);
    const ReadSpec spec = read_spec(
        {"Whenever beat rises, tally becomes one more. The output tally has eight bits.", "", ""});
    const auto ports = tagger.read_ports(counter(), spec, frequencies);
    REQUIRE_FALSE(ports);
    CHECK(ports.error().message == "no port of it is the rst");
}

TEST_CASE("a word that surely is a port and isn't among those that were read is told") {
    const std::vector<TaggedSpec> examples = lessons();
    const WordFrequencies frequencies = frequencies_of(examples);
    const PortTagger tagger(examples, frequencies);
    const ReadSpec spec = examples.front().spec;
    std::vector<SpecPort> ports(3);
    ports[0].name = "tick";
    ports[1].name = "wipe";
    ports[2].name = "sum";
    CHECK(tagger.missed_port(counter(), spec, ports, frequencies).empty());
    ports.pop_back();
    CHECK(tagger.missed_port(counter(), spec, ports, frequencies) == "sum");
}

TEST_CASE("a word that surely is no port and was read as one is told") {
    const std::vector<TaggedSpec> examples = lessons();
    const WordFrequencies frequencies = frequencies_of(examples);
    const PortTagger tagger(examples, frequencies);
    std::vector<SpecPort> ports(2);
    ports[0].name = "tick";
    ports[1].name = "sum";
    const ReadSpec& spec = examples.front().spec;
    CHECK(tagger.invented_port(counter(), spec, ports, frequencies).empty());
    ports[1].name = "cleared";
    CHECK(tagger.invented_port(counter(), spec, ports, frequencies) == "cleared");
}

TEST_CASE("a word that many texts have is no candidate unless it is quoted") {
    WordFrequencies frequencies;
    for (int k = 0; k < 12; ++k) frequencies.add(read_spec({"the gate opens", "", ""}), {});
    const ReadSpec plain = read_spec({"the gate opens", "", ""});
    CHECK(port_words(plain, frequencies).empty());
    const ReadSpec quoted = read_spec({"the `gate` opens", "", ""});
    REQUIRE(port_words(quoted, frequencies).size() == 1);
    CHECK(port_words(quoted, frequencies).front().name == "gate");
}

TEST_CASE("what was learned is the same after a way through bytes") {
    const std::vector<TaggedSpec> examples = lessons();
    auto common = std::make_shared<CommonLearning>();
    common->frequencies = frequencies_of(examples);
    LearnedLibrary learned;
    learned.topics = WordModel(std::vector<WordSample>{{{"red"}, "apple"}, {{"yellow"}, "banana"}});
    learned.harmless = {"waveform*"};
    learned.words["counter"] = {{"count"}, {"stops"}};
    learned.designs["counter"] = std::make_shared<LearnedDesign>(
        LearnedDesign{PortTagger(examples, common->frequencies), {}, {}, {}, common});
    const auto again = learned_from_bytes(to_bytes(learned));
    REQUIRE(again);
    CHECK(again->harmless == learned.harmless);
    CHECK(again->words.at("counter").stems == learned.words.at("counter").stems);
    CHECK(again->words.at("counter").harmless == learned.words.at("counter").harmless);
    const double before = learned.topics.log_probabilities({"red"}).at("apple");
    const double after = again->topics.log_probabilities({"red"}).at("apple");
    CHECK(before - after < 0.001);
    CHECK(after - before < 0.001);
    const LearnedDesign& design = *again->designs.at("counter");
    const auto ports =
        design.tagger.read_ports(counter(), examples.front().spec, design.common->frequencies);
    REQUIRE(ports);
    CHECK(ports->front().name == "tick");
}

TEST_CASE("bytes that are no learned library are an error") {
    CHECK_FALSE(learned_from_bytes(""));
    CHECK_FALSE(learned_from_bytes("nonsense"));
    CHECK_FALSE(learned_from_bytes(std::string("\xA0", 1)));
    LearnedLibrary learned;
    learned.words["counter"] = {};
    learned.designs["counter"] = std::make_shared<LearnedDesign>(
        LearnedDesign{{}, {}, {}, {}, std::make_shared<CommonLearning>()});
    const std::string whole = to_bytes(learned);
    CHECK(learned_from_bytes(whole));
    CHECK_FALSE(learned_from_bytes(std::string_view(whole).substr(0, whole.size() / 2)));
}

TEST_CASE("numbers that say nothing don't stand in the way, those that size something do") {
    const Library library = test::open_library();
    const std::string counter =
        "Write an up counter named `c`.\n- input clk\n- input rst\n- input en\n- output q (8 "
        "bits)\nOn each rising edge of clk with en high q goes up by one. rst is a synchronous, "
        "active-high reset.\n";
    CHECK(library.answer({"Lab 4, Question 7 (6 points)\n\n" + counter, "", ""}));
    CHECK(library.answer({"Homework 5: please help!\n\n" + counter, "", ""}));
    CHECK(library.answer({counter + "This is exercise 12 of the sheet.\n", "", ""}));
    CHECK_FALSE(library.answer({counter + "It only counts every 5 cycles.\n", "", ""}));
}

TEST_CASE("the levels between which a clock goes are no range of a count") {
    const Library library = test::open_library();
    const std::string ports =
        "Write an up counter named `c`.\n- input clk\n- input rst\n- input en\n- output q (8 "
        "bits)\nrst is a synchronous, active-high reset. ";
    for (const std::string says :
         {"Every time the clock goes from 0 to 1 and en is 1, q gets bigger by 1.",
          "At each 0-to-1 transition of clk q goes up by 1 if en is 1."}) {
        CHECK_FALSE(test::answer_of(library, ports + says).adaptation.has("is_range"));
    }
    CHECK(test::answer_of(library, ports + "With en high q counts from 0 to 9 and begins again.")
              .adaptation.has("is_range"));
}

TEST_CASE("the module's name is the word that examples speak of as a name") {
    const Library library = test::open_library();
    const auto answer = test::answer_of(
        library,
        "**FPGA-412: Frame line number generator**\n\nWe need a block `line_counter` that tells "
        "how many lines have gone by. It is a 12-bit binary number that goes up.\n`pclk` (in) - "
        "clock, positive edge used\n`arst_n` (in) - reset, low = in reset, asynchronous\n"
        "`line_tick` (in) - count enable\n`line_no[11:0]` (out) - present count\nAfter 4095 the "
        "next number is 0.\n");
    CHECK(answer.top == "line_counter");
}

TEST_CASE("a text of a book's length is no match at once") {
    const Library library = test::open_library();
    std::string text =
        "Write an up counter named `c`.\n- input clk\n- input rst\n- output q (8 bits)\n";
    while (text.size() <= std::size_t{64} * 1024) text += "And so on. ";
    const auto answer = library.answer({text, "", ""});
    REQUIRE_FALSE(answer);
    CHECK(answer.error().message == "no match: it is longer than 64 KiB");
}

TEST_CASE("a list that forgets a port of the text is not taken at its word") {
    const Library library = test::open_library();
    const auto answer = library.answer(
        {"We need `evt_tally`:\n\n- ck / clr / hit in, all 1 bit\n- total[7:0] out\n- posedge ck: "
         "clr -> total=0; else if hit -> total+1; else no change\n- clr = sync, high-active, wins "
         "over hit\n- rolls over ff -> 00\n",
         "", ""});
    // Either all four ports, or no match: never a counter without its enable.
    CHECK((!answer || answer->adaptation.port("en") != nullptr));
}
