// SPDX-License-Identifier: Apache-2.0
#include "datasets/library.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/text.h"
#include "datasets/retrieval/context_sentences.h"
#include "datasets/retrieval/design_examples.h"
#include "datasets/retrieval/design_index.h"
#include "datasets/retrieval/design_rendering.h"
#include "datasets/retrieval/port_mentions.h"
#include "datasets/retrieval/vocabulary.h"

namespace rtlgen::embedded {
std::span<const EmbeddedFile> library_designs();
}

namespace rtlgen::datasets {
namespace {

constexpr std::string_view kCommonWords = "common/words.txt";
constexpr std::string_view kOthers = "common/others.md";
constexpr const char* kNoDesign = "";
constexpr std::string_view kTasks = "common/testbench_tasks.sv.mustache";

/// One design as read from its folder.
struct LibraryDesign {
    DesignMetadata metadata;
    std::string spec;
    DesignTemplates templates;
    std::vector<TaggedSpec> examples;  ///< other specifications of it
    ExampleSamples samples;
    Vocabulary vocabulary;
};

/// What an example of a design says refuses none.
void drop_said(const std::vector<TaggedSpec>& examples, std::vector<Phrase>& phrases) {
    const RoleName nobody = [](std::string_view) { return std::string(); };
    std::erase_if(phrases, [&](const Phrase& phrase) {
        return std::ranges::any_of(examples, [&](const TaggedSpec& example) {
            return first_asserted(std::span(&phrase, 1), example.spec.words, nobody) != nullptr;
        });
    });
}

Result<LibraryDesign> load(const ResourceTree& tree, const std::string& name) {
    LibraryDesign design;
    TRY_ASSIGN(const std::string toml, tree.read(name + "/metadata.toml"));
    TRY_ASSIGN(design.metadata, parse_metadata(name, toml));
    TRY_ASSIGN(design.spec, tree.read(name + "/spec.md"));
    TRY_ASSIGN(design.templates.design, tree.read(name + "/design.sv.mustache"));
    TRY_ASSIGN(design.templates.testbench, tree.read(name + "/testbench.sv.mustache"));
    TRY_ASSIGN(design.templates.tasks, tree.read(kTasks));
    TRY_ASSIGN(const std::string common, tree.read(kCommonWords));
    for (const std::string& text : {common, toml, design.spec}) design.vocabulary.learn(text);
    if (const auto lines = tree.read(name + "/operations.txt")) {
        std::string all = *lines;
        for (const Operation& operation : design.metadata.operations) {
            for (const std::string& phrase : operation.phrases) {
                all += '\n' + operation.name + ": " + replace_all(phrase, "*", "");
            }
        }
        design.samples.operations = operation_samples(all);
    }
    for (const std::string& path : tree.paths()) {
        if (!path.starts_with(name + "/examples/")) continue;
        TRY_ASSIGN(const std::string file, tree.read(path));
        TRY_ASSIGN(DesignExample example, parse_example(path, file));
        design.vocabulary.learn(example.text);
        ReadSpec spec = read_spec({example.text, "", ""});
        design.samples.add(example, spec);
        design.examples.push_back({std::move(spec), std::move(example.ports)});
    }
    drop_said(design.examples, design.metadata.refuse);
    drop_said(design.examples, design.metadata.topics);
    return design;
}

/// What was made of the design, for people.
void describe(const Adaptation& adaptation, std::vector<std::string>& notes) {
    notes.push_back("design " + adaptation.design + " as module " + adaptation.module_name);
    for (const AdaptedParameter& parameter : adaptation.parameters) {
        notes.push_back(parameter.name + " = " + std::to_string(parameter.value));
    }
    for (const AdaptedPort& port : adaptation.ports) {
        if (port.name != port.role) notes.push_back("port " + port.role + " is named " + port.name);
    }
    if (adaptation.reset) {
        const bool low = adaptation.has("reset_low");
        notes.push_back(std::string(*adaptation.reset == ResetKind::Asynchronous ? "asynchronous"
                                                                                 : "synchronous") +
                        " reset, active " + (low ? "low" : "high"));
    }
    for (const std::string& note : adaptation.notes) notes.push_back(note);
}

/// Nothing where the text is about what the design's own texts are about.
Status check_vocabulary(const LibraryDesign& design, const ReadSpec& spec) {
    constexpr std::size_t kFewWords = 3;
    constexpr std::size_t kMaxUnknown = 10;
    constexpr std::size_t kContextWeight = 3;  // so many words of context are one of behaviour
    const std::size_t count = Vocabulary::count_words(spec);
    if (count < kFewWords) return fail(ErrorCode::NotFound, "it says too little");
    UnknownWords unknown = design.vocabulary.unknown_words(spec);
    const std::size_t weight =
        unknown.of_behaviour.size() + unknown.of_context.size() / kContextWeight;
    if (weight > std::min(kMaxUnknown, 1 + count / 6)) {
        std::vector<std::string>& all = unknown.of_behaviour;
        all.insert(all.end(), unknown.of_context.begin(), unknown.of_context.end());
        return fail(ErrorCode::NotFound, "it speaks of other things too: " + join(all, ", "));
    }
    return {};
}

/// Nothing where no phrase of `topics` stands in a sentence about the design itself.
Status check_topics(const std::vector<Phrase>& topics, const ReadSpec& spec) {
    const RoleName nobody = [](std::string_view) { return std::string(); };
    if (const Phrase* found = first_asserted(topics, spec.words, nobody, context_words(spec))) {
        return fail(ErrorCode::NotFound, "it speaks of \"" + found->text() + "\"");
    }
    return {};
}

Result<LibraryAnswer> fit_reading(const LibraryDesign& design, const ReadSpec& spec) {
    TRY(check_vocabulary(design, spec));
    TRY(check_mentions(spec));
    TRY_ASSIGN(Adaptation adaptation, adapt(design.metadata, spec));
    TRY_ASSIGN(RenderedDesign rendered,
               render_design(design.metadata, adaptation, design.templates));
    LibraryAnswer answer;
    answer.design = adaptation.design;
    answer.code = std::move(rendered.code);
    answer.top = adaptation.module_name;
    answer.testbench = std::move(rendered.testbench);
    answer.testbench_top = std::move(rendered.testbench_top);
    for (const AdaptedParameter& parameter : adaptation.parameters) {
        answer.parameters.push_back({parameter.name, std::to_string(parameter.value)});
    }
    describe(adaptation, answer.notes);
    answer.adaptation = std::move(adaptation);
    return answer;
}

/// Whether the reading has all ports that were found and others too, which are called as signals of
/// the design are.
bool has_more_ports(const DesignMetadata& design, const ReadSpec& reading,
                    const Adaptation& found) {
    const bool guessed = !std::ranges::all_of(reading.interface.ports, [&](const SpecPort& port) {
        return port.direction_said ||
               std::ranges::find(found.ports, port.name, &AdaptedPort::name) != found.ports.end() ||
               is_signal_name({}, to_lower(port.name));
    });
    if (guessed && found.directions_said) return false;
    const auto& ports = reading.interface.ports;
    for (const SpecPort& port : ports) {
        const bool known =
            std::ranges::find(found.ports, port.name, &AdaptedPort::name) != found.ports.end();
        if (!known && !is_signal_name(design, to_lower(port.name))) return false;
    }
    return ports.size() > found.ports.size() &&
           std::ranges::all_of(found.ports, [&](const AdaptedPort& port) {
               return std::ranges::find(ports, port.name, &SpecPort::name) != ports.end();
           });
}

/// What examples say the ports are.
Result<LibraryAnswer> fit_learned_reading(const LibraryDesign& design,
                                          const std::vector<Phrase>& topics, const ReadSpec& spec,
                                          double probability) {
    constexpr double kSurely = 0.6;
    if (design.metadata.learned == nullptr || probability < kSurely ||
        spec.interface.source == InterfaceSource::Header) {
        return fail(ErrorCode::NotFound, "its ports can't be read");
    }
    ReadSpec reading = spec;
    TRY_ASSIGN(reading.interface.ports,
               design.metadata.learned->tagger.read_ports(design.metadata, spec));
    reading.interface.source = InterfaceSource::Examples;
    describe_by_mentions(spec.tokens, reading.interface.ports);
    widths_near_names(spec.tokens, reading.interface.ports);
    TRY(check_topics(topics, reading));
    return fit_reading(design, reading);
}

/// The reading of the specification that fits and has the most ports; the first of several, and
/// why the first one doesn't fit where none does.
Result<LibraryAnswer> fit(const LibraryDesign& design, const std::vector<Phrase>& topics,
                          const ReadSpec& spec, double probability) {
    std::optional<Error> why;
    std::optional<LibraryAnswer> best;
    for (const ReadSpec& reading : readings_of(design.metadata, spec)) {
        if (best && !has_more_ports(design.metadata, reading, best->adaptation)) continue;
        const Status topical = check_topics(topics, reading);
        auto answer = topical ? fit_reading(design, reading)
                              : Result<LibraryAnswer>(tl::unexpected(topical.error()));
        if (!answer && answer.error().code != ErrorCode::NotFound) return answer;
        if (!answer) {
            if (!why) why = answer.error();
            continue;
        }
        best = *std::move(answer);
        best->adaptation.directions_said =
            std::ranges::all_of(reading.interface.ports, &SpecPort::direction_said);
    }
    if (best) return *std::move(best);
    auto learned = fit_learned_reading(design, topics, spec, probability);
    if (learned || getenv("WHY")) return learned;
    return tl::unexpected(why.value_or(Error{ErrorCode::NotFound, "its ports can't be read"}));
}

}  // namespace

/// Roles and numbers are learned design by design, resets from all.
void learn_designs(std::map<std::string, LibraryDesign>& designs,
                   const std::vector<ReadSpec>& others) {
    auto frequencies = std::make_shared<WordFrequencies>();
    for (const ReadSpec& other : others) frequencies->add(other, {});
    ExampleSamples all;
    for (const auto& [name, design] : designs) {
        for (const TaggedSpec& example : design.examples) {
            frequencies->add(example.spec, example.ports);
        }
        std::ranges::copy(design.samples.number_sense, std::back_inserter(all.number_sense));
        std::ranges::copy(design.samples.reset_kind, std::back_inserter(all.reset_kind));
        std::ranges::copy(design.samples.reset_level, std::back_inserter(all.reset_level));
    }
    const WordModel sense(all.number_sense);
    const WordModel kind(all.reset_kind);
    const WordModel level(all.reset_level);
    for (auto& [name, design] : designs) {
        if (design.samples.roles.empty()) continue;
        design.metadata.learned = std::make_shared<LearnedDesign>(
            LearnedDesign{PortTagger(design.examples, frequencies), WordModel(design.samples.roles),
                          WordModel(design.samples.numbers), WordModel(design.samples.operations),
                          sense, kind, level});
        design.samples = {};
    }
}

/// Specifications of other designs.
std::vector<ReadSpec> other_texts(const ResourceTree& tree) {
    constexpr std::string_view kBetween = "\n----\n";
    std::vector<ReadSpec> texts;
    const auto file = tree.read(kOthers);
    if (!file) return texts;
    std::string_view rest = *file;
    for (std::size_t end = 0; end != std::string_view::npos;) {
        end = rest.find(kBetween);
        texts.push_back(read_spec({std::string(rest.substr(0, end)), "", ""}));
        if (end != std::string_view::npos) rest.remove_prefix(end + kBetween.size());
    }
    return texts;
}

/// What each design is spoken of with, and in what words other designs are.
WordModel learn_topics(const std::map<std::string, LibraryDesign>& designs,
                       const std::vector<ReadSpec>& others) {
    std::vector<WordSample> samples;
    for (const auto& [name, design] : designs) {
        if (!design.examples.empty()) {
            samples.push_back({text_features(read_spec({design.spec, "", ""})), name});
        }
        for (const TaggedSpec& example : design.examples) {
            samples.push_back({text_features(example.spec), name});
        }
    }
    for (const ReadSpec& other : others) samples.push_back({text_features(other), kNoDesign});
    return WordModel(samples);
}

struct Library::Contents {
    std::vector<Phrase> refuse;  ///< what none of the designs is
    std::vector<Phrase> topics;  ///< the same, but for sentences about the surroundings
    std::map<std::string, LibraryDesign> designs;
    DesignIndex index;
    WordModel topics_of_designs;
    bool has_examples = false;

