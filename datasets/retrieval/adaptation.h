// SPDX-License-Identifier: Apache-2.0
// A library design made to fit a specification: roles, reset, options and parameters decided.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "datasets/retrieval/design_metadata.h"
#include "datasets/retrieval/role_mapping.h"
#include "datasets/retrieval/spec_interface.h"

namespace rtlgen::datasets {

enum class ResetKind { Synchronous, Asynchronous };
enum class Polarity { High, Low };

/// A port of the answer, in the order of the specification.
struct AdaptedPort {
    std::string name;
    std::string role;
    Polarity polarity = Polarity::High;
    std::string range;         ///< as the specification's header writes it; may be empty
    std::optional<int> width;  ///< as the specification says; none: the design's own
    bool operator==(const AdaptedPort&) const = default;
};

/// A parameter in use.
struct AdaptedParameter {
    std::string name;        ///< the design's name for it
    std::string given_name;  ///< as the answer calls it
    std::int64_t value = 0;
    bool declared = true;  ///< a parameter of the module; else a local one
    bool operator==(const AdaptedParameter&) const = default;
};

/// One row of an operation table.
struct TableRow {
    std::int64_t code = 0;
    std::string operation;
    bool operator==(const TableRow&) const = default;
};

struct Adaptation {
    std::string design;
    std::string module_name;
    std::vector<AdaptedPort> ports;
    std::vector<AdaptedParameter> parameters;
    std::set<std::string> flags;  ///< of options, parameters and roles ("has_" and the role)
    std::optional<ResetKind> reset;
    std::map<std::string, std::int64_t> values;  ///< of all parameters, derived ones too
    std::vector<TableRow> table;
    int table_bits = 0;
    std::vector<std::string> notes;
    std::set<std::int64_t> numbers;  ///< that the chosen options account for
    bool directions_said = true;     ///< of all ports, by the specification

    [[nodiscard]] bool has(const std::string& flag) const { return flags.contains(flag); }
    [[nodiscard]] const AdaptedPort* port(std::string_view role) const;
};

/// A specification, read once for all designs.
struct ReadSpec {
    LibraryQuestion question;
    std::vector<SpecToken> tokens;
    std::vector<SpecToken> words;
    SpecInterface interface;
};
[[nodiscard]] ReadSpec read_spec(const LibraryQuestion& question);

/// Whether one of the design's evidence phrases stands in the text: only then may it be meant.
[[nodiscard]] bool speaks_of(const DesignMetadata& design, const ReadSpec& spec);

/// Whether signals of the design, or clocks and resets, are called so. `name`: in lower case.
[[nodiscard]] bool is_signal_name(const DesignMetadata& design, const std::string& name);

/// The ways to read `spec` for this design, the most trusted first: its interface as it was read,
/// then what running text mentions.
[[nodiscard]] std::vector<ReadSpec> readings_of(const DesignMetadata& design, const ReadSpec& spec);

/// Nothing where each word that can only be a signal's name is a port of the interface. Error
/// NotFound.
Status check_mentions(const ReadSpec& spec);

/// Fits `design` to `spec`. Error NotFound says why it doesn't fit: what the specification asks
/// for and the design hasn't, or what it would take a guess to decide. Deterministic.
Result<Adaptation> adapt(const DesignMetadata& design, const ReadSpec& spec);

}  // namespace rtlgen::datasets
