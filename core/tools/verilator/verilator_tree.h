// SPDX-License-Identifier: Apache-2.0
// Verilator's tree of an elaborated design, as far as module headers need it: from `--json-only` of
// newer versions and `--xml-only` of older ones.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/domain/source_set.h"

namespace rtlgen::tools::verilator {

struct TreeType {
    enum class Form { Basic, Alias, Struct, Union, PackedArray, Other };
    Form form = Form::Other;
    std::string range;  ///< "7:0" of Basic and PackedArray; empty: the keyword's own
    std::string keyword;
    bool is_signed = false;
    std::string inner;                 ///< of an Alias (enums too) and a PackedArray
    std::vector<std::string> members;  ///< types of a Struct or Union
};

struct TreeVariable {
    std::string name;
    std::string direction;  ///< "input", "output", "inout"; empty: no port
    std::string type;
    std::string value;  ///< of a parameter
    int place = 0;      ///< among the ports, where the tree says so
    bool is_parameter = false;
    bool is_interface = false;
};

struct TreeModule {
    std::string name;  ///< as in the source
    std::vector<TreeVariable> variables;
};

struct Tree {
    std::vector<TreeModule> modules;  ///< the top first
    std::map<std::string, TreeType> types;
};

/// Error ToolFailed where the text is no such tree.
Result<Tree> read_json_tree(std::string_view text);
Result<Tree> read_xml_tree(std::string_view text);

/// Ports with evaluated widths (0: of a type without one, such as an unpacked array), `read_by`
/// "verilator". `top` empty: the first module.
/// Error NotFound: no such module, or one with ports that are interfaces.
Result<ModuleHeader> header_of(const Tree& tree, const std::string& top);

}  // namespace rtlgen::tools::verilator
