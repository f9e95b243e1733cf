// SPDX-License-Identifier: Apache-2.0
#include "verify/waveform.h"

#include <algorithm>
#include <map>

#include "core/base/text.h"

namespace rtlgen::verify {
namespace {

/// Words of a text, by white space.
class Words {
public:
    explicit Words(std::string_view text) : rest_(text) {}

    /// Empty at the end.
    std::string_view next() {
        const std::size_t begin = rest_.find_first_not_of(" \t\r\n\v\f");
        if (begin == std::string_view::npos) return rest_ = {};
        rest_.remove_prefix(begin);
        const std::string_view word = rest_.substr(0, rest_.find_first_of(" \t\r\n\v\f"));
        rest_.remove_prefix(word.size());
        return word;
    }

    /// All up to `$end`, words joined.
    std::string to_end() {
        std::string text;
        for (std::string_view word = next(); !word.empty() && word != "$end"; word = next()) {
            text += word;
        }
        return text;
    }

private:
    std::string_view rest_;
};

class VcdReader {
public:
    VcdReader(std::string_view text, std::uint64_t until,
              const std::function<bool(std::string_view)>& wanted)
        : words_(text), until_(until), wanted_(wanted) {}

    Result<Waveform> read() {
        for (std::string_view word = words_.next(); !word.empty(); word = words_.next()) {
            if (word.front() == '$') {
                read_section(word);
            } else if (word.front() == '#') {
                time_ = static_cast<std::uint64_t>(parse_int(word.substr(1)).value_or(0));
                if (time_ > until_) break;
            } else if (word.front() == 'b' || word.front() == 'B') {
                change(words_.next(), word.substr(1));
            } else if (word.front() == 'r' || word.front() == 'R' || word.front() == 's') {
                words_.next();  // reals and strings have no digits to compare
            } else {
                change(word.substr(1), word.substr(0, 1));
            }
        }
        if (!saw_definitions_) {
            return fail(ErrorCode::InvalidArgument, "is no value change dump");
        }
        return std::move(waveform_);
    }

private:
    void read_section(std::string_view keyword) {
        if (keyword == "$timescale") {
            waveform_.timescale = words_.to_end();
        } else if (keyword == "$scope") {
            words_.next();
            scopes_.emplace_back(words_.next());
            words_.to_end();
        } else if (keyword == "$upscope") {
            if (!scopes_.empty()) scopes_.pop_back();
            words_.to_end();
        } else if (keyword == "$var") {
            read_variable();
        } else if (keyword == "$enddefinitions") {
            saw_definitions_ = true;
            words_.to_end();
        } else if (keyword == "$comment" || keyword == "$date" || keyword == "$version") {
            words_.to_end();
        }
        // $dumpvars, $dumpall and their like hold changes, and $end closes them.
    }

    void read_variable() {
        words_.next();  // wire, reg, ...
        const auto width = parse_int(words_.next()).value_or(0);
        const std::string code(words_.next());
        const std::string name(words_.next());
        words_.to_end();
        constexpr std::int64_t kWidest = 1 << 20;
        if (width < 1 || width > kWidest || !wanted_(name)) return;
        by_code_[code].push_back(waveform_.waves.size());
        waveform_.waves.push_back({join(scopes_, "."), name, static_cast<int>(width), {}});
    }

    void change(std::string_view code, std::string_view digits) {
        const auto found = by_code_.find(code);
        if (found == by_code_.end()) return;
        for (const std::size_t index : found->second) {
            Wave& wave = waveform_.waves[index];
            // A dump leaves out leading digits: x and z extend themselves, 0 and 1 extend by 0.
            std::string value(digits.substr(0, static_cast<std::size_t>(wave.width)));
            const char lead = value.empty() || value[0] == '1' ? '0' : value[0];
            value.insert(0, static_cast<std::size_t>(wave.width) - value.size(), lead);
            wave.changes.emplace_back(time_, to_lower(value));
        }
    }

    Words words_;
    std::uint64_t until_;
    const std::function<bool(std::string_view)>& wanted_;
    Waveform waveform_;
    std::vector<std::string> scopes_;
    std::map<std::string, std::vector<std::size_t>, std::less<>> by_code_;
    std::uint64_t time_ = 0;
    bool saw_definitions_ = false;
};

}  // namespace

std::string Wave::value(std::uint64_t time, Side side) const {
    std::string found;
    for (const auto& [when, digits] : changes) {
        if (when > time || (side == Side::Before && when == time)) break;
        found = digits;
    }
    return found;
}

const Wave* Waveform::find(std::string_view name) const {
    const Wave* best = nullptr;
    for (const Wave& wave : waves) {
        if (wave.name == name && (best == nullptr || wave.scope.size() < best->scope.size())) {
            best = &wave;
        }
    }
    return best;
}

Result<Waveform> read_vcd(std::string_view text, std::uint64_t until,
                          const std::function<bool(std::string_view name)>& wanted) {
    return VcdReader(text, until, wanted).read();
}

std::string verilog_literal(std::string_view digits, int width) {
    const std::string prefix = std::to_string(width) + "'";
    const bool known = std::ranges::all_of(digits, [](char c) { return c == '0' || c == '1'; });
    constexpr std::size_t kShort = 4;
    if (!known || digits.size() < kShort) return prefix + "b" + std::string(digits);
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string hex;
    for (std::size_t end = digits.size(); end > 0;) {
        const std::size_t begin = end > 4 ? end - 4 : 0;
        unsigned nibble = 0;
        for (const char c : digits.substr(begin, end - begin)) {
            nibble = nibble << 1U | (c == '1' ? 1U : 0U);
        }
        hex.insert(hex.begin(), kHex[nibble]);
        end = begin;
    }
    return prefix + "h" + hex;
}

}  // namespace rtlgen::verify
