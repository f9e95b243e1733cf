// SPDX-License-Identifier: Apache-2.0
// What metadata.toml says of a library design: its roles, parameters, options, and the phrases
// that ask for them.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/domain/source_set.h"
#include "datasets/retrieval/phrase.h"

namespace rtlgen::datasets {

struct LearnedDesign;

enum class RoleKind { Clock, Reset, Plain };
enum class ResetNeed { None, Optional, Required };
/// How a specification is matched: by what many examples teach, or by names, strictly: evidence is
/// said, each port is called by a name of its role, each number is accounted for.
enum class Matching { Learned, Strict };

/// A port by what it does.
struct Role {
    std::string name;
    RoleKind kind = RoleKind::Plain;
    PortDirection direction = PortDirection::Input;
    /// In bits: numbers, parameters, + - * / ( ) and clog2(), such as "2*WIDTH"; or "OP".
    std::string width = "1";
    bool required = false;
    bool by_default = false;  ///< there where a specification names no ports
    std::vector<std::string> names;
    std::vector<std::string> generic;   ///< those of `names` that say nothing by themselves
    std::vector<Phrase> words;          ///< in the port's own description
    std::vector<Phrase> phrases;        ///< in the whole text
    std::vector<Phrase> behaviour;      ///< in the whole text, {it} is the port's name
    std::vector<std::string> needs;     ///< roles that it can't be without
    std::vector<std::string> not_with;  ///< roles that it can't be beside
    bool own_names = false;             ///< a clock or reset that is known by its `names` alone
    bool as_is = false;  ///< no reading of its level: a name such as cs_n is the role itself
    std::string clock;   ///< of a reset: whose flip-flops it resets; empty: the first clock's
};

struct DesignParameter {
    std::string name;
    std::int64_t default_value = 0;
    std::int64_t min = 0;
    std::int64_t max = 0;
    std::vector<std::string> aliases;
    std::vector<Phrase> phrases;
    std::string flag;  ///< set where a value was found; without it the parameter isn't used
    std::string role;  ///< used only with this role
    bool must_be_said = false;
    bool is_local = false;  ///< the module never declares it: something else depends on its value
    bool power_of_two = false;
    std::string from_width;  ///< a role: without a number, 2 to the power of its port's width
};

struct OptionValue {
    std::string name;
    std::vector<std::string> flags;
    std::vector<Phrase> phrases;
    std::string refuse;                 ///< not empty: choosing it is no match, for this reason
    std::vector<std::int64_t> numbers;  ///< that a text about it may say, such as a polynomial
    std::map<std::string, std::int64_t> values;  ///< of parameters that it settles
};

struct DesignOption {
    std::string name;
    std::string default_value;
    std::string role;      ///< asked only where this role is there; empty: always
    std::string not_role;  ///< asked only where this role isn't there
    std::vector<OptionValue> values;
};

/// An operation of a design that has a table of them.
struct Operation {
    std::string name;
    std::string words;
    std::string expression;  ///< Verilog with {a}, {b}, {WIDTH}
    std::string model;       ///< statements for the testbench
    std::vector<std::string> phrases;
};

struct DesignMetadata {
    std::string name;
    std::string title;
    std::string summary;
    std::string latency;
    std::string licence;
    std::vector<std::string> keywords;
    ResetNeed reset = ResetNeed::Required;
    Matching matching = Matching::Learned;
    std::vector<std::int64_t> numbers;   ///< that a text about it may say: they size nothing
    std::vector<std::string> internals;  ///< identifiers of the template's own
    std::vector<Phrase> evidence;        ///< one of them must be there
    std::vector<Phrase> refuse;          ///< none may be
    std::vector<Phrase> topics;          ///< none may be, but for sentences about the surroundings
    std::vector<std::string> one_of;     ///< at least one of these roles
    std::vector<std::string> one_of_inputs;
    std::vector<std::string> ordered;  ///< roles that are told apart by their order alone
    std::vector<Role> roles;
    std::vector<DesignParameter> parameters;
    std::vector<DesignOption> options;
    std::vector<Operation> operations;
    std::shared_ptr<const LearnedDesign> learned;  ///< null: there are no examples

    [[nodiscard]] const Role* role(std::string_view role_name) const;
};

/// Reads metadata.toml of the design `name`. Error Config: with the key that is wrong.
Result<DesignMetadata> parse_metadata(const std::string& name, const std::string& toml);

/// The array `key` of a TOML text. Error Config.
Result<std::vector<Phrase>> parse_phrases(const std::string& where, const std::string& toml,
                                          const std::string& key = "phrases");

}  // namespace rtlgen::datasets
