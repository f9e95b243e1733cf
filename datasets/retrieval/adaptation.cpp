// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/adaptation.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/base/text.h"
#include "datasets/retrieval/context_sentences.h"
#include "datasets/retrieval/default_ports.h"
#include "datasets/retrieval/design_options.h"
#include "datasets/retrieval/design_rules.h"
#include "datasets/retrieval/learned_answers.h"
#include "datasets/retrieval/reset_style.h"

namespace rtlgen::datasets {
namespace {

/// Fits one design to one specification, a question after the other.
class Fitter {
public:
    Fitter(const DesignMetadata& design, const ReadSpec& spec)
        : design_(design), spec_(spec), words_(without_clock_edges(spec.words, clock_name())) {}

    [[nodiscard]] bool speaks_of() const {
        return first_found(design_.evidence, words_, by_name()) != nullptr;
    }

    Result<Adaptation> run() {
        result_.design = design_.name;
        result_.module_name =
            spec_.interface.module_name.empty() ? design_.name : spec_.interface.module_name;
        if (design_.matching == Matching::Strict && !speaks_of()) {
            return no("it doesn't name a " + design_.title);
        }
        TRY(check_words());
        TRY(choose_ports());
        TRY(choose_reset());
        const RuleContext context{design_, spec_, words_, role_name()};
        TRY(choose_options(context, result_));
        TRY(choose_parameters());
        TRY(apply_design_rules(context, result_));
        TRY(check_widths());
        name_parameters();
        return std::move(result_);
    }

private:
    [[nodiscard]] tl::unexpected<Error> no(std::string why) const {
        return fail(ErrorCode::NotFound, std::move(why));
    }
    [[nodiscard]] std::string clock_name() const {
        for (const SpecPort& port : spec_.interface.ports) {
            const std::string name = to_lower(port.name);
            if (name.find("clk") != std::string::npos || name == "clock") return port.name;
        }
        return "clk";
    }
    /// Names of ports by role, as far as they are known.
    [[nodiscard]] RoleName role_name() const {
        return [this](std::string_view role) {
            const AdaptedPort* port = result_.port(role);
            return port == nullptr ? std::string(role) : to_lower(port->name);
        };
    }

    [[nodiscard]] RoleName by_name() const {
        return [this](std::string_view role) {
            const Role* known = design_.role(role);
            if (known == nullptr) return std::string(role);
            for (const SpecPort& port : spec_.interface.ports) {
                const std::string name = to_lower(port.name);
                if (std::ranges::find(known->names, name) != known->names.end()) return name;
            }
            return std::string();
        };
    }

    Status check_words() {
        const Phrase* found = first_asserted(design_.refuse, words_, by_name());
        if (found == nullptr) {
            found = first_asserted(design_.topics, words_, by_name(), context_words(spec_));
        }
        if (found != nullptr) {
            return no("it says \"" + found->text() + "\", which the library's " + design_.title +
                      " isn't made for");
        }
        return {};
    }

    Status choose_ports() {
        if (spec_.interface.ports.empty()) {
            return add_default_ports(design_, spec_, words_, result_);
        }
        TRY_ASSIGN(const RoleMap map, roles_of_ports());
        result_.ports.resize(spec_.interface.ports.size());
        for (const auto& [role, index] : map) {
            const SpecPort& port = spec_.interface.ports[index];
            AdaptedPort& adapted = result_.ports[index];
            adapted = {port.name, role, Polarity::High, port.range, port.width};
            const Role* known = design_.role(role);
            if (!known->as_is && known->direction == PortDirection::Input && known->width == "1" &&
                known->kind == RoleKind::Plain) {
                adapted.polarity = level_of(port, spec_);
            }
            result_.flags.insert("has_" + role);
        }
        TRY(check_unclaimed());
        const bool reset = std::ranges::any_of(result_.ports, [&](const AdaptedPort& port) {
            return design_.role(port.role)->kind == RoleKind::Reset;
        });
        if (design_.reset == ResetNeed::Required && !reset) {
            return no("it has no reset, and the library's " + design_.title + " needs one");
        }
        return {};
    }

    [[nodiscard]] Result<RoleMap> roles_of_ports() const {
        const std::vector<SpecPort>& ports = spec_.interface.ports;
        if (spec_.interface.source != InterfaceSource::Examples) {
            return map_roles({design_, ports, words_});
        }
        RoleMap known;
        for (std::size_t k = 0; k < ports.size(); ++k) known[ports[k].role] = k;
        return known;
    }

