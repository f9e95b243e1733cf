// SPDX-License-Identifier: Apache-2.0
// Specifications whose answers are known, and the features that words are learned from.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "datasets/retrieval/adaptation.h"
#include "datasets/retrieval/port_tagger.h"
#include "datasets/retrieval/word_model.h"

namespace rtlgen::datasets {

/// A specification and what it asks for: a file that begins with
/// `<!-- roles: clk=clock q=value; values: WIDTH=8; traits: async reset_low; module: ticks -->`.
struct DesignExample {
    std::string text;
    std::map<std::string, std::string> ports;    ///< role -> name of the port
    std::map<std::string, std::int64_t> values;  ///< of parameters
    std::set<std::string> traits;                ///< flags of the adaptation
    std::string module;                          ///< its name; empty: as the text is read
};

/// Reads a file of that form. Error Config: there is no such first line.
Result<DesignExample> parse_example(const std::string& path, const std::string& file);

/// What is known of a port by itself: parts of its name, its direction and kind of width, and the
/// words around its mentions in `words`.
[[nodiscard]] std::vector<std::string> port_features(const std::vector<SpecToken>& words,
                                                     const std::vector<SpecPort>& ports,
                                                     std::size_t index);
/// What a specification speaks of: its words and pairs of words, names of ports taken out.
[[nodiscard]] std::vector<std::string> text_features(const ReadSpec& spec);
/// What is said of the reset `port`, and its name.
[[nodiscard]] std::vector<std::string> reset_features(const std::vector<SpecToken>& words,
                                                      const std::string& port);
/// The words around the number at `index`.
[[nodiscard]] std::vector<std::string> number_features(const std::vector<SpecToken>& words,
                                                       std::size_t index);

/// What is said of an operation; the operands' names are `a`, `b`.
[[nodiscard]] std::vector<std::string> operation_features(std::span<const SpecToken> tokens,
                                                          const std::string& a,
                                                          const std::string& b);
/// The samples of a file with a line `NAME: text` each, where {a} and {b} are the operands.
[[nodiscard]] std::vector<WordSample> operation_samples(const std::string& file);

/// What is said around the number at `index`, and how it is written.
[[nodiscard]] std::vector<std::string> number_sense_features(const std::vector<SpecToken>& words,
                                                             std::size_t index);

/// What is learned from the examples of all designs together.
struct CommonLearning {
    WordFrequencies frequencies;
    WordModel number_sense;  ///< labels: LearnedDesign::kSizes, kSaysNothing
    WordModel reset_kind;    ///< kAsynchronous, kSynchronous
    WordModel reset_level;   ///< kLow, kHigh
};

/// What the library learned from the examples of one design.
struct LearnedDesign {
    PortTagger tagger;
    WordModel roles;
    WordModel numbers;     ///< labels: parameters, and kNoParameter
    WordModel operations;  ///< labels: names of operations, and kNoOperation
    std::shared_ptr<const CommonLearning> common;

    static constexpr const char* kNoParameter = "";
    static constexpr const char* kNoOperation = "none";
    static constexpr const char* kSizes = "sizes";
    static constexpr const char* kSaysNothing = "says nothing";
    static constexpr const char* kAsynchronous = "asynchronous";
    static constexpr const char* kSynchronous = "synchronous";
    static constexpr const char* kLow = "low";
    static constexpr const char* kHigh = "high";
};

/// What is learned from, of one design or of all.
struct ExampleSamples {
    std::vector<WordSample> roles;
    std::vector<WordSample> numbers;
    std::vector<WordSample> operations;
    std::vector<WordSample> number_sense;
    std::vector<WordSample> reset_kind;
    std::vector<WordSample> reset_level;

    /// `spec`: the example's text, read.
    void add(const DesignExample& example, const ReadSpec& spec);
};

}  // namespace rtlgen::datasets
