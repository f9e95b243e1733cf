// SPDX-License-Identifier: Apache-2.0
// The interface that a specification names: a module header in Verilog, a list, a table or prose.
#pragma once

#include <functional>
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
    std::optional<int> width;    ///< none: not said
    std::string range;           ///< as written in a module header, with its parameters; else empty
    std::string description;     ///< the text beside it
    std::string mentions;        ///< what running text says that it is
    bool direction_said = true;  ///< false: `direction` is a guess, the role decides
    std::string role;            ///< where the reading knows it; else empty
    bool operator==(const SpecPort&) const = default;
};

/// How an interface was told.
enum class InterfaceSource {
    None,      ///< no port is named
    Header,    ///< a module header: nothing can be missing
    Instance,  ///< an instance with named connections: no name can be missing
    Lines,     ///< a list or a table
    Prose,     ///< running text
    Examples,  ///< words that examples say are ports, with their roles
};

struct SpecInterface {
    std::string module_name;            ///< empty: none is asked for
    std::vector<Parameter> parameters;  ///< declared by a module header
    std::vector<SpecPort> ports;        ///< empty: none are named
    InterfaceSource source = InterfaceSource::None;
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

/// Widths that stand right beside a name win over what was read: "`code`, four bits", "the 4-bit
/// code", "code output 4", "`a` and `b` (inputs, 8 bits each)".
void widths_near_names(const std::vector<SpecToken>& tokens, std::vector<SpecPort>& ports);

/// What tells a signal from a word of prose.
struct MentionHints {
    std::string module_name;
    std::function<bool(const std::string&)> is_signal;  ///< a name that signals have; lower case
};
/// Whether `token` can't be a word of English: `rd_en`, `txd1`, `clk`. What is written in capitals
/// or isn't lower case at all counts as a word.
[[nodiscard]] bool is_no_english(const SpecToken& token);

enum class MentionKind {
    Certain,  ///< named as a port, quoted, with a range, or no word of English
    Any,      ///< also English words that are used like a name: "when full is high"
};
/// Ports that running text mentions, without the marks of a list: "the 3-bit input req", "a 12-bit
/// output called word", "clk, rst, req[3:0] -> grant[3:0]". Directions may be unsaid. In order of
/// first mention; it may miss one or take a word for one: who uses it has to check.
[[nodiscard]] std::vector<SpecPort> ports_of_mentions(const std::vector<SpecToken>& tokens,
                                                      const MentionHints& hints, MentionKind kind);

/// Ports by all that is said of each name, whatever the form: lists behind "inputs", "in", "gets";
/// lines "clk in 1"; "a, b (inputs)"; names that can't be words of English. Directions may be
/// unsaid. In order of first mention.
[[nodiscard]] std::vector<SpecPort> ports_of_evidence(const std::vector<SpecToken>& tokens,
                                                      const MentionHints& hints);

}  // namespace rtlgen::datasets
