// SPDX-License-Identifier: Apache-2.0
// Ports that running text names in backticks or quotes.
#include <algorithm>
#include <array>

#include "datasets/retrieval/port_cursor.h"
#include "datasets/retrieval/spec_interface.h"

namespace rtlgen::datasets {
namespace {

class ProseReader {
public:
    ProseReader(const std::vector<SpecToken>& tokens, std::string_view module_name)
        : tokens_(tokens), module_name_(module_name) {}

    std::vector<SpecPort> run() {
        for (std::size_t k = 0; k < tokens_.size(); ++k) step(k);
        drop_pending();
        return std::move(ports_);
    }

private:
    void step(std::size_t k) {
        const SpecToken& token = tokens_[k];
        if (token.norm == ".") {
            direction_.reset();
            drop_pending();
        } else if (ends_list(k)) {
            for (const std::size_t index : pending_) {
                ports_[index].direction = *port_direction(token.norm);
                ports_[index].direction_said = true;
            }
            pending_.clear();
            direction_.reset();
        } else if (!token.quoted && (token.norm == "input" || token.norm == "output")) {
            direction_ = port_direction(token.norm);
            since_ = k;
        } else if (token.quoted && is_name(token) && token.raw != module_name_) {
            take(k);
        } else if (token.is_word && !token.quoted && !token.number && !is_filler(token.norm)) {
            if (!in_brackets_) drop_pending();
        }
        if (token.norm == "(") in_brackets_ = true;
        if (token.norm == ")") in_brackets_ = false;
    }

    /// Words that stand within a list of names.
    [[nodiscard]] static bool is_filler(std::string_view norm) {
        constexpr auto kFiller = std::to_array<std::string_view>(
            {"and", "or", "bit", "are", "as", "is", "both", "all", "each", "wide", "the", "of"});
        return std::ranges::find(kFiller, norm) != kFiller.end();
    }

    [[nodiscard]] std::string_view norm(std::size_t at) const {
        return at < tokens_.size() ? std::string_view(tokens_[at].norm) : std::string_view(".");
    }

    /// "`a` and `b` are inputs", "`a`, `b` in": the direction of the names before.
    [[nodiscard]] bool ends_list(std::size_t k) const {
        if (pending_.empty() || tokens_[k].quoted || k == 0 || !port_direction(norm(k))) {
            return false;
        }
        const std::string_view last = norm(k - 1);
        const bool full_word = norm(k) != "in" && norm(k) != "out";
        if (last == "are" || last == "as" || last == "is") return true;
        if (full_word && (last == "both" || last == "all") && norm(k - 2) == "are") return true;
        const bool behind_name = tokens_[k - 1].quoted || last == ")" || last == "]";
        const bool closes = k + 1 >= tokens_.size() || !tokens_[k + 1].is_word;
        return !full_word && behind_name && closes;
    }

    void drop_pending() {
        for (std::size_t k = pending_.size(); k > 0; --k) {
            ports_.erase(ports_.begin() + static_cast<std::ptrdiff_t>(pending_[k - 1]));
        }
        pending_.clear();
    }

    void take(std::size_t k) {
        const SpecToken& token = tokens_[k];
        std::optional<PortDirection> here = direction_;
        const std::string_view before = k > 0 ? norm(k - 1) : std::string_view();
        if (before == "clock" || before == "reset") here = PortDirection::Input;
        const bool known = std::ranges::any_of(
            ports_, [&](const SpecPort& port) { return port.name == token.raw; });
        if (known) return;
        SpecPort port{token.raw, here.value_or(PortDirection::Input), std::nullopt, "", ""};
        Cursor cursor{tokens_, k + 1};
        port.width = cursor.range();
        if (!port.width && cursor.norm() == "(") {
            port.width = width_in(tokens_, k + 1, k + 7);
            for (std::size_t d = k + 2; d < tokens_.size() && norm(d) != ")"; ++d) {
                port.description += tokens_[d].raw + " ";
            }
        }
        if (!port.width && cursor.norm() == "with") port.width = cursor.bits(1);
        if (!port.width && here) {
            port.width = width_in(tokens_, k > since_ + 5 ? k : (since_ > 3 ? since_ - 3 : 0), k);
        }
        if (!here) pending_.push_back(ports_.size());
        ports_.push_back(std::move(port));
    }

    const std::vector<SpecToken>& tokens_;
    std::string_view module_name_;
    std::vector<SpecPort> ports_;
    std::vector<std::size_t> pending_;  ///< names whose direction may follow
    std::optional<PortDirection> direction_;
    std::size_t since_ = 0;
    bool in_brackets_ = false;
};

}  // namespace

std::vector<SpecPort> ports_of_prose(const std::vector<SpecToken>& tokens,
                                     std::string_view module_name) {
    return ProseReader(tokens, module_name).run();
}

}  // namespace rtlgen::datasets
