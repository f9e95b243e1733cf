// SPDX-License-Identifier: Apache-2.0
// Any bytes as a netlist of Yosys: an interface that is read fits together.
#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "verify/reference/design_interface.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

/// Whether it is an input of one bit.
bool is_control(const DesignInterface& interface, const std::string& name) {
    return std::ranges::any_of(interface.inputs, [&](const Port& port) {
        return port.name == name && port.width == 1 && port.direction == PortDirection::Input;
    });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto interface =
        parse_interface(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!interface) {
        if (interface.error().code != ErrorCode::ToolFailed) abort();
        return 0;
    }
    for (const std::string& clock : interface->clocks) {
        if (!is_control(*interface, clock)) abort();
    }
    for (const ResetInput& reset : interface->resets) {
        if (!is_control(*interface, reset.name)) abort();
        if (std::ranges::count(interface->clocks, reset.name) > 0) abort();
    }
    for (const std::string& enable : interface->enables) {
        if (!is_control(*interface, enable)) abort();
    }
    for (const ConstantBits& constant : interface->constants) {
        if (constant.find_first_not_of("01") != std::string::npos || constant.size() < 2) abort();
    }
    if (!std::ranges::is_sorted(interface->counter_steps)) abort();
    if (interface->input_bits() < 0 || interface->output_bits() < 0) abort();
    return 0;
}
