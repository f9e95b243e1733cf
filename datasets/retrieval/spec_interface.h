// SPDX-License-Identifier: Apache-2.0
// The interface that a specification names: a module header in Verilog, a list, a table or prose.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/source_set.h"
#include "datasets/retrieval/spec_text.h"

namespace rtlgen::datasets {

struct SpecPort {
    std::string name;
    PortDirection direction = PortDirection::Input;
    std::optional<int> width;  ///< none: not said
    std::string range;         ///< as written in a module header, with its parameters; else empty
    std::string description;   ///< the text beside it
    bool operator==(const SpecPort&) const = default;
};

struct SpecInterface {
    std::string module_name;            ///< empty: none is asked for
    std::vector<Parameter> parameters;  ///< declared by a module header
    std::vector<SpecPort> ports;        ///< empty: none are named
    bool operator==(const SpecInterface&) const = default;
};

/// What is asked for.
struct LibraryQuestion {
    std::string text;            ///< the specification
    std::string interface_text;  ///< a module header; wins over the text; may be empty
    std::string top;             ///< the module's name; wins over both; may be empty
};

/// Reads the interface: `interface_text`, else a module header in the text, else its list of
/// ports, else the names in backticks of its prose. Never fails.
[[nodiscard]] SpecInterface read_spec_interface(const LibraryQuestion& question,
                                                const std::vector<SpecToken>& tokens);

/// A port of list items, tables and lines such as "Inputs: a, b[7:0]".
[[nodiscard]] std::vector<SpecPort> ports_of_lines(std::string_view text);
/// Ports of running text: "an input `a` and an 8-bit output `y`".
[[nodiscard]] std::vector<SpecPort> ports_of_prose(const std::vector<SpecToken>& tokens,
                                                   std::string_view module_name);

}  // namespace rtlgen::datasets
