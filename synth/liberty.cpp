// SPDX-License-Identifier: Apache-2.0
// One pass over the text: a word before `{` opens a group, before `;` it is an attribute.
#include "synth/liberty.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/text.h"

namespace rtlgen::synth {
namespace {

/// Words, strings without their quotes, and the punctuation `(){}:;,`.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    struct Token {
        std::string_view text;  ///< empty: the end
        bool quoted = false;
        [[nodiscard]] bool is(char c) const { return !quoted && text.size() == 1 && text[0] == c; }
        [[nodiscard]] bool end() const { return text.empty() && !quoted; }
    };

    Token next() {
        skip_blanks();
        if (at_ >= text_.size()) return {};
        if (text_[at_] == '"') return quoted();
        const std::size_t start = at_;
        constexpr std::string_view kPunctuation = "(){}:;,";
        if (kPunctuation.find(text_[at_]) != std::string_view::npos) {
            ++at_;
        } else {
            at_ = std::min(text_.find_first_of(" \t\r\n(){}:;,\"", at_), text_.size());
        }
        return {text_.substr(start, at_ - start)};
    }

    [[nodiscard]] std::size_t line() const {
        return 1 + static_cast<std::size_t>(
                       std::ranges::count(text_.substr(0, std::min(at_, text_.size())), '\n'));
    }

private:
    Token quoted() {
        const std::size_t start = at_ + 1;
        std::size_t end = start;
        while (end < text_.size() && text_[end] != '"') end += text_[end] == '\\' ? 2U : 1U;
        end = std::min(end, text_.size());
        at_ = end + 1;
        return {text_.substr(start, end - start), true};
    }

