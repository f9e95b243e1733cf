// SPDX-License-Identifier: Apache-2.0
// `rtlgen models`: which models answer, with their context lengths where they are told.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/model_listing.h"
#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

using nlohmann::ordered_json;

struct ModelsOptions {
    std::string provider;
    std::string api_base;
    std::vector<std::string> allow_hosts;
    bool json = false;
};

void apply(config::Config& config, const ModelsOptions& options) {
    if (!options.api_base.empty()) {
        config.openai.base_url.set(options.api_base, config::Layer::Flag, "--api-base");
    }
    std::ranges::copy(options.allow_hosts, std::back_inserter(config.openai.allow_hosts.value));
    if (options.provider == "anthropic") {
        config.model.set("anthropic/any", config::Layer::Flag, "rtlgen models anthropic");
    }
}

/// The other forms of --model, which no server has.
std::vector<const Provider*> forms_without_server() {
    std::vector<const Provider*> forms;
    for (const Provider& provider : providers()) {
        if (provider.form.find('/') == std::string_view::npos) forms.push_back(&provider);
    }
    return forms;
}

std::string line_of(const std::string& name, const std::string& text) {
    return escape_for_terminal(fmt::format("{:<32}  {}", name, text)) + "\n";
}

void write_text(std::ostream& out, const ModelListing& listing) {
    for (const ServerListing& endpoint : listing.endpoints) {
        const std::string at = endpoint.base_url + ", " + endpoint.where;
        for (const llm::ListedModel& model : endpoint.models) {
            const std::string context =
                model.context_length ? fmt::format("context {}, ", *model.context_length) : "";
            out << line_of(endpoint.provider + "/" + model.id, context + at);
        }
        if (endpoint.models.empty() && !endpoint.problem) {
            out << line_of(endpoint.provider + "/", "no model, " + at);
        }
    }
    for (const Provider* form : forms_without_server()) {
        out << line_of(std::string(form->form), std::string(form->help));
    }
}

ordered_json to_json(const ModelListing& listing) {
    ordered_json endpoints = ordered_json::array();
    for (const ServerListing& endpoint : listing.endpoints) {
        ordered_json models = ordered_json::array();
        for (const llm::ListedModel& model : endpoint.models) {
            ordered_json length = nullptr;
            if (model.context_length) length = *model.context_length;
            models.push_back({{"model", to_valid_utf8(endpoint.provider + "/" + model.id)},
                              {"context_length", std::move(length)}});
        }
        ordered_json problem = nullptr;
        if (endpoint.problem) problem = to_valid_utf8(endpoint.problem->text());
        endpoints.push_back({{"provider", endpoint.provider},
                             {"base_url", to_valid_utf8(endpoint.base_url)},
                             {"where", to_valid_utf8(endpoint.where)},
                             {"problem", std::move(problem)},
                             {"models", std::move(models)}});
    }
    ordered_json forms = ordered_json::array();
    for (const Provider* form : forms_without_server()) {
        forms.push_back({{"form", form->form}, {"help", form->help}});
    }
    return {{"schema", "rtlgen.models.v1"},
            {"endpoints", std::move(endpoints)},
            {"forms", std::move(forms)},
            {"notes", listing.notes}};
}

Result<int> run_models(const ModelsOptions& options, Session& session) {
    const config::ConfigSources sources = config::default_sources(std::filesystem::current_path());
    TRY_ASSIGN(config::Config config, config::load_config(sources));
    apply(config, options);
    SystemClock clock;
    const ModelSettings settings{config, sources.getenv, clock, std::chrono::seconds(10),
                                 llm::usual_local_servers()};
    const ModelListing listing = list_endpoints(settings, options.provider, session.stop);
    if (options.json) {
        session.streams.out << to_json(listing).dump() << "\n";
    } else {
        write_text(session.streams.out, listing);
    }
    std::ostream& err = session.streams.err;
    for (const std::string& note : listing.notes) err << escape_for_terminal(note) << "\n";
    int code = 0;
    for (const ServerListing& endpoint : listing.endpoints) {
        if (!endpoint.problem) continue;
        err << "rtlgen: "
            << escape_for_terminal(endpoint.provider + ": " + endpoint.problem->text()) << "\n";
        if (code == 0) code = exit_code(endpoint.problem->code);
    }
    return code;
}

}  // namespace

CommandRun configure_models(CLI::App& app) {
    const auto options = std::make_shared<ModelsOptions>();
    app.add_option(
           "PROVIDER", options->provider,
           "openai or anthropic: this one alone; anthropic is asked only where it is named, "
           "here or in the configuration")
        ->check(CLI::IsMember({"openai", "anthropic"}));
    app.add_option("--api-base", options->api_base, "The server, such as http://127.0.0.1:8080/v1");
    app.add_option("--allow-host", options->allow_hosts,
                   "A host that OPENAI_BASE_URL or ANTHROPIC_BASE_URL may name (repeatable)")
        ->allow_extra_args(false);
    app.add_flag("--json", options->json, "rtlgen.models.v1 on standard output");
    std::string forms = "What --model takes:";
    for (const Provider& provider : providers()) {
        forms += fmt::format("\n  {:<26}{}", provider.form, provider.help);
    }
    app.footer(forms);
    return [options](Session& session) { return run_models(*options, session); };
}

}  // namespace rtlgen::cli
