// SPDX-License-Identifier: Apache-2.0
// The corners of a design's parameters: what datasets/library/NAME/corners.toml lists, else what
// its metadata imply.
#pragma once

#include <toml++/toml.h>
#include <algorithm>
#include <cstdlib>

#include "core/base/resources.h"
#include "datasets/retrieval/design_rendering.h"
#include "tests/unit/datasets/library_fixture.h"

namespace rtlgen::test {

/// The folder of designs that is looked at: RTLGEN_LIBRARY_DIR, else that of the sources.
inline std::filesystem::path library_folder() {
    const char* folder = std::getenv("RTLGEN_LIBRARY_DIR");
    return folder == nullptr ? std::filesystem::path(RTLGEN_SOURCE_DIR) / "datasets/library"
                             : std::filesystem::path(folder);
}

/// The library with RTLGEN_LIBRARY_DIR in front of the built-in designs, if that is set.
inline datasets::Library library_under_test() {
    const char* folder = std::getenv("RTLGEN_LIBRARY_DIR");
    auto library = datasets::Library::open(folder == nullptr ? "" : folder);
    INFO((library ? std::string() : library.error().text()));
    REQUIRE(library);
    return *std::move(library);
}

/// The designs that RTLGEN_DESIGN names, separated by commas; else all.
inline std::vector<std::string> designs_under_test(const datasets::Library& library) {
    const char* names = std::getenv("RTLGEN_DESIGN");
    if (names == nullptr) return library.names();
    std::vector<std::string> wanted;
    for (const std::string_view name : split(names, ',')) wanted.emplace_back(name);
    return wanted;
}

/// One design at one corner.
struct Corner {
    std::string name;
    datasets::LibraryAnswer answer;
    int depth = 0;  ///< cycles of a bounded proof; 0: without a bound
};

/// Builds corners of one design.
class Corners {
public:
    Corners(const datasets::Library& library, const std::string& name)
        : library_(library), design_(*library.metadata(name)) {
        // The built-in files, where the folder has none of that path.
        const ResourceTree own({}, library_folder());
        const ResourceTree built({}, std::filesystem::path(RTLGEN_SOURCE_DIR) / "datasets/library");
        auto read = [&](const std::string& path) {
            auto text = own.read(path);
            if (!text) text = built.read(path);
            INFO(path);
            REQUIRE(text);
            return *std::move(text);
        };
        templates_ = {read(name + "/design.sv.mustache"), read(name + "/testbench.sv.mustache"),
                      read("common/testbench_tasks.sv.mustache")};
        if (auto text = own.read(name + "/corners.toml")) {
            listed_ = toml::parse(*text);
        } else if (text = built.read(name + "/corners.toml"); text) {
            listed_ = toml::parse(*text);
        }
    }

    [[nodiscard]] std::vector<Corner> all() const {
        std::vector<Corner> corners;
        const toml::array* rows = listed_["corner"].as_array();
        if (rows == nullptr) return derived();
        for (const toml::node& node : *rows) {
            const toml::table& row = *node.as_table();
            const std::string name =
                row["name"].value_or("corner " + std::to_string(corners.size() + 1));
            const int depth = row["depth"].value_or(0);
            if (const auto spec = row["spec"].value<std::string>()) {
                corners.push_back({name, answer_of(library_, *spec), depth});
            } else {
                corners.push_back({name, render(adapted(row)), depth});
            }
        }
        return corners;
    }

private:
    /// All roles, parameters and options at their defaults, synchronous reset, active high.
    [[nodiscard]] datasets::Adaptation base() const {
        datasets::Adaptation adaptation;
        adaptation.design = design_.name;
        adaptation.module_name = design_.name;
        for (const datasets::Role& role : design_.roles) {
            adaptation.ports.push_back({role.name, role.name, datasets::Polarity::High, "", {}});
            adaptation.flags.insert("has_" + role.name);
            if (role.kind == datasets::RoleKind::Reset) {
                adaptation.reset = datasets::ResetKind::Synchronous;
            }
        }
        for (const datasets::DesignParameter& parameter : design_.parameters) {
            adaptation.values[parameter.name] = parameter.default_value;
            if (!parameter.flag.empty()) adaptation.flags.insert(parameter.flag);
        }
        for (const datasets::DesignOption& option : design_.options) {
            choose(option, option.default_value, adaptation);
        }
        return adaptation;
    }

    static void choose(const datasets::DesignOption& option, const std::string& wanted,
                       datasets::Adaptation& adaptation) {
        for (const datasets::OptionValue& value : option.values) {
            for (const std::string& flag : value.flags) adaptation.flags.erase(flag);
        }
        for (const datasets::OptionValue& value : option.values) {
            if (value.name == wanted) {
                adaptation.flags.insert(value.flags.begin(), value.flags.end());
                for (const auto& [key, number] : value.values) adaptation.values[key] = number;
            }
        }
    }

