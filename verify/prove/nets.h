// SPDX-License-Identifier: Apache-2.0
// What drives each bit of a flat module: connections followed to where a bit comes from.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "verify/prove/rtlil.h"

namespace rtlgen::verify {

enum class CellFamily : std::uint8_t {
    Bitwise,   ///< each output bit is made of the input bits of its own place
    Wordwise,  ///< each output bit may be made of all input bits
    Register,
    Latch,
    Unknown,
};
[[nodiscard]] CellFamily family_of(std::string_view cell_type);

/// `\Y`, `\Q`.
[[nodiscard]] bool is_output_pin(std::string_view pin);

class Nets {
public:
    explicit Nets(const RtlilModule& module);

    /// A bit that more than one thing drives, or a constant or input that something drives.
    [[nodiscard]] std::optional<RtlilBit> contested() const { return contested_; }

    /// Where a bit comes from: a constant, an input, a cell's output, or a bit that nothing drives.
    [[nodiscard]] RtlilBit source(RtlilBit bit) const;

    struct Pin {
        int cell = -1;  ///< -1: no cell's
        int index = 0;
    };
    /// The cell output that drives a source.
    [[nodiscard]] Pin driver(RtlilBit source) const;

    struct InputBit {
        int wire = -1;
        int index = 0;
        bool inverted = false;
    };
    /// The input that a bit is, maybe through buffers and inverters.
    [[nodiscard]] std::optional<InputBit> input_behind(RtlilBit bit) const;

    [[nodiscard]] const RtlilModule& module() const { return module_; }

private:
    void drive(RtlilBit bit, RtlilBit from);
    void drive(RtlilBit bit, Pin pin);
    void claim(RtlilBit bit);

    const RtlilModule& module_;
    std::vector<RtlilBit> from_;    ///< by bit; itself where no connection drives it
    std::vector<Pin> drivers_;      ///< by bit
    std::vector<InputBit> inputs_;  ///< by bit; wire -1: none
    std::vector<char> is_driven_;   ///< by bit
    std::optional<RtlilBit> contested_;
};

}  // namespace rtlgen::verify
