// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/role_mapping.h"

#include <algorithm>
#include <array>
#include <limits>

#include "datasets/retrieval/design_examples.h"
#include "datasets/retrieval/role_hints.h"

namespace rtlgen::datasets {
namespace {

/// Natural logarithms of the probabilities that examples give to the roles of `port`, kUnlikely at
/// least; 0 for all where there are no examples.
std::vector<double> learned(const MappingRequest& request, std::size_t port) {
    constexpr double kUnlikely = -5;
    std::vector<double> logs(request.design.roles.size(), 0.0);
    if (request.design.learned == nullptr) return logs;
    const auto known = request.design.learned->roles.log_probabilities(
        port_features(request.words, request.ports, port));
    for (std::size_t r = 0; r < logs.size(); ++r) {
        const auto found = known.find(request.design.roles[r].name);
        logs[r] = found == known.end() ? kUnlikely : std::max(kUnlikely, found->second);
    }
    return logs;
}

class Assignment {
public:
    explicit Assignment(const MappingRequest& request) : request_(request) {
        const auto& roles = request.design.roles;
        hints_.resize(request.ports.size());
        const bool one_output =
            std::ranges::count(request.ports, PortDirection::Output, &SpecPort::direction) == 1;
        const OtherOutputs others = one_output ? OtherOutputs::None : OtherOutputs::Some;
        for (std::size_t p = 0; p < request.ports.size(); ++p) {
            const std::vector<double> logs = learned(request, p);
            for (std::size_t r = 0; r < roles.size(); ++r) {
                const Role& role = roles[r];
                if (request.design.matching == Matching::Strict) {
                    hints_[p].push_back(strict_hint(request.ports[p], role));
                    continue;
                }
                double value = role_hint(request.ports[p], role, request.words, others);
                if (value <= 0 && fits_by_elimination(request.ports[p], role)) value = 0.5;
                if (request.design.learned != nullptr && fits(request.ports[p], role)) {
                    const bool told = request.ports[p].direction_said || mentions(p) > 1;
                    const double least = role.kind == RoleKind::Plain && told ? kLikely : kSurely;
                    if (value > 0 || logs[r] > least) value = kBase + kHint * value + logs[r];
                }
                hints_[p].push_back(value);
            }
        }
        taken_.resize(roles.size(), false);
        chosen_.resize(request.ports.size(), 0);
    }

    Result<RoleMap> solve() {
        for (std::size_t p = 0; p < hints_.size(); ++p) {
            if (std::ranges::all_of(hints_[p], [](double h) { return h <= 0; })) {
                return fail(ErrorCode::NotFound, "its port " + request_.ports[p].name +
                                                     " is none of a " + request_.design.title);
            }
        }
        search(0, 0);
        if (best_.empty() && request_.design.reset == ResetNeed::Required && !has_reset()) {
            return fail(ErrorCode::NotFound, "it has no reset, and the library's " +
                                                 request_.design.title + " needs one");
        }
        if (best_.empty()) {
            const std::string one_too_many = superfluous();
            return fail(
                ErrorCode::NotFound,
                one_too_many.empty()
                    ? "its ports are not those of a " + request_.design.title
                    : "its port " + one_too_many + " is none of a " + request_.design.title);
        }
        if (second_ >= best_score_ - 1e-9) {
            return fail(ErrorCode::NotFound, "two of its ports could play the same part");
        }
        if (const auto doubtful = implausible()) {
            return fail(ErrorCode::NotFound,
                        "it isn't clear what its port " + request_.ports[*doubtful].name + " does");
        }
        RoleMap map;
        for (std::size_t p = 0; p < best_.size(); ++p) {
            map[request_.design.roles[best_[p]].name] = p;
        }
        return map;
    }

private:
    static constexpr double kBase = 6;       // above what the least likely role loses
    static constexpr double kHint = 0.6;     // a name of the list is worth so much of a logarithm
    static constexpr double kSurely = -0.7;  // a clock or a reset without any hint
    static constexpr double kLikely = -2;    // without any hint

    [[nodiscard]] std::ptrdiff_t mentions(std::size_t port) const {
        return std::ranges::count(request_.words, request_.ports[port].name, &SpecToken::raw);
    }

    /// Whether direction and width allow it.
    [[nodiscard]] static bool fits(const SpecPort& port, const Role& role) {
        constexpr std::array<std::string_view, 6> kNoPlain = {"clk",   "clock",  "rst",
                                                              "reset", "resetn", "rstn"};
        const bool plain_name =
            std::ranges::find(kNoPlain, core_of_name(port.name)) == kNoPlain.end();
        return (plain_name || role.kind != RoleKind::Plain) &&
               (role.direction == port.direction || !port.direction_said) &&
               (role.width != "1" || port.width.value_or(1) == 1);
    }

    [[nodiscard]] bool fits_by_elimination(const SpecPort& port, const Role& role) const {
        const auto in = [&](const std::vector<std::string>& group) {
            return std::ranges::find(group, role.name) != group.end();
        };
        const bool needed = role.required || in(request_.design.one_of_inputs) ||
                            (role.generic.empty() && in(request_.design.one_of));
        return needed && role.kind == RoleKind::Plain &&
               (role.direction == port.direction || !port.direction_said) &&
               (role.width == "1" ? port.width.value_or(1) == 1 : true);
    }

