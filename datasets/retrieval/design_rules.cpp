// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/design_rules.h"

#include <algorithm>
#include <array>
#include <bit>
#include <set>
#include <span>

#include "core/base/text.h"

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

/// Whether the nearest number of clocks per bit isn't the one below.
bool rounds_up(const Adaptation& adaptation) {
    const std::int64_t baud = std::max<std::int64_t>(value(adaptation, "BAUD").value_or(1), 1);
    return value(adaptation, "CLK_FREQ").value_or(0) % baud * 2 >= baud;
}

Status uart_rules(const RuleContext& context, Adaptation& adaptation) {
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
    if (rates && !clocks && rounds_up(adaptation) &&
        Phrase("round*|nearest").find(context.words, context.role)) {
        return no("its clocks per bit are rounded");
    }
    if (rates && !by_clocks && !(agree && !by_baud)) {
        adaptation.values.erase("CLKS_PER_BIT");
        if (adaptation.values["CLK_FREQ"] < adaptation.values["BAUD"]) {
            return no("its clock is slower than its line");
        }
        if (adaptation.values["CLK_FREQ"] / adaptation.values["BAUD"] > 65536) {
            return no("its line is too slow for its clock");
        }
    } else {
        adaptation.values.erase("CLK_FREQ");
        adaptation.values.erase("BAUD");
        adaptation.flags.erase("by_rate");
    }
    return {};
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
        adaptation.table_bits = *op->width;
    }
    return {};
}

Status no_rules(const RuleContext&, Adaptation&) { return {}; }

/// Numbers that the adaptation accounts for.
std::set<std::int64_t> explained_numbers(const RuleContext& context, const Adaptation& adaptation) {
    std::set<std::int64_t> numbers = {0, 1};
    auto explain = [&](std::int64_t number) {
        numbers.insert({number - 1, number, number + 1});
        if (number < 62)
            numbers.insert({std::int64_t{1} << number, (std::int64_t{1} << number) - 1});
    };
    for (const auto& [name, number] : adaptation.values) explain(number);
    for (const AdaptedPort& port : adaptation.ports) explain(port.width.value_or(1));
    // Bits by their index: "word[14]", "bit 3".
    std::int64_t width_bits = 0;
    for (const char* name : {"WIDTH", "N"}) {
        width_bits = std::max(width_bits, value(adaptation, name).value_or(0));
    }
    const auto& tokens = context.spec.tokens;
    for (std::size_t k = 1; k < tokens.size(); ++k) {
        const bool index = tokens[k - 1].norm == "[" || tokens[k - 1].norm == "bit";
        if (index && tokens[k].number && *tokens[k].number < width_bits) {
            numbers.insert(*tokens[k].number);
        }
    }
    const auto first = value(adaptation, "FIRST");
    const auto last = value(adaptation, "LAST");
    if (first && last) numbers.insert(*last - *first + 1);
    return numbers;
}

/// "sixteen outputs", "three inputs": how many ports, or bits of ports, there are.
bool counts_ports(const RuleContext& context, const Adaptation& adaptation, std::size_t at) {
    const auto& words = context.spec.words;
    std::array<std::int64_t, 2> ports{};
    std::array<std::int64_t, 2> bits{};
    for (const AdaptedPort& port : adaptation.ports) {
        const Role* role = context.design.role(port.role);
        const std::size_t side = role->direction == PortDirection::Output ? 1 : 0;
        ports[side] += 1;
        bits[side] += role_width(role->width, adaptation).value_or(1);
    }
    for (std::size_t k = at + 1; k < std::min(at + 4, words.size()); ++k) {
        if (!words[k].is_word) return false;
        const std::string& norm = words[k].norm;
        const std::int64_t number = *words[at].number;
        if (norm == "input") return number == ports[0] || number == bits[0];
        if (norm == "output" || norm == "flag") {
            return number == ports[1] || number == bits[1] || number + 1 == ports[1];
        }
        if (norm == "port" || norm == "signal" || norm == "pin") {
            return number == ports[0] + ports[1] || number == ports[0] || number == ports[1];
        }
    }
    return false;
}

/// "power of two", "two's complement", "the two together": numbers that size nothing.
bool in_idiom(const std::vector<SpecToken>& words, std::size_t at) {
    constexpr std::array<std::string_view, 5> kBehind = {"complement", "together", "cannot",
                                                         "never", "way"};
    if (*words[at].number != 2) return false;
    const std::string_view last = at > 0 ? std::string_view(words[at - 1].norm) : "";
    const std::string_view before = at > 1 ? std::string_view(words[at - 2].norm) : "";
    const std::string_view next = at + 1 < words.size() ? std::string_view(words[at + 1].norm) : "";
    if (last == "of" && (before == "power" || before == "each" || before == "both")) return true;
    return std::ranges::find(kBehind, next) != kBehind.end();
}

/// Numbers in a row, between commas, are the Gray code from somewhere on: their positions; else
/// none. Codes such as 0110 are binary.
bool is_gray_run(std::span<const SpecToken> run) {
    auto code = [](const SpecToken& token) {
        const bool bits = token.raw.find_first_not_of("01") == std::string::npos;
        std::int64_t value = 0;
        for (const char c : token.raw) value = value * 2 + (c - '0');
        return bits ? value : *token.number;
    };
    auto position = [](std::int64_t gray) {
        std::int64_t binary = 0;
        for (; gray > 0; gray >>= 1) binary ^= gray;
        return binary;
    };
    for (std::size_t k = 1; k < run.size(); ++k) {
        const std::int64_t last = position(code(run[k - 1]));
        const std::int64_t here = position(code(run[k]));
        if (here != last + 1 && here != 0) return false;
    }
    return true;
}