    /// Blanks, comments, and the backslash that continues a line.
    void skip_blanks() {
        while (at_ < text_.size()) {
            const std::string_view rest = text_.substr(at_);
            if (std::string_view(" \t\r\n\\\f\v").find(rest[0]) != std::string_view::npos) {
                ++at_;
            } else if (rest.starts_with("/*")) {
                const std::size_t end = text_.find("*/", at_ + 2);
                at_ = end == std::string_view::npos ? text_.size() : end + 2;
            } else if (rest.starts_with("//")) {
                at_ = std::min(text_.find('\n', at_), text_.size());
            } else {
                return;
            }
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

class Reader {
public:
    Reader(std::string_view text, const std::string& path) : scanner_(text), path_(path) {}

    Result<Liberty> read() {
        Scanner::Token token = scanner_.next();
        if (token.end()) return error("is empty; a Liberty file holds a library (...) {...}");
        for (; !token.end(); token = scanner_.next()) {
            if (token.is('}')) {
                if (groups_.empty()) return error("a '}' closes nothing");
                close_group();
            } else if (!token.is(';')) {
                TRY(read_statement(token));
            }
        }
        if (!groups_.empty()) {
            return error("ends within the group '" + groups_.back() + "'; is it cut off?");
        }
        if (!has_library_) return error("has no library group: it is no Liberty file");
        if (liberty_.cells.empty()) return error("has no cell");
        if (liberty_.corner.empty()) liberty_.corner = nominal_corner();
        return std::move(liberty_);
    }

private:
    [[nodiscard]] tl::unexpected<Error> error(const std::string& what) const {
        return fail(ErrorCode::InvalidArgument, "the library " + what,
                    path_ + ":" + std::to_string(scanner_.line()));
    }

    /// `name : value ;`, `name (values) ;` or `name (values) {`.
    Status read_statement(const Scanner::Token& name) {
        const Scanner start = scanner_;
        const Scanner::Token mark = scanner_.next();
        if (!has_library_ && (name.text != "library" || !mark.is('('))) {
            return error("doesn't begin with a library group: it is no Liberty file");
        }
        if (mark.is(':')) {
            const Scanner::Token value = scanner_.next();
            set_attribute(name.text, value.text);
            // An expression, such as a voltage's, goes on to the semicolon, which some leave out.
            return {};
        }
        if (mark.is('}')) scanner_ = start;
        if (!mark.is('(')) return {};
        std::vector<std::string> values;
        Scanner::Token token = scanner_.next();
        for (; !token.is(')'); token = scanner_.next()) {
            if (token.end() || token.is('{') || token.is('}')) {
                return error("has no ')' after '" + escape_for_terminal(name.text) + "('");
            }
            if (!token.is(',')) values.emplace_back(token.text);
        }
        // Only a group's brace belongs to the statement; all else is the next one's.
        const Scanner before = scanner_;
        if (scanner_.next().is('{')) {
            open_group(name.text, values);
        } else {
            scanner_ = before;
        }
        return {};
    }

    [[nodiscard]] bool inside(std::string_view group) const {
        return !groups_.empty() && groups_.back() == group;
    }

    void open_group(std::string_view name, const std::vector<std::string>& values) {
        const std::string first = values.empty() ? "" : values.front();
        if (name == "library" && groups_.empty()) {
            has_library_ = true;
            liberty_.name = first;
        } else if (name == "cell" && inside("library")) {
            cell_ = &liberty_.cells[first];
            *cell_ = {};
            cell_->name = first;
        } else if (inside("cell") && cell_ != nullptr) {
            open_in_cell(name, values);
        }
        if (name == "timing" && inside("pin")) liberty_.has_timing = true;
        groups_.emplace_back(name);
    }

    void open_in_cell(std::string_view name, const std::vector<std::string>& values) {
        if (name == "pin" || name == "bus" || name == "bundle") pins_ = values;
        const bool bank = name.ends_with("_bank");
        if (name == "ff" || name == "ff_bank") cell_->kind = LibertyCell::Kind::FlipFlop;
        if (name == "latch" || name == "latch_bank") cell_->kind = LibertyCell::Kind::Latch;
        if (name == "latch") latch_ = {values.empty() ? "" : values.front(), {}, {}, true};
        if (bank && values.size() > 2) {
            const auto bits = parse_int(values[2]);
            if (bits && *bits > 0 && *bits < 4096) cell_->bits = static_cast<int>(*bits);
        }
    }

    void close_group() {
        if (inside("cell")) {
            if (cell_ != nullptr) finish_latch();
            latch_ = {};
            cell_ = nullptr;
        }
        groups_.pop_back();
    }

    void set_attribute(std::string_view name, std::string_view value) {
        if (inside("library")) {
            if (name == "default_operating_conditions") liberty_.corner = std::string(value);
            if (name == "nom_process") process_ = std::string(value);
            if (name == "nom_voltage") voltage_ = std::string(value);
            if (name == "nom_temperature") temperature_ = std::string(value);
        } else if (inside("cell") && cell_ != nullptr && name == "area") {
            cell_->area.value = parse_double(value).value_or(0);
        } else if (cell_ != nullptr && name == "direction" &&
                   (inside("pin") || inside("bus") || inside("bundle"))) {
            for (const std::string& pin : pins_) cell_->pin_is_output[pin] = value != "input";
        } else if (cell_ != nullptr && inside("latch")) {
            set_latch_attribute(name, value);
        } else if (cell_ != nullptr && name == "function" && inside("pin")) {
            for (const std::string& pin : pins_) latch_.functions[pin] = std::string(value);
        }
    }

    void set_latch_attribute(std::string_view name, std::string_view value) {
        LatchPins& pins = latch_.pins;
        if (name == "data_in") {
            pins.data = std::string(value);
        } else if (name == "enable") {
            pins.enabled_by_low = value.starts_with('!') || value.ends_with('\'');
            if (value.starts_with('!')) value.remove_prefix(1);
            if (value.ends_with('\'')) value.remove_suffix(1);
            pins.enable = std::string(trim(value));
        } else {  // clear, preset and their like
            latch_.is_plain = false;
        }
    }

    /// Takes what was read of a latch where nothing but pins stands in it.
    void finish_latch() {
        if (cell_->kind != LibertyCell::Kind::Latch || !latch_.is_plain) return;
        for (const auto& [pin, function] : latch_.functions) {
            if (function == latch_.state && latch_.pins.output.empty()) latch_.pins.output = pin;
        }
        const auto is_pin = [&](const std::string& pin, bool output) {
            const auto found = cell_->pin_is_output.find(pin);
            return found != cell_->pin_is_output.end() && found->second == output;
        };
        const LatchPins& pins = latch_.pins;
        const auto inputs = std::ranges::count(cell_->pin_is_output, false,
                                               &std::pair<const std::string, bool>::second);
        if (inputs == 2 && is_pin(pins.enable, false) && is_pin(pins.data, false) &&
            is_pin(pins.output, true)) {
            cell_->latch = pins;
        }
    }

    [[nodiscard]] std::string nominal_corner() const {
        std::vector<std::string> parts;
        if (!process_.empty()) parts.push_back("process " + process_);
        if (!voltage_.empty()) parts.push_back(voltage_ + " V");
        if (!temperature_.empty()) parts.push_back(temperature_ + " C");
        return join(parts, ", ");
    }

    Scanner scanner_;
    const std::string& path_;
    Liberty liberty_;
    bool has_library_ = false;
    std::vector<std::string> groups_;
    LibertyCell* cell_ = nullptr;  ///< the open one; addresses in a map stay
    std::vector<std::string> pins_;
    /// What the open cell says of its latch.
    struct {
        std::string state;
        LatchPins pins;
        std::map<std::string, std::string> functions;
        bool is_plain = false;
    } latch_;
    std::string process_, voltage_, temperature_;
};

}  // namespace

const LibertyCell* Liberty::find(std::string_view cell) const {
    const auto found = cells.find(cell);
    return found == cells.end() ? nullptr : &found->second;
}

std::size_t Liberty::count(LibertyCell::Kind kind) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        cells, [kind](const auto& entry) { return entry.second.kind == kind; }));
}

Result<Liberty> parse_liberty(std::string_view text, const std::string& path) {
    return Reader(text, path).read();
}

}  // namespace rtlgen::synth
