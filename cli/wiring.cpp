// SPDX-License-Identifier: Apache-2.0
#include "cli/wiring.h"

#include <fmt/format.h>

#include "cli/anthropic_settings.h"
#include "cli/library_backend.h"
#include "cli/openai_settings.h"
#include "core/llm/command_backend.h"
#include "core/llm/replay_backend.h"

namespace rtlgen::cli {
namespace {

using BackendResult = Result<std::unique_ptr<llm::Backend>>;

/// It answers on this machine without a proxy, and headers of the configuration may hold keys.
void go_to_found(llm::OpenAiOptions& options, const llm::FoundServer& found) {
    options.endpoint = found.endpoint;
    options.headers.clear();
    options.proxy.clear();
}

BackendResult open_openai(const std::string& name, const ModelSettings& settings,
                          const std::stop_token& stop) {
    const config::OpenAiConfig& config = settings.config.openai;
    TRY_ASSIGN(llm::OpenAiOptions options, openai_options(config));
    options.model = name;
    options.timeout = settings.answer_timeout;
    if (!config.base_url.is_set()) {
        if (settings.purpose == ModelSettings::Purpose::Show) {
            options.endpoint.base_url = "http://127.0.0.1:PORT/v1";
            return std::make_unique<llm::OpenAiBackend>(std::move(options), settings.clock);
        }
        // A server that merely answers gets no key: nobody named it.
        const auto found = llm::find_local_server(settings.local_servers, stop);
        if (!found) {
            return fail(ErrorCode::Config,
                        "no server is named, and none answers on this machine; name one by "
                        "--api-base URL or models.openai.base_url (https://api.openai.com/v1 is "
                        "OpenAI's own)",
                        "openai/" + name);
        }
        go_to_found(options, *found);
        return std::make_unique<llm::OpenAiBackend>(std::move(options), settings.clock);
    }
    TRY_ASSIGN(options.endpoint, llm::parse_endpoint(config.base_url.value));
    TRY(llm::check_egress(options.endpoint, config.base_url.layer, config.allow_hosts.value));
    TRY_ASSIGN(options.key,
               config::load_secret("OPENAI_API_KEY", config.api_key_file.value, settings.getenv));
    return std::make_unique<llm::OpenAiBackend>(std::move(options), settings.clock);
}

BackendResult open_anthropic(const std::string& name, const ModelSettings& settings,
                             const std::stop_token& /*stop*/) {
    TRY_ASSIGN(llm::AnthropicOptions options, anthropic_options(settings.config, settings.getenv));
    options.model = name;
    options.timeout = settings.answer_timeout;
    return std::make_unique<llm::AnthropicBackend>(std::move(options), settings.clock);
}

BackendResult open_command(const std::string& name, const ModelSettings& settings,
                           const std::stop_token& /*stop*/) {
    llm::CommandOptions options;
    options.timeout = settings.answer_timeout;
    return llm::CommandBackend::create(name, options);
}

BackendResult open_replay(const std::string& name, const ModelSettings& /*settings*/,
                          const std::stop_token& stop) {
    return llm::ReplayBackend::open(name, stop);
}

BackendResult open_library(const std::string& /*name*/, const ModelSettings& settings,
                           const std::stop_token& /*stop*/) {
    TRY_ASSIGN(datasets::Library library,
               datasets::Library::open(settings.config.generate.library_dir.value));
    return std::make_unique<LibraryBackend>(std::move(library));
}

/// "openai/" of "openai/NAME"; all of a form that takes no name.
std::string_view prefix_of(std::string_view form) {
    const std::size_t end = form.find_first_of("/:");
    return end == std::string_view::npos ? form : form.substr(0, end + 1);
}

BackendResult open_named(const std::string& model, const ModelSettings& settings,
                         const std::stop_token& stop) {
    std::string forms;
    for (const Provider& provider : providers()) {
        const std::string_view prefix = prefix_of(provider.form);
        const bool takes_name = prefix != provider.form;
        if (takes_name ? model.size() > prefix.size() && model.starts_with(prefix)
                       : model == prefix) {
            return provider.open(model.substr(prefix.size()), settings, stop);
        }
        forms += (forms.empty() ? "" : ", ") + std::string(provider.form);
    }
    return fail(ErrorCode::InvalidArgument,
                fmt::format("there is no model '{}'; --model takes {}", model, forms));
}

}  // namespace

const std::vector<Provider>& providers() {
    static const std::vector<Provider> table = {
        {"openai/NAME", "any OpenAI-compatible server", open_openai},
        {"anthropic/NAME", "Anthropic's Messages API", open_anthropic},
        {"command:PROGRAM", "prompt on standard input, answer on standard output", open_command},
        {"replay:FILE", "answers from a recording", open_replay},
        {"library", "built-in verified designs, no language model", open_library},
    };
    return table;
}

namespace {

Result<OpenedModel> choose_model(const ModelSettings& settings, const std::stop_token& stop) {
    const config::Setting<std::string>& model = settings.config.model;
    if (model.is_set()) {
        TRY_ASSIGN(auto backend, open_named(model.value, settings, stop));
        const bool looks_for_server = model.value.starts_with("openai/") &&
                                      !settings.config.openai.base_url.is_set() &&
                                      settings.purpose == ModelSettings::Purpose::Show;
        return OpenedModel{std::move(backend),
                           "named by " + model.where +
                               (looks_for_server ? ", at the first server of this machine that "
                                                   "answers, which a dry run doesn't look for"
                                                 : "")};
    }
    if (settings.config.openai.base_url.is_set()) {
        return fail(ErrorCode::InvalidArgument,
                    "a server is named and no model; add --model openai/NAME",
                    settings.config.openai.base_url.where);
    }
    if (const auto found = llm::find_local_server(settings.local_servers, stop)) {
        TRY_ASSIGN(llm::OpenAiOptions options, openai_options(settings.config.openai));
        options.model = found->model;
        go_to_found(options, *found);
        options.timeout = settings.answer_timeout;
        return OpenedModel{std::make_unique<llm::OpenAiBackend>(std::move(options), settings.clock),
                           "a server that answers on this machine, " + found->name};
    }
    TRY_ASSIGN(auto backend, open_named("library", settings, stop));
    return OpenedModel{std::move(backend),
                       "no model is named and no server answers on this machine"};
}

}  // namespace

Result<OpenedModel> open_model(const ModelSettings& settings, const std::stop_token& stop) {
    TRY_ASSIGN(OpenedModel opened, choose_model(settings, stop));
    if (opened.backend->name().starts_with("openai/")) {
        opened.asked_by = openai_asked_by(settings.config.openai);
    }
    return opened;
}

}  // namespace rtlgen::cli