/// Rows of at least four numbers, as lists of codes are.
std::vector<std::pair<std::size_t, std::size_t>> number_runs(const std::vector<SpecToken>& words) {
    constexpr std::size_t kRow = 4;
    std::vector<std::pair<std::size_t, std::size_t>> runs;
    for (std::size_t k = 0; k < words.size(); ++k) {
        std::size_t end = k;
        while (end < words.size() && words[end].number) ++end;
        if (end - k >= kRow) runs.emplace_back(k, end);
        k = std::max(k, end);
    }
    return runs;
}

/// A number that nothing in the adaptation stands for may be the very point of the specification.
Status all_numbers_explained(const RuleContext& context, Adaptation& adaptation) {
    const std::set<std::int64_t> explained = explained_numbers(context, adaptation);
    const auto& words = context.spec.words;
    for (std::size_t k = 0; k < words.size(); ++k) {
        const SpecToken& word = words[k];
        if (!word.is_word || !word.number || explained.contains(*word.number)) continue;
        // A code such as 0110, a frequency.
        const bool bits =
            word.raw.size() > 1 && word.raw.find_first_not_of("01") == std::string::npos;
        const std::string& unit = k + 1 < words.size() ? words[k + 1].norm : word.norm;
        const bool physical = unit == "mhz" || unit == "khz" || unit == "hz" || unit == "ns";
        // "all three flip-flops": what is written as a word counts things.
        constexpr std::int64_t kFewThings = 10;
        const bool things = *word.number <= kFewThings && !word.raw.empty() &&
                            word.raw.find_first_of("0123456789") == std::string::npos;
        // "4'b1011" is a value that a signal may have, "HW-212" the name of something.
        const std::string& before = k > 0 ? words[k - 1].raw : word.raw;
        const bool named = before.size() > 1 &&
                           std::ranges::all_of(before, [](char c) { return c >= 'A' && c <= 'Z'; });
        const bool literal = word.raw.find("'b") != std::string::npos;
        if (bits || physical || things || literal || named ||
            counts_ports(context, adaptation, k) || in_idiom(words, k))
            continue;
        return no("it isn't clear what its number " + word.raw + " is for");
    }
    return {};
}

Status counter_numbers(const RuleContext& context, Adaptation& adaptation) {
    TRY(counter_rules(context, adaptation));
    return all_numbers_explained(context, adaptation);
}

Status fifo_numbers(const RuleContext& context, Adaptation& adaptation) {
    TRY(fifo_rules(context, adaptation));
    return all_numbers_explained(context, adaptation);
}

/// A list of codes has to be the Gray code, and then explains its numbers.
Status gray_numbers(const RuleContext& context, Adaptation& adaptation) {
    ReadSpec others = context.spec;
    for (const auto& [begin, end] : number_runs(context.spec.words)) {
        const std::span<const SpecToken> run(context.spec.words.data() + begin, end - begin);
        if (!is_gray_run(run)) return no("its codes are not the reflected Gray code");
        for (std::size_t k = begin; k < end; ++k) others.words[k].number.reset();
    }
    // The last code has its top bit alone.
    const std::int64_t width = value(adaptation, "WIDTH").value_or(0);
    for (SpecToken& word : others.words) {
        const bool top = width > 0 && width < 62 && word.number &&
                         *word.number == std::int64_t{1} << (width - 1);
        if (top && word.raw.find('\'') != std::string::npos) word.number.reset();
    }
    return all_numbers_explained({context.design, others, context.words, context.role}, adaptation);
}

struct RuleRow {
    std::string_view design;
    Status (*apply)(const RuleContext&, Adaptation&);
};
constexpr std::array<RuleRow, 8> kRules = {{
    {"counter", counter_numbers},
    {"shift_register", all_numbers_explained},
    {"gray_counter", gray_numbers},
    {"edge_detector", all_numbers_explained},
    {"round_robin_arbiter", all_numbers_explained},
    {"uart_tx", uart_rules},
    {"sync_fifo", fifo_numbers},
    {"alu", alu_rules},
}};

}  // namespace

Status apply_design_rules(const RuleContext& context, Adaptation& adaptation) {
    for (const RuleRow& row : kRules) {
        if (row.design == adaptation.design) return row.apply(context, adaptation);
    }
    return no_rules(context, adaptation);
}

std::optional<std::int64_t> role_width(const std::string& width, const Adaptation& adaptation) {
    if (width == "1") return 1;
    if (width == "OP") return adaptation.table_bits;
    if (width.starts_with("clog2(")) {
        std::string inside = width.substr(6, width.size() - 7);
        const bool plus_one = inside.ends_with("+1");
        if (plus_one) inside.erase(inside.size() - 2);
        const auto base = value(adaptation, inside);
        if (!base) return std::nullopt;
        return clog2(*base + (plus_one ? 1 : 0));
    }
    return value(adaptation, width);
}

}  // namespace rtlgen::datasets