    /// Running text that speaks of an enable means a port for it, which must have been found.
    Status check_unclaimed() {
        if (spec_.interface.source != InterfaceSource::Prose) return {};
        for (const Role& role : design_.roles) {
            if (result_.has("has_" + role.name)) continue;
            if (const Phrase* found = first_asserted(role.phrases, words_, by_name(), of_ports())) {
                return no("it says \"" + found->text() + "\", but which port that is isn't clear");
            }
        }
        return {};
    }

    /// The words of sentences that name a port: what they say is said of it.
    [[nodiscard]] std::vector<bool> of_ports() const {
        std::vector<bool> marked = context_words(spec_);
        marked.flip();
        for (std::size_t k = 0; k < marked.size(); ++k) {
            if (std::ranges::find(spec_.interface.ports, spec_.words[k].raw, &SpecPort::name) !=
                spec_.interface.ports.end()) {
                marked[k] = true;
            }
        }
        return marked;
    }

    Status choose_reset() {
        for (AdaptedPort& port : result_.ports) {
            if (design_.role(port.role)->kind != RoleKind::Reset) continue;
            const auto other = result_.reset;
            read_reset(port);
            if (other && other != result_.reset) return no("its resets are of different kinds");
        }
        return {};
    }

    void read_reset(AdaptedPort& one) {
        AdaptedPort* port = &one;
        const SpecPort* named = nullptr;
        for (const SpecPort& said : spec_.interface.ports) {
            if (said.name == port->name) named = &said;
        }
        ResetStyle style = read_reset_style(without_ports_but(spec_, port->name), named);
        if (named != nullptr && design_.learned != nullptr)
            correct_by_examples(design_, spec_, *named, style);
        result_.reset = style.kind.value_or(ResetKind::Synchronous);
        port->polarity = style.polarity.value_or(Polarity::High);
        if (!style.kind)
            result_.notes.push_back("the reset's kind isn't said: synchronous is assumed");
        if (!style.polarity) {
            result_.notes.push_back("the reset's level isn't said: active high is assumed");
        }
        if (named == nullptr && port->polarity == Polarity::Low) port->name += "_n";
        if (result_.reset == ResetKind::Asynchronous) result_.flags.insert("async");
        if (port->polarity == Polarity::Low) result_.flags.insert("reset_low");
    }

    /// Numbers that the text gives a parameter.
    struct SaidNumbers {
        std::optional<std::int64_t> fitting;
        std::optional<std::int64_t> small;
        std::optional<std::int64_t> out_of_range;
    };
    [[nodiscard]] SaidNumbers said_numbers(const DesignParameter& parameter) const {
        SaidNumbers said;
        for (const Phrase& phrase : parameter.phrases) {
            for (auto hit = phrase.find(words_, role_name()); hit;
                 hit = phrase.find(words_, role_name(), hit->begin + 1)) {
                if (!hit->value) continue;
                if (*hit->value < parameter.min || *hit->value > parameter.max) {
                    said.out_of_range = hit->value;
                } else if (*hit->value <= 1) {
                    // "a clock a bit": a one counts only where there is nothing else.
                    said.small = hit->value;
                } else {
                    said.fitting = hit->value;
                    return said;
                }
            }
        }
        return said;
    }

    /// The width of a port, a parameter of the module header, or a number in the text.
    [[nodiscard]] std::optional<std::int64_t> value_of(const DesignParameter& parameter) const {
        for (const AdaptedPort& port : result_.ports) {
            const Role* role = design_.role(port.role);
            if (role->width == parameter.name && port.width) return *port.width;
        }
        for (const Parameter& declared : spec_.interface.parameters) {
            if (matches(parameter, declared.name)) return parse_int(trim(declared.default_value));
        }
        const SaidNumbers said = said_numbers(parameter);
        if (said.fitting) return rather_learned(design_, spec_, parameter, *said.fitting);
        const Need need = said.small ? Need::AnyHint : Need::Enough;
        if (const auto learned = learned_value(design_, spec_, parameter, need)) return learned;
        if (said.small) return said.small;
        if (said.out_of_range) return said.out_of_range;
        for (const AdaptedPort& port : result_.ports) {
            constexpr int kWidest = 24;
            const bool sizes = !parameter.from_width.empty() && port.role == parameter.from_width;
            if (sizes && port.width && *port.width <= kWidest)
                return std::int64_t{1} << *port.width;
        }
        const InterfaceSource source = spec_.interface.source;
        const bool listed = source != InterfaceSource::Prose && source != InterfaceSource::Examples;
        if (parameter.must_be_said && !listed) return std::nullopt;
        // A port in a list without a width is one bit wide.
        for (const AdaptedPort& port : result_.ports) {
            const Role* role = design_.role(port.role);
            if (role->width == parameter.name && !spec_.interface.ports.empty()) return 1;
        }
        return std::nullopt;
    }

