// SPDX-License-Identifier: Apache-2.0
// What a specification says of its reset: synchronous or not, active high or low.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "datasets/retrieval/adaptation.h"

namespace rtlgen::datasets {

struct ResetStyle {
    std::optional<ResetKind> kind;     ///< none: not said
    std::optional<Polarity> polarity;  ///< none: not said
    bool operator==(const ResetStyle&) const = default;
};

/// Reads the words around mentions of a reset, then the name of its port. `port`: null where none
/// is named.
[[nodiscard]] ResetStyle read_reset_style(const std::vector<SpecToken>& words,
                                          const SpecPort* port);

/// "asynchronous", "not asynchronous" at `at`, unless said of something else: "async FIFO".
[[nodiscard]] std::optional<ResetKind> kind_word(std::span<const SpecToken> words, std::size_t at);

/// The active level of an input: low where its name says so, or "active low" behind a mention.
[[nodiscard]] Polarity level_of(const SpecPort& port, const ReadSpec& spec);

/// The words with the names of all ports but `kept` taken out: a port may be called "active".
[[nodiscard]] std::vector<SpecToken> without_ports_but(const ReadSpec& spec,
                                                       const std::string& kept);

/// A name such as `enable_n`, or a description with "active low".
[[nodiscard]] Polarity polarity_of(const SpecPort& port);

}  // namespace rtlgen::datasets