    /// Takes a role's port away.
    static void drop(const std::string& role, datasets::Adaptation& adaptation) {
        std::erase_if(adaptation.ports,
                      [&](const datasets::AdaptedPort& port) { return port.role == role; });
        adaptation.flags.erase("has_" + role);
    }

    /// "sync high", "async low", ...
    void set_reset(std::string_view style, datasets::Adaptation& adaptation) const {
        const bool async = contains(style, "async");
        const bool low = contains(style, "low");
        adaptation.reset =
            async ? datasets::ResetKind::Asynchronous : datasets::ResetKind::Synchronous;
        if (async) adaptation.flags.insert("async");
        if (low) adaptation.flags.insert("reset_low");
        for (datasets::AdaptedPort& port : adaptation.ports) {
            if (design_.role(port.role)->kind != datasets::RoleKind::Reset || !low) continue;
            port.polarity = datasets::Polarity::Low;
            port.name += "_n";
        }
    }

    [[nodiscard]] datasets::Adaptation adapted(const toml::table& row) const {
        datasets::Adaptation adaptation = base();
        if (const toml::table* values = row["values"].as_table()) {
            for (const auto& [key, node] : *values) {
                const std::string name(key.str());
                adaptation.values[name] = *node.value<std::int64_t>();
            }
        }
        if (const toml::table* options = row["options"].as_table()) {
            for (const auto& [key, node] : *options) {
                const auto option = std::ranges::find(design_.options, std::string(key.str()),
                                                      &datasets::DesignOption::name);
                REQUIRE(option != design_.options.end());
                choose(*option, *node.value<std::string>(), adaptation);
            }
        }
        if (const toml::array* flags = row["flags"].as_array()) {
            for (const toml::node& node : *flags) {
                adaptation.flags.insert(*node.value<std::string>());
            }
        }
        if (const toml::array* without = row["without"].as_array()) {
            for (const toml::node& node : *without) {
                drop(*node.value<std::string>(), adaptation);
            }
        }
        if (const auto reset = row["reset"].value<std::string>()) set_reset(*reset, adaptation);
        return adaptation;
    }

    /// The least and a small odd value of each parameter, each value of each option, each kind of
    /// reset, required ports alone.
    [[nodiscard]] std::vector<Corner> derived() const {
        std::vector<Corner> corners = {{"default", render(base()), 0}};
        auto add = [&](const std::string& name, auto change) {
            datasets::Adaptation adaptation = base();
            change(adaptation);
            corners.push_back({name, render(adaptation), 0});
        };
        add("least", [&](datasets::Adaptation& one) {
            for (const datasets::DesignParameter& p : design_.parameters) {
                one.values[p.name] = p.min;
            }
        });
        add("odd", [&](datasets::Adaptation& one) {
            std::int64_t next = 5;
            for (const datasets::DesignParameter& p : design_.parameters) {
                one.values[p.name] = std::clamp(next, p.min, p.max);
                next += 2;
            }
            set_reset("async low", one);
        });
        for (const datasets::DesignOption& option : design_.options) {
            for (const datasets::OptionValue& value : option.values) {
                if (value.name == option.default_value || !value.refuse.empty()) continue;
                add(option.name + " " + value.name,
                    [&](datasets::Adaptation& one) { choose(option, value.name, one); });
            }
        }
        add("required ports", [&](datasets::Adaptation& one) {
            set_reset("async high", one);
            for (const datasets::Role& role : design_.roles) {
                const bool kept =
                    role.required || role.by_default || role.kind != datasets::RoleKind::Plain;
                if (!kept) drop(role.name, one);
            }
        });
        return corners;
    }

    [[nodiscard]] datasets::LibraryAnswer render(datasets::Adaptation adaptation) const {
        for (const datasets::DesignParameter& parameter : design_.parameters) {
            if (!parameter.role.empty() && !adaptation.has("has_" + parameter.role)) {
                adaptation.values.erase(parameter.name);
            }
            const auto value = adaptation.values.find(parameter.name);
            if (value == adaptation.values.end()) continue;
            adaptation.parameters.push_back(
                {parameter.name, parameter.name, value->second, !parameter.is_local});
        }
        auto rendered = datasets::render_design(design_, adaptation, templates_);
        INFO((rendered ? std::string() : rendered.error().text()));
        REQUIRE(rendered);
        datasets::LibraryAnswer answer;
        answer.design = design_.name;
        answer.top = adaptation.module_name;
        answer.code = rendered->code;
        answer.testbench = rendered->testbench;
        answer.testbench_top = rendered->testbench_top;
        answer.adaptation = std::move(adaptation);
        return answer;
    }

    const datasets::Library& library_;
    const datasets::DesignMetadata& design_;
    datasets::DesignTemplates templates_;
    toml::table listed_;
};

}  // namespace rtlgen::test
