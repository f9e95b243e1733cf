// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/design_rules.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <set>
#include <span>

#include "core/base/text.h"
#include "core/rtl/constant_expression.h"
#include "datasets/retrieval/explained_numbers.h"
#include "datasets/retrieval/lfsr_rules.h"
#include "datasets/retrieval/shift_direction.h"

namespace rtlgen::datasets {
namespace {

tl::unexpected<Error> no(std::string why) { return fail(ErrorCode::NotFound, std::move(why)); }

std::int64_t clog2(std::int64_t value) {
    return value <= 1
               ? 0
               : static_cast<std::int64_t>(std::bit_width(static_cast<std::uint64_t>(value - 1)));
}

std::optional<std::int64_t> value(const Adaptation& adaptation, const std::string& name) {
    const auto found = adaptation.values.find(name);
    return found == adaptation.values.end() ? std::nullopt : std::optional(found->second);
}

/// First, last and modulus become a range, or the full one, which needs no comparison.
Status counter_rules(const RuleContext& context, Adaptation& adaptation) {
    std::int64_t first = value(adaptation, "FIRST").value_or(0);
    std::optional<std::int64_t> last = value(adaptation, "LAST");
    const AdaptedPort* up = adaptation.port("up");
    const bool level_said = adaptation.has("up_high") || adaptation.has("up_low");
    if (up != nullptr && !level_said && !up->name.starts_with("up")) {
        return no("it doesn't say which way " + up->name + " means");
    }
    const auto modulus = value(adaptation, "MODULUS");
    adaptation.values.erase("MODULUS");
    if (modulus && last && *last - first + 1 != *modulus) {
        return no("its range and its modulus don't fit");
    }
    if (modulus) last = first + *modulus - 1;
    if (last && first > *last) std::swap(first, *last);
    if (last && first == *last) return no("its range has a single value");
    const bool width_said =
        context.spec.interface.ports.empty() ? false : adaptation.port("q")->width.has_value();
    if (last && !width_said && clog2(*last + 1) > 0) adaptation.values["WIDTH"] = clog2(*last + 1);
    const std::int64_t width = adaptation.values["WIDTH"];
    const bool whole =
        !last || (first == 0 && width < 32 && *last == (std::int64_t{1} << width) - 1);
    if (last && width < 32 && *last >= (std::int64_t{1} << width)) {
        return no(std::to_string(*last) + " doesn't fit into " + std::to_string(width) + " bits");
    }
    if (!last && first != 0) return no("it doesn't say where the count ends");
    adaptation.values.erase("FIRST");
    adaptation.values.erase("LAST");
    adaptation.flags.erase("is_range");
    if (!whole) {
        adaptation.values["FIRST"] = first;
        adaptation.values["LAST"] = *last;
        adaptation.flags.insert("is_range");
    }
    // A reset to another number than the first or last isn't there.
    const std::int64_t reset = adaptation.has("reset_last") ? last.value_or(-1) : first;
    const std::array<Phrase, 4> resets = {
        Phrase("reset* to|at #"), Phrase("reset the counter|count to #"), Phrase("reset* {q} to #"),
        Phrase("reset the output to #")};
    for (const Phrase& phrase : resets) {
        const auto hit = phrase.find(context.words, context.role);
        if (hit && hit->value && reset >= 0 && *hit->value != reset) {
            return no("its reset value is neither the first nor the last of the count");
        }
    }
    return {};
}

/// Whether the clocks of a bit are those of the rates, rounded either way.
bool agrees_with_rates(const Adaptation& adaptation) {
    const std::int64_t baud = std::max<std::int64_t>(value(adaptation, "BAUD").value_or(1), 1);
    const std::int64_t exact = value(adaptation, "CLK_FREQ").value_or(0) / baud;
    const std::int64_t clocks = value(adaptation, "CLKS_PER_BIT").value_or(0);
    return clocks == exact || clocks == exact + 1;
}

/// A whole number of clocks makes the line faster or slower than it should be: an error of more
/// than 3 % is none that a receiver copes with. What is left of it is noted.
Status check_rate(Adaptation& adaptation) {
    constexpr double kMost = 0.03;
    const auto clock = static_cast<double>(adaptation.values["CLK_FREQ"]);
    const auto baud = static_cast<double>(adaptation.values["BAUD"]);
    const std::int64_t clocks = clocks_per_bit(adaptation);
    const double error = clock / static_cast<double>(clocks) / baud - 1.0;
    constexpr double kThousand = 1000.0;
    const auto tenths = static_cast<std::int64_t>(std::round(std::abs(error) * kThousand));
    const std::string percent =
        std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
    const std::string speed = error > 0 ? " too fast" : " too slow";
    if (std::abs(error) > kMost) {
        return no("no whole number of clocks per bit gives its rate: " + std::to_string(clocks) +
                  " are " + percent + speed);
    }
    if (tenths > 0) {
        adaptation.notes.push_back(std::to_string(clocks) + " clocks per bit make the line " +
                                   percent + speed);
    }
    return {};
}

/// "160 cycles per frame" beside "16 cycles each": the first is the length of all bits together.
/// One cycle is a pulse's length, never a bit's.
void take_frame_apart(const RuleContext& context, Adaptation& adaptation) {
    const auto clocks = value(adaptation, "CLKS_PER_BIT");
    if (!clocks) return;
    const std::int64_t frame = value(adaptation, "WIDTH").value_or(8) + 2 +
                               (adaptation.has("has_parity") ? 1 : 0) +
                               (adaptation.has("two_stop") ? 1 : 0);
    const Phrase number("# clock*|cycle*|period*");
    for (auto hit = number.find(context.words, context.role); hit;
         hit = number.find(context.words, context.role, hit->begin + 1)) {
        if (hit->value && *hit->value > 1 && *hit->value * frame == *clocks) {
            adaptation.values["CLKS_PER_BIT"] = *hit->value;
        }
    }
}

Status uart_rules(const RuleContext& context, Adaptation& adaptation) {
    take_frame_apart(context, adaptation);
    const bool rates = value(adaptation, "CLK_FREQ") && value(adaptation, "BAUD");
    const bool clocks = value(adaptation, "CLKS_PER_BIT").has_value();
    if (!rates && !clocks) return no("it doesn't say how long a bit is");
    // What the module declares as its parameter wins; else rates say more than a number of clocks.
    const auto& declared = context.spec.interface.parameters;
    const bool by_clocks =
        clocks && !declared.empty() && std::ranges::none_of(declared, [](const Parameter& p) {
            return to_lower(p.name).find("baud") != std::string::npos;
        });
    const bool agree = rates && clocks && agrees_with_rates(adaptation);
    const bool by_baud = std::ranges::any_of(declared, [](const Parameter& p) {
        return to_lower(p.name).find("baud") != std::string::npos;
    });
    if (rates && clocks && !by_clocks && !agree && !by_baud) {
        return no("its number of clocks per bit doesn't fit its rates");
    }
    if (rates && !by_clocks && !(agree && !by_baud)) {
        adaptation.values.erase("CLKS_PER_BIT");
        if (adaptation.values["CLK_FREQ"] < adaptation.values["BAUD"]) {
            return no("its clock is slower than its line");
        }
        if (adaptation.values["CLK_FREQ"] / adaptation.values["BAUD"] > 65536) {
            return no("its line is too slow for its clock");
        }
        const std::array<Phrase, 3> down = {Phrase("truncat*|floor"), Phrase("rounded down"),
                                            Phrase("integer division")};
        const std::int64_t below = adaptation.values["CLK_FREQ"] / adaptation.values["BAUD"];
        if (clocks_per_bit(adaptation) != below &&
            first_found(down, context.words, context.role) != nullptr) {
            return no("its clocks per bit are rounded down");
        }
        TRY(check_rate(adaptation));
    } else {
        adaptation.values.erase("CLK_FREQ");
        adaptation.values.erase("BAUD");
        adaptation.flags.erase("by_rate");
    }
    return {};
}

Status uart_numbers(const RuleContext& context, Adaptation& adaptation) {
    for (const auto& [name, number] : adaptation.values) adaptation.numbers.insert(number);
    TRY(uart_rules(context, adaptation));
    return all_numbers_explained(context, adaptation);
}

Status fifo_rules(const RuleContext&, Adaptation& adaptation) {
    for (const char* name : {"ALMOST_FULL", "ALMOST_EMPTY"}) {
        const auto level = value(adaptation, name);
        if (level && *level > adaptation.values["DEPTH"]) {
            return no(std::string(name) + " is over the depth");
        }
    }
    return {};
}

/// Whether a shift goes by some bits of the second operand alone: "the low 5 bits of b", "b[4:0]".
bool shifts_by_a_part(const RuleContext& context, const Adaptation& adaptation) {
    const std::array<Phrase, 3> parts = {
        Phrase("low*|least|bottom|last ~ bit* of|in ~ {b}"),
        Phrase("low*|least|bottom|last ~ bit* of|in ~ right|second operand|word|input"),
        Phrase("only|just ~ bit* of ~ {b}")};
    if (first_found(parts, context.words, context.role) != nullptr) return true;
    const auto& tokens = context.spec.tokens;
    const std::int64_t width = value(adaptation, "WIDTH").value_or(0);
    for (std::size_t k = 0; k + 2 < tokens.size(); ++k) {
        const bool sliced = to_lower(tokens[k].raw) == context.role("b") &&
                            tokens[k + 1].norm == "[" && tokens[k + 2].number;
        if (sliced && *tokens[k + 2].number + 1 != width) return true;
    }
    return false;
}

/// Digits of the text, none of a range or a width, that could be codes of `bits` bits and that the
/// table hasn't.
std::set<std::int64_t> other_codes(const RuleContext& context, const Adaptation& adaptation,
                                   int bits) {
    const auto& tokens = context.spec.tokens;
    std::set<std::int64_t> codes;
    for (std::size_t k = 1; k + 1 < tokens.size(); ++k) {
        const std::string& raw = tokens[k].raw;
        const std::string& next = tokens[k + 1].norm;
        const bool digit = raw.size() == 1 && raw[0] >= '0' && raw[0] <= '9';
        const bool range = tokens[k - 1].norm == "[" || next == "]";
        const bool width = next == "-" || next == "bit";
        if (!digit || range || width) continue;
        if (*tokens[k].number < (std::int64_t{1} << bits)) codes.insert(*tokens[k].number);
    }
    for (const TableRow& row : adaptation.table) codes.erase(row.code);
    return codes;
}

Status alu_rules(const RuleContext& context, Adaptation& adaptation) {
    TRY_ASSIGN(adaptation.table, read_operation_table(context, adaptation.table_bits));
    const bool shifts = std::ranges::any_of(adaptation.table, [](const TableRow& row) {
        return row.operation == "sll" || row.operation == "srl" || row.operation == "sra";
    });
    if (shifts && shifts_by_a_part(context, adaptation)) {
        return no("its shifts go by a part of the second operand");
    }
    const AdaptedPort* op = adaptation.port("op");
    if (op != nullptr && op->width) {
        if (*op->width < adaptation.table_bits) return no("its codes are wider than its port");
        constexpr int kFewBits = 5;
        constexpr std::size_t kSome = 3;
        const bool few = *op->width <= kFewBits &&
                         adaptation.table.size() * 2 < (std::size_t{1} << *op->width) &&
                         other_codes(context, adaptation, *op->width).size() >= kSome;
        if (few) return no("it doesn't say what most of its codes mean");
        adaptation.table_bits = *op->width;
    }
    return {};
}

Status barrel_rules(const RuleContext& context, Adaptation& adaptation) {
    if (const AdaptedPort* port = adaptation.port("dir")) {
        const std::string name = to_lower(port->name);
        std::optional<bool> left = level_of_left(context.spec.tokens, name);
        if (!left && name.find("left") != std::string::npos) left = true;
        if (!left && name.find("right") != std::string::npos) left = false;
        if (!left) return no("it doesn't say which way its " + port->name + " means");
        if (!*left) adaptation.flags.insert("dir_right_high");
    }
    return all_numbers_explained(context, adaptation);
}

Status lfsr_numbers(const RuleContext& context, Adaptation& adaptation) {
    TRY(lfsr_rules(context, adaptation));
    return all_numbers_explained(context, adaptation);
}

/// Designs that take one clock for each bit: another number of clocks is another design.
Status a_clock_per_bit(const RuleContext& context, Adaptation& adaptation) {
    const std::array<Phrase, 2> clocks = {Phrase("# clock*|cycle*"), Phrase("# {clk} cycle*")};
    const std::int64_t width = adaptation.values["WIDTH"];
    for (const Phrase& phrase : clocks) {
        for (auto hit = phrase.find(context.words, context.role); hit;
             hit = phrase.find(context.words, context.role, hit->begin + 1)) {
            if (hit->value && *hit->value > 1 && *hit->value != width) {
                return no("it takes " + std::to_string(*hit->value) + " clocks for " +
                          std::to_string(width) + " bits");
            }
        }
    }
    return all_numbers_explained(context, adaptation);
}

/// The serial clock from its half period, or from a whole one that is even.
Status spi_clock_rules(const RuleContext& context, Adaptation& adaptation) {
    const auto half = value(adaptation, "HALF_PERIOD");
    const auto whole = value(adaptation, "PERIOD");
    if (!half && !whole) return no("it doesn't say how long a period of its serial clock is");
    if (half && whole) return no("it gives its serial clock's period twice");
    if (whole && *whole % 2 != 0) return no("its serial clock's halves aren't equally long");
    return all_numbers_explained(context, adaptation);
}

/// A period of SCL has four quarters of the same length.
Status i2c_clock_rules(const RuleContext& context, Adaptation& adaptation) {
    const auto quarter = value(adaptation, "QUARTER");
    const auto whole = value(adaptation, "PERIOD");
    if (!quarter && !whole) return no("it doesn't say how long a period of SCL is");
    if (quarter && whole) return no("it gives the period of SCL twice");
    if (whole && *whole % 4 != 0) return no("the quarters of its SCL aren't equally long");
    return all_numbers_explained(context, adaptation);
}

Status no_rules(const RuleContext&, Adaptation&) { return {}; }

/// A testbench goes round once where that takes at most 2^20 steps.
void note_far_end(std::int64_t width, Adaptation& adaptation) {
    constexpr std::int64_t kSimulated = std::int64_t{1} << 20;
    constexpr std::int64_t kWide = 62;
    const std::int64_t all = std::int64_t{1} << std::min(width, kWide);
    const auto last = value(adaptation, "LAST");
    const std::int64_t steps = last ? *last - value(adaptation, "FIRST").value_or(0) + 1 : all;
    const bool reaches = adaptation.has("has_load") || adaptation.has("has_up");
    if (steps <= kSimulated || reaches) return;
    adaptation.notes.emplace_back(
        "the end of its range is too far away for a simulation: its testbench doesn't reach the "
        "wrap");
}

Status gray_numbers(const RuleContext& context, Adaptation& adaptation) {
    note_far_end(adaptation.values["WIDTH"], adaptation);
    return all_numbers_or_gray_codes_explained(context, adaptation);
}

Status counter_numbers(const RuleContext& context, Adaptation& adaptation) {
    TRY(counter_rules(context, adaptation));
    note_far_end(adaptation.values["WIDTH"], adaptation);
    return all_numbers_explained(context, adaptation);
}

Status fifo_numbers(const RuleContext& context, Adaptation& adaptation) {
    TRY(fifo_rules(context, adaptation));
    return all_numbers_explained(context, adaptation);
}

struct RuleRow {
    std::string_view design;
    Status (*apply)(const RuleContext&, Adaptation&);
};
constexpr std::array<RuleRow, 15> kRules = {{
    {"lfsr", lfsr_numbers},
    {"barrel_shifter", barrel_rules},
    {"counter", counter_numbers},
    {"shift_register", all_numbers_explained},
    {"gray_counter", gray_numbers},
    {"edge_detector", all_numbers_explained},
    {"round_robin_arbiter", all_numbers_explained},
    {"uart_tx", uart_rules},
    {"uart_rx", uart_numbers},
    {"sequential_multiplier", a_clock_per_bit},
    {"divider", a_clock_per_bit},
    {"spi_master", spi_clock_rules},
    {"i2c_controller", i2c_clock_rules},
    {"sync_fifo", fifo_numbers},
    {"alu", alu_rules},
}};

}  // namespace

Status apply_design_rules(const RuleContext& context, Adaptation& adaptation) {
    for (const RuleRow& row : kRules) {
        if (row.design == adaptation.design) return row.apply(context, adaptation);
    }
    if (context.design.matching == Matching::Strict) {
        return all_numbers_explained(context, adaptation);
    }
    return no_rules(context, adaptation);
}

std::int64_t clocks_per_bit(const Adaptation& adaptation) {
    const auto given = value(adaptation, "CLKS_PER_BIT");
    const std::int64_t baud = std::max<std::int64_t>(value(adaptation, "BAUD").value_or(1), 1);
    if (given && !adaptation.has("by_rate")) return *given;
    const std::int64_t clock = value(adaptation, "CLK_FREQ").value_or(0);
    return std::max<std::int64_t>((clock + baud / 2) / baud, 1);
}

std::optional<std::int64_t> role_width(const std::string& width, const Adaptation& adaptation) {
    if (width == "OP") return adaptation.table_bits;
    rtl::ConstantScope scope;
    for (const auto& [name, number] : adaptation.values) scope.values[name] = number;
    const std::string text = replace_all(width, "clog2", "$clog2");
    const std::vector<rtl::Token> tokens = rtl::lex(text);
    return rtl::evaluate(tokens, scope);
}

}  // namespace rtlgen::datasets