    [[nodiscard]] static bool matches(const DesignParameter& parameter, const std::string& name) {
        return std::ranges::any_of(parameter.aliases, [&](const std::string& alias) {
            return to_lower(alias) == to_lower(name);
        });
    }

    Status choose_parameters() {
        for (const Parameter& declared : spec_.interface.parameters) {
            const bool known = std::ranges::any_of(
                design_.parameters,
                [&](const DesignParameter& p) { return matches(p, declared.name); });
            if (!known)
                return no("its parameter " + declared.name + " is none of a " + design_.title);
        }
        for (const DesignParameter& parameter : design_.parameters) {
            if (!parameter.role.empty() && !result_.has("has_" + parameter.role)) continue;
            const auto settled = result_.values.find(parameter.name);
            const auto found = settled == result_.values.end() ? value_of(parameter)
                                                               : std::optional(settled->second);
            if (!found && parameter.must_be_said) {
                return no("it doesn't say its " + parameter.name);
            }
            if (!found && !parameter.flag.empty()) continue;
            const std::int64_t value = found.value_or(parameter.default_value);
            if (value < parameter.min || value > parameter.max) {
                return no(parameter.name + " = " + std::to_string(value) + " is outside " +
                          std::to_string(parameter.min) + " to " + std::to_string(parameter.max));
            }
            if (parameter.power_of_two && !std::has_single_bit(static_cast<std::uint64_t>(value))) {
                return no(parameter.name + " = " + std::to_string(value) + " is no power of 2");
            }
            if (!found) {
                result_.notes.push_back(parameter.name + " isn't said: " + std::to_string(value) +
                                        " is assumed");
            }
            result_.values[parameter.name] = value;
            if (!parameter.flag.empty()) result_.flags.insert(parameter.flag);
        }
        return {};
    }

    /// Numeric widths are those that the parameters give.
    Status check_widths() {
        for (const AdaptedPort& port : result_.ports) {
            const auto own = role_width(design_.role(port.role)->width, result_);
            if (!own) return no("the width of " + port.name + " isn't known");
            if (port.width && *port.width != *own) {
                return no("its port " + port.name + " has " + std::to_string(*port.width) +
                          " bits where " + std::to_string(*own) + " are needed");
            }
        }
        return {};
    }

    /// What the answer declares: the header's own parameters, or all where no ports are named.
    void name_parameters() {
        for (const DesignParameter& parameter : design_.parameters) {
            const auto value = result_.values.find(parameter.name);
            if (value == result_.values.end()) continue;
            AdaptedParameter adapted{parameter.name, parameter.name, value->second,
                                     spec_.interface.ports.empty() && !parameter.is_local};
            for (const Parameter& declared : spec_.interface.parameters) {
                if (!matches(parameter, declared.name) || is_taken(declared.name)) continue;
                adapted.given_name = declared.name;
                adapted.declared = true;
                break;
            }
            result_.parameters.push_back(std::move(adapted));
        }
    }
    [[nodiscard]] bool is_taken(const std::string& name) const {
        return std::ranges::any_of(result_.parameters, [&](const AdaptedParameter& p) {
            return p.declared && p.given_name == name;
        });
    }

    const DesignMetadata& design_;
    const ReadSpec& spec_;
    std::vector<SpecToken> words_;
    Adaptation result_;
};

}  // namespace

const AdaptedPort* Adaptation::port(std::string_view role) const {
    const auto found =
        std::ranges::find_if(ports, [&](const AdaptedPort& port) { return port.role == role; });
    return found == ports.end() ? nullptr : &*found;
}

bool speaks_of(const DesignMetadata& design, const ReadSpec& spec) {
    return Fitter(design, spec).speaks_of();
}

Result<Adaptation> adapt(const DesignMetadata& design, const ReadSpec& spec) {
    return Fitter(design, spec).run();
}

}  // namespace rtlgen::datasets
