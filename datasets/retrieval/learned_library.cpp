// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/learned_library.h"

#include <algorithm>

#include "core/base/text.h"
#include "datasets/retrieval/vocabulary.h"

namespace rtlgen::datasets {
namespace {

constexpr std::string_view kOthers = "common/others.md";
constexpr std::string_view kRefuse = "common/refuse.toml";

/// One design with its examples, read.
struct Lesson {
    DesignMetadata metadata;
    std::string spec;
    std::vector<TaggedSpec> examples;
    ExampleSamples samples;
    Vocabulary vocabulary;
};

/// The lines "NAME: text" of the design's file, and its phrases.
std::vector<WordSample> operations_of(const ResourceTree& tree, const DesignMetadata& design) {
    auto lines = tree.read(design.name + "/operations.txt");
    if (!lines) return {};
    for (const Operation& operation : design.operations) {
        for (const std::string& phrase : operation.phrases) {
            *lines += '\n' + operation.name + ": " + replace_all(phrase, "*", "");
        }
    }
    return operation_samples(*lines);
}

Result<Lesson> read_lesson(const ResourceTree& tree, const std::string& name) {
    Lesson lesson;
    TRY_ASSIGN(const std::string toml, tree.read(name + "/metadata.toml"));
    TRY_ASSIGN(lesson.metadata, parse_metadata(name, toml));
    TRY_ASSIGN(lesson.spec, tree.read(name + "/spec.md"));
    lesson.samples.operations = operations_of(tree, lesson.metadata);
    for (const std::string& path : tree.paths()) {
        if (!path.starts_with(name + "/examples/")) continue;
        TRY_ASSIGN(const std::string file, tree.read(path));
        TRY_ASSIGN(DesignExample example, parse_example(path, file));
        lesson.vocabulary.learn(example.text);
        ReadSpec spec = read_spec({example.text, "", ""});
        if (!example.module.empty()) spec.interface.module_name = example.module;
        lesson.samples.add(example, spec);
        lesson.examples.push_back({std::move(spec), std::move(example.ports)});
    }
    return lesson;
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

/// Phrases that an example says: they refuse none.
void add_said(const std::vector<TaggedSpec>& examples, const std::vector<Phrase>& phrases,
              std::set<std::string>& said) {
    const RoleName nobody = [](std::string_view) { return std::string(); };
    for (const Phrase& phrase : phrases) {
        const bool found = std::ranges::any_of(examples, [&](const TaggedSpec& example) {
            return first_asserted(std::span(&phrase, 1), example.spec.words, nobody) != nullptr;
        });
        if (found) said.insert(phrase.text());
    }
}

/// What each design is spoken of with, and in what words other designs are.
WordModel learn_topics(const std::vector<Lesson>& lessons, const std::vector<ReadSpec>& others) {
    std::vector<WordSample> samples;
    for (const Lesson& lesson : lessons) {
        // A few examples would make words such as "FIFO" speak for no design.
        if (lesson.metadata.matching == Matching::Strict) continue;
        const std::string& name = lesson.metadata.name;
        if (!lesson.examples.empty()) {
            samples.push_back({text_features(read_spec({lesson.spec, "", ""})), name});
        }
        for (const TaggedSpec& example : lesson.examples) {
            samples.push_back({text_features(example.spec), name});
        }
    }
    for (const ReadSpec& other : others) samples.push_back({text_features(other), kNoDesign});
    return WordModel(samples);
}

/// What is alike in all designs: resets, and which numbers mean nothing.
std::shared_ptr<const CommonLearning> learn_common(const std::vector<Lesson>& lessons,
                                                   const std::vector<ReadSpec>& others) {
    auto common = std::make_shared<CommonLearning>();
    for (const ReadSpec& other : others) common->frequencies.add(other, {});
    ExampleSamples all;
    for (const Lesson& lesson : lessons) {
        if (lesson.metadata.matching == Matching::Strict) continue;
        for (const TaggedSpec& example : lesson.examples) {
            common->frequencies.add(example.spec, example.ports);
        }
        const ExampleSamples& samples = lesson.samples;
        std::ranges::copy(samples.number_sense, std::back_inserter(all.number_sense));
        std::ranges::copy(samples.reset_kind, std::back_inserter(all.reset_kind));
        std::ranges::copy(samples.reset_level, std::back_inserter(all.reset_level));
    }
    common->number_sense = WordModel(all.number_sense);
    common->reset_kind = WordModel(all.reset_kind);
    common->reset_level = WordModel(all.reset_level);
    return common;
}

}  // namespace

std::vector<std::string> design_names(const ResourceTree& tree) {
    std::vector<std::string> names;
    for (const std::string& path : tree.paths()) {
        if (path.ends_with("/metadata.toml")) names.push_back(path.substr(0, path.find('/')));
    }
    return names;
}

Result<LearnedLibrary> learn_library(const ResourceTree& tree) {
    std::vector<Lesson> lessons;
    for (const std::string& name : design_names(tree)) {
        TRY_ASSIGN(Lesson lesson, read_lesson(tree, name));
        lessons.push_back(std::move(lesson));
    }
    const std::vector<ReadSpec> others = other_texts(tree);
    const auto common = learn_common(lessons, others);
    LearnedLibrary learned;
    learned.topics = learn_topics(lessons, others);
    TRY_ASSIGN(const std::string refuse, tree.read(kRefuse));
    TRY_ASSIGN(const std::vector<Phrase> phrases, parse_phrases(std::string(kRefuse), refuse));
    TRY_ASSIGN(const std::vector<Phrase> topics,
               parse_phrases(std::string(kRefuse), refuse, "topics"));
    for (const Lesson& lesson : lessons) {
        if (lesson.examples.empty()) continue;
        ExampleWords& words = learned.words[lesson.metadata.name];
        words.stems = lesson.vocabulary.stems();
        add_said(lesson.examples, lesson.metadata.refuse, words.harmless);
        add_said(lesson.examples, lesson.metadata.topics, words.harmless);
        if (lesson.metadata.matching == Matching::Strict) {
            add_said(lesson.examples, phrases, words.harmless);
            continue;
        }
        add_said(lesson.examples, phrases, learned.harmless);
        add_said(lesson.examples, topics, learned.harmless);
        learned.designs[lesson.metadata.name] = std::make_shared<LearnedDesign>(LearnedDesign{
            PortTagger(lesson.examples, common->frequencies), WordModel(lesson.samples.roles),
            WordModel(lesson.samples.numbers), WordModel(lesson.samples.operations), common});
    }
    return learned;
}

void drop_harmless(const std::set<std::string>& harmless, std::vector<Phrase>& phrases) {
    std::erase_if(phrases, [&](const Phrase& phrase) { return harmless.contains(phrase.text()); });
}

}  // namespace rtlgen::datasets
