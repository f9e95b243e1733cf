// SPDX-License-Identifier: Apache-2.0
#include "datasets/library.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/text.h"
#include "datasets/library_design.h"
#include "datasets/retrieval/design_index.h"

namespace rtlgen::datasets {

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
            if (designs.at(one.name).metadata.matching == Matching::Strict) return true;
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

Result<Library> Library::assemble(const ResourceTree& tree, LearnedLibrary learned) {
    std::map<std::string, LibraryDesign> designs;
    std::vector<IndexedDesign> indexed;
    for (const std::string& name : design_names(tree)) {
        TRY_ASSIGN(LibraryDesign design, load_design(tree, name, learned));
        indexed.push_back({name, design.metadata.title, join(design.metadata.keywords, "; "),
                           design.metadata.summary, design.spec});
        designs.emplace(name, std::move(design));
    }
    TRY_ASSIGN(DesignIndex index, DesignIndex::build(indexed));
    TRY_ASSIGN(const std::string refuse, tree.read("common/refuse.toml"));
    TRY_ASSIGN(std::vector<Phrase> phrases, parse_phrases("common/refuse.toml", refuse));
    TRY_ASSIGN(std::vector<Phrase> topics, parse_phrases("common/refuse.toml", refuse, "topics"));
    drop_harmless(learned.harmless, phrases);
    drop_harmless(learned.harmless, topics);
    return Library(std::make_unique<Contents>(
        Contents{std::move(phrases), std::move(topics), std::move(designs), std::move(index),
                 std::move(learned.topics), !learned.designs.empty()}));
}

/// The one strictly matched design that fits. Error NotFound: none does, or two do; with the reason
/// of the one that is named, empty where none is.
Result<LibraryAnswer> Library::answer_strictly(const ReadSpec& spec) const {
    static const std::vector<Phrase> kNone;
    std::optional<LibraryAnswer> found;
    std::string reason;
    const RoleName nobody = [](std::string_view) { return std::string(); };
    for (const auto& [name, design] : contents_->designs) {
        if (design.metadata.matching != Matching::Strict) continue;
        if (!speaks_of(design.metadata, spec)) continue;
        std::vector<Phrase> refuse = contents_->refuse;
        drop_harmless(design.harmless, refuse);
        if (const Phrase* said = first_asserted(refuse, spec.words, nobody)) {
            if (reason.empty())
                reason = "it says \"" + said->text() + "\", which no " + name + " is";
            continue;
        }
        auto answer = fit_design({design, kNone, 1.0}, spec);
        if (!answer && answer.error().code != ErrorCode::NotFound) return answer;
        if (!answer) {
            if (reason.empty())
                reason = "the closest is " + name + ", but " + answer.error().message;
            continue;
        }
        if (found) {
            return fail(ErrorCode::NotFound, "it could be " + found->design + " or " + name);
        }
        found = *std::move(answer);
        found->score = 1.0;
    }
    if (found) return *std::move(found);
    return fail(ErrorCode::NotFound, reason);
}

Result<LibraryAnswer> Library::answer(const LibraryQuestion& question) const {
    constexpr std::size_t kLongest =
        std::size_t{64} * 1024;  // more than any design of this size needs
    if (question.text.size() > kLongest) {
        return fail(ErrorCode::NotFound, "no match: it is longer than 64 KiB", "library");
    }
    const ReadSpec spec = read_spec(question);
    // Who is named comes before who is told from words alone.
    auto strict = answer_strictly(spec);
    if (strict || strict.error().code != ErrorCode::NotFound) return strict;
    auto learned = answer_by_examples(spec);
    // A text that names a strictly matched design means no other one that it doesn't name.
    const bool named = !strict.error().message.empty();
    if (learned && named && !speaks_of(contents_->designs.at(learned->design).metadata, spec)) {
        return fail(ErrorCode::NotFound, "no match: " + strict.error().message, "library");
    }
    if (learned || learned.error().code != ErrorCode::NotFound) return learned;
    const bool near = learned.error().message.starts_with("the closest is");
    const std::string& why =
        near || strict.error().message.empty() ? learned.error().message : strict.error().message;
    return fail(ErrorCode::NotFound, "no match: " + why, "library");
}

Result<LibraryAnswer> Library::answer_by_examples(const ReadSpec& spec) const {
    // What is far behind the best in words isn't looked at: a FIFO's text speaks of counters too.
    constexpr double kNearTheBest = 0.2;
    TRY_ASSIGN(const std::vector<RankedDesign> ranked, contents_->rank(spec));
    std::string reason = "it speaks of no design of the library";
    const RoleName nobody = [](std::string_view) { return std::string(); };
    if (const Phrase* found = first_asserted(contents_->refuse, spec.words, nobody)) {
        return fail(ErrorCode::NotFound,
                    "it says \"" + found->text() + "\", which no design of the library is");
    }
    double best = 0;
    for (const RankedDesign& one : ranked) {
        const LibraryDesign& design = contents_->designs.at(one.name);
        if (one.score < kNearTheBest * best) break;
        if (design.metadata.matching == Matching::Strict) continue;
        if (!contents_->has_examples && !speaks_of(design.metadata, spec)) continue;
        auto answer = fit_design({design, contents_->topics, one.score}, spec);
        if (answer) {
            answer->score = one.score;
            return answer;
        }
        if (answer.error().code != ErrorCode::NotFound) return answer;
        if (best == 0) reason = "the closest is " + one.name + ", but " + answer.error().message;
        best = std::max(best, one.score);
    }
    return fail(ErrorCode::NotFound, reason);
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
