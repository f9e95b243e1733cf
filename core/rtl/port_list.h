// SPDX-License-Identifier: Apache-2.0
// Ports and parameters out of the tokens of a module's header and body (IEEE 1800-2017, clauses
// 23.2.2 and 6.20).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/domain/source_set.h"
#include "core/rtl/constant_expression.h"
#include "core/rtl/token_tree.h"

namespace rtlgen::rtl {

/// What the readers of one module share.
struct HeaderContext {
    const TokenTree& tokens;
    std::string_view text;
    ConstantScope& scope;
};

/// A declared port, or only its name where the port list gives no more.
struct PortItem {
    Port port;
    bool declared = false;  ///< a direction or type stood there, or was inherited
};

/// The items of a port list, ANSI or not, or of a declaration such as `input [3:0] a, b`.
[[nodiscard]] std::vector<PortItem> read_port_items(const HeaderContext& context, TokenRange range);

enum class ParameterPlace {
    List,    ///< #( ... )
    Header,  ///< a `parameter` statement of a body without #( ... )
    Inner,   ///< constants that are no parameter of the module
};

/// The parameters declared in `range`; values of all, localparams too, go into the scope, unless
/// `overrides` has one of their name.
[[nodiscard]] std::vector<Parameter> read_parameters(const HeaderContext& context, TokenRange range,
                                                     ParameterPlace place,
                                                     const std::vector<NameValue>& overrides);

}  // namespace rtlgen::rtl