    /// Whether a port could be the reset.
    [[nodiscard]] bool has_reset() const {
        const auto& roles = request_.design.roles;
        for (std::size_t r = 0; r < roles.size(); ++r) {
            if (roles[r].kind != RoleKind::Reset) continue;
            return std::ranges::any_of(
                hints_, [&](const std::vector<double>& port) { return port[r] > 0; });
        }
        return false;
    }

    /// The port without which all others could be assigned, best of all; empty: there is none.
    [[nodiscard]] std::string superfluous() const {
        std::string name;
        double best = 0;
        for (std::size_t p = 0; p < request_.ports.size(); ++p) {
            std::vector<SpecPort> others = request_.ports;
            others.erase(others.begin() + static_cast<std::ptrdiff_t>(p));
            const MappingRequest request{request_.design, others, request_.words};
            Assignment rest(request);
            rest.search(0, 0);
            if (rest.best_.empty() || rest.best_score_ <= best) continue;
            best = rest.best_score_;
            name = request_.ports[p].name;
        }
        return name;
    }

    /// A port whose name and description speak for another role than it was given, where that role
    /// is nobody's or of a port that they speak for less; none: there is no such port.
    [[nodiscard]] std::optional<std::size_t> implausible() const {
        constexpr double kClearly = 3;
        for (std::size_t p = 0; p < best_.size(); ++p) {
            for (std::size_t r = 0; r < taken_.size(); ++r) {
                if (hints_[p][r] < hints_[p][best_[p]] + kClearly) continue;
                const auto holder = std::ranges::find(best_, r);
                const auto q = static_cast<std::size_t>(holder - best_.begin());
                if (holder == best_.end() || hints_[p][r] >= hints_[q][r] + kClearly) return p;
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] bool complete() const {
        const auto& roles = request_.design.roles;
        for (std::size_t r = 0; r < roles.size(); ++r) {
            const bool reset =
                roles[r].kind == RoleKind::Reset && request_.design.reset == ResetNeed::Required;
            if ((roles[r].required || reset) && !taken_[r]) return false;
            if (!taken_[r]) continue;
            for (const std::string& needed : roles[r].needs) {
                const auto index =
                    static_cast<std::size_t>(request_.design.role(needed) - roles.data());
                if (!taken_[index]) return false;
            }
            for (const std::string& other : roles[r].not_with) {
                const auto index =
                    static_cast<std::size_t>(request_.design.role(other) - roles.data());
                if (taken_[index]) return false;
            }
        }
        return group_present(request_.design.one_of) &&
               group_present(request_.design.one_of_inputs) && widths_agree();
    }

    [[nodiscard]] bool group_present(const std::vector<std::string>& group) const {
        if (group.empty()) return true;
        const auto& roles = request_.design.roles;
        for (std::size_t r = 0; r < roles.size(); ++r) {
            if (taken_[r] && std::ranges::find(group, roles[r].name) != group.end()) return true;
        }
        return false;
    }

    /// Operands without telling names come in their order.
    [[nodiscard]] bool in_order() const {
        const auto& ordered = request_.design.ordered;
        std::size_t next = 0;
        for (const std::size_t role : chosen_) {
            const std::string& name = request_.design.roles[role].name;
            if (next < ordered.size() && name == ordered[next]) ++next;
        }
        return !ordered.empty() && next == ordered.size();
    }

    /// All ports of one parameter have one width.
    [[nodiscard]] bool widths_agree() const {
        std::map<std::string, int> widths;
        for (std::size_t p = 0; p < chosen_.size(); ++p) {
            const std::string& kind = request_.design.roles[chosen_[p]].width;
            const auto& width = request_.ports[p].width;
            if (kind == "1" || !width) continue;
            const auto [entry, fresh] = widths.emplace(kind, *width);
            if (!fresh && entry->second != *width) return false;
        }
        return true;
    }

    void search(std::size_t port, double score) {
        if (++steps_ > kMaxSteps) return;
        if (port == hints_.size()) {
            if (!complete()) return;
            if (in_order()) score += 0.01;
            if (score > best_score_ + 1e-9) {
                second_ = best_score_;
                best_score_ = score;
                best_ = chosen_;
            } else {
                second_ = std::max(second_, score);
            }
            return;
        }
        for (std::size_t r = 0; r < taken_.size(); ++r) {
            if (taken_[r] || hints_[port][r] <= 0) continue;
            taken_[r] = true;
            chosen_[port] = r;
            search(port + 1, score + hints_[port][r]);
            taken_[r] = false;
        }
    }

    static constexpr int kMaxSteps = 200'000;
    const MappingRequest& request_;
    std::vector<std::vector<double>> hints_;
    std::vector<bool> taken_;
    std::vector<std::size_t> chosen_;
    std::vector<std::size_t> best_;
    double best_score_ = 0;
    double second_ = -std::numeric_limits<double>::infinity();
    int steps_ = 0;
};

}  // namespace

Result<RoleMap> map_roles(const MappingRequest& request) {
    constexpr std::size_t kFew = 4;  // among few that are too many the wrong one can be named
    if (request.ports.size() > request.design.roles.size() + kFew) {
        return fail(ErrorCode::NotFound, "it has " + std::to_string(request.ports.size()) +
                                             " ports, more than a " + request.design.title);
    }
    return Assignment(request).solve();
}

}  // namespace rtlgen::datasets