    /// Designs that the text may be about, the likeliest first: found by their words, ordered by
    /// what examples of all designs teach. A score is a probability where there are examples.
    [[nodiscard]] Result<std::vector<RankedDesign>> rank(const ReadSpec& spec) const {
        constexpr double kLikely = 0.3;  // the usual phrases may be missing then
        constexpr double kNamed = 0.05;  // where they are there
        constexpr double kUnlikely = 0.05;
        constexpr double kNearNone = 0.1;  // of the probability that it is none of the designs
        TRY_ASSIGN(std::vector<RankedDesign> ranked, index.rank(spec.question.text));
        const auto logs = topics_of_designs.log_probabilities(text_features(spec));
        if (logs.empty()) return ranked;
        for (RankedDesign& one : ranked) {
            const auto found = logs.find(one.name);
            if (found != logs.end()) one.score = std::exp(found->second);
        }
        const auto other = logs.find(kNoDesign);
        const double least = other == logs.end() ? kUnlikely : kNearNone * std::exp(other->second);
        std::erase_if(ranked, [&](const RankedDesign& one) {
            const bool named = speaks_of(designs.at(one.name).metadata, spec);
            return one.score < (named ? kNamed * least : std::max(kLikely, least));
        });
        std::ranges::stable_sort(ranked, std::ranges::greater{}, &RankedDesign::score);
        return ranked;
    }
};

Library::Library(std::unique_ptr<Contents> contents) : contents_(std::move(contents)) {}
Library::Library(Library&&) noexcept = default;
Library& Library::operator=(Library&&) noexcept = default;
Library::~Library() = default;

Result<Library> Library::open(const std::filesystem::path& override_dir) {
    const ResourceTree tree(embedded::library_designs(), override_dir);
    std::map<std::string, LibraryDesign> designs;
    std::vector<IndexedDesign> indexed;
    for (const std::string& path : tree.paths()) {
        if (!path.ends_with("/metadata.toml")) continue;
        const std::string name = path.substr(0, path.find('/'));
        TRY_ASSIGN(LibraryDesign design, load(tree, name));
        indexed.push_back({name, design.metadata.title, join(design.metadata.keywords, "; "),
                           design.metadata.summary, design.spec});
        designs.emplace(name, std::move(design));
    }
    TRY_ASSIGN(DesignIndex index, DesignIndex::build(indexed));
    const std::vector<ReadSpec> others = other_texts(tree);
    learn_designs(designs, others);
    const bool has_examples = std::ranges::any_of(
        designs, [](const auto& design) { return !design.second.examples.empty(); });
    WordModel topics_of_designs = learn_topics(designs, others);
    TRY_ASSIGN(const std::string refuse, tree.read("common/refuse.toml"));
    TRY_ASSIGN(std::vector<Phrase> phrases, parse_phrases("common/refuse.toml", refuse));
    TRY_ASSIGN(std::vector<Phrase> topics, parse_phrases("common/refuse.toml", refuse, "topics"));
    for (const auto& [name, design] : designs) {
        drop_said(design.examples, phrases);
        drop_said(design.examples, topics);
    }
    return Library(std::make_unique<Contents>(
        Contents{std::move(phrases), std::move(topics), std::move(designs), std::move(index),
                 std::move(topics_of_designs), has_examples}));
}

Result<LibraryAnswer> Library::answer(const LibraryQuestion& question) const {
    // What is far behind the best in words isn't looked at: a FIFO's text speaks of counters too.
    constexpr double kNearTheBest = 0.2;
    const ReadSpec spec = read_spec(question);
    TRY_ASSIGN(const std::vector<RankedDesign> ranked, contents_->rank(spec));
    std::string reason = "it speaks of no design of the library";
    const RoleName nobody = [](std::string_view) { return std::string(); };
    if (const Phrase* found = first_asserted(contents_->refuse, spec.words, nobody)) {
        return fail(
            ErrorCode::NotFound,
            "no match: it says \"" + found->text() + "\", which no design of the library is",
            "library");
    }
    double best = 0;
    for (const RankedDesign& one : ranked) {
        const LibraryDesign& design = contents_->designs.at(one.name);
        if (one.score < kNearTheBest * best) break;
        if (!contents_->has_examples && !speaks_of(design.metadata, spec)) continue;
        auto answer = fit(design, contents_->topics, spec, one.score);
        if (answer) {
            answer->score = one.score;
            return answer;
        }
        if (answer.error().code != ErrorCode::NotFound) return answer;
        if (best == 0) reason = "the closest is " + one.name + ", but " + answer.error().message;
        best = std::max(best, one.score);
    }
    return fail(ErrorCode::NotFound, "no match: " + reason, "library");
}

std::vector<std::string> Library::names() const {
    std::vector<std::string> names;
    for (const auto& [name, design] : contents_->designs) names.push_back(name);
    return names;
}

const DesignMetadata* Library::metadata(const std::string& name) const {
    const auto found = contents_->designs.find(name);
    return found == contents_->designs.end() ? nullptr : &found->second.metadata;
}

Result<std::string> Library::spec(const std::string& name) const {
    const auto found = contents_->designs.find(name);
    if (found == contents_->designs.end()) {
        return fail(ErrorCode::NotFound, "the library has no design " + name, "library");
    }
    return found->second.spec;
}

}  // namespace rtlgen::datasets
