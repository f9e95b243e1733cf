// SPDX-License-Identifier: Apache-2.0
// Which words of a specification are ports, and of which role, learned from examples: named-entity
// recognition by maximum entropy (Borthwick, 1999) and an assignment of greatest likelihood.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "datasets/retrieval/adaptation.h"
#include "datasets/retrieval/word_model.h"

namespace rtlgen::datasets {

/// In how many texts a word stands that is no port there.
class WordFrequencies {
public:
    WordFrequencies() = default;
    WordFrequencies(std::map<std::string, int> texts, std::map<std::string, int> ports)
        : texts_(std::move(texts)), ports_(std::move(ports)) {}

    /// Counts the words of `spec`; `ports`: names that are ports (role -> name).
    void add(const ReadSpec& spec, const std::map<std::string, std::string>& ports);
    [[nodiscard]] int texts_with(const std::string& norm) const;
    /// Whether so many texts have the word that it is no name, and none has it as a port.
    [[nodiscard]] bool is_common(const SpecToken& token) const;

    [[nodiscard]] const std::map<std::string, int>& texts() const { return texts_; }
    [[nodiscard]] const std::map<std::string, int>& ports() const { return ports_; }

private:
    std::map<std::string, int> texts_;
    std::map<std::string, int> ports_;  ///< in lower case
};

/// A specification whose ports are known.
struct TaggedSpec {
    ReadSpec spec;
    std::map<std::string, std::string> ports;  ///< role -> name
};

/// Read-only once trained; deterministic. `frequencies` are always those that it was trained with.
class PortTagger {
public:
    PortTagger() = default;
    /// Trains on specifications of one design; `frequencies` has counted them all.
    PortTagger(const std::vector<TaggedSpec>& examples, const WordFrequencies& frequencies);
    PortTagger(WordModel model, std::map<std::string, double> presence)
        : model_(std::move(model)), presence_(std::move(presence)) {}

    /// The name of the module: what was read, unless another word is far likelier.
    [[nodiscard]] std::string module_name(const ReadSpec& spec,
                                          const WordFrequencies& frequencies) const;

    /// The ports of `spec` as the interface of `design`, in the order of their first mention, each
    /// with its role. Error NotFound: a required role is nobody's, another assignment is nearly as
    /// likely, or another word is as likely a port.
    [[nodiscard]] Result<std::vector<SpecPort>> read_ports(
        const DesignMetadata& design, const ReadSpec& spec,
        const WordFrequencies& frequencies) const;

    /// A word of `spec` that is surely a port, or the likeliest one for a role, but none of
    /// `ports`; empty: there is none.
    [[nodiscard]] std::string missed_port(const DesignMetadata& design, const ReadSpec& spec,
                                          const std::vector<SpecPort>& ports,
                                          const WordFrequencies& frequencies) const;

    /// The first of `ports` that surely is none in `spec`; empty: there is none.
    [[nodiscard]] std::string invented_port(const DesignMetadata& design, const ReadSpec& spec,
                                            const std::vector<SpecPort>& ports,
                                            const WordFrequencies& frequencies) const;

    [[nodiscard]] const WordModel& model() const { return model_; }
    /// Role -> logarithm of the odds that it is there.
    [[nodiscard]] const std::map<std::string, double>& presence() const { return presence_; }

private:
    WordModel model_;
    std::map<std::string, double> presence_;
};

}  // namespace rtlgen::datasets
