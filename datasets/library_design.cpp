// SPDX-License-Identifier: Apache-2.0
#include "datasets/library_design.h"

#include <algorithm>

#include "core/base/text.h"
#include "datasets/retrieval/context_sentences.h"
#include "datasets/retrieval/port_mentions.h"

namespace rtlgen::datasets {
namespace {

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

/// Nothing where examples know of no port in `spec` that the reading hasn't, and of none that prose
/// was misread for.
Status check_missed(const DesignMetadata& design, const ReadSpec& spec, const ReadSpec& reading) {
    const InterfaceSource source = reading.interface.source;
    const bool lists = source == InterfaceSource::Lines || source == InterfaceSource::Prose;
    if (!lists || design.learned == nullptr) return {};
    const LearnedDesign& learned = *design.learned;
    const std::string missed = learned.tagger.missed_port(design, spec, reading.interface.ports,
                                                          learned.common->frequencies);
    if (!missed.empty()) {
        return fail(ErrorCode::NotFound, "it isn't clear which port its " + missed + " is");
    }
    if (source != InterfaceSource::Prose) return {};
    const std::string invented = learned.tagger.invented_port(design, spec, reading.interface.ports,
                                                              learned.common->frequencies);
    if (invented.empty()) return {};
    return fail(ErrorCode::NotFound, "it isn't clear whether its " + invented + " is a port");
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

/// What was read without examples, which may know better.
Result<LibraryAnswer> fit_listed_reading(const Fitting& fitting, const ReadSpec& spec,
                                         const ReadSpec& reading) {
    TRY(check_topics(fitting.topics, reading));
    TRY_ASSIGN(LibraryAnswer answer, fit_reading(fitting.design, reading));
    TRY(check_missed(fitting.design.metadata, spec, reading));
    return answer;
}

/// From which probability of a design on what examples say of ports is heard.
constexpr double kLearnedFrom = 0.3;

/// What examples say the ports are.
Result<LibraryAnswer> fit_learned_reading(const Fitting& fitting, const ReadSpec& spec) {
    const LibraryDesign& design = fitting.design;
    const auto& learned = design.metadata.learned;
    if (learned == nullptr || fitting.probability < kLearnedFrom ||
        spec.interface.source == InterfaceSource::Header) {
        return fail(ErrorCode::NotFound, "its ports can't be read");
    }
    ReadSpec reading = spec;
    TRY_ASSIGN(reading.interface.ports,
               learned->tagger.read_ports(design.metadata, spec, learned->common->frequencies));
    reading.interface.source = InterfaceSource::Examples;
    describe_by_mentions(spec.tokens, reading.interface.ports);
    widths_near_names(spec.tokens, reading.interface.ports);
    TRY(check_topics(fitting.topics, reading));
    return fit_reading(design, reading);
}

/// The specification with the name of its module as examples read it.
ReadSpec with_module_name(const LearnedDesign* learned, ReadSpec spec) {
    const bool told =
        !spec.question.top.empty() || spec.interface.source == InterfaceSource::Header;
    if (!told && learned != nullptr) {
        spec.interface.module_name =
            learned->tagger.module_name(spec, learned->common->frequencies);
    }
    return spec;
}

/// What NAME/claims.toml says; nothing where the design has none.
Result<std::vector<Claim>> load_claims(const ResourceTree& tree, const std::string& name) {
    const std::string path = name + "/claims.toml";
    const auto claims = tree.read(path);
    if (!claims && claims.error().code == ErrorCode::NotFound) return std::vector<Claim>();
    if (!claims) return tl::unexpected(claims.error());
    TRY_ASSIGN(const std::string words, tree.read("common/claim_words.toml"));
    TRY_ASSIGN(const std::string common, tree.read("common/claims.toml"));
    return parse_claims(path, {*claims, common, words});
}

}  // namespace

Result<LibraryDesign> load_design(const ResourceTree& tree, const std::string& name,
                                  const LearnedLibrary& learned) {
    LibraryDesign design;
    TRY_ASSIGN(const std::string toml, tree.read(name + "/metadata.toml"));
    TRY_ASSIGN(design.metadata, parse_metadata(name, toml));
    TRY_ASSIGN(design.spec, tree.read(name + "/spec.md"));
    TRY_ASSIGN(design.templates.design, tree.read(name + "/design.sv.mustache"));
    TRY_ASSIGN(design.templates.testbench, tree.read(name + "/testbench.sv.mustache"));
    TRY_ASSIGN(design.templates.tasks, tree.read("common/testbench_tasks.sv.mustache"));
    TRY_ASSIGN(const std::string common, tree.read("common/words.txt"));
    TRY_ASSIGN(design.claims, load_claims(tree, name));
    for (const std::string& text : {common, toml, design.spec}) design.vocabulary.learn(text);
    const auto models = learned.designs.find(name);
    if (models != learned.designs.end()) design.metadata.learned = models->second;
    const auto words = learned.words.find(name);
    if (words == learned.words.end()) return design;
    design.vocabulary.learn_stems(words->second.stems);
    design.harmless = words->second.harmless;
    drop_harmless(words->second.harmless, design.metadata.refuse);
    drop_harmless(words->second.harmless, design.metadata.topics);
    return design;
}

namespace {

/// The answer, whatever the text says of what no port or parameter tells.
Result<LibraryAnswer> fit_interface(const Fitting& fitting, const ReadSpec& text) {
    const LibraryDesign& design = fitting.design;
    const ReadSpec spec = with_module_name(design.metadata.learned.get(), text);
    std::optional<Error> why;
    std::optional<LibraryAnswer> best;
    for (const ReadSpec& reading : readings_of(design.metadata, spec)) {
        if (best && !has_more_ports(design.metadata, reading, best->adaptation)) continue;
        auto answer = fit_listed_reading(fitting, spec, reading);
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
    auto learned = fit_learned_reading(fitting, spec);
    const InterfaceSource source = spec.interface.source;
    const bool listed = source != InterfaceSource::Prose && source != InterfaceSource::None;
    const bool taught = design.metadata.learned != nullptr;
    if (learned || !why || (taught && !listed && fitting.probability >= kLearnedFrom))
        return learned;
    return tl::unexpected(*why);
}

}  // namespace

Result<LibraryAnswer> fit_design(const Fitting& fitting, const ReadSpec& spec) {
    TRY_ASSIGN(LibraryAnswer answer, fit_interface(fitting, spec));
    TRY(check_claims(fitting.design.claims, spec, answer.adaptation));
    return answer;
}

}  // namespace rtlgen::datasets
